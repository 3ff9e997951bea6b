extension IPAddress {
  /// Reads an address strictly.
  ///
  /// Dotted quads without leading zeros and IPv6 in full, compressed or upper-case form are taken;
  /// zones and dotted quads inside IPv6 are not. An IPv4-mapped address in hexadecimal groups is
  /// read as the IPv4 address that it stands for, as the conformance suite of CEL wants it.
  /// Nil for any other text.
  public init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { IPAddress(utf8: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads UTF-8 bytes strictly, as `init(_:)` does, without allocation.
  public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
    guard let parsed = IPAddress.parse(text, allowingDottedTail: false) else { return nil }
    self = parsed
  }

  /// Reads an address as `init(_:)` does, but also dotted quads at the end of IPv6.
  ///
  /// For data of other systems; `notation` tells which notation was used.
  public init?(lenient text: String) {
    var text = text
    let parsed = text.withUTF8 { IPAddress(lenientUTF8: $0) }
    guard let parsed else { return nil }
    self = parsed
  }

  /// Reads UTF-8 bytes as `init(lenient:)` does, without allocation.
  public init?(lenientUTF8 text: UnsafeBufferPointer<UInt8>) {
    guard let parsed = IPAddress.parse(text, allowingDottedTail: true) else { return nil }
    self = parsed
  }

  private static func parse(
    _ text: UnsafeBufferPointer<UInt8>, allowingDottedTail: Bool
  ) -> IPAddress? {
    var index = 0
    while index < text.count, index < 5 {
      switch text[index] {
      case UInt8(ascii: "."):
        return parseQuad(text[...]).map { IPAddress(v4: $0) }
      case UInt8(ascii: ":"):
        return parseGroups(text, allowingDottedTail: allowingDottedTail)
      default: index += 1
      }
    }
    return nil
  }

  /// Four decimal numbers of 0 to 255, without leading zeros.
  private static func parseQuad(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    var bits: UInt32 = 0
    var octet: UInt32 = 0
    var digits = 0
    var dots = 0
    for byte in text {
      if byte == UInt8(ascii: ".") {
        guard digits > 0, dots < 3 else { return nil }
        bits = bits << 8 | octet
        dots += 1
        octet = 0
        digits = 0
      } else {
        let digit = UInt32(byte &- UInt8(ascii: "0"))
        guard digit <= 9, digits == 0 || octet > 0 else { return nil }
        octet = octet * 10 + digit
        digits += 1
        guard octet <= 255 else { return nil }
      }
    }
    guard dots == 3, digits > 0 else { return nil }
    return bits << 8 | octet
  }

  /// Eight groups of up to four hexadecimal digits, one run of zero groups written `::`.
  private static func parseGroups(
    _ text: UnsafeBufferPointer<UInt8>, allowingDottedTail: Bool
  ) -> IPAddress? {
    var bits = GroupBits()
    var notation = Notation.plain
    var index = 0
    let end = text.count
    if end >= 2, text[0] == UInt8(ascii: ":") {
      guard text[1] == UInt8(ascii: ":") else { return nil }
      bits.gap = 0
      index = 2
    }
    while index < end {
      let start = index
      var group: UInt64 = 0
      while index < end, index - start < 4, let digit = hexDigit(text[index]) {
        group = group << 4 | UInt64(digit)
        index += 1
      }
      guard index > start else { return nil }
      if index < end, text[index] == UInt8(ascii: ".") {
        guard allowingDottedTail, bits.count <= 6, let quad = parseQuad(text[start...]) else {
          return nil
        }
        bits.append(UInt64(quad >> 16))
        bits.append(UInt64(quad & 0xffff))
        notation = .dottedTail
        break
      }
      guard bits.count < 8 else { return nil }
      bits.append(group)
      if index == end { break }
      guard text[index] == UInt8(ascii: ":") else { return nil }
      index += 1
      guard index < end else { return nil }
      if text[index] == UInt8(ascii: ":") {
        guard bits.gap == nil else { return nil }
        bits.gap = bits.count
        index += 1
      }
    }
    return bits.address(notation: notation)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// The groups of an IPv6 address while they are read.
private struct GroupBits {
  /// All groups so far as one number, the first in front.
  private var high: UInt64 = 0
  private var low: UInt64 = 0
  private(set) var count = 0
  /// How many groups stand before `::`.
  var gap: Int?

  mutating func append(_ group: UInt64) {
    high = high << 16 | low >> 48
    low = low << 16 | group
    count += 1
  }

  /// The address, with the run of zero groups filled in; nil when the number of groups is wrong.
  func address(notation: IPAddress.Notation) -> IPAddress? {
    var high = high
    var low = low
    if let gap {
      guard count < 8 else { return nil }
      let tail = (count - gap) * 16
      let missing = (8 - count) * 16
      let bits = UInt128(high) << 64 | UInt128(low)
      let mask = (UInt128(1) << UInt128(tail)) &- 1
      let spread = (bits & ~mask) << UInt128(missing) | bits & mask
      high = UInt64(truncatingIfNeeded: spread >> 64)
      low = UInt64(truncatingIfNeeded: spread)
    } else if count != 8 {
      return nil
    }
    if high == 0, low >> 32 == 0xffff {
      return IPAddress(family: .v4, notation: .ipv4Mapped, high: 0, low: low & 0xffff_ffff)
    }
    return IPAddress(family: .v6, notation: notation, high: high, low: low)
  }
}
