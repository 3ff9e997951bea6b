/// A small change of an expression that should change what it gives: what mutation testing makes.
///
/// The changes are those that a slip of the author would be: a clause lost, an operator or a macro
/// that is its opposite, a negation too many or too few, an item of a list forgotten.
public struct Mutation: Hashable, Sendable {
  /// What is replaced.
  public let span: Span
  /// What stands there instead.
  public let replacement: String

  /// The changed text.
  ///
  /// - Parameter text: The expression that the mutation is of.
  /// - Returns: The text with the replacement in the span's place.
  public func applied(to text: String) -> String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[..<span.offset], as: UTF8.self) + replacement
      + String(decoding: bytes[span.end...], as: UTF8.self)
  }

  /// All mutations of an expression, in the order of its text.
  ///
  /// - Parameter text: The expression.
  /// - Returns: The mutations; some may not pass the type checker.
  /// - Throws: The syntax errors of the text.
  public static func all(of text: String) throws(ExpressionError) -> [Mutation] {
    let (root, _) = try Parser.parse(text, expandsMacros: true)
    var lexer = Lexer(Array(text.utf8))
    var mutator = Mutator(text: Array(text.utf8), tokens: lexer.tokens())
    mutator.visit(root, isCondition: false)
    return mutator.mutations.sorted {
      ($0.span.offset, $0.span.length, $0.replacement)
        < ($1.span.offset, $1.span.length, $1.replacement)
    }
  }
}

/// Collects the mutations of a tree.
private struct Mutator {
  /// What each operator is confused with: its opposite and, for an order, the other boundary.
  static let operators: [String: [String]] = [
    "==": ["!="], "!=": ["=="], "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="],
    ">=": [">", "<"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"],
  ]

  let text: [UInt8]
  let tokens: [Token]
  var mutations: Set<Mutation> = []

  /// Notes the mutations of a node and of all below it; a condition is known to be a bool by where
  /// it stands.
  mutating func visit(_ node: Expression, isCondition: Bool) {
    switch node.kind {
    case .logic(let logic, let operands): visit(logic, operands)
    case .call(let name, let nameSpan, nil, let arguments):
      visitOperation(node, name, nameSpan, arguments, isCondition: isCondition)
    case .conditional(let condition, let yes, let no):
      replace(condition.span, with: "true")
      replace(condition.span, with: "false")
      visit(condition, isCondition: true)
      visit(yes, isCondition: isCondition)
      visit(no, isCondition: isCondition)
    case .comprehension(let comprehension): visit(comprehension)
    case .bind(_, let value, let body):
      visit(value, isCondition: false)
      visit(body, isCondition: isCondition)
    default:
      if isCondition { negate(node) }
      for child in node.children { visit(child, isCondition: false) }
    }
  }

  /// A chain loses each operand, and each of its operators is the other one.
  private mutating func visit(_ logic: Expression.Logic, _ operands: [Expression]) {
    let (symbol, other, neutral) =
      logic == .and ? ("&&", "||", "true") : ("||", "&&", "false")
    for operand in operands {
      replace(operand.span, with: neutral)
      visit(operand, isCondition: true)
    }
    for (left, right) in zip(operands, operands.dropFirst()) {
      guard let token = token(.symbol(symbol), from: left.span.end, to: right.span.offset)
      else { continue }
      replace(token.span, with: other)
    }
  }

  private mutating func visitOperation(
    _ node: Expression, _ name: String, _ nameSpan: Span, _ arguments: [Expression],
    isCondition: Bool
  ) {
    switch name {
    case "!":
      replace(nameSpan, with: "")
      // What is not negated any more needs no second negation.
      for argument in arguments { visitParts(of: argument) }
      return
    case "in":
      negate(node)
      forgetItems(arguments)
    default:
      if let others = Mutator.operators[name], arguments.count == 2 {
        for other in others { replace(nameSpan, with: other) }
      } else if isCondition {
        negate(node)
      }
    }
    for argument in arguments { visit(argument, isCondition: false) }
  }

  /// The mutations below a node whose own negation was noted.
  private mutating func visitParts(of node: Expression) {
    if case .call(let name, _, nil, _) = node.kind, name == "in" || Mutator.operators[name] != nil {
      for child in node.children { visit(child, isCondition: false) }
      if name == "in" { forgetItems(node.children) }
      return
    }
    visit(node, isCondition: false)
  }

  private mutating func visit(_ comprehension: Expression.Comprehension) {
    let opposite: String? =
      switch comprehension.operation {
      case .all: "exists"
      case .exists: "all"
      default: nil
      }
    let name = comprehension.operation == .all ? "all" : "exists"
    if let opposite,
      let token = token(
        .identifier(name), from: comprehension.range.span.end, to: comprehension.body.span.offset)
    {
      replace(token.span, with: opposite)
    }
    visit(comprehension.range, isCondition: false)
    if let condition = comprehension.condition {
      replace(condition.span, with: "true")
      visit(condition, isCondition: true)
    }
    let isCondition: Bool =
      switch comprehension.operation {
      case .all, .exists, .existsOne, .filter: true
      default: false
      }
    if comprehension.operation == .filter { replace(comprehension.body.span, with: "true") }
    visit(comprehension.body, isCondition: isCondition)
  }

  /// `x in [a, b]` forgets each item: another stands there twice.
  private mutating func forgetItems(_ arguments: [Expression]) {
    guard arguments.count == 2, case .list(let elements) = arguments[1].kind, elements.count > 1
    else { return }
    for (index, element) in elements.enumerated() {
      let other = elements[index == 0 ? 1 : 0].value
      replace(element.value.span, with: source(other.span))
    }
  }

  private mutating func negate(_ node: Expression) {
    replace(node.span, with: "!(\(source(node.span)))")
  }

  private mutating func replace(_ span: Span, with replacement: String) {
    guard source(span) != replacement else { return }
    mutations.insert(Mutation(span: span, replacement: replacement))
  }

  private func source(_ span: Span) -> String {
    String(decoding: text[span.offset..<min(span.end, text.count)], as: UTF8.self)
  }

  /// The first token of a kind that starts in a range of the text.
  private func token(_ kind: Token.Kind, from start: Int, to end: Int) -> Token? {
    tokens.first { $0.span.offset >= start && $0.span.offset < end && $0.kind == kind }
  }
}
