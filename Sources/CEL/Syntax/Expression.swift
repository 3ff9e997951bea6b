/// A node of a parsed expression, macros already expanded.
final class Expression: Sendable {
  /// The node's number; `0 ..< nodeCount`, an index into the checker's results.
  let id: Int
  let span: Span
  let kind: Kind
  /// The height of the tree below, which the parser bounds.
  let depth: Int

  indirect enum Kind: Sendable {
    case constant(Constant)
    /// A name; with a leading dot when the text has one.
    case identifier(String)
    case select(Expression, field: String, fieldSpan: Span, isOptional: Bool)
    /// `has(operand.field)`.
    case presence(Expression, field: String, fieldSpan: Span)
    case call(String, nameSpan: Span, target: Expression?, arguments: [Expression])
    /// A chain of `&&` or of `||`.
    case logic(Logic, [Expression])
    case conditional(Expression, Expression, Expression)
    case list([Element])
    case map([Entry])
    case comprehension(Comprehension)
    /// `cel.bind(name, value, body)`.
    case bind(String, Expression, Expression)
    /// `target.optMap(name, body)`; flat: the body is an optional itself.
    case optionalMap(Expression, name: String, body: Expression, isFlat: Bool)
    /// Stands for text that could not be parsed; a diagnostic was given.
    case invalid
  }

  enum Logic: Sendable { case and, or }

  struct Element: Sendable {
    let value: Expression
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: Expression
    let value: Expression
    let isOptional: Bool
  }

  struct Comprehension: Sendable {
    enum Operation: Sendable {
      case all, exists, existsOne, map, filter, transformMap, transformMapEntry, sortBy
    }

    let operation: Operation
    let range: Expression
    /// One name, or two: index or key, and value.
    let names: [String]
    /// A condition on the elements that `map` and its kin take.
    let condition: Expression?
    let body: Expression
  }

  init(id: Int, span: Span, kind: Kind, depth: Int) {
    self.id = id
    self.span = span
    self.kind = kind
    self.depth = depth
  }
}

/// A literal's value.
enum Constant: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])

  var type: Type {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    }
  }
}

extension Expression {
  /// The direct parts in the order of evaluation.
  var children: [Expression] {
    switch kind {
    case .constant, .identifier, .invalid: []
    case .select(let operand, _, _, _), .presence(let operand, _, _): [operand]
    case .call(_, _, let target, let arguments): (target.map { [$0] } ?? []) + arguments
    case .logic(_, let operands): operands
    case .conditional(let condition, let yes, let no): [condition, yes, no]
    case .list(let elements): elements.map(\.value)
    case .map(let entries): entries.flatMap { [$0.key, $0.value] }
    case .comprehension(let comprehension):
      [comprehension.range] + (comprehension.condition.map { [$0] } ?? []) + [comprehension.body]
    case .bind(_, let value, let body): [value, body]
    case .optionalMap(let target, _, let body, _): [target, body]
    }
  }
}
