extension Checker {
  mutating func checkCall(
    _ node: Expression, _ name: String, _ span: Span, _ target: Expression?,
    _ arguments: [Expression]
  ) -> Type {
    // `math.abs(x)` calls a qualified function, unless `math` is a macro's variable.
    if let target, let parts = qualifiedName(target), local(parts[0]) == nil {
      let qualified = (parts + [name]).joined(separator: ".")
      if let (reference, overloads) = function(qualified, isMember: false) {
        references[node.id] = reference
        return resolve(node, qualified, span, overloads, arguments, reference)
      }
    }
    if name == "[]" || name == "[?]" {
      references[node.id] = .standard(StandardLibrary.index)
      return checkIndex(node, arguments, isOptional: name == "[?]")
    }
    let all = (target.map { [$0] } ?? []) + arguments
    guard let (reference, overloads) = function(name, isMember: target != nil) else {
      return unknownFunction(node, name, span, target, all)
    }
    references[node.id] = reference
    return resolve(node, name, span, overloads, all, reference)
  }

  /// A function and its signatures of one style; nil when there are none.
  private func function(_ name: String, isMember: Bool) -> (CheckedTree.Reference, [Overload])? {
    for candidate in isMember ? [name] : candidates(name) {
      if let function = hostFunctions[candidate] {
        let overloads = function.overloads.filter { $0.isMember == isMember }
        if !overloads.isEmpty { return (.host(function), overloads) }
      }
      if let function = StandardLibrary.functions[candidate] {
        let overloads = function.overloads.filter { $0.isMember == isMember }
        if !overloads.isEmpty { return (.standard(function), overloads) }
      }
    }
    return nil
  }

  private mutating func unknownFunction(
    _ node: Expression, _ name: String, _ span: Span, _ target: Expression?,
    _ arguments: [Expression]
  ) -> Type {
    references[node.id] = .unbound(name)
    let isNamespace = checksTypes && target.flatMap(qualifiedName).map(isNamespace) == true
    for argument in arguments where !(isNamespace && argument === target) { check(argument) }
    guard checksTypes else { return .dyn }
    var written = name
    if isNamespace, let target, let parts = qualifiedName(target) {
      written = (parts + [name]).joined(separator: ".")
    }
    let names = Array(StandardLibrary.functions.keys) + hostFunctions.keys + Parser.macroNames
    report(
      span, "unknown function '\(written)'",
      suggestion: Suggestion.nearest(
        to: written, among: names.filter { $0.first?.isLetter == true }))
    return .dyn
  }

  private func isNamespace(_ parts: [String]) -> Bool {
    let prefix = parts.joined(separator: ".") + "."
    return StandardLibrary.functions.keys.contains { $0.hasPrefix(prefix) }
      || hostFunctions.keys.contains { $0.hasPrefix(prefix) }
  }

  private mutating func resolve(
    _ node: Expression, _ name: String, _ span: Span, _ overloads: [Overload],
    _ arguments: [Expression], _ reference: CheckedTree.Reference
  ) -> Type {
    let types = arguments.map { check($0) }
    guard checksTypes else { return .dyn }
    if checksLiterals { checkLiterals(name, arguments) }
    var result: Type?
    for overload in overloads where overload.parameters.count == types.count {
      let (parameters, overloadResult) = unification.instantiate(overload)
      guard unification.assign(types, to: parameters) else { continue }
      let found = unification.resolved(overloadResult)
      guard let known = result else {
        result = found
        continue
      }
      if known != found { result = .dyn }
    }
    if let result { return result }
    let shownTypes = types.map { shown($0) }.joined(separator: ", ")
    report(span, "'\(Parser.written(name))' does not take (\(shownTypes))")
    return .dyn
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

  /// Checks what literal arguments mean: patterns, addresses, times.
  private mutating func checkLiterals(_ name: String, _ arguments: [Expression]) {
    guard let last = arguments.last, case .constant(.string(let text)) = last.kind else { return }
    var text8 = text
    switch (name, arguments.count) {
    case ("matches", 2):
      if case .malformed(let message) = Pattern(text) { report(last.span, message) }
    case ("ip", 1) where IPAddress(text) == nil: report(last.span, "not an IP address")
    case ("cidr", 1) where IPRange(text) == nil: report(last.span, "not an IP range")
    case ("duration", 1) where text8.withUTF8({ DurationText.parse($0) }) == nil:
      report(last.span, "not a duration")
    case ("timestamp", 1) where text8.withUTF8({ Timestamp(rfc3339: $0) }) == nil:
      report(last.span, "not a timestamp of RFC 3339")
    default: return
    }
  }
}
