import Importing
import Testing

/// A text and what is taken in of it.
struct Example: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  var path = "export.json"
  let lines: [String]

  init(_ name: String, _ text: String, path: String = "export.json", _ lines: [String]) {
    testDescription = name
    self.text = text
    self.path = path
    self.lines = lines
  }
}

private let vm = #"{"kind": "compute#instance", "name": "vm-1", "zone": "z"}"#
private let neg =
  #"{"kind": "compute#networkEndpointGroup", "name": "web", "id": "7", "defaultPort": 80}"#

@Suite struct DialectTests {
  static let examples = [
    Example(
      "a snapshot's collections are complete",
      """
      {"project": "p", "networkEndpointGroups": [{"name": "web", "zone": "z"}], "networks": []}
      """,
      [
        "NetworkEndpointGroup name=web zone=z context=projects/p {}",
        "complete networkEndpointGroups in projects/p", "complete networks in projects/p",
      ]),
    Example(
      "a snapshot's project may be a resource, and come last",
      #"{"instances": [{"name": "vm"}], "project": {"name": "p", "id": "12"}}"#,
      [
        "Instance name=vm context=projects/p {}", "Project name=p id=12 {resolved}",
        "complete instances in projects/p",
      ]),
    Example(
      "a snapshot may be a project alone", #"{"project": {"name": "p", "quotas": [{"usage": 1}]}}"#,
      ["Project name=p {quotas=[{usage=1.0}]}"]),
    Example(
      "a snapshot's endpoints stand in their group, resolved or not",
      """
      {"networkEndpointGroups": [{"name": "web", "networkEndpoints": [
        {"instance": "vm-1", "port": 80},
        {"networkEndpoint": {"instance": "vm-2", "port": 81}}]}]}
      """,
      [
        "NetworkEndpointGroup name=web {networkEndpoints="
          + "[{instance=vm-1, port=80} {resolved, instance=vm-2, port=81}]}",
        "complete networkEndpointGroups in ",
      ]),
    Example(
      "a list covers its scope",
      """
      {"kind": "compute#instanceList", "id": "projects/p/zones/z/instances", "items": [\(vm)]}
      """,
      [
        "Instance name=vm-1 zone=z context=projects/p/zones/z {}",
        "complete instances in projects/p/zones/z",
      ]),
    Example(
      "an empty list has no items",
      #"{"kind": "compute#networkList", "selfLink": "https://x/projects/p/global/networks"}"#,
      ["complete networks in projects/p/global"]),
    Example(
      "an aggregated list covers the project, its scopes without results too",
      """
      {"kind": "compute#instanceAggregatedList", "id": "projects/p/aggregated/instances",
       "items": {"zones/a": {"warning": {"code": "NO_RESULTS_ON_PAGE", "message": "none"}},
                 "zones/z": {"instances": [{"name": "vm-1"}]}}}
      """,
      [
        "Instance name=vm-1 context=projects/p/zones/z {}", "complete instances in projects/p",
      ]),
    Example(
      "an aggregated list needs no kind",
      #"{"items": {"regions/r": {"subnetworks": [{"name": "s"}]}}}"#,
      ["Subnetwork name=s context=regions/r {}", "complete subnetworks in "]),
    Example(
      "a resource alone", neg, ["NetworkEndpointGroup name=web id=7 {resolved, defaultPort=80}"]),
    Example(
      "a bare array says nothing about completeness", "[\(vm), \(neg)]",
      [
        "Instance name=vm-1 zone=z {}",
        "NetworkEndpointGroup name=web id=7 {resolved, defaultPort=80}",
      ]),
    Example(
      "one resource per line", "\(vm)\n\(neg)\n",
      [
        "Instance name=vm-1 zone=z {}",
        "NetworkEndpointGroup name=web id=7 {resolved, defaultPort=80}",
      ]),
    Example(
      "a resource without kind is told by its link",
      #"[{"selfLink": "https://h/compute/v1/projects/p/zones/z/instances/vm", "name": "vm"}]"#,
      ["Instance link=https://h/compute/v1/projects/p/zones/z/instances/vm name=vm {resolved}"]),
    Example(
      "the endpoints of a response belong to its id",
      """
      {"kind": "compute#networkEndpointGroupsListNetworkEndpoints",
       "id": "projects/p/zones/z/networkEndpointGroups/web",
       "items": [{"networkEndpoint": {"instance": "vm-1", "port": 80}, "healths": []}]}
      """,
      [
        "projects/p/zones/z/networkEndpointGroups/web "
          + "networkEndpoints=[{resolved, instance=vm-1, port=80}]"
      ]),
    Example(
      "pages of endpoints are one list",
      """
      [{"kind": "compute#networkEndpointGroupsListNetworkEndpoints", "nextPageToken": "t",
        "id": "projects/p/zones/z/networkEndpointGroups/web",
        "items": [{"networkEndpoint": {"port": 80}}]},
       {"kind": "compute#networkEndpointGroupsListNetworkEndpoints",
        "id": "projects/p/zones/z/networkEndpointGroups/web",
        "items": [{"networkEndpoint": {"port": 80}}]}]
      """,
      [
        "projects/p/zones/z/networkEndpointGroups/web "
          + "networkEndpoints=[{resolved, port=80} {resolved, port=80}]"
      ]),
    Example(
      "gcloud's endpoints belong where the path says",
      #"[{"networkEndpoint": {"ipAddress": "10.0.0.1"}}]"#,
      path: "dump/endpoints/zones/z/networkEndpointGroups/web.json",
      ["zones/z/networkEndpointGroups/web networkEndpoints=[{resolved, ipAddress=10.0.0.1}]"]),
    Example(
      "an empty array is a list of endpoints where the path says so", "[]",
      path: "projects/p/regions/r/networkEndpointGroups/web/listNetworkEndpoints.json",
      ["projects/p/regions/r/networkEndpointGroups/web networkEndpoints=[]"]),
    Example(
      "gcloud's group members belong where the path says",
      #"[{"instance": "https://h/projects/p/zones/z/instances/vm", "status": "RUNNING"}]"#,
      path: "zones/z/instanceGroups/ig.json",
      [
        "zones/z/instanceGroups/ig instances=[{resolved, "
          + "instance=https://h/projects/p/zones/z/instances/vm, status=RUNNING}]"
      ]),
    Example(
      "a recorded exchange is its body",
      #"{"headers": {"status": "200"}, "body": \#(vm)}"#, ["Instance name=vm-1 zone=z {}"]),
    Example(
      "the address that was asked for names the owner of a recorded list",
      """
      {"headers": {"status": "200", "content-location":
         "https://h/compute/v1/projects/p/zones/z/networkEndpointGroups/n/listNetworkEndpoints?alt=json"},
       "body": {"kind": "compute#networkEndpointGroupsListNetworkEndpoints", "items": []}}
      """,
      ["projects/p/zones/z/networkEndpointGroups/n networkEndpoints=[]"]),
  ]

  @Test(arguments: examples) func takesIn(_ example: Example) {
    let result = imported(example.text, path: example.path)
    #expect(takenIn(result) == example.lines.sorted())
    #expect(result.problems.isEmpty)
    #expect(result.summaries.map(\.refusal) == [nil])
  }

  @Test(arguments: [
    (#"{"kind": "compute#operation", "operationType": "insert"}"#, "compute#operation"),
    (
      #"{"kind": "compute#backendServiceGroupHealth", "healthStatus": []}"#,
      "compute#backendServiceGroupHealth"
    ),
    (#"[{"backend": "b", "status": {"healthStatus": []}}]"#, "getHealth"),
    (#"{"firewalls": [{"name": "f"}], "firewallPolicys": []}"#, "getEffectiveFirewalls"),
    (#"{"result": [{"instanceName": "i"}]}"#, "natMappings"),
    (#"[{"kind": "compute#router", "name": "r"}]"#, "compute#router"),
    (#"{"kind": "compute#diskList", "items": [{"kind": "compute#disk"}]}"#, "compute#disk"),
    (#"[{"currentAction": "NONE", "instance": "i", "id": "1"}]"#, "managedInstance"),
  ])
  func whatHoldsNoNetworkConfigurationIsCounted(_ text: String, _ kind: String) {
    let result = imported(text)
    #expect(takenIn(result) == [])
    #expect(result.problems.isEmpty)
    #expect(result.summaries.first?.skippedByKind == [kind: 1])
    #expect(result.summaries.first?.refusal == nil)
  }

  @Test func theDialectIsTold() {
    let cases = [
      ("[]", "gcloud"), (vm, "REST"), ("[\(vm)]", "gcloud"), (#"{"instances": []}"#, "snapshot"),
      (#"{"headers": {"status": "200"}, "body": {}}"#, "recorded exchange"),
    ]
    for (text, dialect) in cases {
      #expect(imported(text).summaries.first?.dialect == dialect)
    }
  }
}
