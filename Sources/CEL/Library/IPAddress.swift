/// An IPv4 or IPv6 address.
public struct IPAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The version of the Internet Protocol.
  public enum Family: UInt8, Hashable, Sendable {
    /// Version 4.
    case v4 = 4
    /// Version 6.
    case v6 = 6
  }

  /// How the text that was read was written.
  public enum Notation: UInt8, Hashable, Sendable {
    /// A dotted quad or groups of hexadecimal digits.
    case plain
    /// An IPv6 address whose last 32 bits were a dotted quad.
    case dottedTail
    /// An IPv4-mapped IPv6 address (`::ffff:…`), read as the IPv4 address that it stands for.
    case ipv4Mapped
  }

  /// The family.
  public let family: Family
  /// How the address was written; plays no part in comparison.
  public let notation: Notation
  /// The upper 64 bits of an IPv6 address, 0 for IPv4.
  public let high: UInt64
  /// The lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address.
  public let low: UInt64

  /// An IPv4 address from its 32 bits.
  public init(v4 bits: UInt32) {
    family = .v4
    notation = .plain
    high = 0
    low = UInt64(bits)
  }

  /// An IPv6 address from its 128 bits.
  public init(v6High high: UInt64, low: UInt64) {
    family = .v6
    notation = .plain
    self.high = high
    self.low = low
  }

  init(family: Family, notation: Notation, high: UInt64, low: UInt64) {
    self.family = family
    self.notation = notation
    self.high = high
    self.low = low
  }

  /// Equality of the addresses, however they were written.
  public static func == (a: IPAddress, b: IPAddress) -> Bool {
    a.low == b.low && a.high == b.high && a.family == b.family
  }

  /// Feeds family and bits.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(family)
    hasher.combine(high)
    hasher.combine(low)
  }

  /// IPv4 before IPv6, then by number.
  public static func < (a: IPAddress, b: IPAddress) -> Bool {
    if a.family != b.family { return a.family == .v4 }
    return a.high != b.high ? a.high < b.high : a.low < b.low
  }
}
