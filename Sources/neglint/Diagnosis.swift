import Importing
import Linting
import Reporting
import Resources

/// What is there of an export, and what is missing.
struct Diagnosis {
  /// Something that is missing, with the command that fetches it.
  struct Missing: Hashable {
    var path: String
    var reason: String
    var command: String?
  }

  /// A project, with its collections in the schema's order.
  struct Project {
    var id: String
    var collections: [CollectionCoverage]
    /// Whether any record of it was loaded; others are only referred to.
    var isLoaded: Bool { collections.contains { $0.state != .missing } }
  }

  let inputs: [FileSummary]
  /// Problems, those that degrade the run first.
  let problems: [(path: String?, message: String, isNotice: Bool)]
  let projects: [Project]
  /// Collections, then lists of endpoints and members.
  let missing: [Missing]
  /// What rules could not decide, sorted by rule.
  let notEvaluated: [NotEvaluated]

  init(
    inputs: [FileSummary], problems: [ImportProblem], paths: [String], graph: ResourceGraph,
    result: LintResult
  ) {
    self.inputs = inputs
    self.problems =
      problems.map { problem in
        (problem.file.map { paths[Int($0)] }, problem.message, problem.severity == .notice)
      }
      + graph.problems.map { (paths[Int($0.anchor.file)], $0.message, false) }
    var projects: [Project] = []
    for coverage in graph.coverage() {
      if projects.last?.id != coverage.project {
        projects.append(Project(id: coverage.project, collections: []))
      }
      projects[projects.count - 1].collections.append(coverage)
    }
    self.projects = projects
    missing =
      projects.flatMap { project in
        project.collections.filter { $0.state != .complete }.map { Missing($0) }
      }
      + graph.openLists().map { Missing(path: $0.path, reason: $0.reason, command: $0.command) }
    notEvaluated = result.notEvaluated
  }

  /// What a run that found this ends with.
  var status: ExitStatus {
    if problems.contains(where: { !$0.isNotice }) { return .incomplete }
    return missing.isEmpty && notEvaluated.isEmpty ? .clean : .findings
  }
}

extension Diagnosis.Missing {
  init(_ coverage: CollectionCoverage) {
    path = "projects/\(coverage.project)/aggregated/\(coverage.collection)"
    reason = coverage.state == .missing ? "not loaded" : "may be incomplete"
    command = coverage.command
  }
}

// MARK: - JSON

extension Diagnosis {
  /// One object: `inputs`, `projects`, `missing`, `notEvaluated`, `problems`.
  func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.member("schemaVersion", "1.0")
      json.list("inputs", inputs) { json, input in json.object { write(input, to: &$0) } }
      json.list("projects", projects) { json, project in
        json.object {
          $0.member("id", project.id)
          $0.member("isLoaded", project.isLoaded)
          $0.list("collections", project.collections) { json, coverage in
            json.object { write(coverage, to: &$0) }
          }
        }
      }
      json.list("missing", missing) { json, thing in
        json.object {
          $0.member("path", thing.path)
          $0.member("reason", thing.reason)
          $0.member("command", thing.command)
        }
      }
      json.list("notEvaluated", notEvaluated) { json, entry in
        json.object {
          $0.member("ruleId", entry.ruleID)
          $0.list("missing", entry.missing)
          $0.member("command", entry.command)
          $0.member("count", entry.count)
        }
      }
      json.list("problems", problems) { json, problem in
        json.object {
          $0.member("path", problem.path)
          $0.member("message", problem.message)
          $0.member("isNotice", problem.isNotice)
        }
      }
    }
    return writer.finish()
  }

  private func write(_ input: FileSummary, to json: inout JSONWriter) {
    json.member("path", input.path)
    json.member("dialect", input.dialect)
    json.member("resources", input.resources)
    json.member("refusal", input.refusal)
    json.member("records", .object(Diagnosis.sorted(input.recordsByType)))
    json.member("leftOut", .object(Diagnosis.sorted(input.skippedByKind)))
  }

  private static func sorted(_ counts: [String: Int]) -> [(name: String, value: JSONValue)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key, .literal(String($0.value))) }
  }

  private func write(_ coverage: CollectionCoverage, to json: inout JSONWriter) {
    json.member("type", coverage.type)
    json.member("collection", coverage.collection)
    json.member("count", coverage.count)
    json.member("absent", coverage.absentCount)
    json.member("state", coverage.state.rawValue)
    json.list("completeScopes", coverage.completeScopes)
    json.member("command", coverage.command)
  }
}
