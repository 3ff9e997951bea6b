import Importing
import Resources
import Schema
import Testing

/// Cloud Asset Inventory: assets in every wrapper and spelling.
@Suite struct AssetTests {
  static let data = #"""
    {"id": "5", "name": "n", "zone": "https://www.googleapis.com/compute/v1/projects/p/zones/z",
     "networkEndpointType": "GCE_VM_IP",
     "network": "https://www.googleapis.com/compute/v1/projects/host/global/networks/net"}
    """#
  static let name = "//compute.googleapis.com/projects/p/zones/z/networkEndpointGroups/n"
  static let type = "compute.googleapis.com/NetworkEndpointGroup"
  static let camel = #"""
    {"name": "\#(name)", "assetType": "\#(type)", "ancestors": ["projects/7", "folders/1"],
     "resource": {"version": "v1", "data": \#(data), "location": "z"}}
    """#
  static let snake = #"""
    {"name": "\#(name)", "asset_type": "\#(type)", "resource": {"data": \#(data)}}
    """#
  static let line = snake.split(separator: "\n").joined()

  /// The wrappers that assets come in.
  static let wrappers: [String] = [
    camel, snake, "[\(camel)]", "\(line)\n\(line)\n", "\(camel)\(snake)",
    #"{"readTime": "2026-04-01T00:00:00Z", "assets": [\#(camel)]}"#,
    #"{"asset": \#(camel), "window": {"startTime": "2026-04-01T00:00:00Z"}}"#,
    "<assets><asset><name>\(name)</name><assetType>\(type)</assetType><resource><data><id>5</id>"
      + "<name>n</name><zone>https://www.googleapis.com/compute/v1/projects/p/zones/z</zone>"
      + "<networkEndpointType>GCE_VM_IP</networkEndpointType><network>"
      + "https://www.googleapis.com/compute/v1/projects/host/global/networks/net</network>"
      + "</data></resource></asset></assets>",
  ]

  @Test(arguments: wrappers) func anAssetIsTakenInFromEveryWrapper(_ text: String) {
    let result = imported(text)
    #expect(result.problems.isEmpty)
    #expect(result.summaries.first?.dialect == "Cloud Asset Inventory")
    #expect(Set(takenIn(result)).count == 1)
    let taken = takenIn(result).first ?? ""
    #expect(taken.contains("link=\(AssetTests.name) name=n"), "\(taken)")
    #expect(taken.contains("{resolved, "), "\(taken)")
    #expect(taken.contains("networkEndpointType=GCE_VM_IP, network=https"), "\(taken)")
  }

  @Test(arguments: [
    ("compute.googleapis.com/GlobalForwardingRule", "global", "forwardingRules", "ForwardingRule"),
    ("compute.googleapis.com/ForwardingRule", "regions/r", "forwardingRules", "ForwardingRule"),
    (
      "compute.googleapis.com/RegionBackendService", "regions/r", "backendServices",
      "BackendService"
    ),
    ("google.compute.BackendService", "global", "backendServices", "BackendService"),
    ("compute.googleapis.com/Region", "regions", "r", "Region"),
  ])
  func globalAndRegionalNamesOfTypesAreKnown(
    _ type: String, _ scope: String, _ collection: String, _ expected: String
  ) {
    let result = imported(
      #"{"name": "//compute.googleapis.com/projects/p/\#(scope)/\#(collection)/n","#
        + #""asset_type": "\#(type)", "resource": {"data": {"name": "n"}}}"#)
    #expect(result.summaries.first?.recordsByType == [expected: 1])
  }

  @Test func assetsOfOtherKindsAreCounted() {
    let result = imported(
      #"[{"name": "//k8s.io/a", "assetType": "k8s.io/Pod", "resource": {"data": {}}}"#
        + #", {"name": "//c/b", "assetType": "compute.googleapis.com/Disk", "resource": {}}]"#)
    #expect(result.problems.isEmpty)
    #expect(
      result.summaries.first?.skippedByKind == ["k8s.io/Pod": 1, "compute.googleapis.com/Disk": 1])
  }

  @Test(arguments: [nil, "d"]) func namesAloneAreRefusedWithTheFlagToAdd(_ directory: String?) {
    let result = imported(
      #"{"name": "\#(AssetTests.name)", "asset_type": "\#(AssetTests.type)"}"#, directory: directory
    )
    let problem = result.problems.first { $0.file == 0 }
    #expect(problem?.severity == .degrades)
    #expect(problem?.message.contains("--content-type=resource") == true)
    #expect(result.summaries.first?.refusal != nil)
  }

  @Test func oneAssetWithoutDataAmongOthersIsANotice() {
    let result = imported(
      #"[\#(AssetTests.camel), {"name": "x", "assetType": "\#(AssetTests.type)"}]"#)
    #expect(result.problems.map(\.severity) == [.notice])
  }

  @Test func spellingsOfOldInventoriesAreTheAPIs() {
    let old = takenIn(
      #"{"name": "//compute.googleapis.com/projects/p/zones/z/instances/i","#
        + #""asset_type": "google.compute.Instance", "resource": {"data": {"name": "i","#
        + #""networkInterface": [{"network": "n", "ipAddress": "10.0.0.2", "networkIp": "10.0.0.2","#
        + #""accessConfig": [{"natIp": "192.0.2.1"}]}]}}}"#)
    #expect(old.first?.contains("networkInterfaces=[{") == true)
    #expect(old.first?.contains("networkIP=10.0.0.2") == true)
    #expect(old.first?.contains("natIP=192.0.2.1") == true)
  }

  @Test func aPageThatIsNotTheLastIsAFinding() {
    let result = imported(#"{"assets": [\#(AssetTests.camel)], "nextPageToken": "t"}"#)
    #expect(result.builders.flatMap(\.findings).map(\.rule) == [.partialDump])
  }

  @Test func deletedAssetsAreLeftOut() {
    let result = imported(#"{"asset": \#(AssetTests.camel), "deleted": true}"#)
    #expect(takenIn(result) == [])
    #expect(result.problems.isEmpty)
  }
}
