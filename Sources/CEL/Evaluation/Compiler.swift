/// Turns a checked tree into closures over 16-byte values.
///
/// Chains of `&&` and `||` become balanced trees of binary closures, so that no array (and no
/// reference count) is touched while they run.
struct Compiler {
  typealias Evaluation = Program.Evaluation
  typealias Code = Program.Code

  let tree: CheckedTree
  let host: any Host
  let lazy: [String: Program]
  /// The slot of the first variable of a macro.
  let firstLocal: Int
  /// How to compute the variables of `cel.bind`, by their numbers.
  var bindings: [Int: Code] = [:]
  /// How many variables of macros are in scope.
  var localCount = 0

  init(_ tree: CheckedTree, host: any Host, lazy: [String: Program]) {
    self.tree = tree
    self.host = host
    self.lazy = lazy
    // A lazy variable's program runs in the middle of this one: its locals lie below ours.
    firstLocal = lazy.values.reduce(tree.variableCount) { max($0, $1.slotEnd) }
  }

  func program() -> Program {
    var compiler = self
    let root = compiler.compile(tree.root)
    return Program(
      slotEnd: firstLocal + tree.localCount, staticCost: Cost.of(tree.root), root: root)
  }

  mutating func compile(_ node: Expression) -> Evaluation {
    switch node.kind {
    case .constant(let constant): return compile(constant)
    case .identifier: return compileReference(node)
    case .select(let operand, let field, _, let isOptional):
      if tree.reference(node) != nil { return compileReference(node) }
      return compileSelection(operand, field, isOptional: isOptional)
    case .presence(let operand, let field, _): return compilePresence(operand, field)
    case .call(let name, _, let target, let arguments):
      return compileCall(node, name, target, arguments)
    case .logic(let logic, let operands):
      return compileLogic(logic, operands.map { Code(compile($0)) }[...])
    case .conditional(let condition, let yes, let no):
      return Logic.conditional(compile(condition), compile(yes), compile(no))
    case .list(let elements): return compileList(elements)
    case .map(let entries): return compileMap(entries)
    case .comprehension(let comprehension): return compileComprehension(comprehension)
    case .bind(_, let value, let body): return compileBind(value, body)
    case .optionalMap(let target, _, let body, let isFlat):
      return compileOptionalMap(target, body, isFlat: isFlat)
    case .invalid: return { _ in .error(.unboundFunction) }
    }
  }

  /// The value of a constant, when it is the same in every context.
  func value(of constant: Constant) -> Value? {
    switch constant {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .string(let text): .symbol(host.symbol(for: text))
    case .bytes: nil
    }
  }

  /// The value of a node that is a constant with the same value in every context.
  func constantValue(_ node: Expression) -> Value? {
    guard case .constant(let constant) = node.kind else { return nil }
    return value(of: constant)
  }

  private func compile(_ constant: Constant) -> Evaluation {
    if let value = value(of: constant) { return { _ in value } }
    guard case .bytes(let octets) = constant else { return { _ in .null } }
    return { $0.bytes(octets) }
  }

  /// The slot of a variable that is simply read, or nil.
  func plainSlot(_ node: Expression) -> Int? {
    switch tree.reference(node) {
    case .variable(let slot, let name): lazy[name] == nil ? slot : nil
    case .local(let number): bindings[number] == nil ? firstLocal + number : nil
    default: nil
    }
  }

  private func compileReference(_ node: Expression) -> Evaluation {
    if let slot = plainSlot(node) { return { $0.slots[slot] } }
    switch tree.reference(node) {
    case .variable(let slot, let name):
      guard let program = lazy[name] else { return { $0.slots[slot] } }
      return { context in
        if context.slotEpochs[slot] == context.epoch { return context.slots[slot] }
        let value = program.run(context)
        context.slots[slot] = value
        context.slotEpochs[slot] = context.epoch
        return value
      }
    case .local(let number):
      let slot = firstLocal + number
      guard let initial = bindings[number] else { return { $0.slots[slot] } }
      let pending = Value.error(.pending)
      return { context in
        let value = context.slots[slot]
        if value.header != pending.header { return value }
        let computed = initial.evaluate(context)
        context.slots[slot] = computed
        return computed
      }
    case .type(let type):
      let value = Value.type(type)
      return { _ in value }
    case .unbound(let name):
      let symbol = UInt64(host.symbol(for: name))
      return { _ in .error(.unboundVariable, detail: symbol + 1) }
    case .standard, .host, nil: return { _ in .error(.unboundVariable) }
    }
  }

  private func compileLogic(_ logic: Expression.Logic, _ parts: ArraySlice<Code>)
    -> Evaluation
  {
    guard let first = parts.first else { return { _ in .error(.notBool) } }
    if parts.count == 1 { return first.evaluate }
    // Long chains are balanced, so that no stack overflows.
    if (3...8).contains(parts.count) {
      let second = parts[parts.startIndex + 1].evaluate
      let rest = compileLogic(logic, parts.dropFirst(2))
      return logic == .and
        ? Logic.and(first.evaluate, second, rest) : Logic.or(first.evaluate, second, rest)
    }
    let middle = parts.startIndex + (parts.count + 1) / 2
    let left = compileLogic(logic, parts[..<middle])
    let right = compileLogic(logic, parts[middle...])
    return logic == .and ? Logic.and(left, right) : Logic.or(left, right)
  }

  private mutating func compileBind(_ value: Expression, _ body: Expression) -> Evaluation {
    let initial = compile(value)
    let number = localCount
    localCount += 1
    bindings[number] = Code(initial)
    defer {
      localCount -= 1
      bindings[number] = nil
    }
    let inner = compile(body)
    let slot = firstLocal + number
    return { context in
      context.slots[slot] = .error(.pending)
      return inner(context)
    }
  }

  private mutating func compileOptionalMap(
    _ target: Expression, _ body: Expression, isFlat: Bool
  ) -> Evaluation {
    let operand = compile(target)
    let slot = firstLocal + localCount
    localCount += 1
    defer { localCount -= 1 }
    let inner = compile(body)
    return { context in
      let value = operand(context)
      guard value.isKnown else { return value }
      guard value.tag == .optional else { return .error(.noSuchOverload) }
      guard let content = context.unwrapped(value) else { return value }
      context.slots[slot] = content
      let result = inner(context)
      if isFlat {
        return result.tag == .optional || !result.isKnown ? result : .error(.noSuchOverload)
      }
      return context.optional(of: result)
    }
  }
}
