extension CheckedExpression {
  /// The declared variables that the expression may read, if `size()` of one counts for nothing.
  ///
  /// O(nodes).
  ///
  /// - Parameter list: The name of that one.
  /// - Returns: The names of the variables.
  public func variablesRead(besidesSizeOf list: String) -> Set<String> {
    var names: Set<String> = []
    collectVariables(tree.root, besidesSizeOf: list, into: &names)
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

  private func collectVariables(
    _ node: Expression, besidesSizeOf list: String, into names: inout Set<String>
  ) {
    if case .variable(_, let name) = tree.reference(node) {
      names.insert(name)
    } else if let operand = operandOfSize(node),
      case .variable(_, let name) = tree.reference(operand), name == list
    {
      return
    } else {
      for child in node.children { collectVariables(child, besidesSizeOf: list, into: &names) }
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
