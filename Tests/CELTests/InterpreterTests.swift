import Testing

@testable import CEL

/// The trace of the interpreter.
@Suite struct InterpreterTests {
  private func steps(_ text: String) throws -> [String] {
    let host = SymbolHost()
    let context = Context(host: host)
    let expression = try CheckedExpression(text, in: Declarations())
    var steps: [String] = []
    _ = Interpreter(expression, host: host).evaluate(context) { step in
      let part = Array(text.utf8)[step.span.offset..<step.span.offset + step.span.length]
      let variables = step.variables.map { " \($0.name)=\(context.describe($0.value))" }
      steps.append(
        "\(step.depth) \(String(decoding: part, as: UTF8.self)): \(context.describe(step.value))"
          + variables.joined())
    }
    return steps
  }

  @Test func tellsEachPartInnerPartsFirst() throws {
    #expect(
      try steps("1 + 2 == 3 || true") == [
        "3 1: 1", "3 2: 2", "2 1 + 2: 3", "2 3: 3", "1 1 + 2 == 3: true",
        "0 1 + 2 == 3 || true: true",
      ])
  }

  @Test func tellsTheVariablesOfMacros() throws {
    #expect(
      try steps("[1, 2].exists(x, x > 1)") == [
        "2 1: 1", "2 2: 2", "1 [1, 2]: [1, 2]", "2 x: 1 x=1", "2 1: 1 x=1", "1 x > 1: false x=1",
        "2 x: 2 x=2", "2 1: 1 x=2", "1 x > 1: true x=2", "0 [1, 2].exists(x, x > 1): true",
      ])
  }

  @Test func tellsABoundVariableWhenItIsNeeded() throws {
    #expect(
      try steps("cel.bind(x, 2, true ? x : 1)") == [
        "2 true: true", "3 2: 2", "2 x: 2 x=2", "1 true ? x : 1: 2 x=2",
        "0 cel.bind(x, 2, true ? x : 1): 2",
      ])
  }
}
