import CEL
import Resources
import Rules

/// Sums up the errors that rules ended in: by rule, place and message.
struct RuleFailures {
  struct Key: Hashable {
    let rule: Int
    let position: RulePosition?
    let message: String
  }

  private struct Failure {
    var count = 0
    var path = ""
    var record = Value.null
  }

  private var failures: [Key: Failure] = [:]

  /// Adds an error; of those alike, the one on the first resource by path is shown.
  mutating func add(_ key: Key, on record: Value, graph: ResourceGraph) {
    let locator = graph.locator(of: record).map { " \($0)" } ?? ""
    add(key, Failure(count: 1, path: graph.path(of: record) + locator, record: record))
  }

  /// Adds an error that no one record has.
  mutating func add(_ key: Key) { add(key, Failure(count: 1)) }

  private mutating func add(_ key: Key, _ failure: Failure) {
    var sum = failures[key] ?? Failure()
    if sum.count == 0 || failure.path < sum.path {
      sum.path = failure.path
      sum.record = failure.record
    }
    sum.count += failure.count
    failures[key] = sum
  }

  /// Adds the errors of another thread.
  mutating func merge(_ other: RuleFailures) {
    for (key, failure) in other.failures { add(key, failure) }
  }

  /// The errors as problems, sorted by rule, place and message.
  func problems(ids: [String], graph: ResourceGraph) -> [LintProblem] {
    failures.map { key, failure in
      let others = failure.count > 1 ? " (and on \(failure.count - 1) more)" : ""
      return LintProblem(
        ruleID: ids[key.rule], resource: failure.path.isEmpty ? nil : failure.path,
        message: key.message + others,
        rulePosition: key.position?.description, anchor: graph.anchor(of: failure.record))
    }.sorted {
      ($0.ruleID ?? "", $0.rulePosition ?? "", $0.message)
        < ($1.ruleID ?? "", $1.rulePosition ?? "", $1.message)
    }
  }
}
