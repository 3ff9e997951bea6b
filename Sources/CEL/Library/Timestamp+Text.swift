extension Timestamp {
  /// Reads `YYYY-MM-DDTHH:MM:SS[.fraction](Z|[+-]HH:MM)` (RFC 3339).
  ///
  /// Digits below a nanosecond are dropped and leap seconds refused. Nil for any other text and
  /// outside of the years 1 to 9999 in UTC.
  init?(rfc3339 text: UnsafeBufferPointer<UInt8>) {
    var reader = FixedFieldReader(text: text)
    guard let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
      reader.skip("-"), let day = reader.number(2), reader.skip("T"),
      let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2),
      reader.skip(":"), let second = reader.number(2), let fraction = reader.fraction(),
      let offset = reader.offset(), reader.isAtEnd
    else { return nil }
    guard 1...12 ~= month, 1...CivilTime.length(ofMonth: month, in: year) ~= day, hour <= 23,
      minute <= 59, second <= 59
    else { return nil }
    let days = CivilTime.days(year: year, month: month, day: day)
    let secondOfDay: Int = hour * 3600 + minute * 60 + second - offset
    let seconds: Int64 = days * 86_400 + Int64(secondOfDay)
    self.init(seconds: seconds, nanoseconds: fraction)
  }

  /// The text in UTC of RFC 3339; a fraction has no trailing zeros.
  var description: String {
    let civil = civil()
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
    let date = "\(padded(civil.year, 4))-\(padded(civil.month, 2))-\(padded(civil.day, 2))"
    let time =
      "\(padded(civil.hour, 2)):\(padded(civil.minute, 2)):\(padded(civil.second, 2))"
    return "\(date)T\(time)\(DurationText.fraction(UInt32(nanoseconds)))Z"
  }
}

/// Reads fields of fixed width.
private struct FixedFieldReader {
  let text: UnsafeBufferPointer<UInt8>
  var index = 0

  var isAtEnd: Bool { index == text.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func number(_ width: Int) -> Int? {
    guard text.count - index >= width else { return nil }
    var value = 0
    for byte in text[index..<index + width] {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
    }
    index += width
    return value
  }

  /// The nanoseconds of a fraction, 0 if there is none.
  mutating func fraction() -> Int32? {
    guard skip(".") else { return 0 }
    var value: Int32 = 0
    var place: Int32 = 100_000_000
    var digits = 0
    while let digit = number(1) {
      value += Int32(digit) * place
      place /= 10
      digits += 1
    }
    return digits > 0 ? value : nil
  }

  /// The offset from UTC in seconds.
  mutating func offset() -> Int? {
    if skip("Z") { return 0 }
    let isNegative = skip("-")
    guard isNegative || skip("+"), let hours = number(2), skip(":"), let minutes = number(2),
      hours <= 23, minutes <= 59
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return isNegative ? -seconds : seconds
  }
}
