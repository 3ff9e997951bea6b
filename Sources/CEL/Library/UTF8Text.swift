/// Operations on UTF-8 text by code point.
///
/// Text is well-formed UTF-8; offsets that expressions see are code points. Results that are parts
/// of an argument come as byte ranges of it.
enum UTF8Text {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Whether `byte` starts a code point.
  @inline(__always)
  static func isStart(_ byte: UInt8) -> Bool { byte & 0xc0 != 0x80 }

  /// The number of code points.
  static func count(_ text: Bytes) -> Int {
    var count = 0
    for byte in text where isStart(byte) { count += 1 }
    return count
  }

  /// The byte offset of code point `index`, the end included; nil out of range.
  static func byteOffset(of index: Int64, in text: Bytes) -> Int? {
    guard index >= 0, index <= text.count else { return nil }
    var left = Int(index)
    var offset = 0
    while left > 0 {
      guard offset < text.count else { return nil }
      offset = next(after: offset, in: text)
      left -= 1
    }
    return offset
  }

  /// The byte offset behind the code point at byte `offset`.
  static func next(after offset: Int, in text: Bytes) -> Int {
    var offset = offset + 1
    while offset < text.count, !isStart(text[offset]) { offset += 1 }
    return offset
  }

  /// The byte range of code point `index`, empty at the end; nil out of range.
  static func charAt(_ index: Int64, in text: Bytes) -> Range<Int>? {
    guard let start = byteOffset(of: index, in: text) else { return nil }
    return start == text.count ? start..<start : start..<next(after: start, in: text)
  }

  /// The byte range of code points `start..<end`, to the end of the text when `end` is nil.
  ///
  /// Nil when an offset is out of range or `start` lies behind `end`.
  static func substring(from start: Int64, to end: Int64? = nil, in text: Bytes) -> Range<Int>? {
    guard let lower = byteOffset(of: start, in: text) else { return nil }
    guard let end else { return lower..<text.count }
    guard let upper = byteOffset(of: end, in: text), lower <= upper else { return nil }
    return lower..<upper
  }

  /// The code point offset of the first `needle` at or behind `start`, -1 when there is none.
  ///
  /// Nil when `start` is out of range.
  static func indexOf(_ needle: Bytes, in text: Bytes, from start: Int64 = 0) -> Int64? {
    guard let lower = byteOffset(of: start, in: text) else { return nil }
    guard let found = find(needle, in: text, from: lower) else { return -1 }
    return start + Int64(count(Bytes(rebasing: text[lower..<found])))
  }

  /// The code point offset of the last `needle` at or before `start`, -1 when there is none.
  ///
  /// `start` nil is the end of the text; the result is nil when `start` is out of range.
  static func lastIndexOf(_ needle: Bytes, in text: Bytes, from start: Int64? = nil) -> Int64? {
    var upper = text.count
    if let start {
      guard let offset = byteOffset(of: start, in: text) else { return nil }
      upper = offset
    }
    var offset = min(upper, text.count - needle.count)
    while offset >= 0 {
      if matches(needle, in: text, at: offset) {
        return Int64(count(Bytes(rebasing: text[..<offset])))
      }
      offset -= 1
    }
    return -1
  }

  /// The byte range without Unicode white space at both ends.
  static func trim(_ text: Bytes) -> Range<Int> {
    var lower = 0
    while lower < text.count {
      let end = next(after: lower, in: text)
      guard isWhitespace(Bytes(rebasing: text[lower..<end])) else { break }
      lower = end
    }
    var upper = text.count
    while upper > lower {
      var start = upper - 1
      while start > lower, !isStart(text[start]) { start -= 1 }
      guard isWhitespace(Bytes(rebasing: text[start..<upper])) else { break }
      upper = start
    }
    return lower..<upper
  }

  /// The property White_Space of the Unicode Character Database.
  private static func isWhitespace(_ codePoint: Bytes) -> Bool {
    switch codePoint.count {
    case 1: return codePoint[0] == 0x20 || 0x09...0x0d ~= codePoint[0]
    case 2: return codePoint[0] == 0xc2 && (codePoint[1] == 0x85 || codePoint[1] == 0xa0)
    case 3:
      let tail = UInt16(codePoint[1]) << 8 | UInt16(codePoint[2])
      switch codePoint[0] {
      case 0xe1: return tail == 0x9a80
      case 0xe2:
        return 0x8080...0x808a ~= tail || tail == 0x80a8 || tail == 0x80a9 || tail == 0x80af
          || tail == 0x819f
      case 0xe3: return tail == 0x8080
      default: return false
      }
    default: return false
    }
  }

  /// Whether the bytes are well-formed UTF-8.
  static func isValid(_ text: Bytes) -> Bool {
    text.allSatisfy { $0 < 0x80 } || UTF8.isWellFormed(text)
  }
}

extension UTF8 {
  fileprivate static func isWellFormed(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var decoder = UTF8()
    var iterator = text.makeIterator()
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue: continue
      case .emptyInput: return true
      case .error: return false
      }
    }
  }
}
