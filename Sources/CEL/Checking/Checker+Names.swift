extension Checker {
  /// The parts of a name that can be qualified, be that of a variable, a type or a function; nil
  /// for anything else.
  ///
  /// A leading dot stays with the first part.
  func qualifiedName(_ node: Expression) -> [String]? {
    guard let first = firstName(of: node), local(first) == nil, startsQualifiedName(first) else {
      return nil
    }
    return parts(of: node)
  }

  /// The name that a chain of selections starts with.
  private func firstName(of node: Expression) -> String? {
    var node = node
    while case .select(let operand, _, _, false) = node.kind { node = operand }
    if case .identifier(let name) = node.kind { return name }
    return nil
  }

  /// Whether a dot behind a name may be a part of another name; most names are those of variables,
  /// and each of their fields would be looked for among all names.
  private func startsQualifiedName(_ name: String) -> Bool {
    !hasPlainNames || declarations.slot(of: name) == nil || Checker.namespaces.contains(name)
  }

  /// What stands ahead of the first dot of the names of types and standard functions.
  private static let namespaces: Set<String> = Set(
    (Array(Type.named.keys) + StandardLibrary.functions.keys).compactMap { name in
      name.utf8.firstIndex(of: UInt8(ascii: ".")).map { String(name[..<$0]) }
    })

  private func parts(of node: Expression) -> [String]? {
    switch node.kind {
    case .identifier(let name): return [name]
    case .select(let operand, let field, _, false): return parts(of: operand).map { $0 + [field] }
    default: return nil
    }
  }

  /// The number of a macro's variable, or nil.
  func local(_ name: String) -> Int? { scope.lastIndex { $0.name == name } }

  /// The names to try for a written one, in order.
  func candidates(_ name: String) -> [String] {
    if name.hasPrefix(".") { return [String(name.dropFirst())] }
    return prefixes.map { $0 + name }
  }

  /// What a qualified name refers to as a whole.
  mutating func lookUp(_ name: String) -> (CheckedTree.Reference, Type)? {
    for candidate in candidates(name) {
      if let slot = declarations.slot(of: candidate) {
        variablesRead.insert(candidate)
        return (.variable(slot, name: candidate), declarations.variables[slot].type)
      }
      if let type = Type.named[candidate] { return (.type(type), .type(type)) }
    }
    return nil
  }

  mutating func checkName(_ node: Expression, _ name: String) -> Type {
    if let number = local(name) {
      references[node.id] = .local(number)
      return scope[number].type
    }
    if let (reference, type) = lookUp(name) {
      references[node.id] = reference
      return type
    }
    references[node.id] = .unbound(name)
    if checksTypes {
      let names = scope.map(\.name) + declarations.variables.map(\.name)
      report(
        node.span, "unknown name '\(name)'",
        suggestion: Suggestion.nearest(to: name, among: names.filter { !$0.hasPrefix("@") }))
    }
    return .dyn
  }

  mutating func checkSelection(
    _ node: Expression, _ operand: Expression, _ field: String, _ span: Span, isOptional: Bool
  ) -> Type {
    // The longest declared name wins: a.b.c as a whole before the field c of a.b.
    if !isOptional, let parts = qualifiedName(node),
      let (reference, type) = lookUp(parts.joined(separator: "."))
    {
      references[node.id] = reference
      return type
    }
    let (type, isWrapped) = unwrapped(check(operand))
    let field = fieldType(of: type, field, span)
    return isOptional || isWrapped ? .optional(unwrapped(field).type) : field
  }

  /// The type of a field; reports an unknown one.
  mutating func fieldType(of type: Type, _ field: String, _ span: Span) -> Type {
    switch unification.shallow(type) {
    case .dyn: return .dyn
    case .variable:
      _ = unification.assign(.dyn, to: type)
      return .dyn
    case .map(let key, let value):
      if checksTypes, !unification.assign(.string, to: key) {
        report(span, "a field can be selected from a map with string keys only")
      }
      return value
    case .record(let name): return recordField(name, field, span)
    case let other:
      if checksTypes { report(span, "\(shown(other)) has no fields") }
      return .dyn
    }
  }

  private mutating func recordField(_ name: String, _ field: String, _ span: Span) -> Type {
    guard let record = declarations.records[name] else {
      if checksTypes { report(span, "the type '\(name)' is not declared") }
      return .dyn
    }
    fieldsRead.insert(FieldName(record: name, field: field))
    guard let type = record.fields[field] else {
      report(
        span, "\(name) has no field '\(field)'",
        suggestion: Suggestion.nearest(to: field, among: record.fields.keys))
      return .dyn
    }
    return type
  }
}
