/// Comparison of CEL's three number types on one exact number line.
enum Numbers {
  /// 2^63 and 2^64 as doubles.
  static let twoTo63 = 9_223_372_036_854_775_808.0
  static let twoTo64 = 18_446_744_073_709_551_616.0

  static func equal(_ int: Int64, _ double: Double) -> Bool {
    compare(int, double) == 0
  }

  static func equal(_ uint: UInt64, _ double: Double) -> Bool {
    compare(uint, double) == 0
  }

  /// -1, 0 or 1; nil for NaN.
  static func compare(_ int: Int64, _ double: Double) -> Int? {
    if double.isNaN { return nil }
    if double >= twoTo63 { return -1 }
    if double < -twoTo63 { return 1 }
    // In range: the truncated part is an exact Int64, and the fraction breaks ties.
    let whole = double.rounded(.towardZero)
    let other = Int64(whole)
    if int != other { return int < other ? -1 : 1 }
    return whole == double ? 0 : (whole < double ? -1 : 1)
  }

  /// -1, 0 or 1; nil for NaN.
  static func compare(_ uint: UInt64, _ double: Double) -> Int? {
    if double.isNaN { return nil }
    if double >= twoTo64 { return -1 }
    if double < 0 { return 1 }
    let whole = double.rounded(.towardZero)
    let other = UInt64(whole)
    if uint != other { return uint < other ? -1 : 1 }
    return whole == double ? 0 : -1
  }

  /// Hashes a double like the int or uint that it equals.
  static func hash(_ double: Double, into hasher: inout Hasher) {
    if let int = Int64(exactly: double) {
      hasher.combine(int)
    } else if let uint = UInt64(exactly: double) {
      hasher.combine(uint)
    } else {
      hasher.combine(double)
    }
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
    case (.int, .double): return Order(compare(left.int64, right.float64))
    case (.double, .int): return Order(compare(right.int64, left.float64)).reversed
    case (.uint, .double): return Order(compare(left.bits, right.float64))
    case (.double, .uint): return Order(compare(right.bits, left.float64)).reversed
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

  init(_ sign: Int?) {
    guard let sign else {
      self = .unordered
      return
    }
    self = sign < 0 ? .less : (sign == 0 ? .equal : .greater)
  }

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
