/// Splits an expression into the operands of its outermost `||`.
enum Disjunction {
  /// The operands with their UTF-8 offsets; nil for texts that need more than a look to be split.
  ///
  /// `||` binds weaker than everything but `? :`, so what stands between two of them outside of
  /// brackets is an operand.
  static func operands(of text: String) -> [(text: String, offset: Int)]? {
    let bytes = Array(text.utf8)
    var operands: [(String, Int)] = []
    var start = 0
    var depth = 0
    var index = 0
    while index < bytes.count {
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch bytes[index] {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        guard let end = endOfString(in: bytes, from: index) else { return nil }
        index = end
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      case UInt8(ascii: "?") where depth == 0: return nil
      case UInt8(ascii: "/") where next == UInt8(ascii: "/"): return nil
      case UInt8(ascii: "|") where depth == 0 && next == UInt8(ascii: "|"):
        operands.append((String(decoding: bytes[start..<index], as: UTF8.self), start))
        index += 1
        start = index + 1
      default: break
      }
      index += 1
    }
    operands.append((String(decoding: bytes[start...], as: UTF8.self), start))
    return operands
  }

  /// The place of a plain string's closing quote; nil for raw, triple-quoted and open ones.
  private static func endOfString(in bytes: [UInt8], from start: Int) -> Int? {
    let quote = bytes[start]
    if start > 0, bytes[start - 1] | 0x20 == UInt8(ascii: "r") { return nil }
    if start + 2 < bytes.count, bytes[start + 1] == quote, bytes[start + 2] == quote { return nil }
    var index = start + 1
    while index < bytes.count, bytes[index] != quote {
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index < bytes.count ? index : nil
  }
}
