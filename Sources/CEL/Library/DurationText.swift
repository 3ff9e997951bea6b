/// Durations as text; a duration is an Int64 of nanoseconds.
enum DurationText {
  /// `1h2m3.5s`; nil for bad syntax or overflow.
  static func parse(_ text: UnsafeBufferPointer<UInt8>) -> Int64? { nil }
  /// `3600.001s`
  static func format(_ nanoseconds: Int64) -> String { "" }
}
