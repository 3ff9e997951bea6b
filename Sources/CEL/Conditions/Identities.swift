/// What tells expressions apart that may give different results.
struct Identity {
  /// What of the record in slot 0 an expression reads.
  enum Extent: Hashable {
    /// Nothing: it gives the same for all records.
    case none
    /// One field, and what that leads to.
    case field(FieldName)
    /// Anything else.
    case record

    func joined(_ other: Extent) -> Extent {
      if other == .none || self == other { return self }
      return self == .none ? other : .record
    }
  }

  /// Equal for expressions that give the same.
  let number: Int
  let extent: Extent
}

/// Numbers expressions so that those that mean the same have the same number: variables are
/// replaced by what they stand for, and the variables of macros have no names.
///
/// Each part is numbered by the numbers of its parts, so that a variable that is named often
/// costs no more than one that is named once.
final class Identities {
  private var numbers: [String: Int] = [:]
  private var ofVariables: [ObjectIdentifier: Identity] = [:]

  /// The identity of a part of an expression.
  ///
  /// - Parameters:
  ///   - node: The part.
  ///   - tree: The expression's tree.
  ///   - variables: What variables stand for; they must live as long as this.
  ///   - depth: How many macros are around the part.
  /// - Returns: The identity.
  func identity(
    of node: Expression, in tree: CheckedTree, _ variables: [String: CheckedExpression],
    depth: Int = 0
  ) -> Identity {
    if case .variable(let slot, let name) = tree.reference(node) {
      guard let variable = variables[name] else {
        return identity("v\(slot)", slot == 0 ? .record : .none)
      }
      let value = identity(ofVariable: variable, variables)
      // Its macros count their variables anew.
      return depth == 0 ? value : identity("V\(value.number)", value.extent)
    }
    var text = head(of: node, in: tree)
    var extent = Identity.Extent.none
    let isMacro =
      switch node.kind {
      case .comprehension, .bind, .optionalMap: true
      default: false
      }
    if tree.reference(node).map(isName) != true {
      for child in node.children {
        let part = identity(of: child, in: tree, variables, depth: depth + (isMacro ? 1 : 0))
        text += ",\(part.number)"
        extent = extent.joined(part.extent)
      }
    }
    if let field = field(node, tree) { extent = .field(field) }
    return identity(text, extent)
  }

  /// The identity that `a == b` has where a node is `a != b`.
  func identityOfEquality(
    _ node: Expression, in tree: CheckedTree, _ variables: [String: CheckedExpression]
  ) -> Identity {
    var text = "f=="
    var extent = Identity.Extent.none
    for child in node.children {
      let part = identity(of: child, in: tree, variables)
      text += ",\(part.number)"
      extent = extent.joined(part.extent)
    }
    return identity(text, extent)
  }

  private func identity(_ text: String, _ extent: Identity.Extent) -> Identity {
    let number = numbers[text] ?? numbers.count
    numbers[text] = number
    return Identity(number: number, extent: extent)
  }

  private func identity(
    ofVariable variable: CheckedExpression, _ variables: [String: CheckedExpression]
  ) -> Identity {
    let root = variable.tree.root
    if let known = ofVariables[ObjectIdentifier(root)] { return known }
    let value = identity(of: root, in: variable.tree, variables)
    ofVariables[ObjectIdentifier(root)] = value
    return value
  }

  /// Whether a node is a name as a whole, whatever its parts are.
  private func isName(_ reference: CheckedTree.Reference) -> Bool {
    switch reference {
    case .standard, .host: false
    default: true
    }
  }

  /// The field that a node selects from the record in slot 0.
  private func field(_ node: Expression, _ tree: CheckedTree) -> FieldName? {
    let selected: (operand: Expression, field: String)? =
      switch node.kind {
      case .select(let operand, let field, _, _): (operand, field)
      default: nil
      }
    guard let selected, case .variable(0, _) = tree.reference(selected.operand),
      case .record(let type) = tree.type(selected.operand)
    else { return nil }
    return FieldName(record: type, field: selected.field)
  }

  /// What a node is besides its parts.
  private func head(of node: Expression, in tree: CheckedTree) -> String {
    if let reference = tree.reference(node) {
      switch reference {
      case .variable(let slot, _): return "v\(slot)"
      case .local(let number): return "l\(number)"
      case .type(let type): return "t\(type)"
      case .unbound(let name): return "?\(name)"
      case .standard(let function): return "f\(function.name)"
      case .host(let function): return "g\(function.name)"
      }
    }
    switch node.kind {
    case .constant(let constant): return "c" + text(of: constant)
    case .identifier(let name): return "?\(name)"
    case .select(let operand, let field, _, let isOptional):
      return "\(isOptional ? "o" : "s")\(field) of \(tree.type(operand))"
    case .presence(let operand, let field, _): return "h\(field) of \(tree.type(operand))"
    case .call(let name, _, _, _): return "?\(name)"
    case .logic(let logic, _): return logic == .and ? "&&" : "||"
    case .conditional: return "if"
    case .list(let elements): return "[\(elements.map { $0.isOptional ? "o" : "e" }.joined())"
    case .map(let entries): return "{\(entries.map { $0.isOptional ? "o" : "e" }.joined())"
    case .comprehension(let macro):
      return "m\(macro.operation)\(macro.names.count)\(macro.condition == nil ? "" : "c")"
    case .bind: return "bind"
    case .optionalMap(_, _, _, let isFlat): return isFlat ? "flat" : "opt"
    // Never the same as another.
    case .invalid: return "!\(numbers.count)"
    }
  }

  private func text(of constant: Constant) -> String {
    switch constant {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .uint(let value): "\(value)u"
    case .double(let value): "d\(value.bitPattern)"
    case .string(let value): "'\(value)"
    case .bytes(let value): "b\(value)"
    }
  }
}
