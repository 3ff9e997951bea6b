extension UTF8Text {
  /// `text` with the first `limit` occurrences of `old` replaced, all when `limit` is negative.
  ///
  /// An empty `old` matches before every code point and at the end.
  static func replace(
    _ old: Bytes, with new: Bytes, in text: Bytes, limit: Int64 = -1
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var left = limit
    var offset = 0
    while left != 0 {
      if old.isEmpty {
        result.append(contentsOf: new)
        guard offset < text.count else { break }
        let end = next(after: offset, in: text)
        result.append(contentsOf: text[offset..<end])
        offset = end
      } else {
        guard let found = find(old, in: text, from: offset) else { break }
        result.append(contentsOf: text[offset..<found])
        result.append(contentsOf: new)
        offset = found + old.count
      }
      left -= left > 0 ? 1 : 0
    }
    result.append(contentsOf: text[offset...])
    return result
  }

  /// The byte ranges between the separators; at most `limit` of them, the last with the rest.
  ///
  /// A negative `limit` is no limit, 0 gives none. An empty separator splits into code points.
  static func split(_ text: Bytes, by separator: Bytes, limit: Int64 = -1) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    guard limit != 0, !(separator.isEmpty && text.isEmpty) else { return parts }
    var offset = 0
    while limit < 0 || parts.count < limit - 1 {
      if separator.isEmpty {
        let end = next(after: offset, in: text)
        guard end < text.count else { break }
        parts.append(offset..<end)
        offset = end
      } else {
        guard let found = find(separator, in: text, from: offset) else { break }
        parts.append(offset..<found)
        offset = found + separator.count
      }
    }
    parts.append(offset..<text.count)
    return parts
  }

  /// The parts with `separator` between them.
  static func join(_ parts: [[UInt8]], separator: Bytes) -> [UInt8] {
    var result: [UInt8] = []
    for (index, part) in parts.enumerated() {
      if index > 0 { result.append(contentsOf: separator) }
      result.append(contentsOf: part)
    }
    return result
  }

  /// `text` with A to Z in lower case.
  static func lowerAscii(_ text: Bytes) -> [UInt8] {
    text.map { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 ? $0 | 0x20 : $0 }
  }

  /// `text` with a to z in upper case.
  static func upperAscii(_ text: Bytes) -> [UInt8] {
    text.map { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 ? $0 & 0xdf : $0 }
  }

  /// The code points in the opposite order.
  static func reverse(_ text: Bytes) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var upper = text.count
    while upper > 0 {
      var start = upper - 1
      while start > 0, !isStart(text[start]) { start -= 1 }
      result.append(contentsOf: text[start..<upper])
      upper = start
    }
    return result
  }

  /// `text` between quotation marks, with `\a \b \f \n \r \t \v \\ \"` escaped (strings.quote).
  static func quote(_ text: Bytes) -> [UInt8] {
    let mark = UInt8(ascii: "\"")
    var result: [UInt8] = [mark]
    result.reserveCapacity(text.count + 2)
    for byte in text {
      let escape: Unicode.Scalar
      switch byte {
      case 0x07: escape = "a"
      case 0x08: escape = "b"
      case 0x0c: escape = "f"
      case 0x0a: escape = "n"
      case 0x0d: escape = "r"
      case 0x09: escape = "t"
      case 0x0b: escape = "v"
      case UInt8(ascii: "\\"): escape = "\\"
      case mark: escape = "\""
      default:
        result.append(byte)
        continue
      }
      result.append(UInt8(ascii: "\\"))
      result.append(UInt8(ascii: escape))
    }
    result.append(mark)
    return result
  }
}
