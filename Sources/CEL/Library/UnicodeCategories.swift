/// Sets of code points by general category or script.
enum UnicodeCategories {
  /// The set that `\p{name}` names: `Any`, a general category (`L`, `Lu`) or a script (`Greek`).
  ///
  /// Nil for any other name. Categories are those of the standard library's Unicode version;
  /// unassigned code points belong to none, not even to `C`.
  static func set(named name: String) -> ScalarSet? {
    if name == "Any" { return .all }
    if let script = UnicodeScripts.set(named: name) { return script }
    let selected = runs.filter { run in
      run.category == name || name.utf8.count == 1 && run.category.hasPrefix(name)
    }
    guard !selected.isEmpty else { return nil }
    return ScalarSet(unsorted: selected.map(\.span))
  }

  private struct Run {
    var span: ScalarSet.Span
    var category: String
  }

  /// The planes with assigned characters; the private planes and surrogates are added by hand.
  private static let assigned: [ClosedRange<UInt32>] = [
    0...0xd7ff, 0xe000...0x33fff, 0xe0000...0xe01ff,
  ]

  private static let runs: [Run] = {
    var runs: [Run] = []
    var previous: Unicode.GeneralCategory?
    for range in assigned {
      previous = nil
      for value in range {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let category = scalar.properties.generalCategory
        if category == previous {
          if category != .unassigned { runs[runs.count - 1].span.last = value }
          continue
        }
        previous = category
        guard let name = abbreviation(of: category) else { continue }
        runs.append(Run(span: ScalarSet.Span(first: value, last: value), category: name))
      }
    }
    for (first, last, name) in [
      (0xd800, 0xdfff, "Cs"), (0xf0000, 0xffffd, "Co"), (0x100000, 0x10fffd, "Co"),
    ] as [(UInt32, UInt32, String)] {
      runs.append(Run(span: ScalarSet.Span(first: first, last: last), category: name))
    }
    return runs
  }()

  private static func abbreviation(of category: Unicode.GeneralCategory) -> String? {
    switch category {
    case .uppercaseLetter: "Lu"
    case .lowercaseLetter: "Ll"
    case .titlecaseLetter: "Lt"
    case .modifierLetter: "Lm"
    case .otherLetter: "Lo"
    case .nonspacingMark: "Mn"
    case .spacingMark: "Mc"
    case .enclosingMark: "Me"
    case .decimalNumber: "Nd"
    case .letterNumber: "Nl"
    case .otherNumber: "No"
    case .connectorPunctuation: "Pc"
    case .dashPunctuation: "Pd"
    case .openPunctuation: "Ps"
    case .closePunctuation: "Pe"
    case .initialPunctuation: "Pi"
    case .finalPunctuation: "Pf"
    case .otherPunctuation: "Po"
    case .mathSymbol: "Sm"
    case .currencySymbol: "Sc"
    case .modifierSymbol: "Sk"
    case .otherSymbol: "So"
    case .spaceSeparator: "Zs"
    case .lineSeparator: "Zl"
    case .paragraphSeparator: "Zp"
    case .control: "Cc"
    case .format: "Cf"
    case .surrogate: "Cs"
    case .privateUse: "Co"
    case .unassigned: nil
    @unknown default: nil
    }
  }
}
