/// Numbers as text.
enum NumberText {
  /// `[-+]?\d+`; nil for bad syntax or overflow.
  static func parseInt(_ text: UnsafeBufferPointer<UInt8>) -> Int64? { nil }
  /// `\d+`; nil for bad syntax or overflow.
  static func parseUInt(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? { nil }
  /// Decimal notation, `NaN`, `Inf`, `Infinity`; nil for bad syntax or overflow.
  static func parseDouble(_ text: UnsafeBufferPointer<UInt8>) -> Double? { nil }
  /// string(double): shortest text that reads back as the same double.
  static func shortest(_ value: Double) -> String { "" }
  /// `%.Nf`; NaN, Infinity, -Infinity for these. Nil when precision is not in 0...1000.
  static func fixed(_ value: Double, precision: Int) -> String? { nil }
  /// `%.Ne`; the same.
  static func scientific(_ value: Double, precision: Int) -> String? { nil }
  /// `%x %X %o %b` of integers: radix 16, 8, 2; negative numbers with a minus sign.
  static func radix(_ value: Int64, _ radix: Int, uppercase: Bool = false) -> String { "" }
  static func radix(_ value: UInt64, _ radix: Int, uppercase: Bool = false) -> String { "" }
  /// `%x %X` of strings and bytes.
  static func hex(_ bytes: UnsafeBufferPointer<UInt8>, uppercase: Bool = false) -> String { "" }
}

extension NumberText {
  /// Shortest digits without exponent: `%s` and `%d` of doubles in format.
  static func plain(_ value: Double) -> String { "" }
}
