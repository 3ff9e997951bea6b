extension IPAddress {
  /// The number of bits of an address of this family: 32 or 128.
  public var bitWidth: Int { family == .v4 ? 32 : 128 }

  /// Whether the address is `0.0.0.0` or `::`.
  public var isUnspecified: Bool { high == 0 && low == 0 }

  /// Whether the address lies in 127.0.0.0/8 (RFC 1122) or is `::1` (RFC 4291).
  public var isLoopback: Bool {
    family == .v4 ? low >> 24 == 127 : high == 0 && low == 1
  }

  /// Whether the address lies in 169.254.0.0/16 (RFC 3927) or fe80::/10 (RFC 4291).
  public var isLinkLocalUnicast: Bool {
    family == .v4 ? low >> 16 == 0xa9fe : high >> 54 == 0x3fa
  }

  /// Whether the address lies in 224.0.0.0/24 (RFC 5771) or is multicast of link scope (RFC 4291).
  public var isLinkLocalMulticast: Bool {
    family == .v4 ? low >> 8 == 0xe00000 : (high >> 48) & 0xff0f == 0xff02
  }

  /// Whether the address lies in 224.0.0.0/4 or ff00::/8.
  public var isMulticast: Bool {
    family == .v4 ? low >> 28 == 0xe : high >> 56 == 0xff
  }

  /// Whether the address is neither unspecified, loopback, link-local, multicast nor broadcast.
  ///
  /// Private addresses count as global unicast, as they do in CEL's network functions.
  public var isGlobalUnicast: Bool {
    !(isUnspecified || isLoopback || isLinkLocalUnicast || isMulticast
      || family == .v4 && low == 0xffff_ffff)
  }

  /// The canonical text: dotted quad, or RFC 5952.
  public var description: String {
    guard family == .v6 else {
      return "\(low >> 24).\(low >> 16 & 0xff).\(low >> 8 & 0xff).\(low & 0xff)"
    }
    let zeros = longestZeroRun
    var text = ""
    var index = 0
    while index < 8 {
      if index == zeros.lowerBound, zeros.count >= 2 {
        text += "::"
        index = zeros.upperBound
        continue
      }
      if index > 0, !text.hasSuffix("::") { text += ":" }
      text += String(group(index), radix: 16)
      index += 1
    }
    return text
  }

  /// The 16-bit group `index` of an IPv6 address, 0 in front.
  private func group(_ index: Int) -> UInt64 {
    (index < 4 ? high >> UInt64(48 - 16 * index) : low >> UInt64(112 - 16 * index)) & 0xffff
  }

  /// The first of the longest runs of zero groups.
  private var longestZeroRun: Range<Int> {
    var longest = 0..<0
    var start = 0
    for index in 0..<8 {
      if group(index) != 0 {
        start = index + 1
      } else if index + 1 - start > longest.count {
        longest = start..<index + 1
      }
    }
    return longest
  }
}
