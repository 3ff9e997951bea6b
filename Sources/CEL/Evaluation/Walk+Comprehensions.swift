extension Walk {
  mutating func comprehend(_ comprehension: Expression.Comprehension) -> Value {
    let range = value(of: comprehension.range)
    guard range.isKnown else { return range }
    guard range.isList || range.tag == .map else { return .error(.notIterable) }
    switch comprehension.operation {
    case .all, .exists: return quantify(comprehension, range)
    default: return transform(comprehension, range)
    }
  }

  /// What the variables stand for in each iteration.
  private func iterations(_ comprehension: Expression.Comprehension, _ range: Value) -> [[Value]] {
    let isSingle = comprehension.names.count == 1
    if let entries = context.entries(of: range) {
      return entries.map { isSingle ? [$0.key] : [$0.key, $0.value] }
    }
    return (context.elements(of: range) ?? []).enumerated().map { index, element in
      // Unknown elements may come before the known ones of an open list.
      let place = range.openBecause.map { .unknown($0) } ?? Value.int(Int64(index))
      return isSingle ? [element] : [place, element]
    }
  }

  private mutating func value(
    of node: Expression, _ comprehension: Expression.Comprehension, _ values: [Value]
  ) -> Value {
    let variables = zip(comprehension.names, values).map { Local(name: $0, value: $1) }
    return with(variables) { $0.value(of: node) }
  }

  private mutating func quantify(_ comprehension: Expression.Comprehension, _ range: Value) -> Value
  {
    let isAll = comprehension.operation == .all
    var result = Value.bool(isAll)
    for values in iterations(comprehension, range) {
      guard context.charge(Cost.ofIteration(comprehension)) else { return .error(.costExceeded) }
      let next = value(of: comprehension.body, comprehension, values)
      result = isAll ? context.and(result, next) : context.or(result, next)
      if isAll ? result.isFalse : result.isTrue { return result }
    }
    guard let causes = range.openBecause else { return result }
    return isAll ? context.and(result, .unknown(causes)) : context.or(result, .unknown(causes))
  }

  /// The macros that look at every element and absorb nothing.
  private mutating func transform(_ comprehension: Expression.Comprehension, _ range: Value)
    -> Value
  {
    var taken: [(variables: [Value], result: Value)] = []
    var failures: [Value] = []
    for values in iterations(comprehension, range) {
      guard context.charge(Cost.ofIteration(comprehension)) else { return .error(.costExceeded) }
      if let condition = comprehension.condition {
        let isTaken = value(of: condition, comprehension, values)
        if isTaken.isFalse { continue }
        if !isTaken.isTrue {
          failures.append(isTaken.isKnown ? .error(.notBool) : isTaken)
          continue
        }
      }
      let result = value(of: comprehension.body, comprehension, values)
      taken.append((values, result))
      let isPlaceUnknown =
        comprehension.operation == .transformMap && result.isKnown && !values[0].isKnown
      if !result.isKnown { failures.append(result) }
      if isPlaceUnknown { failures.append(values[0]) }
      if result.isKnown, let error = wrongKind(comprehension.operation, result) {
        failures.append(error)
      }
    }
    return finish(comprehension.operation, range, taken, context.undecided(among: failures))
  }

  /// The error of a result that the macro cannot use.
  private func wrongKind(
    _ operation: Expression.Comprehension.Operation, _ result: Value
  ) -> Value? {
    switch operation {
    case .filter, .existsOne: result.tag == .bool ? nil : .error(.notBool)
    case .transformMapEntry: result.tag == .map ? nil : .error(.noSuchOverload)
    default: nil
    }
  }

  private func finish(
    _ operation: Expression.Comprehension.Operation, _ range: Value,
    _ taken: [(variables: [Value], result: Value)], _ undecided: Value?
  ) -> Value {
    let open = range.openBecause
    if operation == .sortBy, !range.isList { return .error(.noSuchOverload) }
    if let undecided {
      guard operation == .existsOne, let open else { return undecided }
      return context.strict(undecided, .unknown(open))
    }
    switch operation {
    case .existsOne:
      return open.map { .unknown($0) } ?? .bool(taken.filter { $0.result.isTrue }.count == 1)
    case .filter:
      return context.list(
        taken.filter { $0.result.isTrue }.compactMap { $0.variables.last }, openBecause: open)
    case .sortBy: return Lists.sorted(context, range, keys: taken.map(\.result))
    case .transformMap:
      return context.map(taken.map { ($0.variables[0], $0.result) }, openBecause: open)
    case .transformMapEntry:
      var causes = range.openCauses
      var entries: [(Value, Value)] = []
      for (_, result) in taken {
        causes = context.causeSets.union(causes, result.openCauses)
        for entry in context.entries(of: result) ?? [] { entries.append((entry.key, entry.value)) }
      }
      return context.map(entries).opened(causes)
    default: return context.list(taken.map(\.result), openBecause: open)
    }
  }
}
