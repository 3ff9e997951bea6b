extension Compiler {
  /// A call of a function or operator.
  mutating func compileCall(
    _ node: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) -> Evaluation {
    let receiver = target.map { [$0] } ?? []
    switch tree.reference(node) {
    case .standard(let function):
      if name == "[?]" {
        return Strict.binary(compileAll(arguments), Operators.optionalIndex)
      }
      // A receiver that is the namespace of a qualified name is no argument.
      let all = function.name == name ? receiver + arguments : arguments
      if let fast = compileFast(function, all) { return fast.evaluate }
      return compileStandard(function, all)
    case .host(let function):
      return compileHost(function, function.name == name ? receiver + arguments : arguments)
    default:
      // An unknown function: its arguments are not evaluated.
      let detail = UInt64(host.symbol(for: name)) + 1
      return { _ in .error(.unboundFunction, detail: detail) }
    }
  }

  /// A function on closures for its arguments.
  private mutating func compileStandard(_ function: StandardFunction, _ nodes: [Expression])
    -> Evaluation
  {
    let arguments = compileAll(nodes)
    guard tree.isChecked || function.takes(nodes.count) else {
      return { _ in .error(.noSuchOverload) }
    }
    switch function.body {
    case .unary(let body) where arguments.count == 1:
      return Strict.unary(arguments[0].evaluate, body)
    case .binary(let body) where arguments.count == 2:
      return function.isStrict ? Strict.binary(arguments, body) : Logic.optionalOr(arguments, body)
    case .ternary(let body) where arguments.count == 3: return Strict.ternary(arguments, body)
    case .variadic(let body): return Strict.variadic(arguments, body)
    default: return { _ in .error(.noSuchOverload) }
    }
  }

  mutating func compileAll(_ nodes: [Expression]) -> [Code] { nodes.map { Code(compile($0)) } }

  private mutating func compileHost(_ function: FunctionDeclaration, _ nodes: [Expression])
    -> Evaluation
  {
    let arguments = compileAll(nodes)
    if arguments.count == 1 {
      return Strict.single(
        arguments[0].evaluate, isStrict: function.isStrict, function.implementation)
    }
    return function.isStrict
      ? Strict.variadic(arguments, function.implementation)
      : Strict.passing(arguments, function.implementation)
  }
}

/// Closures that call a function when all its arguments are known.
///
/// Else any error is the result, the first if there are several, and without an error the union
/// of the unknowns: so a result does not depend on the order of the arguments.
enum Strict {
  typealias Evaluation = Program.Evaluation
  typealias Code = Program.Code
  typealias Arguments = UnsafeBufferPointer<Value>

  static func unary(
    _ operand: @escaping Evaluation, _ body: @escaping (Context, Value) -> Value
  ) -> Evaluation {
    { context in
      let value = operand(context)
      return value.isKnown ? body(context, value) : value
    }
  }

  static func binary(
    _ arguments: [Code], _ body: @escaping (Context, Value, Value) -> Value
  ) -> Evaluation {
    guard arguments.count == 2 else { return { _ in .error(.noSuchOverload) } }
    return binary(arguments[0].evaluate, arguments[1].evaluate, body)
  }

  static func binary(
    _ left: @escaping Evaluation, _ right: @escaping Evaluation,
    _ body: @escaping (Context, Value, Value) -> Value
  ) -> Evaluation {
    { context in
      let first = left(context)
      let second = right(context)
      if first.isKnown, second.isKnown { return body(context, first, second) }
      return context.strict(first, second)
    }
  }

  static func ternary(
    _ arguments: [Code], _ body: @escaping (Context, Value, Value, Value) -> Value
  ) -> Evaluation {
    let (left, middle, right) = (
      arguments[0].evaluate, arguments[1].evaluate, arguments[2].evaluate
    )
    return { context in
      let first = left(context)
      let second = middle(context)
      let third = right(context)
      if first.isKnown, second.isKnown, third.isKnown {
        return body(context, first, second, third)
      }
      return context.strict(context.strict(first, second), third)
    }
  }

  /// Calls a host's function of one argument.
  static func single(
    _ operand: @escaping Evaluation, isStrict: Bool,
    _ body: @escaping (Context, Arguments) -> Value
  ) -> Evaluation {
    { context in
      let value = operand(context)
      if isStrict, !value.isKnown { return value }
      return withUnsafePointer(to: value) {
        body(context, UnsafeBufferPointer(start: $0, count: 1))
      }
    }
  }

  static func variadic(
    _ arguments: [Code], _ body: @escaping (Context, Arguments) -> Value
  ) -> Evaluation {
    passing(arguments) { context, values in
      for value in values where !value.isKnown { return context.strict(values) }
      return body(context, values)
    }
  }

  /// Calls a function with whatever the arguments gave.
  static func passing(
    _ arguments: [Code], _ body: @escaping (Context, Arguments) -> Value
  ) -> Evaluation {
    let count = arguments.count
    return { context in
      withUnsafeTemporaryAllocation(of: Value.self, capacity: count) { buffer in
        for index in 0..<count {
          buffer.initializeElement(at: index, to: arguments[index].evaluate(context))
        }
        return body(context, UnsafeBufferPointer(buffer))
      }
    }
  }
}

extension Context {
  /// Merges values: the first error, else the union of the unknowns, else the first value.
  func strict(_ values: UnsafeBufferPointer<Value>) -> Value {
    guard var result = values.first else { return .null }
    for value in values.dropFirst() { result = strict(result, value) }
    return result
  }
}

extension Logic {
  /// `optional.or(other)` and `optional.orValue(value)`: the argument is evaluated when needed.
  static func optionalOr(
    _ arguments: [Code], _ body: @escaping (Context, Value, Value) -> Value
  ) -> Evaluation {
    let (left, right) = (arguments[0].evaluate, arguments[1].evaluate)
    return { context in
      let value = left(context)
      guard value.isKnown else { return value }
      guard value.tag == .optional else { return .error(.noSuchOverload) }
      return body(context, value, value.isSome ? .null : right(context))
    }
  }
}
