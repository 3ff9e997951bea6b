extension Lexer {
  /// A string or bytes literal at the current position, or nil.
  mutating func stringToken() -> Token? {
    var prefix = 0
    var isRaw = false
    var isBytes = false
    if byte() | 0x20 == 0x62 {
      isBytes = true
      prefix = 1
      if byte(1) | 0x20 == 0x72 {
        isRaw = true
        prefix = 2
      }
    } else if byte() | 0x20 == 0x72 {
      isRaw = true
      prefix = 1
    }
    let quote = byte(prefix)
    guard quote == 0x22 || quote == 0x27 else { return nil }
    let start = position
    position += prefix
    let isTriple = byte(1) == quote && byte(2) == quote
    position += isTriple ? 3 : 1
    return body(start, quote: quote, isTriple: isTriple, isRaw: isRaw, isBytes: isBytes)
  }

  private mutating func body(
    _ start: Int, quote: UInt8, isTriple: Bool, isRaw: Bool, isBytes: Bool
  ) -> Token {
    var result: [UInt8] = []
    var fault: Diagnostic?
    while true {
      guard position < text.count else { return fail(start, "the string has no closing quote") }
      let current = byte()
      if current == quote, !isTriple || (byte(1) == quote && byte(2) == quote) {
        position += isTriple ? 3 : 1
        break
      }
      if !isTriple, current == 0x0A || current == 0x0D {
        return fail(start, "the string has no closing quote on its line")
      }
      if current == 0x5C, !isRaw {
        let place = position
        if let message = escape(into: &result, isBytes: isBytes), fault == nil {
          fault = Diagnostic(offset: place, length: position - place, message: message)
        }
      } else {
        result.append(current)
        position += 1
      }
    }
    if let fault {
      diagnostics.append(fault)
      return token(.invalid, from: start)
    }
    if isBytes { return token(.bytes(result), from: start) }
    return token(.string(String(decoding: result, as: UTF8.self)), from: start)
  }

  /// Reads one escape; gives a message when it is malformed.
  private mutating func escape(into result: inout [UInt8], isBytes: Bool) -> String? {
    let letter = byte(1)
    position += min(2, text.count - position)
    switch letter {
    case 0x61: result.append(0x07)
    case 0x62: result.append(0x08)
    case 0x66: result.append(0x0C)
    case 0x6E: result.append(0x0A)
    case 0x72: result.append(0x0D)
    case 0x74: result.append(0x09)
    case 0x76: result.append(0x0B)
    case 0x5C, 0x3F, 0x22, 0x27, 0x60: result.append(letter)
    case 0x78, 0x58:
      guard let value = digits(2, base: 16) else { return "\\x needs two hexadecimal digits" }
      return append(value, to: &result, isBytes: isBytes)
    case 0x30...0x33:
      position -= 1
      guard let value = digits(3, base: 8) else { return "an octal escape has three digits" }
      return append(value, to: &result, isBytes: isBytes)
    case 0x75, 0x55:
      if isBytes { return "\\u and \\U are not allowed in bytes" }
      let count = letter == 0x75 ? 4 : 8
      guard let value = digits(count, base: 16) else {
        return "\\\(letter == 0x75 ? "u" : "U") needs \(count) hexadecimal digits"
      }
      return append(value, to: &result, isBytes: false)
    default: return "unknown escape in a string"
    }
    return nil
  }

  private mutating func digits(_ count: Int, base: UInt32) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let digit = Lexer.hexValue(byte()), digit < base else { return nil }
      value = value &* base &+ digit
      position += 1
    }
    return value
  }

  private func append(_ value: UInt32, to result: inout [UInt8], isBytes: Bool) -> String? {
    if isBytes {
      result.append(UInt8(truncatingIfNeeded: value))
      return nil
    }
    guard let scalar = UnicodeScalar(value) else { return "the escape is no Unicode scalar" }
    result.append(contentsOf: String(Character(scalar)).utf8)
    return nil
  }
}
