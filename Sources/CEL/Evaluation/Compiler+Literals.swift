extension Compiler {
  /// `[a, ?b]`; errors and unknowns among the elements are the result.
  mutating func compileList(_ elements: [Expression.Element]) -> Evaluation {
    if elements.isEmpty { return { $0.emptyList() } }
    if elements.count == 1, !elements[0].isOptional { return compileList(of: elements[0].value) }
    let parts = elements.map { (Code(compile($0.value)), $0.isOptional) }
    return { context in
      withUnsafeTemporaryAllocation(of: Value.self, capacity: parts.count) { buffer in
        var count = 0
        var undecided: Value?
        for (code, isOptional) in parts {
          let given = code.evaluate(context)
          guard let value = isOptional ? context.element(given) : given else { continue }
          if !value.isKnown { undecided = undecided.map { context.strict($0, value) } ?? value }
          buffer.initializeElement(at: count, to: value)
          count += 1
        }
        if let undecided { return undecided }
        let start = context.values.count
        context.values.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<count]))
        return context.listValue(at: start, count: count)
      }
    }
  }

  /// `[a]`, as keys of groups often are.
  private mutating func compileList(of element: Expression) -> Evaluation {
    let part = compile(element)
    return { context in
      let value = part(context)
      if !value.isKnown { return value }
      context.values.append(value)
      return context.listValue(at: context.values.count - 1, count: 1)
    }
  }

  /// `{key: value, ?key: optional}`; errors and unknowns among the parts are the result.
  mutating func compileMap(_ entries: [Expression.Entry]) -> Evaluation {
    let parts = entries.map { (Code(compile($0.key)), Code(compile($0.value)), $0.isOptional) }
    return { context in
      withUnsafeTemporaryAllocation(of: Value.self, capacity: 2 * parts.count) { buffer in
        var count = 0
        var undecided: Value?
        for (keyCode, valueCode, isOptional) in parts {
          let key = keyCode.evaluate(context)
          let value = valueCode.evaluate(context)
          if !key.isKnown { undecided = undecided.map { context.strict($0, key) } ?? key }
          guard let value = isOptional ? context.element(value) : value else { continue }
          if !value.isKnown { undecided = undecided.map { context.strict($0, value) } ?? value }
          buffer.initializeElement(at: 2 * count, to: key)
          buffer.initializeElement(at: 2 * count + 1, to: value)
          count += 1
        }
        if let undecided { return undecided }
        let start = context.values.count
        context.values.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[..<(2 * count)]))
        return context.mapValue(at: start, count: count)
      }
    }
  }
}

extension Context {
  /// What an optional element of a literal adds; nil for nothing.
  func element(_ optional: Value) -> Value? {
    guard optional.isKnown else { return optional }
    guard optional.tag == .optional else { return .error(.noSuchOverload) }
    return unwrapped(optional)
  }
}
