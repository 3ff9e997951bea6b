/// Parses tokens to an expression tree and expands the macros on the way.
///
/// Recursive descent; `maximumDepth` bounds both the recursion and the height of the tree, so that
/// hostile text gives a diagnostic and every later walk over the tree is safe.
struct Parser {
  /// The deepest tree that is accepted (cel-go's recursion limit).
  static let maximumDepth = 250
  /// The longest text that is accepted, in Unicode scalars (cel-go's limit).
  static let maximumLength = 100_000

  /// Ends the parsing; its diagnostic is recorded already.
  struct Abort: Error {}

  var tokens: [Token]
  var position = 0
  var nodeCount = 0
  var depth = 0
  var diagnostics: [Diagnostic]
  let expandsMacros: Bool

  static let keywords: Set<String> = ["true", "false", "null", "in"]
  static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while",
  ]

  /// Parses a whole text.
  static func parse(_ text: String, expandsMacros: Bool) throws(ExpressionError) -> (
    root: Expression, nodeCount: Int
  ) {
    guard text.unicodeScalars.count <= maximumLength else {
      throw ExpressionError(diagnostics: [
        Diagnostic(
          offset: 0, length: 0, message: "the expression has over \(maximumLength) characters")
      ])
    }
    var lexer = Lexer(Array(text.utf8))
    let tokens = lexer.tokens()
    var parser = Parser(
      tokens: tokens, diagnostics: lexer.diagnostics, expandsMacros: expandsMacros)
    var root: Expression?
    do {
      root = try parser.whole()
    } catch {
      root = nil
    }
    guard let root, parser.diagnostics.isEmpty else {
      throw ExpressionError(diagnostics: parser.diagnostics.sorted { $0.offset < $1.offset })
    }
    return (root, parser.nodeCount)
  }

  init(tokens: [Token], diagnostics: [Diagnostic], expandsMacros: Bool) {
    self.tokens = tokens
    self.diagnostics = diagnostics
    self.expandsMacros = expandsMacros
  }

  var token: Token { tokens[position] }

  mutating func advance() {
    if position + 1 < tokens.count { position += 1 }
  }

  func isAt(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

  mutating func accept(_ symbol: String) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: String) throws(Abort) -> Span {
    let span = token.span
    guard accept(symbol) else { throw unexpected("expected '\(symbol)'") }
    return span
  }

  /// Records a diagnostic at the current token.
  mutating func unexpected(_ message: String) -> Abort {
    // The lexer has told about an invalid token already.
    guard token.kind != .invalid else { return Abort() }
    let found = token.kind == .end ? "the end of the expression" : describe(token)
    return abort(token.span, "\(message), found \(found)")
  }

  mutating func abort(_ span: Span, _ message: String) -> Abort {
    diagnostics.append(Diagnostic(span, message))
    return Abort()
  }

  private func describe(_ token: Token) -> String {
    switch token.kind {
    case .identifier(let name), .quoted(let name): "'\(name)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .string, .bytes: "a string"
    case .int(let digits, _), .uint(let digits, _): "'\(digits)'"
    case .double(let text): "'\(text)'"
    case .end, .invalid: "the end of the expression"
    }
  }

  mutating func node(_ kind: Expression.Kind, _ span: Span) throws(Abort) -> Expression {
    let node = Expression(id: nodeCount, span: span, kind: kind, depth: 1)
    let height = node.children.reduce(0) { max($0, $1.depth) } + 1
    guard height <= Parser.maximumDepth else { throw tooDeep(span) }
    nodeCount += 1
    return Expression(id: node.id, span: span, kind: kind, depth: height)
  }

  private mutating func tooDeep(_ span: Span) -> Abort {
    abort(span, "the expression is nested more than \(Parser.maximumDepth) deep")
  }

  private mutating func whole() throws(Abort) -> Expression {
    let root = try expression()
    guard token.kind == .end else { throw unexpected("expected an operator") }
    return root
  }

  mutating func expression() throws(Abort) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.maximumDepth else { throw tooDeep(token.span) }
    let condition = try chain(.or)
    guard accept("?") else { return condition }
    let yes = try chain(.or)
    _ = try expect(":")
    let no = try expression()
    return try node(.conditional(condition, yes, no), condition.span.joined(no.span))
  }

  /// A chain of `||` or of `&&`, as one node.
  private mutating func chain(_ logic: Expression.Logic) throws(Abort) -> Expression {
    let symbol = logic == .or ? "||" : "&&"
    var operands = [logic == .or ? try chain(.and) : try relation()]
    while accept(symbol) {
      operands.append(logic == .or ? try chain(.and) : try relation())
    }
    guard operands.count > 1 else { return operands[0] }
    let span = operands[0].span.joined(operands[operands.count - 1].span)
    return try node(.logic(logic, operands), span)
  }

  private static let relations: Set<String> = ["<", "<=", ">", ">=", "==", "!="]

  private mutating func relation() throws(Abort) -> Expression {
    var left = try sum()
    while true {
      var name: String?
      if case .symbol(let symbol) = token.kind, Parser.relations.contains(symbol) { name = symbol }
      if token.kind == .identifier("in") { name = "in" }
      guard let name else { return left }
      left = try operation(name, left) { (parser) throws(Abort) in try parser.sum() }
    }
  }

  private mutating func sum() throws(Abort) -> Expression {
    var left = try product()
    while isAt("+") || isAt("-") {
      left = try operation(isAt("+") ? "+" : "-", left) { (parser) throws(Abort) in
        try parser.product()
      }
    }
    return left
  }

  private mutating func product() throws(Abort) -> Expression {
    var left = try unary()
    while true {
      let name = isAt("*") ? "*" : isAt("/") ? "/" : isAt("%") ? "%" : nil
      guard let name else { return left }
      left = try operation(name, left) { (parser) throws(Abort) in try parser.unary() }
    }
  }

  private mutating func operation(
    _ name: String, _ left: Expression, _ operand: (inout Parser) throws(Abort) -> Expression
  ) throws(Abort) -> Expression {
    let span = token.span
    advance()
    let right = try operand(&self)
    return try node(
      .call(name, nameSpan: span, target: nil, arguments: [left, right]),
      left.span.joined(right.span))
  }

  private mutating func unary() throws(Abort) -> Expression {
    let symbol = isAt("!") ? "!" : isAt("-") ? "-" : nil
    guard let symbol else { return try member() }
    var spans: [Span] = []
    while isAt(symbol) {
      spans.append(token.span)
      advance()
    }
    guard spans.count <= Parser.maximumDepth else { throw tooDeep(spans[0]) }
    var operand: Expression
    if symbol == "-", let sign = spans.last, let literal = try number(sign: sign) {
      spans.removeLast()
      operand = try members(of: literal)
    } else {
      operand = try member()
    }
    for span in spans.reversed() {
      operand = try node(
        .call(symbol == "!" ? "!" : "-_", nameSpan: span, target: nil, arguments: [operand]),
        span.joined(operand.span))
    }
    return operand
  }
}
