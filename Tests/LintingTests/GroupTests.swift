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

  /// A rule that asks for the size alone does not tell groups of one apart; one that reads an item
  /// does, and gives the same.
  @Test(
    arguments: [
      "e.ipAddress", "has(e.ipAddress) ? [e.ipAddress, string(e.port)] : []",
      "[e.ipAddress, e.ipAddress]", "string(1 / (e.port - 3))",
      "e.port == 2 ? string(undocumented('port')) : string(e.port)",
    ])
  func groupsOfOneAreAllAlike(key: String) throws {
    for seed in 0..<24 {
      let list = (0..<(seed % 7)).map { index in
        let number = (seed * 31 + index * (seed % 5 + 1)) % 9
        return endpoint("v", number == 8 ? nil : "10.0.0.\(number % 6)", port: number % 5 + 1)
      }
      for limit in 1...3 {
        let results = try ["", " || e.port < 0 && size(group) < 0"].map { more in
          try Probe().with(
            "r", message: "{key}: {size(group)}",
            """
            forEach: {e: self.networkEndpoints}
            groupBy: "\(key)"
            require: size(group) < \(limit)\(more)

            """
          ).lint(neg(list.joined(separator: ",")))
        }
        #expect(results[0].counts == results[1].counts)
        #expect(results[0].findings.map(\.message) == results[1].findings.map(\.message))
        #expect(results[0].findings.map(\.place) == results[1].findings.map(\.place))
        #expect(results[0].notEvaluated.map(\.count) == results[1].notEvaluated.map(\.count))
        #expect(results[0].problems.map(\.message) == results[1].problems.map(\.message))
      }
    }
  }

  /// The size of nothing but the group says that groups of one are alike.
  @Test func theSizeOfAVariableIsOfItsItem() throws {
    let list = [endpoint("a", "10.0.0.1"), endpoint("longer", "10.0.0.2")].joined(separator: ",")
    let result = try Probe().with(
      "r",
      "variables: {parts: \"e.instance.name.split('')\"}\nforEach: {e: self.networkEndpoints}\n"
        + "groupBy: e.ipAddress\nrequire: size(parts) < 2 && size(group) < 2 && size(key) < 9\n"
    ).lint(neg(list))
    #expect(result.findings.map(\.place).count == 1)
  }

  /// What a rule is not for needs no keys.
  @Test(arguments: [("", 1, 0), ("when: self.scope == 'zonal'\n", 1, 0), ("when: no\n", 0, 1)])
  func whereWhenIsFalseNoKeyIsEvaluated(when: String, problems: Int, others: Int) throws {
    let result = try Probe().with(
      "r",
      "variables: {no: self.scope == 'regional'}\nforEach: {e: self.networkEndpoints}\n\(when)"
        + "groupBy: string(1 / (e.port - 1))\nrequire: size(group) < 2\n"
    ).lint(neg(endpoint("a", port: 1)))
    #expect(result.problems.count == problems)
    #expect(result.counts["r"]?.notApplicable == others)
  }

  /// Grouping is linear: a list of this length with a quadratic way would not end.
  @Test func manyKeysMeetTheirLikes() throws {
    let list = (0..<3000).map { endpoint("v\($0)", "10.0.\($0 / 250).\($0 % 250)") }
    let all = (list + [endpoint("w", "10.0.3.7")]).joined(separator: ",")
    #expect(try duplicates("e.ipAddress").lint(neg(all)).findings.map(\.message) == ["10.0.3.7: 2"])
  }
}
