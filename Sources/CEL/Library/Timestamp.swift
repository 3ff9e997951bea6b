/// A point in time: seconds since 1970-01-01T00:00:00Z and nanoseconds, years 1 to 9999.
struct Timestamp: Hashable, Comparable, Sendable {
  let seconds: Int64
  let nanoseconds: Int32  // 0 ..< 1_000_000_000

  /// Nil outside 0001-01-01T00:00:00Z … 9999-12-31T23:59:59.999999999Z.
  init?(seconds: Int64, nanoseconds: Int32 = 0) { nil }
  /// Reads RFC 3339; nil for bad syntax or out of range.
  init?(rfc3339 text: UnsafeBufferPointer<UInt8>) { nil }
  /// RFC 3339 in UTC, fraction without trailing zeros.
  var description: String { "" }
  static func < (a: Timestamp, b: Timestamp) -> Bool { false }
  /// Nil on overflow or out of range. Durations are Int64 nanoseconds throughout.
  func adding(_ duration: Int64) -> Timestamp? { nil }
  func subtracting(_ duration: Int64) -> Timestamp? { nil }
  /// self - other in nanoseconds; nil on overflow.
  func duration(since other: Timestamp) -> Int64? { nil }
  /// The calendar fields of this instant in `zone`.
  func civil(in zone: TimeZone = .utc) -> CivilTime { CivilTime() }
}

/// Calendar fields; month and day count from 1 (CEL's getMonth, getDayOfMonth, getDayOfYear count from 0).
struct CivilTime: Hashable, Sendable {
  var year = 0
  var month = 1
  var day = 1
  var dayOfYear = 1
  var dayOfWeek = 0  // 0 = Sunday
  var hour = 0
  var minute = 0
  var second = 0
  var millisecond = 0
}

/// A time zone: UTC, a fixed offset or an IANA zone of the host.
struct TimeZone: Sendable {
  static let utc = TimeZone()
  init() {}
  /// `UTC`, `[+-]HH:MM`, `HH:MM` or an IANA name; nil when unknown. Cached by name.
  init?(named name: String) { nil }
}
