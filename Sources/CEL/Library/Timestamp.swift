/// An instant: seconds since 1970-01-01T00:00:00Z and nanoseconds, in the years 1 to 9999.
struct Timestamp: Hashable, Comparable, Sendable {
  let seconds: Int64
  /// 0 ..< 1,000,000,000, counted forward from the second before the year 1970, too.
  let nanoseconds: Int32

  private static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// Nil outside of 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z.
  init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Self.range ~= seconds, 0..<1_000_000_000 ~= nanoseconds else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.seconds != right.seconds
      ? left.seconds < right.seconds : left.nanoseconds < right.nanoseconds
  }

  /// The instant `duration` nanoseconds later; nil out of range.
  func adding(_ duration: Int64) -> Timestamp? {
    shifted(
      seconds: floorQuotient(duration, 1_000_000_000),
      nanoseconds: floorRemainder(duration, 1_000_000_000))
  }

  /// The instant `duration` nanoseconds earlier; nil out of range.
  func subtracting(_ duration: Int64) -> Timestamp? {
    shifted(
      seconds: -floorQuotient(duration, 1_000_000_000),
      nanoseconds: -floorRemainder(duration, 1_000_000_000))
  }

  private func shifted(seconds: Int64, nanoseconds: Int64) -> Timestamp? {
    let sum = Int64(self.nanoseconds) + nanoseconds
    let carry = floorQuotient(sum, 1_000_000_000)
    return Timestamp(
      seconds: self.seconds + seconds + carry,
      nanoseconds: Int32(floorRemainder(sum, 1_000_000_000)))
  }

  /// The nanoseconds from `other` to this instant; nil when they do not fit Int64.
  func duration(since other: Timestamp) -> Int64? {
    let (product, overflow) =
      (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
    // The product alone can overflow where the sum does not, by less than a second.
    if overflow {
      let wide =
        Int128(seconds - other.seconds) * 1_000_000_000
        + Int128(nanoseconds - other.nanoseconds)
      return Int64(exactly: wide)
    }
    let (sum, carry) = product.addingReportingOverflow(Int64(nanoseconds - other.nanoseconds))
    return carry ? nil : sum
  }

  /// The calendar fields of this instant in `zone`.
  func civil(in zone: TimeZone = .utc) -> CivilTime {
    CivilTime(localSeconds: seconds + zone.offset(at: seconds), nanoseconds: nanoseconds)
  }
}
