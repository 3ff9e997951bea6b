import Testing

@testable import neglint

/// Rules of one's own, from the command line.
@Suite struct RulesCommandTests {
  private static let rule = """
    id: my-neg-name
    title: NEG name without a team
    level: warning
    resource: NetworkEndpointGroup
    tags: [mine]
    require: self.name.startsWith('team-')
    message: "the NEG's name does not start with its team"
    references: [{url: "https://example.com/names", asOf: 2026-04}]
    description: Names start with the team.
    notEvaluated: never
    examples:
      violating:
        - name: no team
          snapshot: {project: p, networkEndpointGroups: [{name: web, zone: us-central1-a}]}
          findings: [{resource: projects/p/zones/us-central1-a/networkEndpointGroups/web}]
      passing:
        - name: a team
          snapshot: {project: p, networkEndpointGroups: [{name: team-a, zone: us-central1-a}]}

    """

  private func withRule(
    _ text: String = rule, name: String = "my-neg-name", _ body: (String) throws -> Void
  ) throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array(text.utf8), to: "\(folder)/\(name).yaml")
    try body(folder)
  }

  @Test func aRuleOfOnesOwnIsTestedCheckedListedAndRun() throws {
    try withRule { folder in
      let test = Run(["rules", "test", folder])
      #expect(test.status == .clean)
      #expect(test.output == "2 examples of 1 rule: all pass\n")
      let check = Run(["rules", "check", folder])
      #expect(check.status == .clean, "\(check.output)")
      let list = Run(["rules", "list", "--rules", folder, "--select", "mine"])
      #expect(list.output.contains("my-neg-name"))
      #expect(Run(["explain", "my-neg-name", "--rules", folder]).output.contains("startsWith"))
      let lint = Run(
        ["fixtures/mission/export", "--rules", folder, "--select", "mine", "--fail-on", "warning"])
      #expect(lint.status == .findings)
      #expect(lint.output.contains("[my-neg-name]"))
    }
  }

  @Test func anExampleThatFailsSaysWhatCameInstead() throws {
    try withRule(RulesCommandTests.rule.replacing("team-a", with: "web")) { folder in
      let run = Run(["rules", "test", folder])
      #expect(run.status == .findings)
      #expect(run.output.contains("passing 'a team': FAILED"))
      #expect(run.output.hasSuffix("2 examples of 1 rule: 1 failed\n"))
    }
  }

  @Test func aBrokenRuleStopsBeforeAnythingIsLinted() throws {
    try withRule(RulesCommandTests.rule.replacing("self.name.", with: "self.nam.")) { folder in
      let run = Run(["fixtures/mission/export", "--rules", folder])
      #expect(run.status == .usage)
      #expect(run.output == "")
      #expect(run.messages.contains("\(folder)/my-neg-name.yaml:6:"))
      #expect(run.messages.contains("did you mean 'name'?"))
    }
  }

  @Test func theIDOfABuiltInRuleIsTaken() throws {
    let name = "neg-legacy-network"
    try withRule(RulesCommandTests.rule.replacing("my-neg-name", with: name), name: name) {
      folder in
      let run = Run(["fixtures/mission/export", "--rules", folder])
      #expect(run.status == .usage)
      #expect(run.messages.contains("built-in rule"))
    }
  }

  @Test func listHasEveryRuleWithItsReferences() throws {
    let output = Run(["rules", "list", "--format", "json"]).output
    #expect(output.contains("\"id\": \"neg-gce-vm-ip-alias-address\""))
    #expect(output.contains("\"statement\": \"S14\""))
  }
}
