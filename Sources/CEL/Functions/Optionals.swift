/// The functions on known optionals; `or` and `orValue` are operators of the evaluators.
enum Optionals {
  static func of(_ context: Context, _ value: Value) -> Value { context.optional(of: value) }

  static func ofNonZero(_ context: Context, _ value: Value) -> Value {
    let isZero: Value = zero(context, value)
    if isZero.isTrue { return .none }
    return isZero.isFalse ? context.optional(of: value) : isZero
  }

  private static func zero(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .null: .trueValue
    case .bool, .int, .uint, .duration: .bool(value.bits == 0)
    case .double: .bool(value.float64 == 0)
    case .symbol, .text, .bytes: .bool(context.utf8(of: value).isEmpty)
    case .list, .records, .map:
      value.small > 0
        ? .falseValue : value.openBecause.map { .unknown($0) } ?? .trueValue
    case .optional: .bool(!value.isSome)
    case .timestamp: .bool(value.bits == 0 && value.small == 0)
    default: .falseValue
    }
  }

  static func hasValue(_ context: Context, _ value: Value) -> Value {
    value.tag == .optional ? .bool(value.isSome) : .error(.noSuchOverload)
  }

  static func value(_ context: Context, _ value: Value) -> Value {
    guard value.tag == .optional else { return .error(.noSuchOverload) }
    return value.isSome ? context.values[value.offset] : .error(.emptyOptional)
  }

  /// The values of a list's optionals that are not empty.
  static func unwrap(_ context: Context, _ list: Value) -> Value {
    guard list.isList else { return .error(.noSuchOverload) }
    var result: [Value] = []
    for index in 0..<Int(list.small) {
      let item = context.item(index, of: list)
      if !item.isKnown { return item }
      guard item.tag == .optional else { return .error(.noSuchOverload) }
      if item.isSome { result.append(context.values[item.offset]) }
    }
    return context.list(result, openBecause: list.openBecause)
  }
}
