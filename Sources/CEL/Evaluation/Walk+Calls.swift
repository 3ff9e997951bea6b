extension Walk {
  mutating func call(
    _ node: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression]
  ) -> Value {
    let receiver = target.map { [$0] } ?? []
    switch interpreter.tree.reference(node) {
    case .standard(let function):
      let nodes = function.name == name ? receiver + arguments : arguments
      if !function.isStrict { return firstOptional(function, nodes) }
      let values = nodes.map { value(of: $0) }
      guard interpreter.tree.isChecked || function.takes(nodes.count) else {
        return .error(.noSuchOverload)
      }
      if let undecided = context.undecided(among: values) { return undecided }
      if name == "[?]" { return Operators.optionalIndex(context, values[0], values[1]) }
      return apply(function.body, values)
    case .host(let function):
      let nodes = function.name == name ? receiver + arguments : arguments
      let values = nodes.map { value(of: $0) }
      if function.isStrict, let undecided = context.undecided(among: values) { return undecided }
      return values.withUnsafeBufferPointer { function.implementation(context, $0) }
    default:
      return .error(.unboundFunction, detail: (symbol(node).asSymbol.map(UInt64.init) ?? 0) + 1)
    }
  }

  private func apply(_ body: StandardFunction.Body, _ values: [Value]) -> Value {
    switch body {
    case .unary(let body) where values.count == 1: body(context, values[0])
    case .binary(let body) where values.count == 2: body(context, values[0], values[1])
    case .ternary(let body) where values.count == 3: body(context, values[0], values[1], values[2])
    case .variadic(let body): values.withUnsafeBufferPointer { body(context, $0) }
    default: .error(.noSuchOverload)
    }
  }

  /// `optional.or(other)`, `optional.orValue(value)`.
  private mutating func firstOptional(_ function: StandardFunction, _ nodes: [Expression]) -> Value
  {
    guard nodes.count == 2, case .binary(let body) = function.body else {
      return .error(.noSuchOverload)
    }
    let optional = value(of: nodes[0])
    guard optional.isKnown else { return optional }
    guard optional.tag == .optional else { return .error(.noSuchOverload) }
    return body(context, optional, optional.isSome ? .null : value(of: nodes[1]))
  }

  mutating func list(_ elements: [Expression.Element]) -> Value {
    var values: [Value] = []
    for element in elements {
      let given = value(of: element.value)
      if let value = element.isOptional ? context.element(given) : given { values.append(value) }
    }
    return context.undecided(among: values) ?? context.list(values)
  }

  mutating func map(_ entries: [Expression.Entry]) -> Value {
    var parts: [(Value, Value)] = []
    var all: [Value] = []
    for entry in entries {
      let key = value(of: entry.key)
      let given = value(of: entry.value)
      all.append(key)
      if let value = entry.isOptional ? context.element(given) : given {
        all.append(value)
        parts.append((key, value))
      }
    }
    return context.undecided(among: all) ?? context.map(parts)
  }
}

extension Context {
  /// The first error, else the union of the unknowns, else nil.
  func undecided(among values: [Value]) -> Value? {
    values.first { $0.isError }
      ?? values.filter(\.isUnknown).reduce(nil) { known, next in
        known.map { unite($0, next) } ?? next
      }
  }
}
