import Glibc

/// Numbers as text.
enum NumberText {
  /// Reads `[-+]?\d+`; nil for other text and outside of Int64.
  static func parseInt(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard let first = text.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let hasSign = isNegative || first == UInt8(ascii: "+")
    guard let magnitude = parseDigits(text, from: hasSign ? 1 : 0) else { return nil }
    guard isNegative else { return Int64(exactly: magnitude) }
    return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
  }

  /// Reads `\d+`; nil for other text and outside of UInt64.
  static func parseUInt(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    parseDigits(text, from: 0)
  }

  private static func parseDigits(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt64? {
    guard start < text.count else { return nil }
    var value: UInt64 = 0
    for byte in text[start...] {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(UInt64(digit))
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }

  /// Reads decimal notation with an optional exponent, `NaN`, `Inf` and `Infinity`.
  ///
  /// The words may have a sign and any case. Nil for other text (blanks, hexadecimal) and for
  /// numbers beyond the largest double; the value is correctly rounded.
  static func parseDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    if let word = parseWord(text) { return word }
    guard isDecimalNumber(text) else { return nil }
    let value = Double(String(decoding: text, as: UTF8.self))
    guard let value, value.isFinite else { return nil }
    return value
  }

  private static func parseWord(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = text.first, text.count <= 9 else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let hasSign = isNegative || first == UInt8(ascii: "+")
    switch String(decoding: text[(hasSign ? 1 : 0)...], as: UTF8.self).lowercased() {
    case "nan": return .nan
    case "inf", "infinity": return isNegative ? -.infinity : .infinity
    default: return nil
    }
  }

  /// Whether `text` is `[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?` as a whole.
  private static func isDecimalNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    func skipSign() {
      guard index < text.count else { return }
      if text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
    }
    func skipDigits() -> Int {
      let start = index
      while index < text.count, text[index] &- UInt8(ascii: "0") <= 9 { index += 1 }
      return index - start
    }
    skipSign()
    var digits = skipDigits()
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      digits += skipDigits()
    }
    guard digits > 0 else { return false }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      skipSign()
      guard skipDigits() > 0 else { return false }
    }
    return index == text.count
  }

  /// The text of `%.Nf`: half-even on the exact binary value.
  ///
  /// `NaN`, `Infinity` and `-Infinity` for these; nil when `precision` is not in 0...1000.
  static func fixed(_ value: Double, precision: Int) -> String? {
    guard 0...1000 ~= precision else { return nil }
    return notFinite(value) ?? formatted("%.*f", value, precision)
  }

  /// The text of `%.Ne` (at least two digits of exponent); else as `fixed`.
  static func scientific(_ value: Double, precision: Int) -> String? {
    guard 0...1000 ~= precision else { return nil }
    return notFinite(value) ?? formatted("%.*e", value, precision)
  }

  static func notFinite(_ value: Double) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return nil
  }

  private static func formatted(_ format: String, _ value: Double, _ precision: Int) -> String {
    // The longest double has 309 digits before the point.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: precision + 330) { buffer in
      let length = withVaList([Int32(precision), value]) {
        vsnprintf(buffer.baseAddress, buffer.count, format, $0)
      }
      let bytes = UnsafeRawBufferPointer(buffer).prefix(max(0, Int(length)))
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The text of `%x %X %o %b` of an int: radix 16, 8 or 2; a minus sign before negative numbers.
  static func radix(_ value: Int64, _ radix: Int, uppercase: Bool = false) -> String {
    String(value, radix: radix, uppercase: uppercase)
  }

  /// The text of `%x %X %o %b` of a uint.
  static func radix(_ value: UInt64, _ radix: Int, uppercase: Bool = false) -> String {
    String(value, radix: radix, uppercase: uppercase)
  }

  /// The text of `%x %X` of strings and bytes: two digits a byte.
  static func hex(_ bytes: UnsafeBufferPointer<UInt8>, uppercase: Bool = false) -> String {
    let digits = Array((uppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
