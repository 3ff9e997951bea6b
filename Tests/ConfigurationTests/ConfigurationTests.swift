import BuiltinRules
import Linting
@testable import Rules
import SchemaChecking
import Testing

@testable import Configuration

/// Configuration files: what they say, and what is wrong with them.
@Suite struct ConfigurationTests {
  private static let formats = ["text", "json", "junit"]
  private static let full = """
    ruleSet: "2026.1"
    select: [neg, 'backend-*']
    ignore: [neg-legacy-network]
    levels: {neg-empty: error, 'backend-*': warning}
    failOn: warning
    rules: [my-rules]
    data:
      limits: {asOf: 2026-05, source: quota page, values: {}}
    inputs: [export/, /abs, '-']
    outputs: {junit: TEST-neglint.xml}
    baseline: baseline.json
    suppressions:
      - rule: neg-*
        resource: projects/p/*
        reason: known
        until: 2027-01-31
        owner: net
    """

  private func read(_ yaml: String, path: String = ".neglint.yaml") throws -> Configuration {
    let (node, source) = try RuleNode.read(yaml: yaml, path: path)
    return try ConfigurationDecoder.decode(node, source: source, formats: Self.formats)
  }

  private func faults(_ yaml: String) throws -> [String] {
    do {
      try read(yaml).check(against: .builtin)
      return []
    } catch let problems as RuleProblems {
      return problems.problems.map { problem in
        let suggestion = problem.suggestion.map { " (\($0))" } ?? ""
        return
          "\(problem.position.line):\(problem.position.column): \(problem.message)\(suggestion)"
      }
    }
  }

  @Test func everyKeyIsReadAndPathsStartAtTheFile() throws {
    let configuration = try read(Self.full, path: "../.neglint.yaml")
    try configuration.check(against: .builtin)
    #expect(configuration.ruleSet?.description == "2026.1")
    #expect(configuration.select.map(\.text) == ["neg", "backend-*"])
    #expect(configuration.levels(in: .builtin)["neg-empty"] == .error)
    #expect(configuration.failOn == .warning)
    #expect(configuration.rules == ["../my-rules"])
    #expect(configuration.data.map(\.name) == ["limits"])
    #expect(configuration.inputs == ["../export/", "/abs", "-"])
    #expect(configuration.outputs == [.init(format: "junit", path: "../TEST-neglint.xml")])
    #expect(configuration.baseline == "../baseline.json")
    let suppression = try #require(configuration.suppressions.first).suppression
    #expect(suppression.until?.description == "2027-01-31")
    #expect(suppression.owner == "net")
    #expect(suppression.position == "../.neglint.yaml:13:5")
  }

  @Test(arguments: [
    ("slect: [neg]", "1:1: a configuration has no key 'slect' (select)"),
    ("select: neg", "1:9: select must be a list"),
    (
      "select: [neg-legacy-netwrk]", "1:10: no rule or tag 'neg-legacy-netwrk' (neg-legacy-network)"
    ),
    ("ignore: ['nope-*']", "1:11: no rule or tag 'nope-*'"),
    (
      "failOn: warn",
      "1:9: failOn cannot be 'warn'; it is one of error, warning, note, not-evaluated, never"
    ),
    (
      "levels: {neg-empty: fatal}",
      "1:21: level cannot be 'fatal'; it is one of note, warning, error"
    ),
    ("levels: {neg-emty: note}", "1:10: there is no rule 'neg-emty' (neg-empty)"),
    ("ruleSet: new", "1:10: 'new' is no rule set; write the year and a number, as in '2026.1'"),
    ("outputs: {yaml: x}", "1:11: outputs has no key 'yaml'"),
    ("- a", "1:1: a configuration must be a mapping"),
    (
      "suppressions: [{rule: neg-empty, resource: '*'}]",
      "1:16: a suppression needs the key 'reason': why the finding is accepted"
    ),
    (
      "suppressions: [{rule: neg-empty, resource: '*', reason: ' '}]",
      "1:57: reason is empty"
    ),
    (
      "suppressions: [{rule: neg-emty, resource: '*', reason: r}]",
      "1:23: there is no rule 'neg-emty' (neg-empty)"
    ),
    (
      "suppressions: [{rule: neg-empty, resource: '*', reason: r, until: soon}]",
      "1:67: 'soon' is no date; write the last day as in 2027-01-31"
    ),
    (
      "suppressions: [{rule: neg-empty, resource: '*', reason: r, untill: 2027-01-01}]",
      "1:60: a suppression has no key 'untill' (until)"
    ),
  ])
  func aSlipIsAFaultAtItsPlace(yaml: String, fault: String) throws {
    #expect(try faults(yaml) == [fault])
  }

  @Test func aRuleSetThatIsNotThereYetCannotBePinned() throws {
    let fault = try #require(try faults("ruleSet: 9999.1").first)
    #expect(fault.contains("the newest rule set of this program is 20"))
  }

  @Test func rulesThatCannotBeSuppressedCannotBeNamed() throws {
    var library = RuleLibrary()
    let rule =
      "id: my-rule\ntitle: t\nlevel: error\nresource: Network\nmessage: m\nrequire: 'true'\n"
    try library.addRule(yaml: rule + "suppressible: false\n", path: "my-rule.yaml")
    let configuration = try read("suppressions: [{rule: my-rule, resource: '*', reason: r}]")
    let problems = try #require(throws: RuleProblems.self) {
      try configuration.check(against: library)
    }
    #expect(problems.problems.map(\.message) == ["the rule 'my-rule' cannot be suppressed"])
  }

  @Test func rulesNewerThanThePinAreOff() throws {
    var library = RuleLibrary()
    for (id, since) in [("a", "since: 2026.1\n"), ("b", "since: 2026.10\n"), ("c", "")] {
      let rule =
        "id: \(id)\ntitle: t\nlevel: error\nresource: Network\nmessage: m\nrequire: 'true'\n"
      try library.addRule(yaml: rule + since, path: "\(id).yaml")
    }
    let all = RuleSelection()
    #expect(try library.ids(of: all, pinnedTo: RuleSetVersion("2026.9")) == ["a", "c"])
    #expect(try library.ids(of: all, pinnedTo: RuleSetVersion("2026.10")) == ["a", "b", "c"])
    #expect(library.newestRuleSet == RuleSetVersion("2026.10"))
  }

  private func json(_ yaml: String) throws -> [UInt8] {
    var text = JSONText()
    text.append(try RuleNode.read(yaml: yaml, path: "x.yaml").node)
    return text.bytes
  }

  @Test func theSchemaHasTheKeysThatTheCodeAccepts() throws {
    let schema = try JSONSchema(named: "configuration")
    #expect(schema.properties() == ConfigurationDecoder.keys.sorted())
    #expect(schema.properties(of: "suppression") == ConfigurationDecoder.suppressionKeys.sorted())
    #expect(schema.required(of: "suppression") == ["reason", "resource", "rule"])
    #expect(try schema.faults(of: json(Self.full)) == [])
  }

  @Test(arguments: [
    "slect: [neg]", "select: neg", "failOn: warn", "levels: {a: fatal}", "ruleSet: new",
    "outputs: {yaml: x}", "suppressions: [{rule: a, resource: b}]", "- a",
    "suppressions: [{rule: a, resource: b, reason: c, until: soon}]",
    "data: {limits: {values: {}}}",
  ])
  func theSchemaRefusesWhatTheCodeDoes(yaml: String) throws {
    #expect(try JSONSchema(named: "configuration").faults(of: json(yaml)) != [])
  }
}
