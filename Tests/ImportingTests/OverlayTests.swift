import Importing
import Resources
import Schema
import Testing

/// A plan laid over what is: what counts afterwards.
@Suite struct OverlayTests {
  static let dump = #"""
    {"project": "p", "networks": [{"name": "old"}, {"name": "net", "autoCreateSubnetworks": true}],
     "networkEndpointGroups": [
      {"name": "n", "zone": "z", "networkEndpointType": "GCE_VM_IP_PORT", "size": 2,
       "networkEndpoints": [{"instance": "a", "ipAddress": "10.0.0.1", "port": 80},
                            {"instance": "b", "ipAddress": "10.0.0.2", "port": 80}]}]}
    """#

  /// A plan with changes: each an action, a type, what was, and what will be.
  static func plan(_ changes: [(String, String, String, String)]) -> String {
    let texts = changes.enumerated().map { index, change in
      #"{"address": "\#(change.1).r\#(index)", "mode": "managed", "type": "\#(change.1)","#
        + #""name": "r\#(index)", "change": {"actions": [\#(change.0)], "before": \#(change.2),"#
        + #""after": \#(change.3), "after_unknown": {}}}"#
    }
    return #"{"format_version": "1.2", "resource_changes": [\#(texts.joined(separator: ","))]}"#
  }

  /// The records that count, as `expressions` of the fields that tests look at.
  static func merged(_ plan: String) -> ResourceGraph {
    let dump = InputFile(path: "dump.json", bytes: Array(Self.dump.utf8))
    var overlay = InputFile(path: "plan.json", bytes: Array(plan.utf8))
    overlay.isOverlay = true
    let imported = importFiles([dump, overlay], options: ImportOptions(fields: .all))
    return ResourceGraph(merging: imported.builders, fields: .all)
  }

  static func paths(_ graph: ResourceGraph, _ type: String) -> [String] {
    guard let number = Schema.index(of: type) else { return [] }
    return (0..<graph.rowCount(ofType: number)).compactMap { row in
      graph.subject(type: number, row: row).map {
        (graph.locator(of: $0) ?? graph.path(of: $0))
      }
    }.sorted()
  }

  static let endpoint =
    #"{"instance": "b", "ip_address": "10.0.0.2", "port": 80, "zone": "z", "project": "p","#
    + #""network_endpoint_group": "n"}"#
  static let other =
    #"{"instance": "c", "ip_address": "10.0.0.3", "port": 80, "zone": "z", "project": "p","#
    + #""network_endpoint_group": "n"}"#

  @Test func whatIsRemovedIsNoMore() {
    let graph = OverlayTests.merged(
      OverlayTests.plan([
        (#""delete""#, "google_compute_network", #"{"name": "old", "project": "p"}"#, "null"),
        (#""delete""#, "google_compute_network_endpoint", OverlayTests.endpoint, "null"),
      ]))
    #expect(OverlayTests.paths(graph, "Network") == ["projects/p/global/networks/net"])
    #expect(
      OverlayTests.paths(graph, "NetworkEndpoint")
        == ["networkEndpoints[instance=a,ipAddress=10.0.0.1,port=80]"])
    #expect(graph.problems.isEmpty)
  }

  @Test func whatIsMadeIsThere() {
    let graph = OverlayTests.merged(
      OverlayTests.plan([
        (#""create""#, "google_compute_network_endpoint", "null", OverlayTests.other),
        (
          #""no-op""#, "google_compute_network_endpoint", OverlayTests.endpoint,
          OverlayTests.endpoint
        ),
        (#""create""#, "google_compute_network", "null", #"{"name": "new", "project": "p"}"#),
      ]))
    #expect(
      OverlayTests.paths(graph, "NetworkEndpoint") == [
        "networkEndpoints[instance=a,ipAddress=10.0.0.1,port=80]",
        "networkEndpoints[instance=b,ipAddress=10.0.0.2,port=80]",
        "networkEndpoints[instance=c,ipAddress=10.0.0.3,port=80]",
      ])
    #expect(OverlayTests.paths(graph, "Network").count == 3)
  }

  @Test func aWholeListCountsInsteadOfWhatIs() {
    let graph = OverlayTests.merged(
      OverlayTests.plan([
        (
          #""update""#, "google_compute_network_endpoints", "null",
          #"{"network_endpoint_group": "n", "zone": "z", "project": "p", "network_endpoints": "#
            + #"[{"instance": "c", "ip_address": "10.0.0.3", "port": 80}]}"#
        )
      ]))
    #expect(
      OverlayTests.paths(graph, "NetworkEndpoint")
        == ["networkEndpoints[instance=c,ipAddress=10.0.0.3,port=80]"])
  }

  @Test func aGroupThatIsReplacedIsEmptyAtFirst() {
    let group =
      #"{"name": "n", "zone": "z", "project": "p", "network_endpoint_type": "GCE_VM_IP"}"#
    let graph = OverlayTests.merged(
      OverlayTests.plan([
        (#""delete", "create""#, "google_compute_network_endpoint_group", group, group)
      ]))
    #expect(
      OverlayTests.paths(graph, "NetworkEndpointGroup")
        == ["projects/p/zones/z/networkEndpointGroups/n"])
    #expect(OverlayTests.paths(graph, "NetworkEndpoint") == [])
  }

  @Test(arguments: [
    #"{"project": "p", "networks": []}"#,
    #"{"format_version": "1.0", "values": {"root_module": {}}}"#,
  ])
  func onlyAPlanIsLaidOver(_ text: String) {
    var file = InputFile(path: "x.json", bytes: Array(text.utf8))
    file.isOverlay = true
    let result = importFiles([file], options: ImportOptions(fields: .all))
    #expect(result.problems.map(\.severity) == [.degrades])
    #expect(result.problems.first?.message.contains("no plan of Terraform") == true)
  }
}
