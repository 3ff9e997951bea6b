extension CheckedExpression {
  /// The declared variables of which the expression may read more than `size()`.
  ///
  /// O(nodes).
  public var variablesReadBeyondSize: Set<String> {
    var names: Set<String> = []
    collectVariables(tree.root, into: &names)
    return names
  }

  /// The field that the expression is, where it is nothing but a field of a declared variable.
  ///
  /// - Parameter variable: The variable.
  /// - Returns: The field's name; nil for any other expression.
  public func field(of variable: String) -> String? {
    guard case .select(let operand, let field, _, let isOptional) = tree.root.kind, !isOptional,
      case .variable(_, let name) = tree.reference(operand), name == variable
    else { return nil }
    return field
  }

  private func collectVariables(_ node: Expression, into names: inout Set<String>) {
    if case .variable(_, let name) = tree.reference(node) {
      names.insert(name)
    } else if let operand = operandOfSize(node), case .variable = tree.reference(operand) {
      return
    } else {
      for child in node.children { collectVariables(child, into: &names) }
    }
  }

  /// What `size(x)` and `x.size()` are about.
  private func operandOfSize(_ node: Expression) -> Expression? {
    guard case .call("size", _, let target, let arguments) = node.kind,
      case .standard(let function) = tree.reference(node), function.name == "size"
    else { return nil }
    if let target { return arguments.isEmpty ? target : nil }
    return arguments.count == 1 ? arguments[0] : nil
  }
}
