/// Arithmetic, order, membership and indexing on known values of any type.
enum Operators {
  static func add(_ context: Context, _ left: Value, _ right: Value) -> Value {
    switch (left.tag, right.tag) {
    case (.int, .int): return int(left.int64.addingReportingOverflow(right.int64))
    case (.uint, .uint): return uint(left.bits.addingReportingOverflow(right.bits))
    case (.double, .double): return .double(left.float64 + right.float64)
    case (.symbol, .symbol), (.symbol, .text), (.text, .symbol), (.text, .text):
      return concatenate(context, .text, left, right)
    case (.bytes, .bytes): return concatenate(context, .bytes, left, right)
    case (.list, .list), (.list, .records), (.records, .list), (.records, .records):
      return concatenateLists(context, left, right)
    case (.duration, .duration): return duration(left.int64.addingReportingOverflow(right.int64))
    case (.timestamp, .duration):
      return context.value(of: context.timestamp(of: left)?.adding(right.int64))
    case (.duration, .timestamp):
      return context.value(of: context.timestamp(of: right)?.adding(left.int64))
    default: return .error(.noSuchOverload)
    }
  }

  static func subtract(_ context: Context, _ left: Value, _ right: Value) -> Value {
    switch (left.tag, right.tag) {
    case (.int, .int): return int(left.int64.subtractingReportingOverflow(right.int64))
    case (.uint, .uint): return uint(left.bits.subtractingReportingOverflow(right.bits))
    case (.double, .double): return .double(left.float64 - right.float64)
    case (.duration, .duration):
      return duration(left.int64.subtractingReportingOverflow(right.int64))
    case (.timestamp, .duration):
      return context.value(of: context.timestamp(of: left)?.subtracting(right.int64))
    case (.timestamp, .timestamp):
      guard let first = context.timestamp(of: left), let second = context.timestamp(of: right),
        let span = first.duration(since: second)
      else { return .error(.outOfRange) }
      return .duration(nanoseconds: span)
    default: return .error(.noSuchOverload)
    }
  }

  static func multiply(_ context: Context, _ left: Value, _ right: Value) -> Value {
    switch (left.tag, right.tag) {
    case (.int, .int): int(left.int64.multipliedReportingOverflow(by: right.int64))
    case (.uint, .uint): uint(left.bits.multipliedReportingOverflow(by: right.bits))
    case (.double, .double): .double(left.float64 * right.float64)
    default: .error(.noSuchOverload)
    }
  }

  static func divide(_ context: Context, _ left: Value, _ right: Value) -> Value {
    switch (left.tag, right.tag) {
    case (.int, .int):
      if right.bits == 0 { return .error(.divisionByZero) }
      return int(left.int64.dividedReportingOverflow(by: right.int64))
    case (.uint, .uint):
      return right.bits == 0 ? .error(.divisionByZero) : .uint(left.bits / right.bits)
    case (.double, .double): return .double(left.float64 / right.float64)
    default: return .error(.noSuchOverload)
    }
  }

  static func remainder(_ context: Context, _ left: Value, _ right: Value) -> Value {
    switch (left.tag, right.tag) {
    case (.int, .int):
      if right.bits == 0 { return .error(.modulusByZero) }
      return int(left.int64.remainderReportingOverflow(dividingBy: right.int64))
    case (.uint, .uint):
      return right.bits == 0 ? .error(.modulusByZero) : .uint(left.bits % right.bits)
    default: return .error(.noSuchOverload)
    }
  }

  static func negate(_ context: Context, _ operand: Value) -> Value {
    switch operand.tag {
    case .int: int(Int64(0).subtractingReportingOverflow(operand.int64))
    case .double: .double(-operand.float64)
    default: .error(.noSuchOverload)
    }
  }

  static func not(_ context: Context, _ operand: Value) -> Value {
    operand.tag == .bool ? Value(.bool, bits: operand.bits ^ 1) : .error(.notBool)
  }

  static func int(_ result: (partialValue: Int64, overflow: Bool)) -> Value {
    result.overflow ? .error(.overflow) : .int(result.partialValue)
  }

  static func uint(_ result: (partialValue: UInt64, overflow: Bool)) -> Value {
    result.overflow ? .error(.overflow) : .uint(result.partialValue)
  }

  static func duration(_ result: (partialValue: Int64, overflow: Bool)) -> Value {
    result.overflow ? .error(.overflow) : .duration(nanoseconds: result.partialValue)
  }

  private static func concatenate(
    _ context: Context, _ tag: Value.Tag, _ left: Value, _ right: Value
  ) -> Value {
    let length = context.utf8(of: left).count + context.utf8(of: right).count
    guard context.charge(UInt64(length / 10 + 1)) else { return .error(.costExceeded) }
    // Room first: after this the octets stay where they are.
    context.octets.reserve(length)
    let start = context.octets.count
    context.octets.append(contentsOf: context.utf8(of: left))
    context.octets.append(contentsOf: context.utf8(of: right))
    return context.textValue(tag, from: start)
  }

  /// `one + two + three` on strings, for the price of the two sums.
  static func concatenate(_ context: Context, _ one: Value, _ two: Value, _ three: Value) -> Value {
    let start = context.utf8(of: one).count + context.utf8(of: two).count
    let length = start + context.utf8(of: three).count
    guard context.charge(UInt64(start / 10 + 1)), context.charge(UInt64(length / 10 + 1)) else {
      return .error(.costExceeded)
    }
    // Room first: after this the octets stay where they are.
    context.octets.reserve(length)
    let place = context.octets.count
    context.octets.append(contentsOf: context.utf8(of: one))
    context.octets.append(contentsOf: context.utf8(of: two))
    context.octets.append(contentsOf: context.utf8(of: three))
    return context.textValue(.text, from: place)
  }

  private static func concatenateLists(_ context: Context, _ left: Value, _ right: Value) -> Value {
    if right.small == 0, !right.isOpen { return left }
    if left.small == 0, !left.isOpen { return right }
    let count = Int(left.small) + Int(right.small)
    guard context.charge(UInt64(count)) else { return .error(.costExceeded) }
    let start = context.values.count
    for index in 0..<Int(left.small) { context.values.append(context.item(index, of: left)) }
    for index in 0..<Int(right.small) { context.values.append(context.item(index, of: right)) }
    return context.listValue(at: start, count: context.values.count - start)
      .opened(context.causeSets.union(left.openCauses, right.openCauses))
  }
}

extension Operators {
  static func less(_ context: Context, _ left: Value, _ right: Value) -> Value {
    ordered(context, left, right) { $0 == .less }
  }

  static func lessOrEqual(_ context: Context, _ left: Value, _ right: Value) -> Value {
    ordered(context, left, right) { $0 == .less || $0 == .equal }
  }

  static func greater(_ context: Context, _ left: Value, _ right: Value) -> Value {
    ordered(context, left, right) { $0 == .greater }
  }

  static func greaterOrEqual(_ context: Context, _ left: Value, _ right: Value) -> Value {
    ordered(context, left, right) { $0 == .greater || $0 == .equal }
  }

  @inline(__always) private static func ordered(
    _ context: Context, _ left: Value, _ right: Value, _ test: (Order) -> Bool
  ) -> Value {
    let order = context.compare(left, right)
    return order == .incomparable ? .error(.noSuchOverload) : .bool(test(order))
  }

  static func notEqual(_ context: Context, _ left: Value, _ right: Value) -> Value {
    let result = context.equals(left, right)
    return result.tag == .bool ? Value(.bool, bits: result.bits ^ 1) : result
  }

  /// `element in list` or `key in map`.
  static func contains(_ context: Context, _ element: Value, _ container: Value) -> Value {
    switch container.tag {
    case .list, .records:
      guard context.charge(UInt64(container.small)) else { return .error(.costExceeded) }
      var result = Value.falseValue
      for index in 0..<Int(container.small) {
        let same = context.equals(element, context.item(index, of: container))
        if same.isTrue { return same }
        if !same.isFalse { result = result.isFalse ? same : context.or(result, same) }
      }
      guard let causes = container.openBecause else { return result }
      return context.or(result, .unknown(causes))
    case .map:
      guard context.charge(UInt64(container.small)) else { return .error(.costExceeded) }
      if context.find(element, in: container) != nil { return .trueValue }
      if let causes = container.openBecause { return .unknown(causes) }
      return .falseValue
    default: return .error(.noSuchOverload)
    }
  }

  /// `container[key]`; an optional container gives an optional.
  static func index(_ context: Context, _ container: Value, _ key: Value) -> Value {
    switch container.tag {
    case .list, .records:
      guard let place = position(key) else { return .error(.noSuchOverload) }
      if let causes = container.openBecause { return .unknown(causes) }
      guard place >= 0, place < Int64(container.small) else { return .error(.indexOutOfRange) }
      return context.item(Int(place), of: container)
    case .map:
      guard context.charge(UInt64(container.small / 8)) else { return .error(.costExceeded) }
      return context.lookup(key, in: container)
    case .optional: return optionalIndex(context, container, key)
    default: return .error(.noSuchOverload)
    }
  }

  /// `container[?key]`: the optional of what is there.
  static func optionalIndex(_ context: Context, _ container: Value, _ key: Value) -> Value {
    if container.tag == .optional {
      return container.isSome
        ? optionalIndex(context, context.values[container.offset], key) : .none
    }
    if !container.isKnown { return container }
    let result = index(context, container, key)
    if result.isError, let kind = ErrorKind(rawValue: result.small),
      kind == .noSuchKey || kind == .indexOutOfRange
    {
      return .none
    }
    return context.optional(of: result)
  }

  /// A list index: an int, or a uint or double that equals one.
  static func position(_ key: Value) -> Int64? {
    switch key.tag {
    case .int: key.int64
    case .uint: key.int64 >= 0 ? key.int64 : Int64.max
    case .double: Int64(exactly: key.float64)
    default: nil
    }
  }
}

extension Context {
  @inline(__always) func isCostError(_ value: Value) -> Bool {
    value.isError && value.small == ErrorKind.costExceeded.rawValue
  }
}
