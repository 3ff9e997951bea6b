/// Operations on UTF-8 text by code point; results are byte ranges of the argument where they can be.
enum UTF8Text {
  typealias Bytes = UnsafeBufferPointer<UInt8>
  /// Number of code points.
  static func count(_ text: Bytes) -> Int { 0 }
  /// Byte range of code point `index`, empty at the end; nil out of range.
  static func charAt(_ index: Int64, in text: Bytes) -> Range<Int>? { nil }
  /// Byte range of code points `start..<end` (end nil = to the end); nil out of range.
  static func substring(from start: Int64, to end: Int64? = nil, in text: Bytes) -> Range<Int>? {
    nil
  }
  /// Code point offset of the first occurrence at or after `start`, -1 when none; nil when start is out of range.
  static func indexOf(_ needle: Bytes, in text: Bytes, from start: Int64 = 0) -> Int64? { nil }
  /// Code point offset of the last occurrence at or before `start`, -1 when none; nil when start is out of range.
  static func lastIndexOf(_ needle: Bytes, in text: Bytes, from start: Int64? = nil) -> Int64? {
    nil
  }
  /// Replaces up to `limit` occurrences (negative: all).
  static func replace(_ old: Bytes, with new: Bytes, in text: Bytes, limit: Int64 = -1) -> [UInt8] {
    []
  }
  /// Byte ranges of the pieces, at most `limit` (negative: all; 0: none).
  static func split(_ text: Bytes, by separator: Bytes, limit: Int64 = -1) -> [Range<Int>] { [] }
  static func join(_ parts: [[UInt8]], separator: Bytes) -> [UInt8] { [] }
  static func lowerAscii(_ text: Bytes) -> [UInt8] { [] }
  static func upperAscii(_ text: Bytes) -> [UInt8] { [] }
  /// Byte range without Unicode white space at the ends.
  static func trim(_ text: Bytes) -> Range<Int> { 0..<0 }
  static func reverse(_ text: Bytes) -> [UInt8] { [] }
  /// strings.quote, with the quotation marks.
  static func quote(_ text: Bytes) -> [UInt8] { [] }
  /// Byte offset of the first occurrence at or after byte `start`.
  static func find(_ needle: Bytes, in text: Bytes, from start: Int = 0) -> Int? { nil }
  static func contains(_ text: Bytes, _ needle: Bytes) -> Bool { false }
  static func startsWith(_ text: Bytes, _ prefix: Bytes) -> Bool { false }
  static func endsWith(_ text: Bytes, _ suffix: Bytes) -> Bool { false }
  static func equal(_ a: Bytes, _ b: Bytes) -> Bool { false }
  /// Negative, 0 or positive: order by bytes (= by code point).
  static func compare(_ a: Bytes, _ b: Bytes) -> Int { 0 }
  /// Whether the bytes are well-formed UTF-8.
  static func isValid(_ text: Bytes) -> Bool { false }
}
