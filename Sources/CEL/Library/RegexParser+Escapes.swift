extension RegexParser {
  /// `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}`; nil, with nothing read, for anything else.
  mutating func parseQuantifier() throws(RegexError) -> (minimum: Int, maximum: Int?)? {
    switch next {
    case UInt8(ascii: "*"):
      index += 1
      return (0, nil)
    case UInt8(ascii: "+"):
      index += 1
      return (1, nil)
    case UInt8(ascii: "?"):
      index += 1
      return (0, 1)
    case UInt8(ascii: "{"):
      return try parseCount()
    default:
      return nil
    }
  }

  /// Braces that hold no count are literal.
  private mutating func parseCount() throws(RegexError) -> (minimum: Int, maximum: Int?)? {
    let start = index
    var end = index + 1
    guard let minimum = parseNumber(&end), end < bytes.count else { return nil }
    var maximum: Int? = minimum
    if bytes[end] == UInt8(ascii: ",") {
      end += 1
      guard end < bytes.count else { return nil }
      if bytes[end] == UInt8(ascii: "}") {
        maximum = nil
      } else {
        guard let number = parseNumber(&end) else { return nil }
        maximum = number
      }
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "}") else { return nil }
    guard minimum <= maximum ?? minimum, max(minimum, maximum ?? 0) <= Self.maximumRepetition
    else { throw error("invalid repetition count", at: start) }
    index = end + 1
    return (minimum, maximum)
  }

  /// Decimal digits without a leading zero, below 100,000,000.
  private func parseNumber(_ index: inout Int) -> Int? {
    let start = index
    var value = 0
    while index < bytes.count, case let digit = bytes[index] &- UInt8(ascii: "0"), digit <= 9 {
      value = value * 10 + Int(digit)
      index += 1
      guard value < 100_000_000 else { return nil }
    }
    guard index > start else { return nil }
    return index - start > 1 && bytes[start] == UInt8(ascii: "0") ? nil : value
  }

  /// The nodes of a backslash sequence outside of brackets; several or none for `\Q…\E`.
  mutating func parseEscapedNodes() throws(RegexError) -> [RegexNode] {
    guard index + 1 < bytes.count else { throw error("trailing backslash") }
    let assertion: RegexAssertion
    switch bytes[index + 1] {
    case UInt8(ascii: "A"): assertion = .textStart
    case UInt8(ascii: "z"): assertion = .textEnd
    case UInt8(ascii: "b"): assertion = .wordBoundary
    case UInt8(ascii: "B"): assertion = .noWordBoundary
    case UInt8(ascii: "Q"):
      return try parseQuoted()
    default:
      if let set = try parseNamedSet() { return [.set(set)] }
      return [literal(try parseEscapedScalar())]
    }
    index += 2
    return [.assertion(assertion)]
  }

  private mutating func parseQuoted() throws(RegexError) -> [RegexNode] {
    index += 2
    var nodes: [RegexNode] = []
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count,
        bytes[index + 1] == UInt8(ascii: "E")
      {
        index += 2
        break
      }
      nodes.append(literal(try parseScalar()))
    }
    return nodes
  }

  /// One code point as it stands.
  mutating func parseScalar() throws(RegexError) -> UInt32 {
    guard let byte = next else { throw error("unexpected end") }
    var length = 1
    var value = UInt32(byte)
    switch byte {
    case ..<0x80: break
    case ..<0xe0: (length, value) = (2, value & 0x1f)
    case ..<0xf0: (length, value) = (3, value & 0x0f)
    default: (length, value) = (4, value & 0x07)
    }
    guard index + length <= bytes.count else { throw error("invalid UTF-8") }
    for offset in 1..<max(length, 1) { value = value << 6 | UInt32(bytes[index + offset] & 0x3f) }
    index += length
    return value
  }

  /// The code point of a backslash sequence, in brackets or not.
  mutating func parseEscapedScalar() throws(RegexError) -> UInt32 {
    let start = index
    guard index + 1 < bytes.count else { throw error("trailing backslash") }
    let byte = bytes[index + 1]
    index += 2
    switch byte {
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "f"): return 0x0c
    case UInt8(ascii: "n"): return 0x0a
    case UInt8(ascii: "r"): return 0x0d
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "v"): return 0x0b
    case UInt8(ascii: "x"):
      if let value = parseHexadecimal() { return value }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      if let value = parseOctal(byte) { return value }
      throw error("back-references are not supported", at: start)
    case UInt8(ascii: "8"), UInt8(ascii: "9"):
      throw error("back-references are not supported", at: start)
    default:
      let scalar = UInt32(byte)
      if byte < 0x80, byte == UInt8(ascii: "_") || !ScalarSet.word.contains(scalar) {
        return scalar
      }
    }
    throw error("invalid escape sequence", at: start)
  }

  /// Up to three octal digits; one that is not 0 must not stand alone.
  private mutating func parseOctal(_ first: UInt8) -> UInt32? {
    var value = UInt32(first - UInt8(ascii: "0"))
    var digits = 1
    while digits < 3, let byte = next, UInt8(ascii: "0")...UInt8(ascii: "7") ~= byte {
      value = value * 8 + UInt32(byte - UInt8(ascii: "0"))
      digits += 1
      index += 1
    }
    return digits == 1 && value != 0 ? nil : value
  }

  /// Two hexadecimal digits, or any number of them in braces.
  private mutating func parseHexadecimal() -> UInt32? {
    guard next == UInt8(ascii: "{") else {
      guard let high = hexadecimalDigit(), let low = hexadecimalDigit() else { return nil }
      return high << 4 | low
    }
    index += 1
    var value: UInt32 = 0
    var digits = 0
    while let digit = hexadecimalDigit() {
      value = value << 4 | digit
      digits += 1
      guard value <= ScalarSet.maximum else { return nil }
    }
    guard digits > 0, next == UInt8(ascii: "}") else { return nil }
    index += 1
    return value
  }

  private mutating func hexadecimalDigit() -> UInt32? {
    guard let byte = next else { return nil }
    let digit: UInt8
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
    default: return nil
    }
    index += 1
    return UInt32(digit)
  }
}
