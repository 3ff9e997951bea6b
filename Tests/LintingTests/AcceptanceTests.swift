import Rules
import Testing

@testable import Linting

/// Suppressions, baselines, and the comparison by fingerprint.
@Suite struct AcceptanceTests {
  private static let snapshot = """
    {"project": "p", "networkEndpointGroups": [
      {"name": "web", "zone": "us-central1-a", "networkEndpointType": "GCE_VM_IP_PORT",
       "networkEndpoints": [{"instance": "a", "port": 1}, {"instance": "b", "port": 2}]},
      {"name": "db", "zone": "us-central1-b", "networkEndpointType": "GCE_VM_IP_PORT"}]}
    """

  private func result() throws -> LintResult {
    try Probe()
      .with("neg-a", "require: \"false\"\n")
      .with("neg-b", on: "NetworkEndpoint", "require: self.port > 100\n")
      .lint(Self.snapshot)
  }

  private let today = CalendarDate("2026-06-30")

  private func suppressed(
    _ rule: String, _ resource: String, until: String? = nil
  ) throws -> (places: [String], use: SuppressionUse, result: LintResult) {
    var result = try result()
    let suppression = Suppression(
      rule: rule, resource: resource, reason: "r", until: until.flatMap { CalendarDate($0) })
    result.suppress(by: [suppression], unsuppressible: [], today: today)
    let hidden = result.findings.filter { $0.suppression != nil }
    return (
      hidden.map { "\($0.ruleID) \($0.place)" }.sorted(), try #require(result.suppressions.first),
      result
    )
  }

  @Test(
    arguments: [
      ("neg-a", "projects/p/zones/us-central1-a/networkEndpointGroups/web", ["neg-a web"]),
      ("neg-*", "*/db", ["neg-a db"]),
      (
        "neg-b", "projects/p/zones/*/networkEndpointGroups/web",
        [
          "neg-b web networkEndpoints[instance=a,port=1]",
          "neg-b web networkEndpoints[instance=b,port=2]",
        ]
      ),
      (
        "neg-b", "*/web networkEndpoints[instance=b,*",
        ["neg-b web networkEndpoints[instance=b,port=2]"]
      ),
      ("neg-a", "projects/p/zones/us-central1-a/networkEndpointGroups/we", []),
    ] as [(String, String, [String])])
  func aSuppressionHidesWhatItsGlobsMatch(rule: String, resource: String, places: [String]) throws {
    let (hidden, use, _) = try suppressed(rule, resource)
    #expect(hidden == places)
    #expect(use.count == places.count)
    #expect(use.state == (places.isEmpty ? .unmatched : .active))
  }

  @Test func aSubjectWhoseFindingsAreAllHiddenIsCountedAsSuppressed() throws {
    let counts = try suppressed("neg-b", "*instance=a,*").result.counts
    #expect(counts["neg-b"]?.suppressed == 1)
    #expect(counts["neg-b"]?.violated == 1)
    #expect(counts["neg-a"]?.suppressed == 0)
  }

  @Test func aSuppressionHoldsThroughItsLastDay() throws {
    #expect(try suppressed("neg-a", "*", until: "2026-06-30").use.state == .active)
    let (hidden, use, result) = try suppressed("neg-a", "*", until: "2026-06-29")
    #expect(hidden == [])
    #expect(use.state == .expired)
    #expect(use.count == 2)
    #expect(use.suppression.expiry?.description == "2026-06-30")
    #expect(result.findings.filter { $0.expiredSuppression != nil }.count == 2)
  }

  @Test func rulesThatCannotBeSuppressedStand() throws {
    var result = try result()
    result.suppress(
      by: [Suppression(rule: "*", resource: "*", reason: "r")], unsuppressible: ["neg-a"],
      today: today)
    #expect(Set(result.findings.filter { $0.suppression == nil }.map(\.ruleID)) == ["neg-a"])
  }

  @Test func aSuppressionOfRulesThatDidNotRunIsNotStale() throws {
    #expect(try suppressed("no-such-rule", "*").use.state == .notRun)
  }

  @Test func aBaselineKnowsWhatItHasAndWhatIsGone() throws {
    var result = try result()
    #expect(result.findings.count == 4)
    let all = result.nextBaseline
    #expect(all.count == 4)
    let gone = KnownFinding(
      ruleID: "neg-a", resource: "projects/p/x", locator: nil, fingerprint: "f")
    let unknown = KnownFinding(
      ruleID: "neg-other", resource: "projects/p/x", locator: nil, fingerprint: "g")
    result.compare(with: Array(all.dropFirst()) + [gone, unknown])
    #expect(result.findings.filter(\.counts).map(\.fingerprint) == [all[0].fingerprint])
    #expect(result.baseline?.new == 1)
    #expect(result.baseline?.unchanged == 3)
    #expect(result.baseline?.fixed == [gone])
    #expect(result.baseline?.undecided == [unknown], "its rule did not run")
    #expect(result.nextBaseline == (all.dropFirst() + [unknown]).sorted())
  }

  @Test func aFindingIsNotFixedWhereItsRuleCouldNotBeEvaluated() throws {
    var result = try Probe().with("r", "require: self.size > 0\n").lint(Self.snapshot)
    let web = "projects/p/zones/us-central1-a/networkEndpointGroups/web"
    let known = KnownFinding(ruleID: "r", resource: web, locator: nil, fingerprint: "f")
    #expect(result.counts["r"]?.notEvaluated == 2)
    result.compare(with: [known])
    #expect(result.baseline?.undecided == [known])
    #expect(result.baseline?.fixed == [])
  }

  @Test func equalFingerprintsAreCounted() {
    let comparison = FindingComparison(old: ["a", "b", "a", "a"], new: ["a", "c", "a"])
    #expect(comparison.unchanged == [0, 2])
    #expect(comparison.introduced == [1])
    #expect(comparison.gone.count == 2)
    #expect(comparison.gone.contains(1))
  }

  @Test(arguments: ["2026-02-29", "2026-13-01", "2026-1-01", "26-01-01", "2026-01-32", "", "x"])
  func whatIsNoDayIsNoDate(text: String) { #expect(CalendarDate(text) == nil) }

  @Test(arguments: [
    (0, "1970-01-01", "1970-01-02"), (951_782_400, "2000-02-29", "2000-03-01"),
    (1_798_761_599, "2026-12-31", "2027-01-01"), (4_107_542_399, "2100-02-28", "2100-03-01"),
  ])
  func daysFollowEachOther(seconds: Int, date: String, next: String) throws {
    let day = try #require(CalendarDate(epochSeconds: seconds))
    #expect(day.description == date)
    #expect(day == CalendarDate(date))
    #expect(day.next.description == next)
    #expect(day < day.next)
  }
}
