/// A boolean expression taken apart: `&&`, `||` and `!` over conditions that are evaluated whole.
///
/// The numbers are those of the `ConditionTable` that took it apart.
public indirect enum Condition: Hashable, Sendable {
  /// A condition that is evaluated whole.
  case leaf(Int)
  /// `!` of a condition.
  case not(Condition)
  /// `&&` of conditions.
  case all([Condition])
  /// `||` of conditions.
  case any([Condition])
}

/// Takes a boolean expression apart, variables replaced by what they stand for.
struct ConditionReader {
  /// A condition without an operator at its top.
  struct Leaf {
    let node: Expression
    let tree: CheckedTree
    let identity: Identity
    /// Whether the node is `a != b`, which is the same leaf as `a == b`.
    let isInverted: Bool
  }

  /// How many leaves a condition may have: variables that use variables grow without bounds.
  static let leafLimit = 48

  private let variables: [String: CheckedExpression]
  private let identities: Identities
  private let add: (Leaf) -> Int
  private var count = 0

  /// Makes a reader.
  ///
  /// - Parameters:
  ///   - variables: The expressions that variables stand for.
  ///   - identities: Tells which parts are alike.
  ///   - add: Gives the number of a leaf.
  init(
    _ variables: [String: CheckedExpression], _ identities: Identities,
    add: @escaping (Leaf) -> Int
  ) {
    self.variables = variables
    self.identities = identities
    self.add = add
  }

  /// Takes an expression apart; nil where it has too many leaves.
  mutating func condition(_ expression: CheckedExpression) -> Condition? {
    count = 0
    return condition(expression.tree.root, expression.tree)
  }

  private mutating func condition(_ node: Expression, _ tree: CheckedTree) -> Condition? {
    switch node.kind {
    case .logic(let logic, let operands):
      var parts: [Condition] = []
      for operand in operands {
        guard let part = condition(operand, tree) else { return nil }
        parts.append(part)
      }
      return logic == .and ? .all(parts) : .any(parts)
    case .call("!", _, nil, let arguments) where arguments.count == 1:
      return condition(arguments[0], tree).map { .not($0) }
    case .identifier:
      if case .variable(_, let name) = tree.reference(node), let variable = variables[name] {
        return condition(variable.tree.root, variable.tree)
      }
    default: break
    }
    count += 1
    guard count <= Self.leafLimit else { return nil }
    let isInverted = if case .call("!=", _, nil, _) = node.kind { true } else { false }
    let identity =
      isInverted
      ? identities.identityOfEquality(node, in: tree, variables)
      : identities.identity(of: node, in: tree, variables)
    let number = add(Leaf(node: node, tree: tree, identity: identity, isInverted: isInverted))
    return isInverted ? .not(.leaf(number)) : .leaf(number)
  }
}
