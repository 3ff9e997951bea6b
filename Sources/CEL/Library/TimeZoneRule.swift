/// The rule of a POSIX TZ string such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct TimeZoneRule: Sendable {
  private enum Day: Sendable {
    /// 1...365; 29 February is never counted.
    case julian(Int)
    /// 0...365; 29 February is counted.
    case ofYear(Int)
    /// Week 1...5 (5 is the last) of a month, day 0...6 from Sunday.
    case weekday(month: Int, week: Int, day: Int)
  }

  private struct Change: Sendable {
    var day: Day
    /// Seconds of local time after midnight; may be negative or more than a day.
    var time: Int64
  }

  private var standardOffset: Int64 = 0
  private var summerOffset: Int64 = 0
  private var summer: (start: Change, end: Change)?

  /// Nil when `text` is not of this form.
  init?(_ text: String) {
    var reader = Reader(bytes: Array(text.utf8))
    guard reader.skipName(), let west = reader.time() else { return nil }
    standardOffset = -west
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    summerOffset = standardOffset + 3600
    if reader.next != UInt8(ascii: ",") {
      guard let west = reader.time() else { return nil }
      summerOffset = -west
    }
    guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else {
      return nil
    }
    summer = (start, end)
  }

  /// The seconds to add to UTC to get local time at an instant.
  func offset(at seconds: Int64) -> Int64 {
    guard let summer else { return standardOffset }
    let year = CivilTime(localSeconds: seconds + standardOffset, nanoseconds: 0).year
    let start = Self.localSeconds(of: summer.start, in: year) - standardOffset
    let end = Self.localSeconds(of: summer.end, in: year) - summerOffset
    // South of the equator summer time spans the turn of the year.
    let isSummer =
      start < end ? start <= seconds && seconds < end : seconds < end || start <= seconds
    return isSummer ? summerOffset : standardOffset
  }

  private static func localSeconds(of change: Change, in year: Int) -> Int64 {
    let firstDay = CivilTime.days(year: year, month: 1, day: 1)
    let day: Int64
    switch change.day {
    case .julian(let number):
      day = firstDay + Int64(number - 1 + (CivilTime.isLeap(year) && number >= 60 ? 1 : 0))
    case .ofYear(let number):
      day = firstDay + Int64(number)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.days(year: year, month: month, day: 1)
      let firstWeekday = floorRemainder(first + 4, 7)
      var offset = floorRemainder(Int64(weekday) - firstWeekday, 7) + Int64(week - 1) * 7
      if offset >= Int64(CivilTime.length(ofMonth: month, in: year)) { offset -= 7 }
      day = first + offset
    }
    return day * 86_400 + change.time
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    var isAtEnd: Bool { index == bytes.count }
    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    /// Letters, or anything between angle brackets.
    mutating func skipName() -> Bool {
      let start = index
      if skip("<") {
        while let byte = next, byte != UInt8(ascii: ">") { index += 1 }
        return skip(">")
      }
      while let byte = next, UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 { index += 1 }
      return index > start
    }

    /// At most four digits.
    mutating func number() -> Int? {
      let start = index
      var value = 0
      while index - start < 4, let byte = next, byte &- UInt8(ascii: "0") <= 9 {
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
        index += 1
      }
      return index > start ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time() -> Int64? {
      let isNegative = skip("-")
      if !isNegative { _ = skip("+") }
      guard var seconds = number().map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where skip(":") {
        guard let value = number() else { return nil }
        seconds += value * unit
      }
      return Int64(isNegative ? -seconds : seconds)
    }

    /// `,date[/time]`; the time is two o'clock if there is none.
    mutating func change() -> Change? {
      guard skip(","), let day = day() else { return nil }
      guard skip("/") else { return Change(day: day, time: 7200) }
      guard let time = time() else { return nil }
      return Change(day: day, time: time)
    }

    private mutating func day() -> Day? {
      if skip("M") {
        guard let month = number(), skip("."), let week = number(), skip("."),
          let day = number(), 1...12 ~= month, 1...5 ~= week, 0...6 ~= day
        else { return nil }
        return .weekday(month: month, week: week, day: day)
      }
      if skip("J") {
        guard let day = number(), 1...365 ~= day else { return nil }
        return .julian(day)
      }
      guard let day = number(), 0...365 ~= day else { return nil }
      return .ofYear(day)
    }
  }
}
