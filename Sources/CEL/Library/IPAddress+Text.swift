extension IPAddress {
  /// Reads an address strictly: nil for zones, leading zeros and dotted quads inside IPv6.
  public init?(_ text: String) { nil }
  /// Reads UTF-8 bytes strictly.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) { nil }
  /// Reads an address, dotted quads inside IPv6 included; `notation` says so.
  public init?(lenient text: String) { nil }
  /// Reads UTF-8 bytes as init(lenient:) does.
  public init?(lenientUTF8 text: UnsafeBufferPointer<UInt8>) { nil }
  /// Canonical text of RFC 5952.
  public var description: String { "" }
  /// Whether the address is 0.0.0.0 or ::.
  public var isUnspecified: Bool { false }
  /// 127.0.0.0/8 or ::1.
  public var isLoopback: Bool { false }
  /// 169.254.0.0/16 or fe80::/10.
  public var isLinkLocalUnicast: Bool { false }
  /// 224.0.0.0/24 or ff02::/16.
  public var isLinkLocalMulticast: Bool { false }
  /// Multicast.
  public var isMulticast: Bool { false }
  /// Neither unspecified, loopback, link-local, multicast nor 255.255.255.255.
  public var isGlobalUnicast: Bool { false }
  /// RFC 1918 (IPv4) or RFC 4193 (IPv6).
  public var isPrivate: Bool { false }
}
