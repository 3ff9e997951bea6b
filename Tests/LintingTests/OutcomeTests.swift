import Linting
import Resources
import Rules
import Testing

@Suite struct OutcomeTests {
  private static let neg = """
    {"project": "p", "networkEndpointGroups":
      [{"name": "n", "zone": "z-a", "networkEndpointType": "GCE_VM_IP", "defaultPort": 80}]}
    """
  private static let unknown = "undocumented('this')"
  private static let error = "self.defaultPort / (self.defaultPort - 80) == 1"

  private static func counts(
    satisfied: Int = 0, violated: Int = 0, notEvaluated: Int = 0, notApplicable: Int = 0
  ) -> OutcomeCounts {
    var counts = OutcomeCounts()
    counts.satisfied = satisfied
    counts.violated = violated
    counts.notEvaluated = notEvaluated
    counts.notApplicable = notApplicable
    return counts
  }

  @Test(arguments: [
    ("true", "true", counts(satisfied: 1), 0), ("true", "false", counts(violated: 1), 0),
    ("true", unknown, counts(notEvaluated: 1), 0), ("true", error, counts(), 1),
    ("false", "false", counts(notApplicable: 1), 0), ("false", error, counts(notApplicable: 1), 0),
    (unknown, "false", counts(notEvaluated: 1), 0), (error, "true", counts(), 1),
  ])
  func whenAndRequireDecide(
    when: String, require: String, counts: OutcomeCounts, problems: Int
  ) throws {
    let result = try Probe().with("r", "when: \"\(when)\"\nrequire: \"\(require)\"\n")
      .lint(Self.neg)
    #expect(result.counts == ["r": counts])
    #expect(result.findings.count == counts.violated)
    #expect(result.notEvaluated.count == counts.notEvaluated)
    #expect(result.problems.count == problems)
  }

  @Test func anErrorNamesRulePlaceAndResource() throws {
    let result = try Probe().with("r", "require: \"\(Self.error)\"\n").lint(Self.neg)
    let problem = try #require(result.problems.first)
    #expect(problem.message == "division by zero")
    #expect(problem.rulePosition == "r.yaml:6:11")
    #expect(problem.resource == "projects/p/zones/z-a/networkEndpointGroups/n")
  }

  @Test(arguments: [
    ("[{when: self.defaultPort == 80, use: note}, {use: warning}]", "note"),
    ("[{when: self.defaultPort == 81, use: note}, {use: warning}]", "warning"),
    ("[{when: \"undocumented('x')\", use: note}, {use: warning}]", "warning"),
  ])
  func theFirstTrueCaseGivesTheLevel(level: String, expected: String) throws {
    let result = try Probe().with("r", level: level, "require: \"false\"\n").lint(Self.neg)
    #expect(result.findings.map(\.level.rawValue) == [expected])
  }

  @Test func aFindingHasPlaceTextsAndFingerprint() throws {
    let keys = """
      variables: {port: self.defaultPort}
      require: "port != 80"
      at: self.defaultPort
      related: [self.network]
      remediation: |
        gcloud fix {self.name} --port={port} --project={self.project.name}
      """
    let result = try Probe().with("r", message: "port {port} of {self.name}", keys).lint(Self.neg)
    let finding = try #require(result.findings.first)
    #expect(finding.message == "port 80 of n")
    #expect(finding.locator == "defaultPort")
    #expect(finding.anchor?.path == ["defaultPort"])
    #expect(finding.remediation == ["gcloud fix n --port=80 --project=p"])
    #expect(finding.related.isEmpty)
    #expect(finding.fingerprint.count == 64)
  }

  private static let commands = """
    require: "false"
    remediation: |
      gcloud fix {self.name} --project={self.project.name}
      gcloud end --project={PROJECT}
    """

  @Test func aCommandThatNeedsAnUnknownIsNotGivenNorAreThoseBesideIt() throws {
    let keys = Self.commands.replacing("PROJECT", with: "undocumented('x') ? 'a' : 'b'")
    let result = try Probe().with("r", message: "{undocumented('x')}", keys).lint(Self.neg)
    #expect(result.findings.map(\.message) == ["unknown"])
    #expect(result.findings.map(\.remediation) == [[]])
  }

  @Test func namesAreQuotedForTheShell() throws {
    let keys = Self.commands.replacing("PROJECT", with: "self.project.name")
    let result = try Probe().with("r", keys)
      .lint(Self.neg.replacing("\"n\"", with: "\"n'; rm -rf ~\""))
    #expect(
      result.findings.map(\.remediation) == [
        [#"gcloud fix 'n'\''; rm -rf ~' --project=p"#, "gcloud end --project=p"]
      ])
  }

  @Test func tooCostlyRulesAreProblems() throws {
    let rule = try Probe().with("r", "require: self.defaultPort + 1 + 1 + 1 < 5\n")
    let once = try rule.lint(Self.neg, options: LintOptions(evaluationBudget: 3))
    #expect(once.problems.map(\.message) == ["the evaluation exceeds its cost budget"])
    let all = try rule.lint(Self.neg, options: LintOptions(ruleBudget: 3))
    #expect(all.findings.isEmpty)
    #expect(all.problems.count == 1)
    #expect(all.counts == ["r": OutcomeCounts()])
  }
}
