extension Checker {
  mutating func checkCall(
    _ node: Expression, _ name: String, _ span: Span, _ target: Expression?,
    _ arguments: [Expression]
  ) -> Type {
    // `math.abs(x)` calls a qualified function, unless `math` is a macro's variable.
    if let target, let parts = qualifiedName(target) {
      let qualified = (parts + [name]).joined(separator: ".")
      if let functions = functions(qualified, isMember: false) {
        return resolve(node, qualified, span, functions, arguments)
      }
    }
    if name == "[]" || name == "[?]" {
      references[node.id] = .standard(StandardLibrary.index)
      return checkIndex(node, arguments, isOptional: name == "[?]")
    }
    let all = (target.map { [$0] } ?? []) + arguments
    guard let functions = functions(name, isMember: target != nil) else {
      return unknownFunction(node, name, span, target, all)
    }
    return resolve(node, name, span, functions, all)
  }

  /// A function of a name, with its signatures of one style.
  private typealias Candidate = (reference: CheckedTree.Reference, overloads: [Overload])

  /// The functions of a name that have signatures of one style, the host's first; nil when there
  /// are none.
  private func functions(_ name: String, isMember: Bool) -> [Candidate]? {
    for candidate in isMember ? [name] : candidates(name) {
      // Several declarations of one name add up their signatures.
      var found: [Candidate] = []
      for function in declarations.functions where function.name == candidate {
        found.append((.host(function), function.overloads.filter { $0.isMember == isMember }))
      }
      if let function = StandardLibrary.functions[candidate] {
        found.append((.standard(function), function.overloads.filter { $0.isMember == isMember }))
      }
      found.removeAll { $0.overloads.isEmpty }
      if !found.isEmpty { return found }
    }
    return nil
  }

  private mutating func unknownFunction(
    _ node: Expression, _ name: String, _ span: Span, _ target: Expression?,
    _ arguments: [Expression]
  ) -> Type {
    references[node.id] = .unbound(name)
    let isNamespace = checksTypes && target.flatMap(qualifiedName).map(isNamespace) == true
    var written = name
    if isNamespace, let target, let parts = qualifiedName(target) {
      written = (parts + [name]).joined(separator: ".")
    }
    let names =
      Array(StandardLibrary.functions.keys) + declarations.functions.map(\.name)
      + Parser.macroNames
    let suggestion = Suggestion.nearest(
      to: written, among: names.filter { $0.first?.isLetter == true })
    // The variables of a misspelt macro would give errors that mislead.
    let isMacro = checksTypes && suggestion.map(Parser.macroNames.contains) == true
    for argument in arguments where argument === target ? !isNamespace : !isMacro {
      check(argument)
    }
    if checksTypes { report(span, "unknown function '\(written)'", suggestion: suggestion) }
    return .dyn
  }

  private func isNamespace(_ parts: [String]) -> Bool {
    let prefix = parts.joined(separator: ".") + "."
    return StandardLibrary.functions.keys.contains { $0.hasPrefix(prefix) }
      || declarations.functions.contains { $0.name.hasPrefix(prefix) }
  }

  /// Finds the signatures that take the arguments, and the function that has the first of them.
  private mutating func resolve(
    _ node: Expression, _ name: String, _ span: Span, _ functions: [Candidate],
    _ arguments: [Expression]
  ) -> Type {
    references[node.id] = functions.first?.reference
    let types = arguments.map { check($0) }
    guard checksTypes else { return .dyn }
    if checksLiterals { checkLiterals(name, arguments) }
    var result: Type?
    for function in functions {
      for overload in function.overloads where overload.parameters.count == types.count {
        let (parameters, overloadResult) = unification.instantiate(overload)
        guard unification.assign(types, to: parameters) else { continue }
        let found = unification.resolved(overloadResult)
        guard let known = result else {
          references[node.id] = function.reference
          result = found
          continue
        }
        if known != found { result = .dyn }
      }
    }
    if let result { return result }
    let shownTypes = types.map { shown($0) }.joined(separator: ", ")
    report(
      span,
      "'\(Parser.written(name))' does not take (\(shownTypes))"
        + alternatives(functions.flatMap(\.overloads), count: types.count))
    return .dyn
  }

  /// What a function does take, if that is said in a few words.
  private func alternatives(_ overloads: [Overload], count: Int) -> String {
    let fitting = overloads.filter { $0.parameters.count == count }
    let shown = fitting.isEmpty ? overloads : fitting
    guard shown.count <= 4 else { return "" }
    let texts = shown.map { "(\($0.parameters.map(\.description).joined(separator: ", ")))" }
    return "; it takes \(texts.joined(separator: " or "))"
  }

  private mutating func checkIndex(
    _ node: Expression, _ arguments: [Expression], isOptional: Bool
  ) -> Type {
    let (operand, isWrapped) = unwrapped(check(arguments[0]))
    let key = check(arguments[1])
    let result = elementType(of: operand, key, arguments)
    return isOptional || isWrapped ? .optional(result) : result
  }

  private mutating func elementType(of operand: Type, _ key: Type, _ arguments: [Expression])
    -> Type
  {
    switch unification.shallow(operand) {
    case .dyn: return .dyn
    case .variable:
      _ = unification.assign(.dyn, to: operand)
      return .dyn
    case .list(let element):
      if checksTypes, !unification.assign(key, to: .int) {
        report(arguments[1].span, "a list is indexed by int, not by \(shown(key))")
      }
      return element
    case .map(let keyType, let value):
      if checksTypes, !unification.assign(key, to: keyType) {
        report(
          arguments[1].span, "the map's keys are of type \(shown(keyType)), not \(shown(key))")
      }
      return value
    case let other:
      if checksTypes { report(arguments[0].span, "\(shown(other)) cannot be indexed") }
      return .dyn
    }
  }
}
