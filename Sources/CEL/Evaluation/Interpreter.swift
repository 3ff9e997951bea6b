/// Evaluates an expression by walking its tree: slow, plain, and able to tell each step.
///
/// It serves `explain` and is the reference that the closures of `Program` are tested against.
public struct Interpreter {
  /// One evaluated part of an expression.
  public struct Step {
    /// Where the part stands in the text.
    public let span: Span
    /// How many parts it lies within.
    public let depth: Int
    /// What it gave.
    public let value: Value
    /// The variables of the macros around it, the outermost first; of `cel.bind` those that were
    /// needed so far.
    public let variables: [(name: String, value: Value)]
  }

  let tree: CheckedTree
  let lazy: [String: Program]
  /// How to read the fields of records whose type is known, by node number.
  private(set) var readers: [Int: FieldReader] = [:]
  /// The interned names of fields and functions and the constant strings, by node number.
  private(set) var symbols: [Int: Value] = [:]

  /// Prepares an expression for a host's data.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - host: Interns the constant strings and hands out the readers of fields.
  ///   - lazy: Variables that are computed by programs, as in `CheckedExpression.link`.
  public init(
    _ expression: CheckedExpression, host: any Host, lazy: [String: Program] = [:]
  ) {
    tree = expression.tree
    self.lazy = lazy
    prepare(tree.root, host)
  }

  private mutating func prepare(_ node: Expression, _ host: any Host) {
    switch node.kind {
    case .constant(.string(let text)): symbols[node.id] = .symbol(host.symbol(for: text))
    case .select(let operand, let field, _, _), .presence(let operand, let field, _):
      symbols[node.id] = .symbol(host.symbol(for: field))
      if case .record(let type) = tree.type(operand) {
        readers[node.id] = host.reader(of: field, in: type)
      }
    case .call(let name, _, _, _), .identifier(let name):
      symbols[node.id] = .symbol(host.symbol(for: name))
    default: break
    }
    for child in node.children { prepare(child, host) }
  }

  /// Evaluates the expression with the variables in the context's slots.
  ///
  /// - Parameters:
  ///   - context: The working memory.
  ///   - trace: Is told each part's value, inner parts first.
  /// - Returns: The result, which may be unknown or an error.
  public func evaluate(_ context: Context, trace: ((Step) -> Void)? = nil) -> Value {
    guard context.charge(Cost.of(tree.root)) else { return .error(.costExceeded) }
    var walk = Walk(interpreter: self, context: context, trace: trace)
    let result = walk.value(of: tree.root)
    return context.isExhausted ? .error(.costExceeded) : result
  }
}

/// One evaluation by an interpreter.
struct Walk {
  /// A variable of a macro or of `cel.bind`; the latter is evaluated when it is first read.
  struct Local {
    let name: String
    var value: Value?
    var initial: Expression?
  }

  let interpreter: Interpreter
  let context: Context
  let trace: ((Interpreter.Step) -> Void)?
  var locals: [Local] = []
  private var depth = 0

  init(interpreter: Interpreter, context: Context, trace: ((Interpreter.Step) -> Void)?) {
    self.interpreter = interpreter
    self.context = context
    self.trace = trace
  }

  mutating func value(of node: Expression) -> Value {
    depth += 1
    let value = evaluate(node)
    depth -= 1
    trace?(
      Interpreter.Step(
        span: node.span, depth: depth, value: value,
        variables: locals.compactMap { local in local.value.map { (local.name, $0) } }))
    return value
  }

  private mutating func evaluate(_ node: Expression) -> Value {
    switch node.kind {
    case .constant(let constant): return value(of: constant, node)
    case .identifier(let name): return reference(node, name)
    case .select(let operand, let field, _, let isOptional):
      if interpreter.tree.reference(node) != nil { return reference(node, field) }
      return select(node, value(of: operand), field, isOptional: isOptional)
    case .presence(let operand, let field, _): return has(node, value(of: operand), field)
    case .call(let name, _, let target, let arguments):
      return call(node, name, target, arguments)
    case .logic(let logic, let operands): return fold(logic, operands)
    case .conditional(let condition, let yes, let no):
      let chosen = value(of: condition)
      guard chosen.isKnown else { return chosen }
      guard let isTrue = chosen.asBool else { return .error(.notBool) }
      return value(of: isTrue ? yes : no)
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .comprehension(let comprehension): return comprehend(comprehension)
    case .bind(let name, let initial, let body):
      return with([Local(name: name, initial: initial)]) { $0.value(of: body) }
    case .optionalMap(let target, let name, let body, let isFlat):
      return optionalMap(value(of: target), name, body, isFlat: isFlat)
    case .invalid: return .error(.unboundFunction)
    }
  }

  private func value(of constant: Constant, _ node: Expression) -> Value {
    switch constant {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .uint(let value): .uint(value)
    case .double(let value): .double(value)
    case .string: symbol(node)
    case .bytes(let octets): context.bytes(octets)
    }
  }

  func symbol(_ node: Expression) -> Value { interpreter.symbols[node.id] ?? .null }

  /// Evaluates with more variables in scope.
  mutating func with(_ variables: [Local], _ body: (inout Walk) -> Value) -> Value {
    locals += variables
    defer { locals.removeLast(variables.count) }
    return body(&self)
  }

  private mutating func fold(_ logic: Expression.Logic, _ operands: [Expression]) -> Value {
    var result: Value?
    for operand in operands {
      let next = value(of: operand)
      let merged: Value
      if let known = result {
        merged = logic == .and ? context.and(known, next) : context.or(known, next)
      } else {
        merged = next
      }
      if logic == .and ? merged.isFalse : merged.isTrue { return merged }
      result = merged
    }
    return result ?? .error(.notBool)
  }

  private mutating func optionalMap(
    _ target: Value, _ name: String, _ body: Expression, isFlat: Bool
  ) -> Value {
    guard target.isKnown else { return target }
    guard target.tag == .optional else { return .error(.noSuchOverload) }
    guard let content = context.unwrapped(target) else { return target }
    let result = with([Local(name: name, value: content)]) { $0.value(of: body) }
    if !isFlat { return context.optional(of: result) }
    return result.tag == .optional || !result.isKnown ? result : .error(.noSuchOverload)
  }
}
