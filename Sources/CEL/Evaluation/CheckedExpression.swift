/// An expression that was parsed and type-checked against declarations.
public struct CheckedExpression: Sendable {
  /// The text as it was given.
  public let text: String
  /// The type of the result.
  public let resultType: Type
  /// The record fields that the expression may read.
  public let fieldsRead: Set<FieldName>
  /// The declared variables that the expression may read.
  public let variablesRead: Set<String>
  let tree: CheckedTree

  /// Parses and checks a text.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - declarations: What it may name.
  ///   - expecting: The type that the result must be assignable to; nil for any.
  /// - Throws: All faults that were found, with their places and suggestions.
  public init(_ text: String, in declarations: Declarations, expecting: Type? = nil)
    throws(ExpressionError)
  {
    try self.init(text, in: declarations, expecting: expecting, options: CheckingOptions())
  }

  /// Parses and checks a text with options that the conformance tests need.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - declarations: What it may name.
  ///   - expecting: The type that the result must be assignable to; nil for any.
  ///   - options: Whether to expand macros and to check types.
  /// - Throws: All faults that were found.
  public init(
    _ text: String, in declarations: Declarations, expecting: Type?, options: CheckingOptions
  ) throws(ExpressionError) {
    let (root, nodeCount) = try Parser.parse(text, expandsMacros: options.expandsMacros)
    var checker = Checker(declarations, nodeCount: nodeCount, options: options)
    tree = try checker.finish(root, expecting: expecting)
    self.text = text
    resultType = tree.type(root)
    fieldsRead = checker.fieldsRead
    variablesRead = checker.variablesRead
  }

  /// Compiles the expression for a host's data.
  ///
  /// - Parameters:
  ///   - host: Interns the constant strings and hands out the readers of fields.
  ///   - lazy: Variables that are computed by programs: each is evaluated at most once between two
  ///     resets of the context, and only when needed. The others are read from the slots.
  /// - Returns: The program.
  public func link(to host: any Host, lazy: [String: Program] = [:]) -> Program {
    Compiler(tree, host: host, lazy: lazy).program()
  }
}

/// How an expression's text is treated.
public struct CheckingOptions: Sendable {
  /// Whether macros such as `all` and `has` are expanded.
  public var expandsMacros = true
  /// Whether types are checked; without, every name and overload is looked up at run time.
  public var checksTypes = true
  /// Whether literal patterns, addresses and times are checked at once; without, a malformed one
  /// is an error when it is evaluated.
  public var checksLiterals = true

  /// The usual treatment: macros expanded, types checked.
  public init() {}
}

/// An expression compiled to closures over one host.
///
/// A program may be run by several threads at once, each with its own `Context`, if the host's
/// readers may.
public struct Program: @unchecked Sendable {
  typealias Evaluation = (Context) -> Value

  /// A closure for arrays, dictionaries and optionals: bare, each way through one of them would
  /// wrap it in two more calls.
  struct Code {
    let evaluate: Evaluation

    init(_ evaluate: @escaping Evaluation) {
      self.evaluate = evaluate
    }
  }

  /// One more than the highest slot that the program uses.
  let slotEnd: Int
  let staticCost: UInt64
  let root: Evaluation

  init(slotEnd: Int, staticCost: UInt64, root: @escaping Evaluation) {
    self.slotEnd = slotEnd
    self.staticCost = staticCost
    self.root = root
  }

  /// Evaluates the expression with the variables in the context's slots.
  ///
  /// - Returns: The result, which may be unknown or an error.
  public func evaluate(_ context: Context) -> Value {
    context.ensureSlots(slotEnd)
    let result = run(context)
    // An error beside this one, or a bool that decides, must not hide that the budget is spent.
    return context.isExhausted ? .error(.costExceeded) : result
  }

  @inline(__always) func run(_ context: Context) -> Value {
    guard context.charge(staticCost) else { return .error(.costExceeded) }
    return root(context)
  }
}
