/// The cost of expressions in the units of cel-go: 1 for a name, selection or call, 10 for a list
/// literal, 30 for a map literal.
///
/// A program is charged the sum over its nodes when it starts, and the sum over a macro's body at
/// each iteration, whichever branches run: so a cost does not depend on the order of evaluation.
/// What depends on sizes (text, patterns, `in`) is charged by the functions.
enum Cost {
  /// What a node costs without its parts.
  static func ofNode(_ node: Expression) -> UInt64 {
    switch node.kind {
    case .constant, .invalid, .bind, .logic: 0
    case .list: 10
    case .map: 30
    default: 1
    }
  }

  /// The nodes' sum, without the bodies of comprehensions.
  static func of(_ node: Expression) -> UInt64 {
    var sum = ofNode(node)
    if case .comprehension(let comprehension) = node.kind {
      return sum + of(comprehension.range)
    }
    for child in node.children { sum = sum &+ of(child) }
    return sum
  }

  /// What each iteration of a comprehension costs.
  static func ofIteration(_ comprehension: Expression.Comprehension) -> UInt64 {
    of(comprehension.body) + (comprehension.condition.map { of($0) } ?? 0) + 1
  }
}
