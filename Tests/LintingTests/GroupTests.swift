import Linting
import Testing

@Suite struct GroupTests {
  private func neg(_ endpoints: String?, type: String = "GCE_VM_IP_PORT") -> String {
    let list = endpoints.map { ", \"networkEndpoints\": [\($0)]" } ?? ""
    return """
      {"project": "p", "networkEndpointGroups":
        [{"name": "n", "zone": "z-a", "networkEndpointType": "\(type)"\(list)}]}
      """
  }

  private func duplicates(_ key: String) throws -> Probe {
    try Probe().with(
      "r", message: "{key}: {size(group)}",
      "forEach: {e: self.networkEndpoints}\ngroupBy: \"\(key)\"\nrequire: size(group) < 2\n")
  }

  private func endpoint(_ vm: String, _ address: String? = nil, port: Int? = nil) -> String {
    let ip = address.map { ", \"ipAddress\": \"\($0)\"" } ?? ""
    let number = port.map { ", \"port\": \($0)" } ?? ""
    return "{\"instance\": \"\(vm)\"\(ip)\(number)}"
  }

  @Test func aFindingStandsAtTheSecondItem() throws {
    let list =
      [endpoint("a", "10.0.0.1"), endpoint("b", "10.0.0.2"), endpoint("c", "10.0.0.1")]
      + [endpoint("d", "10.0.0.1")]
    let result = try duplicates("e.ipAddress").lint(neg(list.joined(separator: ",")))
    #expect(result.findings.map(\.message) == ["10.0.0.1: 3"])
    #expect(
      result.findings.map(\.place) == ["n networkEndpoints[instance=c,ipAddress=10.0.0.1]"])
    #expect(
      result.findings.first?.related.map(\.locator) == [
        "networkEndpoints[instance=a,ipAddress=10.0.0.1]",
        "networkEndpoints[instance=d,ipAddress=10.0.0.1]",
      ])
    #expect(result.counts["r"]?.violated == 1)
  }

  @Test func groupsOfEqualMembersCountOnce() throws {
    let list = [endpoint("a", "10.0.0.1", port: 1), endpoint("b", "10.0.0.1", port: 1)]
    let result = try duplicates("[e.ipAddress, string(e.port)]")
      .lint(neg(list.joined(separator: ",")))
    #expect(result.findings.count == 1)
  }

  @Test func anItemWithoutKeyJoinsNoGroup() throws {
    let list = [endpoint("a"), endpoint("b")].joined(separator: ",")
    let result = try duplicates("has(e.ipAddress) ? [e.ipAddress] : []").lint(neg(list))
    #expect(result.findings.isEmpty)
    #expect(result.notEvaluated.isEmpty)
  }

  /// Duplicates are certain whatever the unknown keys are; without them one outcome is open.
  @Test(arguments: [(true, 1, 0), (false, 0, 1)])
  func violatedWinsOverUnknown(hasPair: Bool, findings: Int, doubts: Int) throws {
    var list = [endpoint("a", "10.0.0.1"), endpoint("x"), endpoint("y")]
    if hasPair { list.append(endpoint("b", "10.0.0.1")) }
    let result = try duplicates("has(e.ipAddress) ? e.ipAddress : string(undocumented('ip'))")
      .lint(neg(list.joined(separator: ",")))
    #expect(result.findings.count == findings)
    #expect(result.notEvaluated.map(\.count) == Array(repeating: 1, count: doubts))
  }

  @Test func anItemAloneHasNobodyToShareItsKeyWith() throws {
    let result = try duplicates("string(undocumented('ip'))").lint(neg(endpoint("a")))
    #expect(result.notEvaluated.isEmpty)
    #expect(result.counts["r"]?.satisfied == 1)
  }

  @Test(arguments: ["self.networkEndpoints", "self.networkEndpointGroup.networkEndpoints"])
  func endpointsThatWereNotLoadedMakeOneOutcomeOnTheGroup(list: String) throws {
    let isOnPart = list.contains("Group.")
    let probe =
      isOnPart
      ? try Probe().with("r", on: "NetworkEndpoint", "require: has(self.ipAddress)\n")
      : try duplicates("e.ipAddress")
    let result = try probe.lint(neg(nil))
    #expect(result.notEvaluated.map(\.count) == [1])
    #expect(
      result.notEvaluated.map(\.missing) == [
        ["projects/p/zones/z-a/networkEndpointGroups/n/listNetworkEndpoints"]
      ])
    #expect(
      result.notEvaluated.map(\.resources) == [["projects/p/zones/z-a/networkEndpointGroups/n"]])
    #expect(try probe.lint(neg(nil, type: "SERVERLESS")).notEvaluated.isEmpty)
  }

  /// Grouping is linear: a list of this length with a quadratic way would not end.
  @Test func manyKeysMeetTheirLikes() throws {
    let list = (0..<3000).map { endpoint("v\($0)", "10.0.\($0 / 250).\($0 % 250)") }
    let all = (list + [endpoint("w", "10.0.3.7")]).joined(separator: ",")
    #expect(try duplicates("e.ipAddress").lint(neg(all)).findings.map(\.message) == ["10.0.3.7: 2"])
  }
}
