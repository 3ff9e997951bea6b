import CEL
import Schema

/// Compiles one rule: checks its expressions against the declarations.
struct RuleCompiler: Sendable {
  private let definition: RuleDefinition
  private var declarations: Declarations
  private var problems: [RuleProblem] = []
  private var fieldsRead: Set<FieldName> = []
  /// The variables that read no item.
  private var subjectVariables: Set<String> = ["self", "data"]

  /// Compiles a rule.
  ///
  /// - Parameters:
  ///   - definition: The decoded rule.
  ///   - declarations: Record types and functions; without variables.
  /// - Returns: The compiled rule.
  /// - Throws: All faults of all expressions.
  static func compile(
    _ definition: RuleDefinition, in declarations: Declarations
  ) throws(RuleProblems) -> Rule {
    var compiler = RuleCompiler(definition: definition, declarations: declarations)
    let parts = compiler.parts()
    let wording = compiler.wording()
    guard compiler.problems.isEmpty else { throw RuleProblems(compiler.problems) }
    return compiler.rule(parts, .compiled(wording, fieldsRead: compiler.fieldsRead))
  }

  /// Compiles the conditions of a built-in rule, which has no faults; most rules have no finding to
  /// write.
  ///
  /// - Parameters:
  ///   - definition: The decoded rule.
  ///   - declarations: Record types and functions; without variables.
  ///   - fields: The fields that have to be kept of records, as they are embedded.
  /// - Returns: The compiled rule.
  /// - Throws: All faults of its conditions.
  static func compileConditions(
    of definition: RuleDefinition, in declarations: Declarations, fields: StaticString
  ) throws(RuleProblems) -> Rule {
    var compiler = RuleCompiler(definition: definition, declarations: declarations)
    let parts = compiler.parts()
    guard compiler.problems.isEmpty else { throw RuleProblems(compiler.problems) }
    return compiler.rule(parts, .pending(compiler, fields: fields))
  }

  /// What findings are written with, when the conditions are compiled.
  func compiledWording() throws(RuleProblems) -> RuleWording {
    var compiler = self
    let wording = compiler.wording()
    guard compiler.problems.isEmpty else { throw RuleProblems(compiler.problems) }
    return wording
  }

  private init(definition: RuleDefinition, declarations: Declarations) {
    self.definition = definition
    self.declarations = declarations
    self.declarations.variables = [
      VariableDeclaration("self", .record(definition.resource)),
      VariableDeclaration("data", .record("Data")),
    ]
  }

  /// What decides whether a rule is violated.
  private struct Parts {
    let variables: [RuleVariable]
    let when: RuleExpression?
    let require: RuleExpression?
    let shared: RuleExpression?
    let single: RuleExpression?
    let subjectVariables: Set<String>
    let forEach: RuleIteration?
    let groupBy: [RuleExpression]
    let slots: RuleSlots
  }

  private mutating func parts() -> Parts {
    let (variables, forEach, slots) = scope()
    let groupBy = self.groupBy()
    let (shared, single) = conditionsOfSubject()
    return Parts(
      variables: variables, when: definition.when.flatMap { expression($0, expecting: .bool) },
      require: definition.require.flatMap { expression($0, expecting: .bool) },
      shared: shared, single: single, subjectVariables: subjectVariables, forEach: forEach,
      groupBy: groupBy, slots: slots)
  }

  private mutating func wording() -> RuleWording {
    RuleWording(
      levels: definition.levels.map { level in
        LevelCase(when: level.when.flatMap { expression($0, expecting: .bool) }, level: level.level)
      },
      message: definition.message.map { template($0) } ?? .empty,
      anchor: definition.anchor.flatMap { self.anchor($0) },
      related: definition.related.compactMap { self.related($0) },
      remediation: definition.remediation.map { commands($0) } ?? [])
  }

  private func rule(_ parts: Parts, _ findings: Rule.FindingTexts) -> Rule {
    Rule(
      definition: definition, resourceTypes: Schema.types(named: definition.resource),
      variables: parts.variables, when: parts.when, require: parts.require,
      sharedCondition: parts.shared, singleCondition: parts.single,
      subjectVariables: parts.subjectVariables,
      forEach: parts.forEach, groupBy: parts.groupBy, slots: parts.slots, findings: findings)
  }
}

extension RuleCompiler {
  /// Takes the operands of `require` together that read no item, and those that read nothing of
  /// one but the size of its group.
  private mutating func conditionsOfSubject() -> (shared: RuleExpression?, single: RuleExpression?)
  {
    guard definition.forEach != nil, let require = definition.require,
      let operands = Disjunction.operands(of: require.text)
    else { return (nil, nil) }
    var (shared, single) = ([String](), [String]())
    for operand in operands {
      guard let checked = attempt(operand.text, at: 0, of: require)?.checked,
        checked.resultType == .bool
      else { continue }
      if checked.variablesRead.isSubset(of: subjectVariables) { shared.append(operand.text) }
      let names = checked.variablesRead(besidesSizeOf: "group")
      if names.isSubset(of: subjectVariables) { single.append(operand.text) }
    }
    if shared.count == operands.count { shared = [] }
    if definition.groupBy.isEmpty { single = [] }
    return (disjunction(of: shared, in: require), disjunction(of: single, in: require))
  }

  private mutating func disjunction(
    of operands: [String], in require: RuleScalar
  ) -> RuleExpression? {
    operands.isEmpty ? nil : attempt(operands.joined(separator: "||"), at: 0, of: require)
  }

  /// Checks an expression; a fault is noted and gives nil.
  private mutating func expression(
    _ scalar: RuleScalar, expecting type: Type? = nil
  ) -> RuleExpression? {
    expression(scalar.text, at: 0, of: scalar, expecting: type)
  }

  /// Checks an expression that stands at an offset of a scalar.
  private mutating func expression(
    _ text: String, at offset: Int, of scalar: RuleScalar, expecting type: Type? = nil
  ) -> RuleExpression? {
    do {
      return try check(text, at: offset, of: scalar, expecting: type)
    } catch {
      note(error, text, at: offset, of: scalar)
      return nil
    }
  }

  private mutating func check(
    _ text: String, at offset: Int, of scalar: RuleScalar, expecting type: Type? = nil
  ) throws(ExpressionError) -> RuleExpression {
    let checked = try CheckedExpression(text, in: declarations, expecting: type)
    fieldsRead.formUnion(checked.fieldsRead)
    return RuleExpression(
      checked: checked, position: definition.source.position(scalar.mark(at: offset)))
  }

  /// Checks an expression that may be wrong; nil if it is.
  private mutating func attempt(
    _ text: String, at offset: Int, of scalar: RuleScalar
  ) -> RuleExpression? {
    do {
      return try check(text, at: offset, of: scalar)
    } catch {
      return nil
    }
  }

  private mutating func note(
    _ error: ExpressionError, _ text: String, at offset: Int, of scalar: RuleScalar
  ) {
    let bytes = Array(text.utf8)
    for diagnostic in error.diagnostics {
      let start = min(max(0, diagnostic.offset), bytes.count)
      let length = min(max(0, diagnostic.length), bytes.count - start)
      let fault = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
      problems.append(
        definition.source.problem(
          at: scalar.mark(at: offset + start), length: fault.unicodeScalars.count,
          diagnostic.message, suggestion: diagnostic.suggestion))
    }
  }

  private mutating func fail(_ scalar: RuleScalar, at offset: Int = 0, _ message: String) {
    problems.append(
      definition.source.problem(
        at: scalar.mark(at: offset),
        length: scalar.text.prefix { $0 != "\n" }.unicodeScalars.count, message))
  }
}

extension RuleCompiler {
  /// Declares the variables, the item of `forEach`, the group and the key.
  ///
  /// `forEach` may use variables, and variables may use the item: the variables that need the item
  /// are those that cannot be checked without it.
  private mutating func scope() -> ([RuleVariable], RuleIteration?, RuleSlots) {
    let texts = definition.variables
    var expressions = [RuleExpression?](repeating: nil, count: texts.count)
    let hasGroups = !definition.groupBy.isEmpty
    // A name that no expression can have keeps a slot until its variable is known: the locals of
    // every program have to lie behind all slots of the rule.
    let others = definition.forEach == nil ? 0 : hasGroups ? 3 : 1
    for index in 0..<(texts.count + others) {
      declarations.variables.append(VariableDeclaration("@\(index)", .dyn))
    }
    guard let forEach = definition.forEach else {
      for (index, variable) in texts.enumerated() {
        expressions[index] = expression(variable.text)
        declare(variable, expressions[index], at: index)
      }
      return (
        variables(expressions), nil, RuleSlots(item: nil, group: nil, key: nil)
      )
    }
    for (index, variable) in texts.enumerated() {
      guard let checked = attempt(variable.text.text, at: 0, of: variable.text) else { continue }
      expressions[index] = checked
      subjectVariables.insert(variable.name)
      declare(variable, checked, at: index)
    }
    let list = expression(forEach.text)
    let item = list.map { elementType(of: $0.resultType, forEach.text) } ?? .dyn
    let slot = 2 + texts.count
    declarations.variables[slot] = VariableDeclaration(forEach.name, item)
    if texts.contains(where: { $0.name == forEach.name }) {
      fail(forEach.text, "'\(forEach.name)' is a variable already")
    }
    for (index, variable) in texts.enumerated() where expressions[index] == nil {
      expressions[index] = expression(variable.text)
      declare(variable, expressions[index], at: index)
    }
    return (
      variables(expressions), list.map { RuleIteration(name: forEach.name, list: $0) },
      RuleSlots(
        item: slot, group: hasGroups ? slot + 1 : nil, key: hasGroups ? slot + 2 : nil)
    )
  }

  private mutating func declare(
    _ variable: NamedExpression, _ expression: RuleExpression?, at index: Int
  ) {
    declarations.variables[2 + index] = VariableDeclaration(
      variable.name, expression?.resultType ?? .dyn)
  }

  private func variables(_ expressions: [RuleExpression?]) -> [RuleVariable] {
    zip(definition.variables, expressions).enumerated().compactMap { index, pair in
      pair.1.map { RuleVariable(name: pair.0.name, slot: 2 + index, expression: $0) }
    }
  }

  private mutating func elementType(of type: Type, _ scalar: RuleScalar) -> Type {
    switch type {
    case .list(let element): return element
    case .dyn: return .dyn
    default:
      fail(scalar, "forEach needs a list, not \(type)")
      return .dyn
    }
  }

  /// Checks the keys, then declares `group` and `key` for all that follows.
  private mutating func groupBy() -> [RuleExpression] {
    guard !definition.groupBy.isEmpty, definition.forEach != nil else { return [] }
    let keys = definition.groupBy.compactMap { expression($0) }
    let types = keys.map { key in
      if case .list(let element) = key.resultType { element } else { key.resultType }
    }
    let slot = 2 + definition.variables.count
    let item = declarations.variables[slot].type
    declarations.variables[slot + 1] = VariableDeclaration("group", .list(item))
    declarations.variables[slot + 2] = VariableDeclaration(
      "key", Set(types).count == 1 ? types[0] : .dyn)
    return keys
  }
}

extension RuleCompiler {
  /// `at`: a path to a field of a record, or to a record.
  private mutating func anchor(_ scalar: RuleScalar) -> RuleAnchor? {
    guard let whole = expression(scalar) else { return nil }
    let text = scalar.text.trimmed
    guard let path = FieldPath(text) else {
      fail(scalar, "'at' must be a path such as self.ipAddress")
      return nil
    }
    // A part is a place of its own; a reference is a place in the record that has it.
    if path.steps.isEmpty || isPart(whole.resultType) {
      guard case .record = whole.resultType else {
        fail(scalar, "'at' must lead to a record or to a field of one, not to \(whole.resultType)")
        return nil
      }
      return RuleAnchor(base: whole, fieldPath: [])
    }
    let field = path.steps[path.steps.count - 1]
    guard let base = expression(path.parent, at: 0, of: scalar),
      case .record(let type) = base.resultType
    else {
      fail(scalar, "'at' must lead to a field of a record")
      return nil
    }
    let isDerived = Schema.type(type)?.field(field)?.isDerived ?? (type == Schema.anyType)
    return RuleAnchor(base: base, fieldPath: isDerived ? [] : [field])
  }

  private func isPart(_ type: Type) -> Bool {
    if case .record(let name) = type { Schema.type(name)?.isPart == true } else { false }
  }

  private mutating func related(_ scalar: RuleScalar) -> RuleExpression? {
    guard let expression = expression(scalar) else { return nil }
    switch expression.resultType {
    case .record, .list(.record), .dyn, .list(.dyn): return expression
    default:
      fail(scalar, "'related' needs records, not \(expression.resultType)")
      return nil
    }
  }

  /// A template over a whole text.
  private mutating func template(_ scalar: RuleScalar) -> Template {
    let bytes = Array(scalar.text.utf8)
    var end = bytes.count
    // A block's last line break is no part of a message.
    while end > 0, bytes[end - 1] == 0x0A { end -= 1 }
    return template(scalar, bytes, 0..<end)
  }

  /// A template for each line that is not blank.
  private mutating func commands(_ scalar: RuleScalar) -> [Template] {
    let bytes = Array(scalar.text.utf8)
    return bytes.split(separator: 0x0A).compactMap { line in
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      return isBlank ? nil : template(scalar, bytes, line.startIndex..<line.endIndex)
    }
  }

  private mutating func template(
    _ scalar: RuleScalar, _ bytes: [UInt8], _ range: Range<Int>
  ) -> Template {
    do {
      let pieces = try TemplateText.pieces(of: bytes, in: range)
      return Template(pieces: pieces.compactMap { self.piece($0, of: scalar, isOptional: false) })
    } catch {
      problems.append(
        definition.source.problem(at: scalar.mark(at: error.offset), error.message))
      return .empty
    }
  }

  private mutating func piece(
    _ piece: TemplateText.Piece, of scalar: RuleScalar, isOptional: Bool
  ) -> Template.Piece? {
    switch piece {
    case .text(let text): return .text(text)
    case .optional(let pieces):
      return .optional(pieces.compactMap { self.piece($0, of: scalar, isOptional: true) })
    case .expression(let text, let offset):
      guard let value = expression(text, at: offset, of: scalar) else { return nil }
      let presence = isOptional ? self.presence(of: text, at: offset, scalar) : []
      return .expression(TemplateExpression(value: value, presence: presence))
    }
  }

  /// `has` of every step of a path; nothing for other expressions, which are always set.
  private mutating func presence(
    of text: String, at offset: Int, _ scalar: RuleScalar
  ) -> [RuleExpression] {
    guard let path = FieldPath(text.trimmed) else { return [] }
    return path.prefixes.compactMap { prefix in
      // The step may be one into a map or dyn, where `has` needs no declaration either.
      attempt("has(\(prefix))", at: offset, of: scalar)
    }
  }
}
