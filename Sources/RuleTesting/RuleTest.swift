import Importing
import Linting
import Resources
public import Rules

/// Runs the examples of rules: each is a small snapshot with what the rule says about it.
public enum RuleTest {
  /// Runs all examples of rules.
  ///
  /// An example is imported, and linted with its rule and those that can silence it.
  ///
  /// - Parameters:
  ///   - ids: The rules' ids.
  ///   - library: The rules.
  /// - Returns: The results by rule, in the files' order.
  /// - Throws: The faults of rules that do not compile or whose examples cannot be read.
  public static func run(
    _ ids: some Sequence<String>, in library: RuleLibrary
  ) throws(RuleProblems) -> [ExampleResult] {
    var results: [ExampleResult] = []
    for id in ids.sorted() {
      let rules = try library.ruleSet(
        selecting: [id], functions: HostFunctions.implementations)
      guard let rule = rules[id] else { continue }
      for example in try rule.definition.details().examples {
        results.append(run(example, of: rule, in: rules))
      }
    }
    return results
  }

  private static func run(_ example: Example, of rule: Rule, in rules: RuleSet) -> ExampleResult {
    let imported = importFiles(
      [InputFile(path: "example", bytes: example.snapshot)],
      options: ImportOptions(fields: rules.fields))
    let graph = ResourceGraph(merging: imported.builders, fields: rules.fields)
    let result = lint(
      graph, rules, options: LintOptions(listsAllResources: true, foldsCauses: false))
    var differences =
      imported.problems.filter { $0.severity == .degrades }.map { "input: \($0.message)" }
      + graph.problems.map { "input: \($0.message)" }
      + result.problems.map { "error: \($0.message) (\($0.rulePosition ?? rule.id))" }
    differences += compare(result, with: example)
    return ExampleResult(
      ruleID: rule.id, name: example.name, kind: example.kind, position: example.position,
      differences: differences)
  }

  private static func compare(_ result: LintResult, with example: Example) -> [String] {
    let missing = Set(result.notEvaluated.flatMap(\.missing))
    switch example.kind {
    case .violating: return compare(result.findings, with: example.findings)
    case .passing:
      return result.findings.map { "unexpected finding: \(text($0))" }
        + missing.sorted().map { "unexpected: not evaluated, missing \($0)" }
    case .notEvaluated:
      let expected = Set(example.missing)
      var differences = result.findings.map { "unexpected finding: \(text($0))" }
      if missing.isEmpty { differences.append("expected: not evaluated; actual: evaluated") }
      differences += expected.subtracting(missing).sorted().map { "expected: missing \($0)" }
      differences += missing.subtracting(expected).sorted().map { "actual: missing \($0)" }
      return differences
    }
  }

  private static func compare(
    _ findings: [Finding], with expected: [ExpectedFinding]
  ) -> [String] {
    var rest = findings
    var differences: [String] = []
    for finding in expected {
      if let index = rest.firstIndex(where: { matches($0, finding) }) {
        rest.remove(at: index)
      } else {
        differences.append("expected: \(text(finding))")
      }
    }
    return differences + rest.map { "actual: \(text($0))" }
  }

  private static func matches(_ finding: Finding, _ expected: ExpectedFinding) -> Bool {
    finding.resource == expected.resource && finding.locator == expected.locator
      && (expected.message == nil || finding.message == expected.message)
      && (expected.level == nil || finding.level == expected.level)
  }

  private static func text(_ finding: Finding) -> String {
    let place = [finding.resource, finding.locator].compactMap(\.self).joined(separator: " ")
    return "\(finding.level.rawValue) on \(place): \(finding.message)"
  }

  private static func text(_ finding: ExpectedFinding) -> String {
    let place = [finding.resource, finding.locator].compactMap(\.self).joined(separator: " ")
    return "\(finding.level?.rawValue ?? "a finding") on \(place): \(finding.message ?? "any text")"
  }
}
