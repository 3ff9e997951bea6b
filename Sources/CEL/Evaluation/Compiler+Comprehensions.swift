extension Compiler {
  mutating func compileComprehension(_ comprehension: Expression.Comprehension) -> Evaluation {
    let range = compile(comprehension.range)
    let first = firstLocal + localCount
    localCount += comprehension.names.count
    defer { localCount -= comprehension.names.count }
    let loop = Loop(
      slot: first, hasTwoVariables: comprehension.names.count == 2,
      cost: Cost.ofIteration(comprehension),
      condition: comprehension.condition.map { Code(compile($0)) },
      body: compile(comprehension.body))
    return { context in
      let range = range(context)
      guard range.isKnown else { return range }
      guard range.isList || range.tag == .map else { return .error(.notIterable) }
      return loop.run(comprehension.operation, context, range)
    }
  }
}

/// The iteration of a macro over a list or map.
struct Loop {
  /// Where the first variable lies; the second lies behind it.
  let slot: Int
  let hasTwoVariables: Bool
  /// What each iteration is charged.
  let cost: UInt64
  let condition: Program.Code?
  let body: Program.Evaluation

  func run(
    _ operation: Expression.Comprehension.Operation, _ context: Context, _ range: Value
  ) -> Value {
    switch operation {
    case .exists: exists(context, range)
    case .all: all(context, range)
    case .existsOne: existsOne(context, range)
    case .map: collect(context, range) { _, result in result }
    case .filter: filter(context, range)
    case .sortBy: sortBy(context, range)
    case .transformMap: transformMap(context, range)
    case .transformMapEntry: transformMapEntry(context, range)
    }
  }

  /// Sets the variables for an iteration and gives the element or key.
  ///
  /// The place of an element in a list that may be longer is not known: others may come before.
  @inline(__always) private func enter(_ index: Int, _ context: Context, _ range: Value) -> Value {
    let isMap = range.rawTag == Value.Tag.map.rawValue
    let item = isMap ? context.mapKey(index, of: range) : context.item(index, of: range)
    if hasTwoVariables {
      if isMap {
        context.slots[slot] = item
        context.slots[slot &+ 1] = context.mapValue(index, of: range)
      } else {
        context.slots[slot] = range.openBecause.map { .unknown($0) } ?? .int(Int64(index))
        context.slots[slot &+ 1] = item
      }
    } else {
      context.slots[slot] = item
    }
    return item
  }

  private func exists(_ context: Context, _ range: Value) -> Value {
    var result = Value.falseValue
    for index in 0..<Int(range.small) {
      guard context.charge(cost) else { return .error(.costExceeded) }
      _ = enter(index, context, range)
      let value = body(context)
      if value.isTrue { return value }
      if !value.isFalse { result = context.or(result, value) }
      if context.isExhausted { return .error(.costExceeded) }
    }
    return range.openBecause.map { context.or(result, .unknown($0)) } ?? result
  }

  private func all(_ context: Context, _ range: Value) -> Value {
    var result = Value.trueValue
    for index in 0..<Int(range.small) {
      guard context.charge(cost) else { return .error(.costExceeded) }
      _ = enter(index, context, range)
      let value = body(context)
      if value.isFalse { return value }
      if !value.isTrue { result = context.and(result, value) }
      if context.isExhausted { return .error(.costExceeded) }
    }
    return range.openBecause.map { context.and(result, .unknown($0)) } ?? result
  }

  /// Calls `use` for the elements that the condition takes, with what the body gave; gives the
  /// first error, else the union of the unknowns, else nil.
  private func forEach(
    _ context: Context, _ range: Value, _ use: (_ item: Value, _ result: Value) -> Value?
  ) -> Value? {
    var undecided: Value?
    for index in 0..<Int(range.small) {
      guard context.charge(cost) else { return .error(.costExceeded) }
      let item = enter(index, context, range)
      if let condition {
        let taken = condition.evaluate(context)
        if taken.isFalse { continue }
        if !taken.isTrue {
          let bad = taken.isKnown ? Value.error(.notBool) : taken
          undecided = undecided.map { context.strict($0, bad) } ?? bad
          continue
        }
      }
      let result = body(context)
      if let bad = result.isKnown ? use(item, result) : result {
        undecided = undecided.map { context.strict($0, bad) } ?? bad
      }
      if context.isExhausted { return .error(.costExceeded) }
    }
    return undecided
  }

  private func existsOne(_ context: Context, _ range: Value) -> Value {
    var count = 0
    let undecided = forEach(context, range) { _, result in
      guard result.tag == .bool else { return .error(.notBool) }
      if result.isTrue { count += 1 }
      return nil
    }
    if let undecided {
      return range.openBecause.map { context.strict(undecided, .unknown($0)) } ?? undecided
    }
    return range.openBecause.map { .unknown($0) } ?? .bool(count == 1)
  }

  private func collect(
    _ context: Context, _ range: Value, _ pick: (_ item: Value, _ result: Value) -> Value?
  ) -> Value {
    let start = context.reserveValues(Int(range.small))
    var count = 0
    let undecided = forEach(context, range) { item, result in
      guard let picked = pick(item, result) else { return nil }
      if picked.isError { return picked }
      context.values[start + count] = picked
      count += 1
      return nil
    }
    if let undecided { return undecided }
    return context.listValue(at: start, count: count).opened(range.openCauses)
  }

  private func filter(_ context: Context, _ range: Value) -> Value {
    collect(context, range) { item, result in
      guard result.tag == .bool else { return .error(.notBool) }
      return result.isTrue ? item : nil
    }
  }

  private func sortBy(_ context: Context, _ range: Value) -> Value {
    guard range.isList else { return .error(.noSuchOverload) }
    var keys: [Value] = []
    let undecided = forEach(context, range) { _, result in
      keys.append(result)
      return nil
    }
    return undecided ?? Lists.sorted(context, range, keys: keys)
  }

  private func transformMap(_ context: Context, _ range: Value) -> Value {
    let start = context.reserveValues(2 * Int(range.small))
    var count = 0
    let undecided = forEach(context, range) { _, result in
      let key = context.slots[slot]
      guard key.isKnown else { return key }
      context.values[start + 2 * count] = key
      context.values[start + 2 * count + 1] = result
      count += 1
      return nil
    }
    if let undecided { return undecided }
    return context.mapValue(at: start, count: count).opened(range.openCauses)
  }

  private func transformMapEntry(_ context: Context, _ range: Value) -> Value {
    var entries: [(Value, Value)] = []
    var causes = range.openCauses
    let undecided = forEach(context, range) { _, result in
      guard let added = context.entries(of: result) else { return .error(.noSuchOverload) }
      guard context.charge(UInt64(added.count)) else { return .error(.costExceeded) }
      causes = context.causeSets.union(causes, result.openCauses)
      entries.append(contentsOf: added.map { ($0.key, $0.value) })
      return nil
    }
    return undecided ?? context.map(entries).opened(causes)
  }
}
