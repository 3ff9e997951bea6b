extension Checker {
  mutating func checkComprehension(
    _ node: Expression, _ comprehension: Expression.Comprehension
  ) -> Type {
    let range = check(comprehension.range)
    let (first, second) = variableTypes(range, comprehension.range.span)
    if comprehension.names.count == 2 {
      scope.append((comprehension.names[0], first))
      scope.append((comprehension.names[1], second))
    } else {
      let isMap = if case .map = unification.shallow(range) { true } else { false }
      scope.append((comprehension.names[0], isMap ? first : second))
    }
    defer { scope.removeLast(comprehension.names.count) }
    if let condition = comprehension.condition { require(.bool, of: condition) }
    switch comprehension.operation {
    case .all, .exists, .existsOne:
      require(.bool, of: comprehension.body)
      return .bool
    case .filter:
      require(.bool, of: comprehension.body)
      return .list(scope[scope.count - 1].type)
    case .sortBy:
      check(comprehension.body)
      return .list(scope[scope.count - 1].type)
    case .map: return .list(check(comprehension.body))
    case .transformMap: return .map(first, check(comprehension.body))
    case .transformMapEntry:
      let type = check(comprehension.body)
      let target = Type.map(unification.fresh(), unification.fresh())
      if checksTypes, !unification.assign(type, to: target) {
        report(comprehension.body.span, "expected a map of one entry, found \(shown(type))")
      }
      return unification.resolved(target)
    }
  }

  /// The types of the index or key, and of the element or value.
  private mutating func variableTypes(_ range: Type, _ span: Span) -> (Type, Type) {
    switch unification.shallow(range) {
    case .list(let element): return (.int, element)
    case .map(let key, let value): return (key, value)
    case .dyn: return (.dyn, .dyn)
    case .variable:
      _ = unification.assign(.dyn, to: range)
      return (.dyn, .dyn)
    case let other:
      if checksTypes { report(span, "\(shown(other)) cannot be iterated; a list or map can") }
      return (.dyn, .dyn)
    }
  }

  mutating func checkOptionalMap(
    _ target: Expression, _ name: String, _ body: Expression, isFlat: Bool
  ) -> Type {
    let type = check(target)
    let inner = unification.fresh()
    if !unification.assign(type, to: .optional(inner)), checksTypes {
      report(target.span, "expected an optional, found \(shown(type))")
    }
    scope.append((name, unification.resolved(inner)))
    defer { scope.removeLast() }
    let result = check(body)
    guard isFlat else { return .optional(result) }
    let wrapped = Type.optional(unification.fresh())
    if !unification.assign(result, to: wrapped), checksTypes {
      report(body.span, "expected an optional, found \(shown(result))")
    }
    return unification.resolved(wrapped)
  }
}
