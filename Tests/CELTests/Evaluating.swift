@testable import CEL

/// Evaluates an expression without declared names and gives the result as text.
func evaluated(_ text: String) throws -> String {
  let host = SymbolHost()
  let context = Context(host: host)
  let expression = try CheckedExpression(text, in: Declarations())
  return context.describe(expression.link(to: host).evaluate(context))
}

/// The diagnostics of an expression as `offset+length message`, one a line.
func diagnostics(_ text: String, in declarations: Declarations = Declarations()) -> [String] {
  do throws(ExpressionError) {
    _ = try CheckedExpression(text, in: declarations)
    return []
  } catch {
    return error.diagnostics.map { "\($0.offset)+\($0.length) \($0)" }
  }
}

/// Names of missing parts: `u` and `w` are unknown, `e` is an error, and of the lists and maps
/// those with `open` in their names may be longer.
struct PartialData {
  let host = SymbolHost()
  let context: Context
  private let declarations = Declarations(
    variables: ["u", "w", "e", "t", "f", "open", "openMap", "list"].map {
      VariableDeclaration($0, .dyn)
    })

  init(budget: UInt64 = Context.defaultBudget) {
    context = Context(host: host, budget: budget)
    let because = context.causeSet(Cause(rawValue: 3))
    let values: [Value] = [
      context.unknown(Cause(rawValue: 1)), context.unknown(Cause(rawValue: 2)),
      context.error("bad"), .bool(true), .bool(false),
      context.list([.int(1), .int(2)], openBecause: because),
      context.map([(context.string("a"), .int(1))], openBecause: because),
      context.list([.int(1), context.unknown(Cause(rawValue: 1))]),
    ]
    for (slot, value) in values.enumerated() { context.setSlot(slot, value) }
    context.pin()
  }

  /// The result: a value's text, `error` or `unknown` with the numbers of its causes.
  func result(of text: String) throws -> String {
    context.reset()
    let expression = try CheckedExpression(text, in: declarations)
    let value = expression.link(to: host).evaluate(context)
    context.reset()
    let again = Interpreter(expression, host: host).evaluate(context)
    let result = describe(value)
    return result == describe(again) ? result : "\(result), but interpreted \(describe(again))"
  }

  private func describe(_ value: Value) -> String {
    if let causes = value.causes {
      return "unknown"
        + context.causes(of: causes).map { " \($0.rawValue)" }.joined()
    }
    return value.isError ? "error" : context.describe(value)
  }
}
