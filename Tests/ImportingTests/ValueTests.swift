import Importing
import Resources
import Schema
import Testing

@Suite struct ValueTests {
  /// Fields of a group, and what is kept of them.
  @Test(arguments: [
    (#""defaultPort": 80"#, "defaultPort=80"),
    (#""defaultPort": "80""#, "defaultPort=80"),
    (#""defaultPort": 80.0"#, "defaultPort=80"),
    (#""defaultPort": "80.0""#, "defaultPort=80"),
    (#""defaultPort": 0"#, ""),
    (#""defaultPort": null"#, ""),
    (#""defaultPort": """#, ""),
    (#""defaultPort": []"#, ""),
    (#""defaultPort": 1.5"#, "defaultPort=?"),
    (#""defaultPort": "http""#, "defaultPort=?"),
    (#""defaultPort": {"a": 1}"#, "defaultPort=?"),
    (#""defaultPort": true"#, "defaultPort=?"),
    (#""defaultPort": 99999999999999999999"#, "defaultPort=?"),
    (#""defaultPort": "{{ port }}""#, "defaultPort=?"),
    (#""size": 0"#, "size=0"),
    (#""size": "3""#, "size=3"),
    (#""networkEndpointType": "GCE_VM_IP""#, "networkEndpointType=GCE_VM_IP"),
    (#""networkEndpointType": "gce-vm-ip""#, "networkEndpointType=GCE_VM_IP"),
    (#""networkEndpointType": "NEW_TYPE""#, "networkEndpointType=?"),
    (#""networkEndpointType": "NETWORK_ENDPOINT_TYPE_UNSPECIFIED""#, "networkEndpointType=?"),
    (#""networkEndpointType": "REDACTED""#, "networkEndpointType=?"),
    (#""network": "global/networks/n""#, "network=global/networks/n"),
    (#""network": "global/networks/${n}""#, "network=?"),
    (#""network": """#, ""),
    (#""network": ["n"]"#, "network=?"),
    (#""networkEndpoints": []"#, "networkEndpoints=[]"),
    (#""networkEndpoints": null"#, "networkEndpoints=[]"),
    (#""networkEndpoints": "none""#, "networkEndpoints=?"),
    (#""networkEndpoints": [{"port": "80"}]"#, "networkEndpoints=[{port=80}]"),
    (#""networkEndpoints": [{"ipAddress": "10.0.0.01"}]"#, "networkEndpoints=[{ipAddress=?}]"),
    (#""defaultPort": 80, "defaultPort": 80"#, "defaultPort=80"),
    (#""defaultPort": 80, "defaultPort": 81"#, "defaultPort=?"),
  ])
  func aGroupsFieldIsKept(_ member: String, _ kept: String) {
    let text = #"{"networkEndpointGroups": [{"name": "n", \#(member)}]}"#
    #expect(takenIn(text).first == "NetworkEndpointGroup name=n {\(kept)}")
  }

  @Test(arguments: [
    (#""networkInterfaces": []"#, ""),
    (#""networkInterfaces": null"#, ""),
    (#""networkInterfaces": [null, {"name": "nic1"}]"#, "networkInterfaces=?"),
    (#""status": "running""#, "status=RUNNING"),
    (
      #""networkInterfaces": [{"networkIP": "10.0.0.5", "aliasIpRanges": [{"ipCidrRange": "/24"}]}]"#,
      "networkInterfaces=[{networkIP=10.0.0.5, aliasIpRanges=[{ipCidrRange=/24}]}]"
    ),
    (
      #""networkInterfaces": [{"ipv6Address": "fd20:0:0:0:0:0:0:1"}]"#,
      "networkInterfaces=[{ipv6Address=fd20:0:0:0:0:0:0:1}]"
    ),
    (
      #""networkInterfaces": [{"ipv6Address": "0000:00000:0:0:0:0:0:1"}]"#,
      "networkInterfaces=[{ipv6Address=?}]"
    ),
  ])
  func anInstancesFieldIsKept(_ member: String, _ kept: String) {
    let text = #"{"instances": [{"name": "n", \#(member)}]}"#
    #expect(takenIn(text).first == "Instance name=n {\(kept)}")
  }

  @Test(arguments: [
    (
      #""backends": [{"capacityScaler": 1, "maxRate": 0, "maxRatePerEndpoint": "2.5"}]"#,
      "backends=[{capacityScaler=1.0, maxRatePerEndpoint=2.5}]"
    ),
    (
      #""backends": [{"failover": "true"}, {"failover": false}]"#,
      "backends=[{failover=true} {failover=false}]"
    ),
    (#""backends": []"#, ""),
    (#""backends": {"group": "g"}"#, "backends=[{group=g}]"),
    (#""healthChecks": ["a", "", null, "b"]"#, "healthChecks=[a b]"),
    (#""healthChecks": ["a\u002fb"]"#, "healthChecks=[a/b]"),
    (#""healthChecks": ["a", {"b": 1}]"#, "healthChecks=?"),
    (#""healthChecks": "a""#, "healthChecks=[a]"),
    (#""protocol": "UNSPECIFIED""#, "protocol=UNSPECIFIED"),
    (#""haPolicy": {"fastIPMove": "GARP_RA"}"#, "haPolicy={fastIPMove=GARP_RA}"),
    (#""haPolicy": {}"#, "haPolicy={}"),
  ])
  func aBackendServicesFieldIsKept(_ member: String, _ kept: String) {
    let text = #"{"backendServices": [{"name": "n", \#(member)}]}"#
    #expect(takenIn(text).first == "BackendService name=n {\(kept)}")
  }

  @Test(arguments: [
    (#""name": "k8s1-1a2b-default-web""#, true), (#""name": "k8s-web""#, false),
    (#""name": "web", "description": "{\"cluster-uid\":\"1\"}""#, true),
    (#""name": "web", "description": "{\"team\":\"shop\"}""#, false),
  ])
  func whatGKEMadeIsMarked(_ members: String, _ isMarked: Bool) {
    let line = takenIn("{\"networkEndpointGroups\": [{\(members)}]}").first
    #expect(line?.contains(" gke ") == isMarked)
  }

  @Test(arguments: [
    (#""id": "1""#, true), (#""id": 1"#, true), (#""creationTimestamp": "2026""#, true),
    (#""selfLink": "projects/p/global/networks/n""#, true), (#""description": "d""#, false),
    (#""id": """#, false),
  ])
  func aRecordThatTheAPIFilledInIsResolved(_ member: String, _ isResolved: Bool) {
    let line = takenIn("{\"networks\": [{\"name\": \"n\", \(member)}]}").first
    #expect(line?.contains("{resolved}") == isResolved)
  }

  @Test func aRepeatedNameKeepsAllItsValues() {
    let text = """
      {"items": {"zones/z": {"warning": {"code": "NO_RESULTS_ON_PAGE"}},
                 "zones/z": {"instances": [{"name": "a"}, {"name": "b"}]}}}
      """
    let result = imported(text)
    #expect(takenIn(result).filter { $0.hasPrefix("Instance") }.count == 2)
    #expect(result.problems.map(\.severity) == [.notice])
    #expect(result.problems.first?.message.contains("“zones/z”") == true)
  }

  @Test func aRecordWithoutAnyNameIsAProblem() {
    let result = imported(#"{"networks": [{"IPv4Range": "10.0.0.0/8"}]}"#)
    #expect(result.problems.map(\.severity) == [.degrades])
    #expect(result.problems.first?.offset == 14)
  }

  @Test func equalProblemsAreNotedTenTimesAndThenCounted() {
    let records = Array(repeating: #"{"IPv4Range": "10.0.0.0/8"}"#, count: 1000)
    let result = imported("{\"networks\": [\(records.joined(separator: ","))]}")
    #expect(result.problems.count == 11)
    #expect(result.problems.contains { $0.message.hasPrefix("990 more times: ") })
  }

  @Test func theImportersRulesFindWhatCannotBeRead() {
    let text = """
      {"networkEndpointGroups": [{"name": "n", "networkEndpointType": "NEW", "size": [1],
        "networkEndpoints": [{"ipAddress": "10.0.0"}]}]}
      """
    let findings = imported(text, rules: Set(ImporterFinding.Rule.allCases)).builders
      .flatMap(\.findings)
    #expect(findings.map(\.rule) == [.unknownEnumValue, .unexpectedType, .malformedAddress])
    #expect(
      findings.map(\.message) == [
        "'NEW' in networkEndpointType is not one of the values that neglint knows",
        "a list in size is not a whole number",
        "'10.0.0' in ipAddress is not an IPv4 or IPv6 address",
      ])
    #expect(findings.map(\.path) == [["networkEndpointType"], ["size"], ["ipAddress"]])
  }

  @Test func fieldsThatNobodyReadsAreLeftOut() {
    let text = #"{"networks": [{"name": "n", "IPv4Range": "10.0.0.0/8"}]}"#
    #expect(takenIn(text, fields: .none).first == "Network name=n {}")
  }
}
