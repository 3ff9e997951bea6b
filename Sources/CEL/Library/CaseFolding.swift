/// Simple case folding: which code points differ in case only.
enum CaseFolding {
  /// `set` and all code points that differ in case only from a member.
  static func closure(of set: ScalarSet) -> ScalarSet {
    guard let last = set.spans.last?.last else { return set }
    return last < 0x80 ? asciiClosure(of: set) : fullClosure(of: set)
  }

  private static func asciiClosure(of set: ScalarSet) -> ScalarSet {
    var spans = set.spans
    for span in set.spans {
      for scalar in span.first...span.last {
        switch scalar {
        case 0x41...0x5a, 0x61...0x7a: append(scalar ^ 0x20, to: &spans)
        default: continue
        }
        if scalar | 0x20 == 0x6b { append(0x212a, to: &spans) }  // the Kelvin sign
        if scalar | 0x20 == 0x73 { append(0x17f, to: &spans) }  // the long s
      }
    }
    return ScalarSet(unsorted: spans)
  }

  private static func fullClosure(of set: ScalarSet) -> ScalarSet {
    var spans = set.spans
    for orbit in orbits where orbit.contains(where: { set.contains($0) }) {
      for scalar in orbit { append(scalar, to: &spans) }
    }
    return ScalarSet(unsorted: spans)
  }

  private static func append(_ scalar: UInt32, to spans: inout [ScalarSet.Span]) {
    spans.append(ScalarSet.Span(first: scalar, last: scalar))
  }

  /// The blocks of the Unicode Character Database that have letters with case.
  private static let blocks: [ClosedRange<UInt32>] = [
    0x41...0x5a, 0x61...0x7a, 0xb5...0x587, 0x10a0...0x10ff, 0x13a0...0x13ff, 0x1c80...0x1cbf,
    0x1d79...0x1d8e, 0x1e00...0x1fff, 0x2126...0x2188, 0x24b6...0x24e9, 0x2c00...0x2d2d,
    0xa640...0xa69f, 0xa722...0xa7ff, 0xab53...0xabbf, 0xfb05...0xfb06, 0xff21...0xff5a,
    0x10400...0x10d8f, 0x118a0...0x118df, 0x16e40...0x16ed3, 0x1e900...0x1e943,
  ]

  /// Pairs that fold although their full mappings have several code points (CaseFolding.txt).
  private static let exceptions: [(UInt32, UInt32)] = [
    (0x390, 0x1fd3), (0x3b0, 0x1fe3), (0xfb05, 0xfb06),
  ]

  /// The sets of two or more code points that differ in case only.
  ///
  /// Folding is the closure of the mappings to one code point, but for the dotted capital I and
  /// the dotless small i, which fold in Turkic languages only.
  private static let orbits: [[UInt32]] = {
    var leaders: [UInt32: UInt32] = [:]
    func leader(of scalar: UInt32) -> UInt32 {
      var scalar = scalar
      while let next = leaders[scalar] { scalar = next }
      return scalar
    }
    func unite(_ left: UInt32, _ right: UInt32) {
      let (first, second) = (leader(of: left), leader(of: right))
      if first != second { leaders[max(first, second)] = min(first, second) }
    }
    for block in blocks {
      for value in block where value != 0x130 && value != 0x131 {
        guard let scalar = Unicode.Scalar(value), scalar.properties.changesWhenCaseMapped else {
          continue
        }
        let properties = scalar.properties
        for mapping in [
          properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping,
        ] {
          let scalars = mapping.unicodeScalars
          guard let first = scalars.first, scalars.count == 1 else { continue }
          unite(value, first.value)
        }
      }
    }
    for (left, right) in exceptions { unite(left, right) }
    var orbits: [UInt32: [UInt32]] = [:]
    for member in leaders.keys.sorted() {
      orbits[leader(of: member), default: [leader(of: member)]].append(member)
    }
    return orbits.keys.sorted().compactMap { orbits[$0] }
  }()
}
