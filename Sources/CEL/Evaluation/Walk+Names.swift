extension Walk {
  mutating func reference(_ node: Expression, _ name: String) -> Value {
    switch interpreter.tree.reference(node) {
    case .variable(let slot, let name): return variable(slot, name)
    case .local(let number): return local(number)
    case .type(let type): return .type(type)
    case .unbound, .standard, .host, nil:
      return .error(.unboundVariable, detail: (symbol(node).asSymbol.map(UInt64.init) ?? 0) + 1)
    }
  }

  /// A declared variable, which a program may have to compute first.
  private func variable(_ slot: Int, _ name: String) -> Value {
    guard let program = interpreter.lazy[name] else { return context.slot(slot) }
    context.ensureSlots(slot + 1)
    if context.slotEpochs[slot] != context.epoch {
      context.ensureSlots(program.slotEnd)
      let value = program.run(context)
      context.slots[slot] = value
      context.slotEpochs[slot] = context.epoch
    }
    return context.slots[slot]
  }

  private mutating func local(_ number: Int) -> Value {
    if let value = locals[number].value { return value }
    guard let initial = locals[number].initial else { return .error(.unboundVariable) }
    // The initial value sees only the variables around its `cel.bind`.
    let inner = locals[number...]
    locals.removeSubrange(number...)
    let value = value(of: initial)
    locals += inner
    locals[number].value = value
    return value
  }

  /// `operand.field`, `operand.?field`.
  func select(_ node: Expression, _ operand: Value, _ field: String, isOptional: Bool) -> Value {
    guard let reader = interpreter.readers[node.id], operand.tag == .record else {
      return isOptional
        ? context.selectOptional(symbol(node), field, of: operand)
        : context.select(symbol(node), field, of: operand)
    }
    return isOptional ? context.optional(of: reader, in: operand) : reader.get(context, operand)
  }

  /// `has(operand.field)`.
  func has(_ node: Expression, _ operand: Value, _ field: String) -> Value {
    if let reader = interpreter.readers[node.id], operand.tag == .record {
      return reader.has(context, operand)
    }
    return context.has(symbol(node), field, in: operand)
  }
}
