import Importing
import Linting
import Resources
import Rules
import Testing

/// Rules of a test's own, over a snapshot.
struct Probe {
  private var library = RuleLibrary()

  /// Adds a rule: a file without what no test needs.
  func with(
    _ id: String, on resource: String = "NetworkEndpointGroup", level: String = "error",
    message: String = "wrong", _ keys: String
  ) throws -> Probe {
    var copy = self
    let head = "id: \(id)\ntitle: \(id)\nlevel: \(level)\nresource: \(resource)\n"
    try copy.library.addRule(
      yaml: head + "message: \"\(message)\"\n" + keys, path: "\(id).yaml")
    return copy
  }

  /// Lints a snapshot: record by record, which must give the same as block by block.
  func lint(
    _ snapshot: String, select: [String] = [], options: LintOptions = LintOptions()
  ) throws -> LintResult {
    let rules = try library.ruleSet(
      selecting: try library.ids(of: RuleSelection(select: select)),
      functions: HostFunctions.implementations)
    let graph = Self.graph(snapshot, rules)
    var options = options
    options.blockThreshold = 0
    let other = Linting.lint(graph, rules, options: options)
    options.blockThreshold = .max
    let result = Linting.lint(graph, rules, options: options)
    #expect(result.counts == other.counts)
    #expect(result.findings.map(\.place) == other.findings.map(\.place))
    #expect(result.notEvaluated.map(\.missing) == other.notEvaluated.map(\.missing))
    #expect(result.problems.map(\.message) == other.problems.map(\.message))
    return result
  }

  static func graph(_ snapshot: String, _ rules: RuleSet) -> ResourceGraph {
    let imported = importFiles(
      [InputFile(path: "test.json", bytes: Array(snapshot.utf8))],
      options: ImportOptions(fields: rules.fields))
    return ResourceGraph(merging: imported.builders, fields: rules.fields)
  }
}

extension Finding {
  /// The resource's name and the locator.
  var place: String {
    let name = resource.split(separator: "/").last.map(String.init) ?? resource
    return locator.map { "\(name) \($0)" } ?? name
  }
}
