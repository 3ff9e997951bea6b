/// Finds the type of every node and what every name refers to.
struct Checker {
  let declarations: Declarations
  let checksTypes: Bool
  let checksLiterals: Bool
  var unification: Unification
  var types: [Type]
  var references: [CheckedTree.Reference?]
  var diagnostics: [Diagnostic] = []
  var fieldsRead: Set<FieldName> = []
  var variablesRead: Set<String> = []
  /// The variables of the macros around the current node, the innermost last.
  var scope: [(name: String, type: Type)] = [] {
    didSet { maximumScope = max(maximumScope, scope.count) }
  }
  private var maximumScope = 0
  /// The namespaces to try, the longest first; the last is empty.
  let prefixes: [String]
  /// Whether there is no namespace to try, and no declared name has a dot.
  let hasPlainNames: Bool

  init(_ declarations: Declarations, nodeCount: Int, options: CheckingOptions) {
    self.declarations = declarations
    checksTypes = options.checksTypes
    checksLiterals = options.checksLiterals
    unification = Unification(records: declarations.records)
    types = Array(repeating: .dyn, count: nodeCount)
    references = Array(repeating: nil, count: nodeCount)
    var parts = declarations.container.split(separator: ".").map(String.init)
    var prefixes: [String] = []
    while !parts.isEmpty {
      prefixes.append(parts.joined(separator: ".") + ".")
      parts.removeLast()
    }
    self.prefixes = prefixes + [""]
    let dot = UInt8(ascii: ".")
    hasPlainNames =
      prefixes.isEmpty && !declarations.variables.contains { $0.name.utf8.contains(dot) }
      && !declarations.functions.contains { $0.name.utf8.contains(dot) }
  }

  /// The finished tree: all types without variables.
  mutating func finish(_ root: Expression, expecting: Type?) throws(ExpressionError)
    -> CheckedTree
  {
    let type = check(root)
    if let expecting, checksTypes, !unification.assign(type, to: expecting) {
      report(root.span, "the expression gives \(shown(type)), but \(expecting) is needed")
    }
    guard diagnostics.isEmpty else {
      throw ExpressionError(diagnostics: diagnostics.sorted { $0.offset < $1.offset })
    }
    return CheckedTree(
      root: root, types: types.map { unification.resolved($0, isFinal: true) },
      references: references, isChecked: checksTypes,
      variableCount: declarations.variables.count, localCount: maximumScope)
  }

  mutating func report(_ span: Span, _ message: String, suggestion: String? = nil) {
    diagnostics.append(Diagnostic(span, message, suggestion: suggestion))
  }

  func shown(_ type: Type) -> String { unification.resolved(type, isFinal: true).description }

  @discardableResult
  mutating func check(_ node: Expression) -> Type {
    let type = typeOf(node)
    types[node.id] = type
    return type
  }

  private mutating func typeOf(_ node: Expression) -> Type {
    switch node.kind {
    case .constant(let constant): return constant.type
    case .identifier(let name): return checkName(node, name)
    case .select(let operand, let field, let span, let isOptional):
      return checkSelection(node, operand, field, span, isOptional: isOptional)
    case .presence(let operand, let field, let span):
      let type = check(operand)
      _ = fieldType(of: unwrapped(type).type, field, span)
      return .bool
    case .call(let name, let span, let target, let arguments):
      return checkCall(node, name, span, target, arguments)
    case .logic(_, let operands):
      for operand in operands { require(.bool, of: operand) }
      return .bool
    case .conditional(let condition, let yes, let no):
      require(.bool, of: condition)
      return joined([yes, no], at: node) ?? .dyn
    case .list(let elements): return .list(checkElements(elements))
    case .map(let entries): return checkEntries(entries)
    case .comprehension(let comprehension): return checkComprehension(node, comprehension)
    case .bind(let name, let value, let body):
      let type = check(value)
      scope.append((name, type))
      defer { scope.removeLast() }
      return check(body)
    case .optionalMap(let target, let name, let body, let isFlat):
      return checkOptionalMap(target, name, body, isFlat: isFlat)
    case .invalid: return .dyn
    }
  }

  mutating func require(_ type: Type, of node: Expression) {
    let found = check(node)
    if checksTypes, !unification.assign(found, to: type) {
      report(node.span, "expected \(type), found \(shown(found))")
    }
  }

  private mutating func joined(_ nodes: [Expression], at node: Expression) -> Type? {
    let found = nodes.map { check($0) }
    var result: Type?
    for type in found {
      guard let current = result else {
        result = type
        continue
      }
      result = unification.join(current, type)
      if result == nil {
        if checksTypes {
          report(
            node.span, "the branches have different types: \(shown(current)) and \(shown(type))")
        }
        return nil
      }
    }
    return result
  }

  /// The joined type of a literal's parts; `dyn` when they have none.
  private mutating func join(_ current: inout Type?, _ type: Type) {
    guard let known = current else {
      current = type
      return
    }
    current = known == .dyn ? .dyn : unification.join(known, type) ?? .dyn
  }

  private mutating func checkElements(_ elements: [Expression.Element]) -> Type {
    var result: Type?
    for element in elements {
      var type = check(element.value)
      if element.isOptional { type = wrapped(type, element.value.span) }
      join(&result, type)
    }
    return result ?? unification.fresh()
  }

  private mutating func checkEntries(_ entries: [Expression.Entry]) -> Type {
    var keys: Type?
    var values: Type?
    for entry in entries {
      join(&keys, check(entry.key))
      var type = check(entry.value)
      if entry.isOptional { type = wrapped(type, entry.value.span) }
      join(&values, type)
    }
    return .map(keys ?? unification.fresh(), values ?? unification.fresh())
  }

  /// What an optional element wraps.
  private mutating func wrapped(_ type: Type, _ span: Span) -> Type {
    let inner = unification.fresh()
    if unification.assign(type, to: .optional(inner)) { return unification.resolved(inner) }
    if checksTypes { report(span, "expected an optional, found \(shown(type))") }
    return .dyn
  }

  /// An optional's content and whether the type was one.
  func unwrapped(_ type: Type) -> (type: Type, isOptional: Bool) {
    if case .optional(let inner) = unification.shallow(type) { return (inner, true) }
    return (type, false)
  }
}
