extension Context {
  /// An IP address as a value.
  public func ip(_ address: IPAddress) -> Value {
    guard address.family == .v6 else { return .ipv4(UInt32(truncatingIfNeeded: address.low)) }
    return Value(.ipv6, small: 16, bits: UInt64(store(address)))
  }

  /// An IP range as a value; host bits are kept.
  public func cidr(_ range: IPRange) -> Value {
    let length = UInt32(truncatingIfNeeded: range.prefixLength)
    let address = range.address
    guard address.family == .v6 else {
      return Value(.range, type: 4, small: length, bits: address.low)
    }
    return Value(.range, type: 6, small: length, bits: UInt64(store(address)))
  }

  private func store(_ address: IPAddress) -> Int {
    let start = octets.count
    for word in [address.high, address.low] {
      for shift in stride(from: UInt64(56), through: 0, by: -8) {
        octets.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return start
  }

  private func loadAddress(_ place: Int) -> IPAddress {
    var words: [UInt64] = [0, 0]
    for index in 0..<16 { words[index / 8] = words[index / 8] << 8 | UInt64(octets[place + index]) }
    return IPAddress(v6High: words[0], low: words[1])
  }

  /// The address of a `net.IP` value; nil for another kind of value.
  public func ipAddress(of value: Value) -> IPAddress? {
    switch value.tag {
    case .ipv4: IPAddress(v4: UInt32(truncatingIfNeeded: value.bits))
    case .ipv6: loadAddress(value.offset)
    default: nil
    }
  }

  /// The range of a `net.CIDR` value; nil for another kind of value.
  public func ipRange(of value: Value) -> IPRange? {
    guard value.tag == .range else { return nil }
    let address =
      value.typeIndex == 4
      ? IPAddress(v4: UInt32(truncatingIfNeeded: value.bits)) : loadAddress(value.offset)
    return IPRange(address, prefixLength: Int(value.small))
  }

  func rangesEqual(_ left: Value, _ right: Value) -> Bool {
    ipRange(of: left) == ipRange(of: right)
  }

  func hashRange(_ value: Value, into hasher: inout Hasher) {
    hasher.combine(ipRange(of: value))
  }
}
