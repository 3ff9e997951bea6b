import Glibc

extension Context {
  /// CEL's `==`: a bool, or unknown; the first error when an operand is one.
  ///
  /// Values of different types differ, numbers of different types compare as doubles. For lists, maps and
  /// optionals a definite difference gives `false`, else anything unknown inside gives unknown.
  public func equals(_ left: Value, _ right: Value) -> Value {
    guard left.isKnown, right.isKnown else { return strict(left, right) }
    switch (left.tag, right.tag) {
    case (.record, .record): return host.recordsEqual(left, right, self)
    case (.list, .list), (.list, .records), (.records, .list), (.records, .records):
      return listsEqual(left, right)
    case (.map, .map): return mapsEqual(left, right)
    case (.optional, .optional):
      if left.isSome != right.isSome { return .falseValue }
      return left.isSome ? equals(values[left.offset], values[right.offset]) : .trueValue
    default: return .bool(sameScalar(left, right))
    }
  }

  /// Equality of known values that hold no other values; false for all others.
  func sameScalar(_ left: Value, _ right: Value) -> Bool {
    switch (left.tag, right.tag) {
    case (.int, .int), (.uint, .uint), (.symbol, .symbol), (.bool, .bool), (.duration, .duration),
      (.ipv4, .ipv4):
      return left.bits == right.bits
    case (.null, .null): return true
    case (.double, .double): return left.float64 == right.float64
    case (.int, .uint), (.uint, .int): return left.bits == right.bits && left.int64 >= 0
    case (.int, .double): return Numbers.compare(left.int64, right.float64) == .equal
    case (.double, .int): return Numbers.compare(right.int64, left.float64) == .equal
    case (.uint, .double): return Numbers.compare(left.bits, right.float64) == .equal
    case (.double, .uint): return Numbers.compare(right.bits, left.float64) == .equal
    case (.text, .text), (.text, .symbol), (.symbol, .text), (.bytes, .bytes), (.ipv6, .ipv6):
      return octetsEqual(left, right)
    case (.timestamp, .timestamp): return left.bits == right.bits && left.small == right.small
    case (.type, .type): return left.bits == right.bits && left.small == right.small
    case (.range, .range): return rangesEqual(left, right)
    default: return false
    }
  }

  private func octetsEqual(_ left: Value, _ right: Value) -> Bool {
    let first = octets(left)
    let second = octets(right)
    guard first.count == second.count else { return false }
    guard let start = first.baseAddress, let other = second.baseAddress else { return true }
    return memcmp(start, other, first.count) == 0
  }

  private func listsEqual(_ left: Value, _ right: Value) -> Value {
    let count = Int(left.small)
    let otherCount = Int(right.small)
    if left.isOpen || right.isOpen {
      // An open list may be longer, and in any order: only a surplus of known elements decides.
      if !right.isOpen && count > otherCount { return .falseValue }
      if !left.isOpen && otherCount > count { return .falseValue }
      return .unknown(
        CauseSetID(rawValue: causeSets.union(left.openCauses, right.openCauses)))
    }
    guard count == otherCount else { return .falseValue }
    var result = Value.trueValue
    for index in 0..<count {
      let same = equals(item(index, of: left), item(index, of: right))
      if same.isFalse { return same }
      if !same.isTrue { result = result.isTrue ? same : strict(result, same) }
    }
    return result
  }

  private func mapsEqual(_ left: Value, _ right: Value) -> Value {
    let count = Int(left.small)
    if !left.isOpen && !right.isOpen && count != Int(right.small) { return .falseValue }
    if !right.isOpen && count > Int(right.small) { return .falseValue }
    if !left.isOpen && Int(right.small) > count { return .falseValue }
    var result = Value.trueValue
    for index in 0..<count {
      guard let other = find(mapKey(index, of: left), in: right) else {
        if right.isOpen { continue }
        return .falseValue
      }
      let same = equals(mapValue(index, of: left), mapValue(other, of: right))
      if same.isFalse { return same }
      if !same.isTrue { result = result.isTrue ? same : strict(result, same) }
    }
    if !left.isOpen {
      for index in 0..<Int(right.small) where find(mapKey(index, of: right), in: left) == nil {
        return .falseValue
      }
    }
    guard left.isOpen || right.isOpen else { return result }
    let causes = causeSets.union(left.openCauses, right.openCauses)
    return strict(result, .unknown(CauseSetID(rawValue: causes)))
  }

  /// Adds a known value to a hash, so that values that are `==` hash alike.
  public func hash(_ value: Value, into hasher: inout Hasher) {
    switch value.tag {
    case .int: hasher.combine(Double(value.int64))
    case .uint: hasher.combine(Double(value.bits))
    case .double: hasher.combine(value.float64)
    case .symbol, .text, .bytes, .ipv6: hasher.combine(bytes: UnsafeRawBufferPointer(octets(value)))
    case .record: host.hash(value, into: &hasher)
    case .list, .records:
      for index in 0..<Int(value.small) { hash(item(index, of: value), into: &hasher) }
    case .map:
      // Entries have no order: combine their hashes by a sum.
      var sum = 0
      for index in 0..<Int(value.small) {
        var entry = Hasher()
        hash(mapKey(index, of: value), into: &entry)
        hash(mapValue(index, of: value), into: &entry)
        sum &+= entry.finalize()
      }
      hasher.combine(sum)
    case .optional:
      if value.isSome { hash(values[value.offset], into: &hasher) }
    case .range: hashRange(value, into: &hasher)
    default:
      hasher.combine(value.header)
      hasher.combine(value.bits)
    }
  }

  /// The octets of a string, a bytes value or an IPv6 address.
  private func octets(_ value: Value) -> UnsafeBufferPointer<UInt8> {
    value.tag == .ipv6
      ? UnsafeBufferPointer(start: octets.base + value.offset, count: 16) : utf8(of: value)
  }
}
