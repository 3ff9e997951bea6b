import Glibc

/// The functions of the math extension on known values.
enum MathFunctions {
  static func greatest(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    extremum(context, arguments, .greater)
  }

  static func least(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    extremum(context, arguments, .less)
  }

  private static func extremum(
    _ context: Context, _ arguments: UnsafeBufferPointer<Value>, _ wanted: Order
  ) -> Value {
    var items = Array(arguments)
    if let list = arguments.first, arguments.count == 1, list.isList {
      if let undecided = context.undecided(in: list) { return undecided }
      items = context.elements(of: list) ?? []
    }
    guard var best = items.first, items.allSatisfy(\.isNumber) else {
      return .error(.noSuchOverload)
    }
    for item in items.dropFirst() where Numbers.compare(item, best) == wanted { best = item }
    return best
  }

  /// A function from double to double.
  static func rounding(_ body: @escaping @Sendable (Double) -> Double) -> StandardFunction.Body {
    .unary { _, value in
      value.tag == .double ? .double(body(value.float64)) : .error(.noSuchOverload)
    }
  }

  /// A test of a double.
  static func test(_ body: @escaping @Sendable (Double) -> Bool) -> StandardFunction.Body {
    .unary { _, value in
      value.tag == .double ? .bool(body(value.float64)) : .error(.noSuchOverload)
    }
  }

  static func squareRoot(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .double: .double(value.float64.squareRoot())
    case .int: .double(Double(value.int64).squareRoot())
    case .uint: .double(Double(value.bits).squareRoot())
    default: .error(.noSuchOverload)
    }
  }

  static func absolute(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .int:
      value.int64 < 0 ? Operators.negate(context, value) : value
    case .uint: value
    case .double: .double(value.float64.magnitude)
    default: .error(.noSuchOverload)
    }
  }

  static func sign(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .int: return .int(value.int64.signum())
    case .uint: return .uint(value.bits == 0 ? 0 : 1)
    case .double:
      let number = value.float64
      if number.isNaN || number == 0 { return .double(number.isNaN ? number : 0) }
      return .double(number < 0 ? -1 : 1)
    default: return .error(.noSuchOverload)
    }
  }

  /// A function of the bits of two numbers of one type.
  static func bitwise(_ body: @escaping @Sendable (UInt64, UInt64) -> UInt64)
    -> StandardFunction.Body
  {
    .binary { _, left, right in
      guard left.tag == right.tag, left.tag == .int || left.tag == .uint else {
        return .error(.noSuchOverload)
      }
      return Value(left.tag, bits: body(left.bits, right.bits))
    }
  }

  static func bitNot(_ context: Context, _ value: Value) -> Value {
    value.tag == .int || value.tag == .uint
      ? Value(value.tag, bits: ~value.bits) : .error(.noSuchOverload)
  }

  /// A shift of bits; right shifts fill with zeros.
  static func shift(_ body: @escaping @Sendable (UInt64, UInt64) -> UInt64)
    -> StandardFunction.Body
  {
    .binary { context, value, places in
      guard value.tag == .int || value.tag == .uint, places.tag == .int else {
        return .error(.noSuchOverload)
      }
      if places.int64 < 0 { return context.error("negative shift") }
      return Value(value.tag, bits: places.bits >= 64 ? 0 : body(value.bits, places.bits))
    }
  }
}
