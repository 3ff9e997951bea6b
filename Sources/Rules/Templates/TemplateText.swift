/// Splits a template's text into pieces: plain text, `{EXPRESSION}` and `[ optional pieces ]`.
struct TemplateText {
  indirect enum Piece: Hashable {
    case text(String)
    /// An expression's text and its UTF-8 offset in the template.
    case expression(String, offset: Int)
    case optional([Piece])
  }

  struct Fault: Error, Hashable {
    let offset: Int
    let message: String
  }

  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  /// Splits the bytes `range` of a text; offsets count from the text's start.
  static func pieces(of text: [UInt8], in range: Range<Int>) throws(Fault) -> [Piece] {
    var parser = TemplateText(bytes: text, position: range.lowerBound, end: range.upperBound)
    return try parser.pieces(inOptional: nil)
  }

  private init(bytes: [UInt8], position: Int, end: Int) {
    self.bytes = bytes
    self.position = position
    self.end = end
  }

  private mutating func pieces(inOptional start: Int?) throws(Fault) -> [Piece] {
    var pieces: [Piece] = []
    var text: [UInt8] = []
    func flush() {
      if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
      text = []
    }
    while position < end {
      let byte = bytes[position]
      let isDoubled = position + 1 < end && bytes[position + 1] == byte
      switch byte {
      case UInt8(ascii: "{") where !isDoubled:
        flush()
        pieces.append(try expression())
      case UInt8(ascii: "}") where !isDoubled:
        throw Fault(offset: position, message: "a '}' without '{'; write '}}' for a brace")
      case UInt8(ascii: "[") where !isDoubled:
        if start != nil {
          throw Fault(offset: position, message: "an optional piece inside another")
        }
        flush()
        pieces.append(try optional())
      case UInt8(ascii: "]") where start != nil:
        flush()
        position += 1
        return pieces
      case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "["):
        text.append(byte)
        position += 2
      case UInt8(ascii: "]"):
        text.append(byte)
        position += isDoubled ? 2 : 1
      default:
        text.append(byte)
        position += 1
      }
    }
    if let start {
      throw Fault(offset: start, message: "a '[' without ']'; write '[[' for a bracket")
    }
    flush()
    return pieces
  }

  private mutating func optional() throws(Fault) -> Piece {
    let start = position
    position += 1
    let pieces = try pieces(inOptional: start)
    let hasExpression = pieces.contains { if case .expression = $0 { true } else { false } }
    guard hasExpression else {
      throw Fault(
        offset: start, message: "an optional piece without an expression; write '[[' for a bracket")
    }
    return .optional(pieces)
  }

  private mutating func expression() throws(Fault) -> Piece {
    let open = position
    var depth = 0
    var quote: UInt8?
    position += 1
    while position < end {
      let byte = bytes[position]
      if let mark = quote {
        if byte == UInt8(ascii: "\\") { position += 1 } else if byte == mark { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        quote = byte
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        if depth == 0 { break }
        depth -= 1
      }
      position += 1
    }
    guard position < end else {
      throw Fault(offset: open, message: "a '{' without '}'; write '{{' for a brace")
    }
    let text = String(decoding: bytes[(open + 1)..<position], as: UTF8.self)
    position += 1
    if text.allSatisfy(\.isWhitespace) { throw Fault(offset: open, message: "no expression") }
    return .expression(text, offset: open + 1)
  }
}
