import Synchronization

/// A time zone: UTC, a fixed offset or an IANA zone from the time zone files of the host.
struct TimeZone: Sendable {
  private enum Kind: Sendable {
    case fixed(Int64)
    case file(TimeZoneFile)
  }

  private let kind: Kind

  /// Coordinated Universal Time.
  static let utc = TimeZone(kind: .fixed(0))

  private static let directory = "/usr/share/zoneinfo/"
  /// Zones by name, unknown names included, so that a name is looked up once.
  private static let known = Mutex<[String: TimeZone?]>([:])
  /// Names come from expressions: more than this many different ones are not kept.
  private static let maximumKnown = 2000

  private init(kind: Kind) {
    self.kind = kind
  }

  /// The zone `UTC`, `[+-]HH:MM`, `HH:MM` or an IANA name such as `Europe/Zurich`.
  ///
  /// Nil for a name that the host's files do not have; never UTC instead. Cached by name.
  init?(named name: String) {
    if name == "UTC" {
      self = .utc
    } else if let offset = TimeZone.fixedOffset(name) {
      self = TimeZone(kind: .fixed(offset))
    } else {
      if let cached = TimeZone.known.withLock({ $0[name] }) {
        guard let cached else { return nil }
        self = cached
        return
      }
      let zone = TimeZone.load(name)
      TimeZone.known.withLock { known in
        if known.count < TimeZone.maximumKnown { known[name] = .some(zone) }
      }
      guard let zone else { return nil }
      self = zone
    }
  }

  /// The seconds to add to UTC to get local time at an instant.
  func offset(at seconds: Int64) -> Int64 {
    switch kind {
    case .fixed(let offset): offset
    case .file(let file): file.offset(at: seconds)
    }
  }

  /// The seconds of `[+-]HH:MM` or `HH:MM`.
  private static func fixedOffset(_ name: String) -> Int64? {
    var digits = Array(name.utf8)
    var isNegative = false
    if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      digits.removeFirst()
    }
    guard digits.count == 5, digits[2] == UInt8(ascii: ":") else { return nil }
    digits.remove(at: 2)
    let values = digits.map { Int64($0) - Int64(UInt8(ascii: "0")) }
    guard values.allSatisfy({ 0...9 ~= $0 }) else { return nil }
    let (hours, minutes) = (values[0] * 10 + values[1], values[2] * 10 + values[3])
    guard hours <= 23, minutes <= 59 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return isNegative ? -seconds : seconds
  }

  private static func load(_ name: String) -> TimeZone? {
    // The name becomes part of a path, so only what zone names are made of may pass.
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      guard let first = part.utf8.first else { return false }
      return first | 0x20 >= UInt8(ascii: "a") && first | 0x20 <= UInt8(ascii: "z")
        && part.utf8.allSatisfy { byte in
          ScalarSet.word.contains(UInt32(byte)) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+")
        }
    }
    guard isName, let file = TimeZoneFile(path: directory + name) else { return nil }
    return TimeZone(kind: .file(file))
  }
}
