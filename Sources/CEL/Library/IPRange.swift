/// An address and a prefix length (CIDR notation); bits behind the prefix are kept.
public struct IPRange: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The address as given, bits behind the prefix included.
  public let address: IPAddress
  /// The number of leading bits that count: 0...32 for IPv4, 0...128 for IPv6.
  public let prefixLength: Int

  /// A range from its parts; nil when the prefix is negative or longer than the address.
  public init?(_ address: IPAddress, prefixLength: Int) {
    guard prefixLength >= 0, prefixLength <= address.bitWidth else { return nil }
    self.address = address
    self.prefixLength = prefixLength
  }

  private init(unchecked address: IPAddress, _ prefixLength: Int) {
    self.address = address
    self.prefixLength = prefixLength
  }

  /// Reads `a.b.c.d/n` or `x::y/n`.
  ///
  /// The address is read as `IPAddress.init(_:)` does, except that IPv4-mapped addresses are
  /// refused; the length is decimal without sign or leading zeros. Nil for any other text.
  public init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { IPRange(utf8: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads UTF-8 bytes as `init(_:)` does, without allocation.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    guard let (end, length) = IPRange.splitLength(text),
      let address = IPAddress(utf8: UnsafeBufferPointer(rebasing: text[..<end])),
      address.notation == .plain
    else { return nil }
    self.init(address, prefixLength: length)
  }

  /// Reads a range as `init(_:)` does, but takes the notations of `IPAddress.init(lenient:)`.
  ///
  /// A range of IPv4-mapped addresses is read as the IPv4 range that it stands for.
  public init?(lenient text: String) {
    var text = text
    let parsed: IPRange? = text.withUTF8 { bytes in
      guard let (end, length) = IPRange.splitLength(bytes),
        let address = IPAddress(lenientUTF8: UnsafeBufferPointer(rebasing: bytes[..<end]))
      else { return nil }
      let mapped = address.notation == .ipv4Mapped
      return IPRange(address, prefixLength: mapped ? length - 96 : length)
    }
    guard let parsed else { return nil }
    self = parsed
  }

  /// The offset of the last slash and the number behind it.
  private static func splitLength(_ text: UnsafeBufferPointer<UInt8>) -> (Int, Int)? {
    var index = text.count - 1
    var length = 0
    var place = 1
    while index >= 0, text.count - index <= 4 {
      let byte = text[index]
      if byte == UInt8(ascii: "/") {
        let digits = text.count - index - 1
        guard digits > 0, digits == 1 || text[index + 1] != UInt8(ascii: "0") else { return nil }
        return (index, length)
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      length += Int(digit) * place
      place *= 10
      index -= 1
    }
    return nil
  }

  /// Ones where the host bits are.
  private var hostMask: (high: UInt64, low: UInt64) {
    let hostBits = UInt64(address.bitWidth - prefixLength)
    // Swift's smart shifts give 0 for shifts of 64 and more.
    let low = hostBits >= 64 ? UInt64.max : (1 << hostBits) - 1
    let high = hostBits <= 64 ? 0 : hostBits == 128 ? UInt64.max : (1 << (hostBits - 64)) - 1
    return (high, low)
  }

  /// The first address of the range.
  public var first: IPAddress {
    let mask = hostMask
    return IPAddress(
      family: address.family, notation: .plain, high: address.high & ~mask.high,
      low: address.low & ~mask.low)
  }

  /// The last address of the range.
  public var last: IPAddress {
    let mask = hostMask
    return IPAddress(
      family: address.family, notation: .plain, high: address.high | mask.high,
      low: address.low | mask.low)
  }

  /// Whether no bit behind the prefix is set.
  public var isMask: Bool {
    let mask = hostMask
    return address.high & mask.high == 0 && address.low & mask.low == 0
  }

  /// The range with the bits behind the prefix cleared.
  public var masked: IPRange { IPRange(unchecked: first, prefixLength) }

  /// Whether `candidate` lies in the range; false for an address of the other family.
  public func contains(_ candidate: IPAddress) -> Bool {
    guard candidate.family == address.family else { return false }
    let mask = hostMask
    return (candidate.high ^ address.high) & ~mask.high == 0
      && (candidate.low ^ address.low) & ~mask.low == 0
  }

  /// Whether all of `other` lies in the range; false for a range of the other family.
  public func contains(_ other: IPRange) -> Bool {
    prefixLength <= other.prefixLength && contains(other.address)
  }

  /// The address as given, a slash and the prefix length.
  public var description: String { "\(address)/\(prefixLength)" }

  /// By address, then the wider range first.
  public static func < (left: IPRange, right: IPRange) -> Bool {
    left.address != right.address
      ? left.address < right.address : left.prefixLength < right.prefixLength
  }
}
