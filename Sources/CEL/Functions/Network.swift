/// The functions on IP addresses and ranges.
enum Network {
  static func ip(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .ipv4, .ipv6: return value
    case .symbol, .text:
      guard let address = IPAddress(utf8: context.utf8(of: value)) else {
        return Conversions.malformed(context, value, "IP address")
      }
      return context.ip(address)
    case .range: return rangeAddress(context, value)
    default: return .error(.noSuchOverload)
    }
  }

  static func isIP(_ context: Context, _ value: Value) -> Value {
    guard value.isString else { return .error(.noSuchOverload) }
    return .bool(IPAddress(utf8: context.utf8(of: value)) != nil)
  }

  static func isCanonical(_ context: Context, _ value: Value) -> Value {
    guard value.isString else { return .error(.noSuchOverload) }
    guard let address = IPAddress(utf8: context.utf8(of: value)) else {
      return Conversions.malformed(context, value, "IP address")
    }
    return .bool(Array(address.description.utf8) == Array(context.utf8(of: value)))
  }

  static func cidr(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .range: return value
    case .symbol, .text:
      guard let range = IPRange(utf8: context.utf8(of: value)) else {
        return Conversions.malformed(context, value, "IP range")
      }
      return context.cidr(range)
    default: return .error(.noSuchOverload)
    }
  }

  static func isCIDR(_ context: Context, _ value: Value) -> Value {
    guard value.isString else { return .error(.noSuchOverload) }
    return .bool(IPRange(utf8: context.utf8(of: value)) != nil)
  }

  static func property(
    _ read: @escaping @Sendable (IPAddress) -> Bool
  ) -> StandardFunction.Body {
    .unary { context, value in
      guard let address = context.ipAddress(of: value) else { return .error(.noSuchOverload) }
      return .bool(read(address))
    }
  }

  static func family(_ context: Context, _ value: Value) -> Value {
    guard let address = context.ipAddress(of: value) else { return .error(.noSuchOverload) }
    return .int(Int64(address.family.rawValue))
  }

  static func containsIP(_ context: Context, _ range: Value, _ other: Value) -> Value {
    if range.tag == .range, range.typeIndex == 4, other.tag == .ipv4 {
      return .bool((range.bits ^ other.bits) &>> (32 &- UInt64(range.small)) == 0)
    }
    guard let outer = context.ipRange(of: range) else { return .error(.noSuchOverload) }
    if let address = context.ipAddress(of: other) { return .bool(outer.contains(address)) }
    guard other.isString else { return .error(.noSuchOverload) }
    guard let address = IPAddress(utf8: context.utf8(of: other)) else {
      return Conversions.malformed(context, other, "IP address")
    }
    return .bool(outer.contains(address))
  }

  static func containsCIDR(_ context: Context, _ range: Value, _ other: Value) -> Value {
    guard let outer = context.ipRange(of: range) else { return .error(.noSuchOverload) }
    if let inner = context.ipRange(of: other) { return .bool(outer.contains(inner)) }
    guard other.isString else { return .error(.noSuchOverload) }
    guard let inner = IPRange(utf8: context.utf8(of: other)) else {
      return Conversions.malformed(context, other, "IP range")
    }
    return .bool(outer.contains(inner))
  }

  static func rangeAddress(_ context: Context, _ value: Value) -> Value {
    context.ipRange(of: value).map { context.ip($0.address) } ?? .error(.noSuchOverload)
  }

  static func masked(_ context: Context, _ value: Value) -> Value {
    context.ipRange(of: value).map { context.cidr($0.masked) } ?? .error(.noSuchOverload)
  }

  static func isMask(_ context: Context, _ value: Value) -> Value {
    context.ipRange(of: value).map { .bool($0.isMask) } ?? .error(.noSuchOverload)
  }

  static func prefixLength(_ context: Context, _ value: Value) -> Value {
    context.ipRange(of: value).map { .int(Int64($0.prefixLength)) } ?? .error(.noSuchOverload)
  }
}
