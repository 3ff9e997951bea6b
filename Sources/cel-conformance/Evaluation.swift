import CEL
import Documents

/// The evaluation of one test: its declarations, its bindings and its options.
struct Evaluation {
  private let test: Node
  private let names: NameTable
  private let host = SymbolHost()

  /// Prepares a test, which must outlive the evaluation; the names are those of its reader.
  init(of test: Node, names: NameTable) {
    self.test = test
    self.names = names
  }

  private func flag(_ name: StaticString) -> Bool { test.member(name)?.bool ?? false }

  func outcome() -> Outcome {
    let isChecked = !flag("disable_check")
    var options = CheckingOptions()
    options.expandsMacros = !flag("disable_macros")
    options.checksTypes = isChecked
    options.checksLiterals = false
    let declarations: Declarations
    let expression: CheckedExpression
    do {
      declarations = try self.declarations(withBindings: !isChecked)
      expression = try CheckedExpression(
        test.member("expr")?.text ?? "", in: declarations, expecting: nil, options: options)
    } catch {
      return .error("\(error)")
    }
    if flag("check_only") { return .type(expression.resultType) }
    let context = Context(host: host)
    var coding = ValueCoding(context: context, names: names)
    for binding in test.member("bindings")?.namedMembers(names) ?? [] {
      guard let slot = declarations.slot(of: binding.name) else { continue }
      guard let value = coding.value(of: binding.value) else {
        return .error("the binding of \(binding.name) cannot be read")
      }
      context.setSlot(slot, value)
    }
    let result = expression.link(to: host).evaluate(context)
    if result.isError { return .error(context.errorMessage(of: result)) }
    if let causes = result.causes { return .unknown(coding.ids(of: causes)) }
    guard let text = coding.text(of: result) else { return .error("a value without a JSON form") }
    return .value(text, isChecked ? expression.resultType : nil)
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The declared variables and functions; also the bindings where no checker minds them.
  private func declarations(withBindings: Bool) throws -> Declarations {
    var declarations = Declarations(container: test.member("container")?.text ?? "")
    for entry in test.member("type_env").map({ Array($0.elements) }) ?? [] {
      let name = entry.member("name")?.text ?? ""
      if let overloads = entry.member("overloads") {
        declarations.functions.append(try function(name, overloads))
      } else {
        declarations.variables.append(
          VariableDeclaration(name, try type(entry.member("type"))))
      }
    }
    guard withBindings else { return declarations }
    for binding in test.member("bindings")?.namedMembers(names) ?? []
    where declarations.slot(of: binding.name) == nil {
      declarations.variables.append(VariableDeclaration(binding.name, .dyn))
    }
    return declarations
  }

  private func type(_ node: Node?) throws -> Type {
    guard let text = node?.text, let type = Type(text) else {
      throw Failure(description: "malformed type '\(node?.text ?? "")'")
    }
    return type
  }

  private func function(_ name: String, _ overloads: Node) throws -> FunctionDeclaration {
    let signatures = try overloads.elements.map { node in
      Overload(
        node.member("id")?.text ?? "", try node.member("params")?.elements.map(type) ?? [],
        try type(node.member("result")), isMember: node.member("member")?.bool ?? false)
    }
    return FunctionDeclaration(name, overloads: signatures) { context, _ in
      context.error("\(name) is declared only")
    }
  }
}

extension Node {
  /// The members of an object with their names as text.
  func namedMembers(_ names: NameTable) -> [(name: String, value: Node)] {
    members.map { (names.name(of: $0.name), $0.value) }
  }
}
