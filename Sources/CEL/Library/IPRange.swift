/// An address and a prefix length (CIDR notation); bits behind the prefix are kept.
public struct IPRange: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The address as given, host bits included.
  public let address: IPAddress
  /// The number of leading bits that count: 0…32 or 0…128.
  public let prefixLength: Int
  /// Nil when the prefix is longer than the address.
  public init?(_ address: IPAddress, prefixLength: Int) { nil }
  /// Reads `a.b.c.d/n` or `x::y/n`, strictly.
  public init?(_ text: String) { nil }
  /// Reads UTF-8 bytes, strictly.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) { nil }
  /// As init(_:), but takes the notations of IPAddress(lenient:).
  public init?(lenient text: String) { nil }
  /// Whether no bit behind the prefix is set.
  public var isMask: Bool { false }
  /// The range with the bits behind the prefix cleared.
  public var masked: IPRange { self }
  /// The first address of the range.
  public var first: IPAddress { address }
  /// The last address of the range.
  public var last: IPAddress { address }
  /// Whether `address` lies in the range; false across families.
  public func contains(_ address: IPAddress) -> Bool { false }
  /// Whether all of `other` lies in the range; false across families.
  public func contains(_ other: IPRange) -> Bool { false }
  /// Whether the ranges share an address.
  public func overlaps(_ other: IPRange) -> Bool { false }
  /// `address/prefixLength`.
  public var description: String { "" }
  /// By address, then shorter prefix first.
  public static func < (a: IPRange, b: IPRange) -> Bool { false }
}
