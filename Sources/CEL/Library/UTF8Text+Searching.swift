import Glibc

extension UTF8Text {
  /// The byte offset of the first `needle` at or behind byte `start`; nil when there is none.
  ///
  /// The product of both lengths at worst, which is what the cost of `contains` assumes.
  static func find(_ needle: Bytes, in text: Bytes, from start: Int = 0) -> Int? {
    guard start >= 0, start <= text.count else { return nil }
    guard let pattern = needle.baseAddress, needle.count > 0 else { return start }
    guard let base = text.baseAddress, text.count - start >= needle.count else { return nil }
    let last = text.count - needle.count
    var offset = start
    while offset <= last, let hit = memchr(base + offset, Int32(pattern[0]), last - offset + 1) {
      offset = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      if memcmp(hit, pattern, needle.count) == 0 { return offset }
      offset += 1
    }
    return nil
  }

  /// Whether `needle` lies at byte `offset` of `text`; `offset` is 0 or more.
  static func matches(_ needle: Bytes, in text: Bytes, at offset: Int) -> Bool {
    guard text.count - offset >= needle.count else { return false }
    guard let pattern = needle.baseAddress, let base = text.baseAddress else {
      return needle.isEmpty
    }
    return memcmp(base + offset, pattern, needle.count) == 0
  }

  /// Whether `needle` lies in `text`.
  static func contains(_ text: Bytes, _ needle: Bytes) -> Bool { find(needle, in: text) != nil }

  /// Whether `text` begins with `prefix`.
  static func startsWith(_ text: Bytes, _ prefix: Bytes) -> Bool {
    matches(prefix, in: text, at: 0)
  }

  /// Whether `text` ends with `suffix`.
  static func endsWith(_ text: Bytes, _ suffix: Bytes) -> Bool {
    suffix.count <= text.count && matches(suffix, in: text, at: text.count - suffix.count)
  }

  /// Whether both hold the same bytes.
  static func equal(_ left: Bytes, _ right: Bytes) -> Bool {
    left.count == right.count && matches(left, in: right, at: 0)
  }

  /// Negative, 0 or positive as `left` comes before, is equal to or comes after `right`.
  ///
  /// The order of bytes, which is the order of code points.
  static func compare(_ left: Bytes, _ right: Bytes) -> Int {
    let shared = min(left.count, right.count)
    if shared > 0, let first = left.baseAddress, let second = right.baseAddress {
      let order = memcmp(first, second, shared)
      if order != 0 { return Int(order) }
    }
    return left.count - right.count
  }
}
