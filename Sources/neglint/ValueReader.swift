import CEL
import Reporting
import Resources

/// Turns values into what can be shown after their context has gone on.
struct ValueReader {
  let graph: ResourceGraph
  let context: Context

  /// A value as a result on a subject.
  func result(_ value: Value, of subject: Value?) -> QueryResult {
    var result = QueryResult(
      resource: subject.map { graph.path(of: $0) },
      locator: subject.flatMap { graph.locator(of: $0) },
      outcome: .value(json(value)))
    if let causes = value.causes {
      result.outcome = .unknown(missing(causes))
    } else if value.isError {
      result.outcome = .error(context.errorMessage(of: value))
    }
    return result
  }

  /// What a set of causes says is missing, sorted by path.
  func missing(_ causes: CauseSetID) -> [MissingThing] {
    Set(context.causes(of: causes).map { graph.missingThing($0) }).sorted { $0.path < $1.path }
  }

  /// A value as JSON, an error by its message, and an unknown as that word.
  func shown(_ value: Value) -> JSONValue {
    if value.isError { return .string("error: \(context.errorMessage(of: value))") }
    return value.isUnknown ? .string("unknown") : json(value)
  }

  /// A value on one line: a record by its name or locator.
  func name(of value: Value) -> String { context.describe(value) }

  /// A value as JSON; records by their paths.
  func json(_ value: Value) -> JSONValue {
    switch value.tag {
    case .null: return .literal("null")
    case .bool, .int, .uint: return .literal(context.describe(value))
    case .double:
      let isFinite = value.asDouble?.isFinite == true
      return isFinite ? .literal(context.describe(value)) : .string(context.describe(value))
    case .symbol, .text: return .string(context.text(of: value) ?? "")
    case .list, .records: return .list((context.elements(of: value) ?? []).map(json))
    case .map:
      return .object(
        (context.entries(of: value) ?? []).map { (context.describe($0.key), json($0.value)) })
    case .optional:
      return context.unwrapped(value).map(json) ?? .literal("null")
    case .record:
      let path = graph.path(of: value)
      return .string(graph.locator(of: value).map { "\(path) \($0)" } ?? path)
    case .unknown:
      let paths = value.causes.map { missing($0).map { JSONValue.string($0.path) } } ?? []
      return .object([("unknown", .list(paths))])
    default: return .string(context.describe(value))
    }
  }
}

/// What an expression gave on one subject.
struct QueryResult {
  /// What came out.
  enum Outcome {
    case value(JSONValue)
    case unknown([MissingThing])
    case error(String)
  }

  /// The subject's resource; nil for the whole graph.
  var resource: String?
  /// The part that the subject is; nil for a whole resource.
  var locator: String?
  var outcome: Outcome
}
