import RuleTesting
import Rules
import Testing

/// `rules test --mutate`: what the examples of a rule let through.
@Suite struct MutationRunTests {
  private func result(excuse: String = "", limit: Int = 10) throws -> MutationResult {
    var library = RuleLibrary()
    let yaml = """
      id: neg-test
      title: A test
      level: error
      resource: NetworkEndpointGroup
      require: "has(self.network) || self.defaultPort < \(limit)"
      message: "port {self.defaultPort}"
      remediation: "true --project={self.project.name}"
      \(excuse)
      examples:
        violating:
          - name: a high port
            snapshot: {project: p, networkEndpointGroups: [{name: n, zone: z, defaultPort: 11}]}
            findings:
              - resource: projects/p/zones/z/networkEndpointGroups/n
                remediation: [true --project=p]
        passing:
          - name: a network
            snapshot: {project: p, networkEndpointGroups: [{name: n, zone: z, network: global/networks/d, defaultPort: 11}]}
          - name: a low port
            snapshot: {project: p, networkEndpointGroups: [{name: n, zone: z, defaultPort: 9}]}
      """
    try library.addRule(yaml: yaml, path: "neg-test.yaml")
    return try RuleTest.mutate(["neg-test"], in: library)
  }

  private let survivor = "require: '<' -> '<='"

  @Test func aChangeThatNoExampleNoticesSurvives() throws {
    let result = try result()
    let survivors = result.mutants.filter { $0.fate == .survived }
    #expect(survivors.map(\.mutant.text) == [survivor])
    #expect(survivors.map { "\($0.mutant.position)" } == ["neg-test.yaml:5:49"])
    #expect(result.mutants.count { $0.fate == .killed } == 5)
  }

  @Test func mutantsOfARuleWhoseExamplesFailAreNotLookedAt() throws {
    let result = try result(limit: 5)
    #expect(result.failingRules == ["neg-test"])
    #expect(result.mutants.isEmpty)
  }

  @Test func anExcuseNeedsASurvivingMutant() throws {
    let reason = "no one has ten"
    func excuse(_ mutant: String) -> String {
      "equivalentMutants: [{mutant: \"\(mutant)\", reason: \(reason)}]"
    }
    let excused = try result(excuse: excuse(survivor))
    #expect(excused.mutants.allSatisfy { $0.fate != .survived })
    #expect(excused.mutants.contains { $0.fate == .excused(reason: reason) })
    #expect(excused.staleExcuses == [])
    let stale = try result(excuse: excuse("require: '<' -> '>='"))
    #expect(stale.staleExcuses.count == 1)
    #expect(stale.mutants.contains { $0.fate == .survived })
  }
}
