/// A piece of an expression's text.
struct Token: Sendable {
  enum Kind: Hashable, Sendable {
    case end
    case identifier(String)
    /// A name in backquotes, for selections only.
    case quoted(String)
    case int(digits: String, isHex: Bool)
    case uint(digits: String, isHex: Bool)
    case double(String)
    case string(String)
    case bytes([UInt8])
    case symbol(String)
    case invalid
  }

  let kind: Kind
  let span: Span
}

/// Cuts an expression's text into tokens.
struct Lexer {
  let text: [UInt8]
  var position = 0
  var diagnostics: [Diagnostic] = []

  init(_ text: [UInt8]) {
    self.text = text
  }

  static func isNameStart(_ byte: UInt8) -> Bool {
    byte == 0x5F || (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }

  static func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  func byte(_ ahead: Int = 0) -> UInt8 {
    position + ahead < text.count ? text[position + ahead] : 0
  }

  /// All tokens; the last is `.end`.
  mutating func tokens() -> [Token] {
    var tokens: [Token] = []
    while true {
      let token = next()
      tokens.append(token)
      if token.kind == .end { return tokens }
    }
  }

  private mutating func skipBlanks() {
    while position < text.count {
      switch text[position] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D: position += 1
      case 0x2F where byte(1) == 0x2F:
        while position < text.count, text[position] != 0x0A { position += 1 }
      default: return
      }
    }
  }

  private mutating func next() -> Token {
    skipBlanks()
    let start = position
    guard position < text.count else { return token(.end, from: start) }
    let first = byte()
    if let string = stringToken() { return string }
    if Lexer.isNameStart(first) {
      while Lexer.isNamePart(byte()) { position += 1 }
      return token(.identifier(slice(start, position)), from: start)
    }
    if Lexer.isDigit(first) || (first == 0x2E && Lexer.isDigit(byte(1))) { return number() }
    if first == 0x60 { return quotedName() }
    return symbol()
  }

  func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, span: Span(offset: start, length: position - start))
  }

  func slice(_ start: Int, _ end: Int) -> String {
    String(decoding: text[start..<end], as: UTF8.self)
  }

  mutating func fail(_ start: Int, _ message: String, suggestion: String? = nil) -> Token {
    diagnostics.append(
      Diagnostic(
        offset: start, length: max(position - start, 1), message: message, suggestion: suggestion))
    return token(.invalid, from: start)
  }

  private mutating func symbol() -> Token {
    let start = position
    let character = byte()
    let isPair =
      switch character {
      case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "<"), UInt8(ascii: ">"):
        byte(1) == UInt8(ascii: "=")
      case UInt8(ascii: "&"), UInt8(ascii: "|"): byte(1) == character
      default: false
      }
    if isPair || "<>+-*/%!?:.,()[]{}".utf8.contains(character) {
      position += isPair ? 2 : 1
      return token(.symbol(slice(start, position)), from: start)
    }
    position += 1
    while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
    let found = slice(start, position)
    let isHalf = ["=", "&", "|"].contains(found)
    return fail(
      start, "unexpected character '\(found)'", suggestion: isHalf ? found + found : nil)
  }

  private mutating func quotedName() -> Token {
    let start = position
    position += 1
    let allowed = Array("_.-/ ".utf8)
    while Lexer.isNamePart(byte()) || allowed.contains(byte()) { position += 1 }
    guard byte() == 0x60, position > start + 1 else {
      return fail(start, "a quoted name has letters, digits, '_', '.', '-', '/' and blanks only")
    }
    position += 1
    return token(.quoted(slice(start + 1, position - 1)), from: start)
  }

  private mutating func number() -> Token {
    let start = position
    if byte() == 0x30, byte(1) | 0x20 == 0x78, Lexer.hexValue(byte(2)) != nil {
      position += 2
      while Lexer.hexValue(byte()) != nil { position += 1 }
      return integer(start, digits: slice(start + 2, position), isHex: true)
    }
    while Lexer.isDigit(byte()) { position += 1 }
    let digitsEnd = position
    if byte() == 0x2E, Lexer.isDigit(byte(1)) {
      position += 1
      while Lexer.isDigit(byte()) { position += 1 }
    }
    if byte() | 0x20 == 0x65 {
      let signed = byte(1) == 0x2B || byte(1) == 0x2D
      if Lexer.isDigit(byte(signed ? 2 : 1)) {
        position += signed ? 2 : 1
        while Lexer.isDigit(byte()) { position += 1 }
      }
    }
    if position == digitsEnd {
      return integer(start, digits: slice(start, position), isHex: false)
    }
    return token(.double(slice(start, position)), from: start)
  }

  private mutating func integer(_ start: Int, digits: String, isHex: Bool) -> Token {
    if byte() | 0x20 == 0x75 {
      position += 1
      return token(.uint(digits: digits, isHex: isHex), from: start)
    }
    return token(.int(digits: digits, isHex: isHex), from: start)
  }
}
