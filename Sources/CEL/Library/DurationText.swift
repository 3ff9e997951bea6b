/// Durations as text; a duration is an Int64 of nanoseconds.
enum DurationText {
  /// Reads `[-+]?((\d+(\.\d*)?|\.\d+)(h|m|s|ms|us|ns))+` or a signed `0`.
  ///
  /// Digits below a nanosecond are dropped. Nil for other text and outside of Int64 nanoseconds.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    var index = 0
    var isNegative = false
    if let sign = text.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      index = 1
    }
    if text.count == index + 1, text[index] == UInt8(ascii: "0") { return 0 }
    guard index < text.count else { return nil }
    let limit = UInt128(1) << 63
    var total: UInt128 = 0
    while index < text.count {
      guard let part = parsePart(text, &index) else { return nil }
      total += part
      guard total <= limit else { return nil }
    }
    if isNegative { return Int64(truncatingIfNeeded: 0 &- total) }
    return Int64(exactly: total)
  }

  /// One number with its unit, in nanoseconds; nil for bad syntax or more than 2^64 nanoseconds.
  private static func parsePart(
    _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> UInt128? {
    var whole: UInt128 = 0
    var fraction: UInt128 = 0
    var scale: UInt128 = 1
    var digits = 0
    while index < text.count, let digit = decimalDigit(text[index]) {
      whole = whole * 10 + digit
      guard whole < 1 << 64 else { return nil }
      digits += 1
      index += 1
    }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      while index < text.count, let digit = decimalDigit(text[index]) {
        // 15 digits reach below a nanosecond even for hours.
        if scale < 1_000_000_000_000_000 {
          fraction = fraction * 10 + digit
          scale *= 10
        }
        digits += 1
        index += 1
      }
    }
    guard digits > 0, let unit = parseUnit(text, &index) else { return nil }
    return whole * unit + fraction * unit / scale
  }

  private static func decimalDigit(_ byte: UInt8) -> UInt128? {
    let digit = byte &- UInt8(ascii: "0")
    return digit <= 9 ? UInt128(digit) : nil
  }

  private static func parseUnit(
    _ text: UnsafeBufferPointer<UInt8>, _ index: inout Int
  ) -> UInt128? {
    guard index < text.count else { return nil }
    let hasSecond = index + 1 < text.count && text[index + 1] == UInt8(ascii: "s")
    let first = text[index]
    index += 1
    switch first {
    case UInt8(ascii: "h"): return 3_600_000_000_000
    case UInt8(ascii: "s"): return 1_000_000_000
    case UInt8(ascii: "m") where !hasSecond: return 60_000_000_000
    case UInt8(ascii: "m"):
      index += 1
      return 1_000_000
    case UInt8(ascii: "u") where hasSecond:
      index += 1
      return 1000
    case UInt8(ascii: "n") where hasSecond:
      index += 1
      return 1
    default: return nil
    }
  }

  /// Seconds with up to nine decimals and an `s`: `3600.001s`, `-0.5s`, `0s`.
  static func format(_ nanoseconds: Int64) -> String {
    let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
    let sign = nanoseconds < 0 ? "-" : ""
    return "\(sign)\(seconds)\(fraction(UInt32(rest)))s"
  }

  /// A point and the digits of nanoseconds below a second without trailing zeros; empty for 0.
  static func fraction(_ nanoseconds: UInt32) -> String {
    guard nanoseconds > 0 else { return "" }
    var rest = nanoseconds
    var width = 9
    while rest % 10 == 0 {
      rest /= 10
      width -= 1
    }
    let digits = String(rest)
    return "." + String(repeating: "0", count: width - digits.count) + digits
  }
}
