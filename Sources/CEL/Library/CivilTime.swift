/// The calendar fields of an instant in some time zone (proleptic Gregorian calendar).
///
/// Month, day and day of the year count from 1; CEL's getMonth, getDayOfMonth and getDayOfYear
/// count from 0.
struct CivilTime: Hashable, Sendable {
  var year: Int
  var month: Int
  var day: Int
  var dayOfYear: Int
  /// 0 is Sunday.
  var dayOfWeek: Int
  var hour: Int
  var minute: Int
  var second: Int
  /// The whole milliseconds below the second.
  var millisecond: Int

  /// The fields of a local time given as seconds since 1970-01-01T00:00:00.
  init(localSeconds: Int64, nanoseconds: Int32) {
    let secondsOfDay = floorRemainder(localSeconds, 86_400)
    let days = (localSeconds - secondsOfDay) / 86_400
    (year, month, day) = CivilTime.date(ofDay: days)
    dayOfYear = Int(days - CivilTime.days(year: year, month: 1, day: 1)) + 1
    dayOfWeek = Int(floorRemainder(days + 4, 7))
    hour = Int(secondsOfDay / 3600)
    minute = Int(secondsOfDay % 3600 / 60)
    second = Int(secondsOfDay % 60)
    millisecond = Int(nanoseconds / 1_000_000)
  }

  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The days from 1970-01-01 to a date.
  ///
  /// Years are counted from March, so that the leap day is the last of its year.
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    let marchYear = Int64(month <= 2 ? year - 1 : year)
    let marchMonth = Int64((month + 9) % 12)
    let dayOfYear = (153 * marchMonth + 2) / 5 + Int64(day) - 1
    let leapDays =
      floorQuotient(marchYear, 4) - floorQuotient(marchYear, 100) + floorQuotient(marchYear, 400)
    return marchYear * 365 + leapDays + dayOfYear - 719_468
  }

  /// The date that lies `days` days after 1970-01-01.
  private static func date(ofDay days: Int64) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorQuotient(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * marchMonth + 2) / 5) + 1
    let month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
    let year = Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0)
    return (year, month, day)
  }
}

/// The quotient rounded towards negative infinity; `divisor` is positive.
func floorQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}

/// What `floorQuotient` leaves: 0 ..< `divisor`.
func floorRemainder(_ value: Int64, _ divisor: Int64) -> Int64 {
  let remainder = value % divisor
  return remainder < 0 ? remainder + divisor : remainder
}
