/// Comparison of CEL's three number types on one number line.
///
/// An int or uint is rounded to the nearest double before it is compared with one, as the
/// conformance suite wants: `9223372036854775807 < 9223372036854775808.0` is false, and the two
/// are equal.
enum Numbers {
  /// 2^63 and 2^64 as doubles.
  static let twoTo63 = 9_223_372_036_854_775_808.0
  static let twoTo64 = 18_446_744_073_709_551_616.0

  static func compare(_ int: Int64, _ double: Double) -> Order {
    if double.isNaN { return .unordered }
    return order(Double(int), double)
  }

  static func compare(_ uint: UInt64, _ double: Double) -> Order {
    if double.isNaN { return .unordered }
    return order(Double(uint), double)
  }

  /// The order of two numbers.
  static func compare(_ left: Value, _ right: Value) -> Order {
    switch (left.tag, right.tag) {
    case (.int, .int): return order(left.int64, right.int64)
    case (.uint, .uint): return order(left.bits, right.bits)
    case (.double, .double):
      let (first, second) = (left.float64, right.float64)
      if first.isNaN || second.isNaN { return .unordered }
      return order(first, second)
    case (.int, .uint): return left.int64 < 0 ? .less : order(left.bits, right.bits)
    case (.uint, .int): return right.int64 < 0 ? .greater : order(left.bits, right.bits)
    case (.int, .double): return compare(left.int64, right.float64)
    case (.double, .int): return compare(right.int64, left.float64).reversed
    case (.uint, .double): return compare(left.bits, right.float64)
    case (.double, .uint): return compare(right.bits, left.float64).reversed
    default: return .incomparable
    }
  }

  @inline(__always) static func order<Number: Comparable>(
    _ left: Number, _ right: Number
  ) -> Order {
    left < right ? .less : (left == right ? .equal : .greater)
  }
}

/// How two values stand to one another.
enum Order: Int8 {
  case less
  case equal
  case greater
  /// One of them is NaN.
  case unordered
  /// CEL has no order for these types.
  case incomparable

  var reversed: Order {
    switch self {
    case .less: .greater
    case .greater: .less
    default: self
    }
  }
}

extension Context {
  /// The order of two known values under CEL's `<`.
  func compare(_ left: Value, _ right: Value) -> Order {
    switch (left.tag, right.tag) {
    case (.bool, .bool): return Numbers.order(left.bits, right.bits)
    case (.duration, .duration): return Numbers.order(left.int64, right.int64)
    case (.timestamp, .timestamp):
      let seconds = Numbers.order(left.int64, right.int64)
      return seconds == .equal ? Numbers.order(left.small, right.small) : seconds
    case (.symbol, .symbol), (.symbol, .text), (.text, .symbol), (.text, .text), (.bytes, .bytes):
      return compareOctets(utf8(of: left), utf8(of: right))
    default: return Numbers.compare(left, right)
    }
  }

  private func compareOctets(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Order {
    for index in 0..<min(left.count, right.count) where left[index] != right[index] {
      return left[index] < right[index] ? .less : .greater
    }
    return Numbers.order(left.count, right.count)
  }
}
