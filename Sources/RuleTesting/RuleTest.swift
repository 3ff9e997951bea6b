import Importing
import Linting
import Resources
public import Rules
import Schema

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
    ExampleResult(
      ruleID: rule.id, name: example.name, kind: example.kind, position: example.position,
      differences: LoadedExample(example, fields: rules.fields).differences(under: rules))
  }
}

/// An example with its snapshot as a graph, to be linted once or, with mutants, many times.
struct LoadedExample {
  private let example: Example
  private let graph: ResourceGraph
  private let problems: [String]

  /// Imports an example's snapshot.
  ///
  /// - Parameters:
  ///   - example: The example.
  ///   - fields: The fields that any of the rules to come reads.
  init(_ example: Example, fields: FieldSet) {
    let files = [InputFile(path: "example", bytes: example.snapshot)]
    let imported = importFiles(
      files, options: ImportOptions(fields: fields, rules: Set(ImporterFinding.Rule.allCases)))
    self.example = example
    graph = ResourceGraph(merging: imported.builders, fields: fields)
    graph.add(conflictingDefinitions(in: graph, files: files, imported.summaries))
    problems =
      imported.problems.filter { $0.severity == .degrades }.map { "input: \($0.message)" }
      + graph.problems.map { "input: \($0.message)" }
  }

  /// What the rules say differently from what the example expects; empty for nothing.
  func differences(under rules: RuleSet) -> [String] {
    let result = lint(
      graph, rules, options: LintOptions(listsAllResources: true, foldsCauses: false))
    return problems
      + result.problems.map { "error: \($0.message)\($0.rulePosition.map { " (\($0))" } ?? "")" }
      + LoadedExample.compare(result, with: example)
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
      && (expected.remediation == nil || finding.remediation == expected.remediation)
  }

  private static func text(_ finding: Finding) -> String {
    let place = [finding.resource, finding.locator].compactMap(\.self).joined(separator: " ")
    let commands = finding.remediation.map { "\n  \($0)" }.joined()
    return "\(finding.level.rawValue) on \(place): \(finding.message)\(commands)"
  }

  private static func text(_ finding: ExpectedFinding) -> String {
    let place = [finding.resource, finding.locator].compactMap(\.self).joined(separator: " ")
    let commands = (finding.remediation ?? []).map { "\n  \($0)" }.joined()
    return "\(finding.level?.rawValue ?? "a finding") on \(place): "
      + (finding.message ?? "any text") + commands
  }
}
