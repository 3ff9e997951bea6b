/// The columns of a table's conditions; parts that mean the same have one column.
final class ColumnStore {
  let host: any Host
  let identities = Identities()
  let subject = VariableColumn()
  var columns: [Int: ColumnCompiler.Part] = [:]
  private(set) var all: [ValueColumn] = []
  private(set) var runs: [FieldRuns] = []
  private var runNumbers: [FieldName: Int] = [:]
  /// By the columns that they are of, which the store keeps.
  private var runColumns: [ObjectIdentifier: RunColumn] = [:]

  init(host: any Host) { self.host = host }

  func add(_ column: ValueColumn) { all.append(column) }

  /// The runs of records that have a field in common.
  func runs(of name: FieldName) -> FieldRuns {
    if let known = runNumbers[name] { return runs[known] }
    let column = FieldColumn.value(of: name, in: subject, host)
    add(column)
    runNumbers[name] = runs.count
    runs.append(FieldRuns(column))
    return runs[runs.count - 1]
  }

  /// A column that reads one field only, computed once for each run of records.
  func column(_ column: ValueColumn, inRunsOf name: FieldName) -> RunColumn {
    if let known = runColumns[ObjectIdentifier(column)] { return known }
    let made = RunColumn(column, runs(of: name))
    add(made)
    runColumns[ObjectIdentifier(column)] = made
    return made
  }

  /// Begins a block.
  func clear() {
    for column in all { column.clear() }
    for run in runs { run.clear() }
  }
}

/// Makes columns for the parts of an expression.
struct ColumnCompiler {
  /// A part's column and what is known of it.
  struct Part {
    let column: ValueColumn
    let extent: Identity.Extent
    /// What it costs by its form, variables included and the bodies of macros not.
    var cost: UInt64
    /// The numbers of the macros' variables that it reads, a bit for each.
    let locals: UInt64
  }

  let store: ColumnStore
  let tree: CheckedTree
  let variables: [String: CheckedExpression]
  let lazy: [String: Program]
  /// The macros around the part, by the numbers of their variables.
  private var scopes: [LoopScope] = []

  init(
    _ store: ColumnStore, _ tree: CheckedTree, variables: [String: CheckedExpression],
    lazy: [String: Program]
  ) {
    self.store = store
    self.tree = tree
    self.variables = variables
    self.lazy = lazy
  }

  /// The column of a part; an existing one where there is one for the same.
  mutating func part(_ node: Expression) -> Part {
    if case .variable(let slot, let name) = tree.reference(node) {
      if let variable = variables[name] {
        var compiler = ColumnCompiler(store, variable.tree, variables: variables, lazy: lazy)
        var part = compiler.part(variable.tree.root)
        part.cost += Cost.ofNode(node)
        return part
      }
      if slot == 0 {
        return Part(column: store.subject, extent: .record, cost: 1, locals: 0)
      }
    }
    if case .local(let number) = tree.reference(node), number < scopes.count {
      return Part(
        column: scopes[number].element, extent: .none, cost: 1, locals: 1 << UInt64(number))
    }
    let identity = store.identities.identity(
      of: node, in: tree, variables, depth: scopes.count)
    return known(identity, locals: locals(of: node)) { $0.make(node, identity, locals: $1) }
  }

  /// The column of `a == b` where a node is `a != b`.
  mutating func equality(_ node: Expression, _ identity: Identity) -> Part {
    known(identity, locals: 0) {
      $0.makeEquality(node.children, whenEqual: 1, identity, locals: $1)
    }
  }

  private mutating func known(
    _ identity: Identity, locals: UInt64, _ make: (inout Self, UInt64) -> Part
  ) -> Part {
    // What reads a macro's variable belongs to that macro.
    let inner = locals == 0 ? nil : scopes[63 - locals.leadingZeroBitCount]
    if let known = inner?.columns[identity.number]
      ?? (inner == nil ? store.columns[identity.number] : nil)
    {
      return known
    }
    let part = make(&self, locals)
    store.add(part.column)
    for (number, scope) in scopes.enumerated() where locals &>> UInt64(number) & 1 == 1 {
      scope.add(part.column)
    }
    if let inner {
      inner.columns[identity.number] = part
    } else {
      store.columns[identity.number] = part
    }
    return part
  }

  /// The variables of macros around a part that it reads.
  private func locals(of node: Expression) -> UInt64 {
    if scopes.isEmpty { return 0 }
    switch tree.reference(node) {
    case .local(let number): return number < scopes.count ? 1 << UInt64(number) : 0
    case .variable, .type, .unbound: return 0
    case .standard, .host, nil: return node.children.reduce(0) { $0 | locals(of: $1) }
    }
  }

  private mutating func make(_ node: Expression, _ identity: Identity, locals: UInt64) -> Part {
    if locals == 0, identity.extent == .none {
      let compiled = program(node)
      return Part(
        column: UniformColumn(compiled), extent: .none, cost: compiled.staticCost, locals: 0)
    }
    switch node.kind {
    case .select(let operand, let field, _, false) where tree.reference(node) == nil:
      if case .record(let type) = tree.type(operand) {
        return wrap(node, [operand], identity, locals: locals) {
          FieldColumn.value(of: FieldName(record: type, field: field), in: $1[0], $0.host)
        }
      }
    case .presence(let operand, let field, _):
      if case .record(let type) = tree.type(operand) {
        return wrap(node, [operand], identity, locals: locals) {
          FieldColumn.presence(of: FieldName(record: type, field: field), in: $1[0], $0.host)
        }
      }
    case .logic(let logic, let operands):
      return wrap(node, operands, identity, locals: locals) {
        LogicColumn($1, isAnd: logic == .and)
      }
    case .conditional(let condition, let yes, let no):
      return wrap(node, [condition, yes, no], identity, locals: locals) {
        ConditionalColumn($1[0], yes: $1[1], no: $1[2])
      }
    case .comprehension(let macro):
      if let part = makeLoop(node, macro, identity, locals: locals) { return part }
    case .call(let name, _, let target, let arguments):
      if let part = makeCall(node, name, target, arguments, identity, locals: locals) {
        return part
      }
    default: break
    }
    return makeProgram(node, identity, locals: locals)
  }

  private func program(_ node: Expression) -> Program {
    var tree = tree
    tree.root = node
    var compiler = Compiler(tree, host: store.host, lazy: lazy)
    compiler.localCount = scopes.count
    return compiler.program()
  }

  private func makeProgram(_ node: Expression, _ identity: Identity, locals: UInt64) -> Part {
    let compiled = program(node)
    let first = Compiler(tree, host: store.host, lazy: lazy).firstLocal
    let given = scopes.enumerated().filter { locals &>> UInt64($0.offset) & 1 == 1 }
      .map { (slot: first + $0.offset, column: $0.element.element as ValueColumn) }
    return Part(
      column: ProgramColumn(compiled, store.subject, locals: given), extent: identity.extent,
      cost: compiled.staticCost, locals: locals)
  }
}

extension ColumnCompiler {
  /// The columns of a part's operands: what reads one field only is computed once for each run of
  /// records where the part itself reads more.
  private mutating func operands(
    _ nodes: [Expression], in extent: Identity.Extent, locals: UInt64
  ) -> (columns: [ValueColumn], cost: UInt64) {
    var cost: UInt64 = 0
    let columns = nodes.map { node in
      let part = part(node)
      cost &+= part.cost
      guard part.locals == 0, case .field(let name) = part.extent,
        locals != 0 || part.extent != extent
      else { return part.column }
      return store.column(part.column, inRunsOf: name)
    }
    return (columns, cost)
  }

  /// A part made of its operands' columns.
  private mutating func wrap(
    _ node: Expression, _ nodes: [Expression], _ identity: Identity, locals: UInt64,
    _ make: (ColumnStore, [ValueColumn]) -> ValueColumn
  ) -> Part {
    let operands = operands(nodes, in: identity.extent, locals: locals)
    return Part(
      column: make(store, operands.columns), extent: identity.extent,
      cost: operands.cost + Cost.ofNode(node), locals: locals)
  }

  private mutating func makeEquality(
    _ nodes: [Expression], whenEqual: UInt64, _ identity: Identity, locals: UInt64
  ) -> Part {
    let operands = operands(nodes, in: identity.extent, locals: locals)
    return Part(
      column: EqualityColumn(operands.columns[0], operands.columns[1], whenEqual: whenEqual),
      extent: identity.extent, cost: operands.cost + 1, locals: locals)
  }

  /// `exists` and `all` with one variable; nil for other macros.
  private mutating func makeLoop(
    _ node: Expression, _ macro: Expression.Comprehension, _ identity: Identity, locals: UInt64
  ) -> Part? {
    guard macro.operation == .exists || macro.operation == .all, macro.names.count == 1,
      scopes.count < 63
    else { return nil }
    let range = operands([macro.range], in: identity.extent, locals: locals)
    let scope = LoopScope()
    scopes.append(scope)
    let body = operands([macro.body], in: .record, locals: locals | 1 << UInt64(scopes.count - 1))
    scopes.removeLast()
    return Part(
      column: LoopColumn(
        over: range.columns[0], scope, body.columns[0], isAll: macro.operation == .all,
        cost: body.cost + 1),
      extent: identity.extent, cost: range.cost + 1, locals: locals)
  }

  /// A call of a function that looks at nothing but its arguments; nil for another one.
  private mutating func makeCall(
    _ node: Expression, _ name: String, _ target: Expression?, _ arguments: [Expression],
    _ identity: Identity, locals: UInt64
  ) -> Part? {
    let receiver = target.map { [$0] } ?? []
    switch tree.reference(node) {
    case .standard(let function):
      let all = function.name == name ? receiver + arguments : arguments
      switch (name, all.count) {
      case ("==", 2): return makeEquality(all, whenEqual: 1, identity, locals: locals)
      case ("!=", 2): return makeEquality(all, whenEqual: 0, identity, locals: locals)
      case ("in", 2):
        if let part = makeMembership(node, all, identity, locals: locals) { return part }
      // What is made of constant texts is read once by the program.
      case ("matches", _), ("ip", _), ("cidr", _), ("duration", _), ("timestamp", _), ("[?]", _):
        return nil
      default: break
      }
      guard function.isStrict, function.body.takes(all.count) else { return nil }
      return wrap(node, all, identity, locals: locals) {
        FunctionColumn(function.body, $1, isStrict: true)
      }
    case .host(let function):
      let all = function.name == name ? receiver + arguments : arguments
      return wrap(node, all, identity, locals: locals) {
        FunctionColumn(.variadic(function.implementation), $1, isStrict: function.isStrict)
      }
    default: return nil
    }
  }

  private mutating func makeMembership(
    _ node: Expression, _ operands: [Expression], _ identity: Identity, locals: UInt64
  ) -> Part? {
    guard let constants = Compiler(tree, host: store.host, lazy: lazy).constants(operands[1])
    else { return nil }
    return wrap(node, operands, identity, locals: locals) {
      MembershipColumn($1[0], in: $1[1], constants)
    }
  }
}

extension StandardFunction.Body {
  /// Whether the body takes so many arguments.
  func takes(_ count: Int) -> Bool {
    switch self {
    case .unary: count == 1
    case .binary: count == 2
    case .ternary: count == 3
    case .variadic: true
    }
  }
}
