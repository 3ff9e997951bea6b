import Linting
import Testing

@Suite struct SupersedingTests {
  private static let snapshot = """
    {"project": "p", "networkEndpointGroups":
      [{"name": "a", "zone": "z-a", "defaultPort": 1}, {"name": "b", "zone": "z-a"}]}
    """

  private func probe(last: String) throws -> Probe {
    try Probe().with("first", "require: self.name != 'a'\n")
      .with("middle", "require: self.name != 'a'\nsupersededBy: [first]\n")
      .with("last", "require: \"\(last)\"\nsupersededBy: [middle]\n")
  }

  @Test(arguments: [[], ["last"]])
  func aViolatedRuleSilencesOnItsSubject(select: [String]) throws {
    let result = try probe(last: "false").lint(Self.snapshot, select: select)
    let places = result.findings.map { "\($0.ruleID) \($0.place)" }
    #expect(places == (select.isEmpty ? ["first a"] : []) + ["last b"])
    #expect(result.counts["last"]?.notApplicable == 1)
    #expect(result.counts["first"] == nil || select.isEmpty)
  }

  @Test func notEvaluatedOutcomesAreSilencedToo() throws {
    let result = try probe(last: "undocumented('x')").lint(Self.snapshot, select: ["last"])
    #expect(result.notEvaluated.map(\.resources).count == 1)
    #expect(result.notEvaluated.map(\.count) == [1])
  }

  @Test func anUndecidedRuleSilencesNothing() throws {
    let result = try Probe().with("first", "require: \"undocumented('x')\"\n")
      .with("last", "require: \"false\"\nsupersededBy: [first]\n").lint(Self.snapshot)
    #expect(result.findings.map(\.place) == ["a", "b"])
  }

  @Test func outcomesBeforeSupersedingCanBeSeen() throws {
    let result = try probe(last: "false").lint(
      Self.snapshot, options: LintOptions(appliesSuperseding: false))
    #expect(
      result.findings.map { "\($0.ruleID) \($0.place)" }.sorted()
        == ["first a", "last a", "last b", "middle a"])
  }

  /// A finding at one item silences nothing at another one.
  @Test func itemsAreSubjectsOfTheirOwn() throws {
    let snapshot = """
      {"project": "p", "networkEndpointGroups": [{"name": "n", "zone": "z-a",
        "networkEndpoints": [{"instance": "v", "port": 1}, {"instance": "w", "port": 2}]}]}
      """
    let result = try Probe()
      .with("items", "forEach: {e: self.networkEndpoints}\nrequire: e.port != 1\n")
      .with("parts", on: "NetworkEndpoint", "require: \"false\"\nsupersededBy: [items]\n")
      .with(
        "others",
        "forEach: {e: self.networkEndpoints}\nrequire: \"false\"\nsupersededBy: [items]\n"
      ).lint(snapshot)
    #expect(
      result.findings.map { "\($0.ruleID) \($0.place)" } == [
        "items n networkEndpoints[instance=v,port=1]",
        "others n networkEndpoints[instance=w,port=2]",
        "parts n networkEndpoints[instance=w,port=2]",
      ])
  }
}
