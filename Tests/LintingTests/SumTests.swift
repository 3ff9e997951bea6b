import Linting
import Testing

@Suite struct SumTests {
  private func snapshot(negs: Int, type: String = "GCE_VM_IP") -> String {
    let list = (0..<negs).map { number in
      "{\"name\": \"n\(number)\", \"zone\": \"z-a\", \"network\": \"global/networks/net\(number)\"}"
    }
    return "{\"project\": \"p\", \"networkEndpointGroups\": [\(list.joined(separator: ","))]}"
  }

  private func rule() throws -> Probe {
    try Probe().with("r", "require: \"!self.network.isLegacy\"\n")
  }

  @Test func oneMissingThingIsNamed() throws {
    let result = try rule().lint(snapshot(negs: 1))
    #expect(result.notEvaluated.map(\.missing) == [["projects/p/global/networks/net0"]])
    #expect(
      result.notEvaluated.map(\.command)
        == ["gcloud compute networks list --project=p --format=json"])
  }

  @Test func thingsOfOneCollectionAreSummedUp() throws {
    let result = try rule().lint(snapshot(negs: 25))
    #expect(result.notEvaluated.map(\.missing) == [["projects/p/aggregated/networks"]])
    #expect(result.notEvaluated.map(\.count) == [25])
    #expect(result.notEvaluated.map(\.resources.count) == [10])
    #expect(result.notEvaluated.first?.resources.first?.hasSuffix("/n0") == true)
    #expect(result.notEvaluated.first?.resources.last?.hasSuffix("/n17") == true)
  }

  @Test func everythingIsListedOnRequest() throws {
    let result = try rule().lint(
      snapshot(negs: 25), options: LintOptions(listsAllResources: true, foldsCauses: false))
    #expect(result.notEvaluated.map(\.missing.count) == [25])
    #expect(result.notEvaluated.map(\.resources.count) == [25])
  }

  @Test func theResultIsTheSameForAnyNumberOfThreads() throws {
    let probe = try rule().with("s", "require: self.name < 'n3'\n")
      .with("t", on: "Resource", "require: \"self.name != 'n77'\"\nsupersededBy: [s]\n")
    let text = snapshot(negs: 9000)
    let one = try probe.lint(text)
    for jobs in [2, 5] {
      let other = try probe.lint(text, options: LintOptions(jobs: jobs))
      #expect(other.findings.map(\.fingerprint) == one.findings.map(\.fingerprint))
      #expect(other.findings.map(\.message) == one.findings.map(\.message))
      #expect(other.counts == one.counts)
      #expect(other.notEvaluated.map(\.missing) == one.notEvaluated.map(\.missing))
      #expect(other.notEvaluated.map(\.resources) == one.notEvaluated.map(\.resources))
    }
  }
}
