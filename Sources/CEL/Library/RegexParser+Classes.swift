extension RegexParser {
  /// A set in brackets.
  mutating func parseClass() throws(RegexError) -> ScalarSet {
    let start = index
    index += 1
    var isNegated = false
    if next == UInt8(ascii: "^") {
      isNegated = true
      index += 1
    }
    var set = ScalarSet()
    var isFirst = true
    while let byte = next, isFirst || byte != UInt8(ascii: "]") {
      isFirst = false
      if let named = try parsePosixSet() {
        set.formUnion(named)
      } else if byte == UInt8(ascii: "\\"), let named = try parseNamedSet() {
        set.formUnion(named)
      } else {
        set.formUnion(folded(try parseSpan()))
      }
    }
    guard next == UInt8(ascii: "]") else { throw error("missing ]", at: start) }
    index += 1
    return isNegated ? set.inverted : set
  }

  /// One code point, or two with a hyphen between them.
  private mutating func parseSpan() throws(RegexError) -> ScalarSet {
    let start = index
    let first = try parseMember()
    guard next == UInt8(ascii: "-"), index + 1 < bytes.count,
      bytes[index + 1] != UInt8(ascii: "]")
    else { return ScalarSet(first...first) }
    index += 1
    let last = try parseMember()
    guard first <= last else { throw error("invalid character class range", at: start) }
    return ScalarSet(first...last)
  }

  private mutating func parseMember() throws(RegexError) -> UInt32 {
    next == UInt8(ascii: "\\") ? try parseEscapedScalar() : try parseScalar()
  }

  /// `[:name:]` or `[:^name:]`; nil, with nothing read, if there is none.
  private mutating func parsePosixSet() throws(RegexError) -> ScalarSet? {
    guard next == UInt8(ascii: "["), index + 1 < bytes.count,
      bytes[index + 1] == UInt8(ascii: ":")
    else { return nil }
    var end = index + 2
    while end + 1 < bytes.count,
      bytes[end] != UInt8(ascii: ":") || bytes[end + 1] != UInt8(ascii: "]")
    { end += 1 }
    guard end + 1 < bytes.count else { return nil }
    var name = String(decoding: bytes[(index + 2)..<end], as: UTF8.self)
    let isNegated = name.hasPrefix("^")
    if isNegated { name.removeFirst() }
    guard let set = Self.posixSet(named: name) else {
      throw error("unknown character class [:\(name):]")
    }
    index = end + 2
    return isNegated ? folded(set).inverted : folded(set)
  }

  private static func posixSet(named name: String) -> ScalarSet? {
    switch name {
    case "alnum": ScalarSet(ascii: "09AZaz")
    case "alpha": ScalarSet(ascii: "AZaz")
    case "ascii": ScalarSet(0...0x7f)
    case "blank": ScalarSet(ascii: "\t\t  ")
    case "cntrl": ScalarSet(ascii: "\u{0}\u{1f}\u{7f}\u{7f}")
    case "digit": ScalarSet(ascii: "09")
    case "graph": ScalarSet(ascii: "!~")
    case "lower": ScalarSet(ascii: "az")
    case "print": ScalarSet(ascii: " ~")
    case "punct": ScalarSet(ascii: "!/:@[`{~")
    case "space": ScalarSet(ascii: "\t\r  ")
    case "upper": ScalarSet(ascii: "AZ")
    case "word": .word
    case "xdigit": ScalarSet(ascii: "09AFaf")
    default: nil
    }
  }

  /// `\d \s \w \p{name}` and their opposites; nil, with nothing read, for anything else.
  mutating func parseNamedSet() throws(RegexError) -> ScalarSet? {
    guard index + 1 < bytes.count else { return nil }
    let letter = bytes[index + 1]
    let set: ScalarSet
    switch letter | 0x20 {
    case UInt8(ascii: "d"): set = ScalarSet(ascii: "09")
    case UInt8(ascii: "s"): set = ScalarSet(ascii: "\t\n\u{c}\r  ")
    case UInt8(ascii: "w"): set = .word
    case UInt8(ascii: "p") where letter & 0x40 != 0: return try parseUnicodeSet()
    default: return nil
    }
    guard letter & 0x40 != 0 else { return nil }
    index += 2
    return letter & 0x20 == 0 ? folded(set).inverted : folded(set)
  }

  /// `\pN`, `\p{Greek}`, `\p{^Lu}` and the same with `\P`.
  private mutating func parseUnicodeSet() throws(RegexError) -> ScalarSet {
    let start = index
    var isNegated = bytes[index + 1] == UInt8(ascii: "P")
    index += 2
    guard let byte = next else { throw error("missing name of a Unicode class", at: start) }
    var name: String
    if byte == UInt8(ascii: "{") {
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
        throw error("missing }", at: start)
      }
      name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
      index = end + 1
    } else {
      let nameStart = index
      _ = try parseScalar()
      name = String(decoding: bytes[nameStart..<index], as: UTF8.self)
    }
    if name.hasPrefix("^") {
      isNegated.toggle()
      name.removeFirst()
    }
    guard let set = UnicodeCategories.set(named: name) else {
      throw error("unknown Unicode class \(name)", at: start)
    }
    return isNegated ? folded(set).inverted : folded(set)
  }
}
