import Testing

@testable import Rules

/// A rule that is sound; tests change one line of it.
let soundRule = """
  id: neg-test
  title: A test
  level: error
  resource: NetworkEndpointGroup
  tags: [neg]
  variables:
    port: self.defaultPort
  when: has(self.defaultPort)
  require: |
    port < 1000 &&
    port > 10
  message: "port {port} of {self.name}"
  at: self.defaultPort
  remediation: |
    gcloud compute network-endpoint-groups delete {self.name} --project={self.project.name}
  references:
    - {url: "https://example.com", asOf: 2026-04}
  description: Tests.
  examples:
    violating:
      - {name: a, snapshot: {project: p}, findings: [{resource: projects/p}]}
    passing:
      - {name: b, snapshot: {project: p}}
    notEvaluated:
      - {name: c, snapshot: {project: p}, missing: [x]}
  """

/// Compiles a rule file alone.
func compile(_ yaml: String, path: String = "mine/neg-test.yaml") throws -> RuleSet {
  var library = RuleLibrary()
  try library.addRule(yaml: yaml, path: path)
  return try library.ruleSet(selecting: Set(library.ids))
}

/// A change of the sound rule and the problem that it makes.
struct Slip: Sendable, CustomTestStringConvertible {
  let old: String
  let new: String
  let line: Int
  let column: Int
  let message: String
  var suggestion: String?

  var testDescription: String { new }
}

@Suite struct RuleFaultTests {
  private static let slips = [
    Slip(
      old: "id: neg-test", new: "id: neg-tset", line: 1, column: 5,
      message: "the rule's id is not its file's name 'neg-test'"),
    Slip(
      old: "level: error", new: "level: eror", line: 3, column: 8,
      message: "'eror' is no level; the levels are error, warning and note", suggestion: "error"),
    Slip(
      old: "resource: NetworkEndpointGroup", new: "resource: NetworkEndpointGruop", line: 4,
      column: 11, message: "the schema has no type 'NetworkEndpointGruop'",
      suggestion: "NetworkEndpointGroup"),
    Slip(
      old: "tags: [neg]", new: "tgas: [neg]", line: 5, column: 1,
      message: "a rule has no key 'tgas'",
      suggestion: "tags"),
    Slip(
      old: "title: A test\n", new: "", line: 1, column: 1, message: "a rule needs the key 'title'"),
    Slip(
      old: "tags: [neg]", new: "since: 2026", line: 5, column: 8,
      message: "'2026' is no rule set; write the year and a number, as in '2026.1'"),
    Slip(
      old: "tags: [neg]", new: "suppressible: \"no\"", line: 5, column: 15,
      message: "suppressible must be true or false"),
    Slip(
      old: "require: |", new: "require: >", line: 9, column: 10,
      message: "require is folded ('>'), which loses its lines; use '|'"),
    Slip(
      old: "at: self.defaultPort", new: "at: 1 + 1", line: 13, column: 5,
      message: "'at' must be a path such as self.ipAddress"),
    Slip(
      old: "{port} of", new: "{port of", line: 12, column: 16,
      message: "a '{' without '}'; write '{{' for a brace"),
    Slip(
      old: "port < 1000", new: "port < 'high'", line: 10, column: 8,
      message: "'<' does not take (int, string)"),
    Slip(
      old: "has(self.defaultPort)", new: "hass(self.defaultPort)", line: 8, column: 7,
      message: "unknown function 'hass'", suggestion: "has"),
    Slip(
      old: "has(self.defaultPort)", new: "has(self.defaultPort", line: 8, column: 27,
      message: "expected ')', found the end of the expression"),
  ]

  @Test(arguments: slips)
  func aSlipIsAProblemAtItsPlace(slip: Slip) throws {
    let yaml = soundRule.replacing(slip.old, with: slip.new, maxReplacements: 1)
    #expect(yaml != soundRule)
    let problems = try #require(throws: RuleProblems.self) { try compile(yaml) }.problems
    let problem = try #require(problems.first)
    #expect(problem.message == slip.message)
    #expect(problem.position.column == slip.column)
    #expect(problem.position.line == slip.line)
    #expect(problem.suggestion == slip.suggestion)
    #expect(problem.position.path == "mine/neg-test.yaml")
  }

  @Test func aSoundRuleCompiles() throws {
    let rule = try #require(try compile(soundRule)["neg-test"])
    #expect(rule.variables.map(\.name) == ["port"])
    let wording = try rule.wording()
    #expect(wording.remediation.count == 1)
    #expect(wording.anchor?.fieldPath == ["defaultPort"])
  }

  @Test(
    arguments: [
      ("", nil, true), ("since: 2026.10\nsuppressible: false\n", "2026.10", false),
      ("since: '2027.2'\nsuppressible: true\n", "2027.2", true),
    ] as [(String, String?, Bool)])
  func aRuleSaysSinceWhenItIsAndWhetherItCanBeSuppressed(
    lines: String, since: String?, isSuppressible: Bool
  ) throws {
    let rule = try #require(try compile(lines + soundRule)["neg-test"]).definition
    #expect(rule.since?.description == since)
    #expect(rule.isSuppressible == isSuppressible)
  }

  @Test(arguments: ["2026", "2026.0", "2026.01", "26.1", "2026.1.1", "2026.", "v2026.1", ""])
  func whatIsNoYearAndNumberIsNoRuleSet(text: String) {
    #expect(RuleSetVersion(text) == nil)
  }

  @Test func ruleSetsAreOrderedByNumberNotByLetter() throws {
    let versions = ["2026.2", "2026.10", "2027.1"].compactMap { RuleSetVersion($0) }
    #expect(versions.count == 3)
    #expect(versions.sorted() == versions)
  }

  @Test func aMisspeltFieldIsFoundInItsLineOfABlock() throws {
    let yaml = soundRule.replacing("port > 10", with: "self.defaultPrt > 10")
    let problems = try #require(throws: RuleProblems.self) { try compile(yaml) }.problems
    #expect(problems.map(\.position.line) == [11])
    #expect(problems.first?.suggestion == "defaultPort")
    #expect(problems.first?.position.column == 8)
  }

  @Test func allFaultsAreReportedAtOnce() throws {
    let yaml = soundRule.replacing("{self.name}", with: "{self.nme}")
      .replacing("has(self.defaultPort)", with: "has(self.defaltPort)")
    let problems = try #require(throws: RuleProblems.self) { try compile(yaml) }.problems
    #expect(Set(problems.map(\.position.line)) == [8, 12, 15])
  }

  @Test func aFileThatIsNoYAMLIsOneProblem() throws {
    let problems = try #require(throws: RuleProblems.self) { try compile("id: [a\nb") }.problems
    #expect(problems.count == 1)
    #expect(problems.first?.message.hasPrefix("not valid YAML") == true)
  }

  @Test func anIDOfABuiltInRuleIsTaken() throws {
    var library = RuleLibrary()
    try library.addRule(yaml: soundRule, path: "rules/neg/neg-test.yaml", isBuiltIn: true)
    let problems = try #require(throws: RuleProblems.self) {
      try library.addRule(yaml: soundRule, path: "mine/neg-test.yaml")
    }.problems
    #expect(problems.map(\.message) == ["the id 'neg-test' is that of a built-in rule"])
  }

  @Test func rulesCannotSupersedeEachOtherInACircle() throws {
    var library = RuleLibrary()
    for (id, other) in [("neg-a", "neg-b"), ("neg-b", "neg-a")] {
      let yaml = soundRule.replacing("id: neg-test", with: "id: \(id)\nsupersededBy: [\(other)]")
      try library.addRule(yaml: yaml, path: "\(id).yaml")
    }
    let problems = try #require(throws: RuleProblems.self) {
      try library.ruleSet(selecting: ["neg-a"])
    }.problems
    #expect(problems.first?.message == "a rule cannot supersede itself: neg-a <- neg-b <- neg-a")
  }
}
