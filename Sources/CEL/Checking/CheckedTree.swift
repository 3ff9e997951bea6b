/// A parsed expression with what the checker found out about each node.
struct CheckedTree: Sendable {
  var root: Expression
  /// By node number.
  var types: [Type]
  /// What a name, a qualified selection or a call refers to, by node number.
  var references: [Reference?]
  /// Whether types were checked, and with them the number of arguments.
  var isChecked = true
  /// How many variables the declarations have; macros' variables come behind.
  var variableCount = 0
  /// The most variables of macros that are in scope at once.
  var localCount = 0

  /// What a node refers to.
  enum Reference: Sendable {
    /// A declared variable's slot.
    case variable(Int, name: String)
    /// A variable of a comprehension or `cel.bind`: its number counted from the outermost.
    case local(Int)
    /// A type as a value.
    case type(Type)
    /// A standard function.
    case standard(StandardFunction)
    /// A function of the host.
    case host(FunctionDeclaration)
    /// Nothing known; an error at run time.
    case unbound(String)
  }

  func type(_ node: Expression) -> Type { types[node.id] }
  func reference(_ node: Expression) -> Reference? { references[node.id] }
}
