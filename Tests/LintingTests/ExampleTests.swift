import BuiltinRules
import RuleTesting
import Rules
import Testing

@Suite struct ExampleTests {
  /// The examples of a rule are its tests.
  @Test(arguments: RuleLibrary.builtin.ids)
  func aRuleSaysWhatItsExamplesExpect(id: String) throws {
    for result in try RuleTest.run([id], in: .builtin) {
      #expect(
        result.differences == [], "\(result.kind.rawValue) '\(result.name)' at \(result.position)")
    }
  }

  @Test func anExampleThatExpectsAnotherThingFails() throws {
    var library = RuleLibrary()
    let yaml = """
      id: neg-test
      title: A test
      level: error
      resource: NetworkEndpointGroup
      require: "!has(self.defaultPort)"
      message: "port {self.defaultPort}"
      examples:
        violating:
          - name: another message
            snapshot: {project: p, networkEndpointGroups: [{name: n, zone: z, defaultPort: 1}]}
            findings: [{resource: projects/p/zones/z/networkEndpointGroups/n, message: port 2}]
        passing:
          - name: a finding
            snapshot: {project: p, networkEndpointGroups: [{name: n, zone: z, defaultPort: 1}]}
        notEvaluated:
          - name: nothing is missing
            snapshot: {project: p, networkEndpointGroups: [{name: n, zone: z}]}
            missing: [x]
      """
    try library.addRule(yaml: yaml, path: "neg-test.yaml")
    let results = try RuleTest.run(["neg-test"], in: library)
    #expect(results.map(\.differences.count) == [2, 1, 2])
  }
}
