extension Parser {
  /// A call, or what it stands for if it is a macro.
  mutating func call(
    _ name: String, _ nameSpan: Span, target: Expression?, _ arguments: [Expression], _ span: Span
  ) throws(Abort) -> Expression {
    if expandsMacros {
      if let target {
        if let expanded = try memberMacro(name, target, arguments, span) { return expanded }
      } else if name == "has", arguments.count == 1 {
        return try presence(arguments[0], span)
      }
    }
    return try node(
      .call(name, nameSpan: nameSpan, target: target, arguments: arguments), span)
  }

  private mutating func presence(_ argument: Expression, _ span: Span) throws(Abort) -> Expression {
    guard case .select(let operand, let field, let fieldSpan, false) = argument.kind else {
      throw abort(argument.span, "has() takes a field selection, such as has(a.b)")
    }
    return try node(.presence(operand, field: field, fieldSpan: fieldSpan), span)
  }

  private mutating func memberMacro(
    _ name: String, _ target: Expression, _ arguments: [Expression], _ span: Span
  ) throws(Abort) -> Expression? {
    if case .identifier(let namespace) = target.kind {
      if namespace == "cel" { return try celMacro(name, arguments, span) }
      if namespace == "math", name == "greatest" || name == "least", arguments.count > 2 {
        return try extremum(name, target, arguments, span)
      }
    }
    switch (name, arguments.count) {
    case ("all", 2), ("all", 3):
      return try comprehension(.all, target, arguments, names: arguments.count - 1, span)
    case ("exists", 2), ("exists", 3):
      return try comprehension(.exists, target, arguments, names: arguments.count - 1, span)
    case ("exists_one", 2), ("existsOne", 2), ("existsOne", 3), ("exists_one", 3):
      return try comprehension(.existsOne, target, arguments, names: arguments.count - 1, span)
    case ("map", 2), ("map", 3):
      return try comprehension(.map, target, arguments, names: 1, span)
    case ("filter", 2): return try comprehension(.filter, target, arguments, names: 1, span)
    case ("sortBy", 2): return try comprehension(.sortBy, target, arguments, names: 1, span)
    case ("transformList", 3), ("transformList", 4):
      return try comprehension(.map, target, arguments, names: 2, span)
    case ("transformMap", 3), ("transformMap", 4):
      return try comprehension(.transformMap, target, arguments, names: 2, span)
    case ("transformMapEntry", 3), ("transformMapEntry", 4):
      return try comprehension(.transformMapEntry, target, arguments, names: 2, span)
    case ("optMap", 2), ("optFlatMap", 2):
      let variable = try variableName(arguments[0])
      return try node(
        .optionalMap(target, name: variable, body: arguments[1], isFlat: name == "optFlatMap"),
        span)
    default: return nil
    }
  }

  private mutating func comprehension(
    _ operation: Expression.Comprehension.Operation, _ range: Expression,
    _ arguments: [Expression], names count: Int, _ span: Span
  ) throws(Abort) -> Expression {
    var names: [String] = []
    for argument in arguments.prefix(count) {
      let name = try variableName(argument)
      if names.contains(name) {
        throw abort(argument.span, "the variables of a macro must differ")
      }
      names.append(name)
    }
    let rest = arguments.dropFirst(count)
    let condition = rest.count == 2 ? rest.first : nil
    guard let body = rest.last else { throw abort(span, "a macro without a body") }
    return try node(
      .comprehension(
        Expression.Comprehension(
          operation: operation, range: range, names: names, condition: condition, body: body)),
      span)
  }

  private mutating func variableName(_ argument: Expression) throws(Abort) -> String {
    if case .identifier(let name) = argument.kind, !name.hasPrefix(".") { return name }
    throw abort(argument.span, "a macro's variable must be a simple name")
  }

  /// `math.greatest(a, b, c, ...)` takes any number of arguments: they are passed as a list.
  private mutating func extremum(
    _ name: String, _ target: Expression, _ arguments: [Expression], _ span: Span
  ) throws(Abort) -> Expression {
    let elements = arguments.map { Expression.Element(value: $0, isOptional: false) }
    let list = try node(.list(elements), arguments[0].span.joined(span))
    return try node(
      .call(name, nameSpan: span, target: target, arguments: [list]), span)
  }

  private mutating func celMacro(
    _ name: String, _ arguments: [Expression], _ span: Span
  ) throws(Abort) -> Expression? {
    switch (name, arguments.count) {
    case ("bind", 3):
      let variable = try variableName(arguments[0])
      return try node(.bind(variable, arguments[1], arguments[2]), span)
    case ("block", 2):
      guard case .list(let elements) = arguments[0].kind else {
        throw abort(arguments[0].span, "cel.block() takes a list literal")
      }
      var body = arguments[1]
      for (index, element) in elements.enumerated().reversed() {
        body = try node(.bind("@index\(index)", element.value, body), span)
      }
      return body
    case ("index", 1):
      guard case .constant(.int(let index)) = arguments[0].kind, index >= 0 else {
        throw abort(arguments[0].span, "cel.index() takes a number")
      }
      return try node(.identifier("@index\(index)"), span)
    case ("iterVar", 2), ("accuVar", 2):
      guard case .constant(.int(let level)) = arguments[0].kind,
        case .constant(.int(let number)) = arguments[1].kind
      else { throw abort(span, "cel.\(name)() takes two numbers") }
      return try node(.identifier("@\(name):\(level):\(number)"), span)
    default: return nil
    }
  }
}

extension Parser {
  static let macroNames = [
    "has", "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList",
    "transformMap", "transformMapEntry", "sortBy", "optMap", "optFlatMap",
  ]

  /// A function's name as it is written in an expression.
  static func written(_ name: String) -> String { name == "-_" ? "-" : name }
}
