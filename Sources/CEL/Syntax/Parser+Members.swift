extension Parser {
  mutating func member() throws(Abort) -> Expression {
    let first = try primary()
    return try members(of: first)
  }

  /// Selections, calls and indexes behind an expression.
  mutating func members(of first: Expression) throws(Abort) -> Expression {
    var operand = first
    while true {
      if accept(".") {
        operand = try selection(of: operand)
      } else if accept("[") {
        operand = try index(of: operand)
      } else if isAt("{"), isName(operand) {
        throw abort(
          operand.span.joined(token.span),
          "message literals are not supported: there are no message types")
      } else {
        return operand
      }
    }
  }

  private func isName(_ operand: Expression) -> Bool {
    switch operand.kind {
    case .identifier: true
    case .select(let inner, _, _, let isOptional): !isOptional && isName(inner)
    default: false
    }
  }

  private mutating func selection(of operand: Expression) throws(Abort) -> Expression {
    let isOptional = accept("?")
    let span = token.span
    let name: String
    var isQuoted = false
    switch token.kind {
    case .identifier(let text) where !Parser.keywords.contains(text): name = text
    case .quoted(let text):
      name = text
      isQuoted = true
    default: throw unexpected("expected a field name")
    }
    advance()
    if isAt("("), !isOptional, !isQuoted {
      let arguments = try self.arguments()
      let whole = operand.span.joined(tokens[position - 1].span)
      return try call(name, span, target: operand, arguments, whole)
    }
    return try node(
      .select(operand, field: name, fieldSpan: span, isOptional: isOptional),
      operand.span.joined(span))
  }

  private mutating func index(of operand: Expression) throws(Abort) -> Expression {
    let isOptional = accept("?")
    let key = try expression()
    let end = try expect("]")
    return try node(
      .call(
        isOptional ? "[?]" : "[]", nameSpan: key.span, target: nil, arguments: [operand, key]),
      operand.span.joined(end))
  }

  /// Arguments in round brackets; no trailing comma.
  private mutating func arguments() throws(Abort) -> [Expression] {
    _ = try expect("(")
    if accept(")") { return [] }
    var arguments = [try expression()]
    while accept(",") { arguments.append(try expression()) }
    _ = try expect(")")
    return arguments
  }

  private mutating func primary() throws(Abort) -> Expression {
    let start = token.span
    switch token.kind {
    case .identifier(let name): return try named(name, prefix: "", start)
    case .symbol("."):
      advance()
      guard case .identifier(let name) = token.kind, !Parser.keywords.contains(name) else {
        throw unexpected("expected a name")
      }
      return try named(name, prefix: ".", start)
    case .symbol("("):
      advance()
      let inner = try expression()
      _ = try expect(")")
      return inner
    case .symbol("["): return try list()
    case .symbol("{"): return try map()
    case .string(let text):
      advance()
      return try node(.constant(.string(text)), start)
    case .bytes(let octets):
      advance()
      return try node(.constant(.bytes(octets)), start)
    default:
      if let literal = try number(sign: nil) { return literal }
      throw unexpected("expected an expression")
    }
  }

  private mutating func named(_ name: String, prefix: String, _ start: Span) throws(Abort)
    -> Expression
  {
    let span = start.joined(token.span)
    if prefix.isEmpty, name != "in" {
      switch name {
      case "true", "false":
        advance()
        return try node(.constant(.bool(name == "true")), span)
      case "null":
        advance()
        return try node(.constant(.null), span)
      default: break
      }
    }
    if name == "in" { throw unexpected("expected an expression") }
    if Parser.reserved.contains(name) { throw abort(span, "'\(name)' is a reserved word") }
    advance()
    if isAt("(") {
      let arguments = try self.arguments()
      let whole = span.joined(tokens[position - 1].span)
      return try call(prefix + name, span, target: nil, arguments, whole)
    }
    return try node(.identifier(prefix + name), span)
  }

  private mutating func list() throws(Abort) -> Expression {
    let start = token.span
    advance()
    var elements: [Expression.Element] = []
    while !isAt("]") {
      let isOptional = accept("?")
      elements.append(Expression.Element(value: try expression(), isOptional: isOptional))
      if !accept(",") { break }
    }
    let end = try expect("]")
    return try node(.list(elements), start.joined(end))
  }

  private mutating func map() throws(Abort) -> Expression {
    let start = token.span
    advance()
    var entries: [Expression.Entry] = []
    while !isAt("}") {
      let isOptional = accept("?")
      let key = try expression()
      _ = try expect(":")
      let value = try expression()
      entries.append(Expression.Entry(key: key, value: value, isOptional: isOptional))
      if !accept(",") { break }
    }
    let end = try expect("}")
    return try node(.map(entries), start.joined(end))
  }

  /// A number literal at the current position, or nil; `sign` is the minus before it.
  mutating func number(sign: Span?) throws(Abort) -> Expression? {
    let span = sign.map { $0.joined(token.span) } ?? token.span
    let constant: Constant
    switch token.kind {
    case .int(let digits, let isHex):
      let text = (sign == nil ? "" : "-") + digits
      guard let value = Int64(text, radix: isHex ? 16 : 10) else {
        throw abort(span, "the number is out of the range of int")
      }
      constant = .int(value)
    case .uint(let digits, let isHex):
      if sign != nil { return nil }
      guard let value = UInt64(digits, radix: isHex ? 16 : 10) else {
        throw abort(span, "the number is out of the range of uint")
      }
      constant = .uint(value)
    case .double(let text):
      let digits = Array(((sign == nil ? "" : "-") + text).utf8)
      let value = digits.withUnsafeBufferPointer { NumberText.parseDouble($0) }
      guard let value, value.isFinite else {
        throw abort(span, "the number is out of the range of double")
      }
      constant = .double(value)
    default: return nil
    }
    advance()
    return try node(.constant(constant), span)
  }
}
