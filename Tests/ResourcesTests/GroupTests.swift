import CEL
import Resources
import Schema
import Testing

/// Derived fields of NEGs and networks (constraints H3, H11, 4.6 and section 6).
struct GroupTests {
  private static let neg = "projects/p/zones/eu-1-a/networkEndpointGroups/neg"

  private func neg(_ cells: [String: Cell]) -> Inputs {
    Inputs().add(
      "NetworkEndpointGroup",
      ["name": "neg", "zone": "eu-1-a"].merging(cells) { $1 })
  }

  private func value(_ expression: String, _ inputs: Inputs) -> String {
    Probe(inputs.graph()).value(expression, of: Self.neg)
  }

  @Test func `the subnet of an auto mode network is inferred`() {
    for mode: [String: Cell] in [["autoCreateSubnetworks": true], ["x_gcloud_subnet_mode": "AUTO"]]
    {
      let given = neg(["network": "projects/h/global/networks/n"])
        .add("Network", ["selfLink": "projects/h/global/networks/n"].merging(mode) { $1 })
      #expect(value("self.effectiveSubnetwork", given) == "projects/h/regions/eu-1/subnetworks/n")
      #expect(value("self.subnetworkIsInferred", given) == "true")
    }
    let set = neg(["subnetwork": "regions/eu-1/subnetworks/s"])
    #expect(value("self.effectiveSubnetwork", set) == "projects/p/regions/eu-1/subnetworks/s")
    #expect(value("self.subnetworkIsInferred", set) == "false")
  }

  @Test func `without a subnet or an auto mode network nobody knows the subnet`() {
    let unloaded = neg(["network": "global/networks/n"])
    #expect(value("self.effectiveSubnetwork", unloaded) == "unknown(projects/p/global/networks/n)")
    #expect(value("self.subnetworkIsInferred", unloaded).hasPrefix("unknown("))
    let modeless = neg(["network": "global/networks/n"]).add("Network", ["name": "n"])
    #expect(
      value("self.effectiveSubnetwork", modeless)
        == "unknown(projects/p/global/networks/n#autoCreateSubnetworks)")
    let custom = neg(["network": "global/networks/n"])
      .add("Network", ["name": "n", "autoCreateSubnetworks": false])
    #expect(value("self.effectiveSubnetwork", custom) == "unknown(\(Self.neg)#subnetwork)")
    #expect(value("self.effectiveSubnetwork", neg([:])) == "unknown(\(Self.neg)#subnetwork)")
  }

  @Test func `the network is the one that is set, or the subnet's`() {
    #expect(value("self.effectiveNetwork.name", neg(["network": "global/networks/n"])) == "n")
    let bySubnet = neg(["subnetwork": "regions/eu-1/subnetworks/s"])
    #expect(
      value("self.effectiveNetwork", bySubnet) == "unknown(projects/p/regions/eu-1/subnetworks/s)")
    bySubnet.add("Subnetwork", ["name": "s", "region": "eu-1", "network": "global/networks/m"])
    #expect(value("self.effectiveNetwork.name", bySubnet) == "m")
    #expect(value("self.effectiveNetwork", neg([:])) == "unknown(\(Self.neg)#network)")
    #expect(value("has(self.effectiveNetwork)", neg([:])) == "false")
    #expect(
      value("self.effectiveNetwork", neg(["network": .unreadable]))
        == "unknown(\(Self.neg)#network)")
  }

  @Test func `endpoints that were not loaded make the list open`() {
    let missing = "\(Self.neg)/listNetworkEndpoints"
    #expect(value("self.networkEndpoints", neg([:])) == "[...(\(missing))]")
    #expect(value("has(self.networkEndpoints)", neg([:])) == "unknown(\(missing))")
    #expect(value("self.networkEndpoints", neg(["networkEndpoints": []])) == "[]")
    #expect(value("self.networkEndpoints", neg(["networkEndpoints": [], "size": 0])) == "[]")
    #expect(
      value("self.networkEndpoints", neg(["networkEndpoints": [], "size": 2]))
        == "[...(\(missing))]")
    #expect(
      value("has(self.networkEndpoints)", neg(["networkEndpoints": [], "size": 2])) == "true")
    #expect(value("self.networkEndpoints", neg(["size": 0])) == "[]")
    for type: Cell in ["SERVERLESS", "PRIVATE_SERVICE_CONNECT"] {
      #expect(value("self.networkEndpoints", neg(["networkEndpointType": type])) == "[]")
      #expect(value("has(self.networkEndpoints)", neg(["networkEndpointType": type])) == "false")
    }
    let unreadable = neg(["networkEndpoints": .unreadable])
    #expect(value("self.networkEndpoints", unreadable) == "unknown(\(Self.neg)#networkEndpoints)")
  }

  @Test func `an open list has a stand-in whose fields are unknown`() throws {
    let group = try #require(Schema.index(of: "NetworkEndpointGroup"))
    let part = try #require(Schema.index(of: "NetworkEndpoint"))
    let field = try #require(Schema.types[group].index(of: "networkEndpoints"))
    func standIn(_ cells: [String: Cell]) -> (ResourceGraph, String)? {
      let graph = neg(cells).graph()
      let found = graph.phantom(ofPartType: part, field: field, ownerType: group, row: 0)
      return found.map { phantom in
        let probe = Probe(graph)
        return (graph, probe.text(of: phantom))
      }
    }
    #expect(standIn([:])?.1 == Self.neg)
    #expect(standIn(["networkEndpoints": [], "size": 1])?.1 == Self.neg)
    #expect(standIn(["networkEndpoints": []]) == nil)
    #expect(standIn(["networkEndpointType": "SERVERLESS"]) == nil)
    let graph = neg([:]).graph()
    let probe = Probe(graph)
    let phantom = try #require(
      graph.phantom(ofPartType: part, field: field, ownerType: group, row: 0))
    #expect(graph.anchor(of: phantom) == Anchor(file: 0, offset: 100))
    for field in [
      "instance", "port", "effectivePort", "effectiveAddress", "ipv6", "isResolved",
      "networkInterface", "sameNameInstances", "references", "resolvedAddress",
    ] {
      let reader = graph.reader(of: field, in: "NetworkEndpoint")
      let expected = "unknown(\(Self.neg)/listNetworkEndpoints)"
      #expect(probe.text(of: reader.get(probe.context, phantom)) == expected, "\(field)")
      #expect(probe.text(of: reader.has(probe.context, phantom)) == expected, "\(field)")
    }
    let owner = graph.reader(of: "networkEndpointGroup", in: "NetworkEndpoint")
    #expect(probe.text(of: owner.get(probe.context, phantom)) == Self.neg)
  }

  @Test func `a stand-in of a type without references has none`() throws {
    let graph = Inputs().add("Region", ["name": "r"]).graph()
    let region = try #require(Schema.index(of: "Region"))
    let quota = try #require(Schema.index(of: "Quota"))
    let quotas = try #require(Schema.types[region].index(of: "quotas"))
    let phantom = try #require(
      graph.phantom(ofPartType: quota, field: quotas, ownerType: region, row: 0))
    let probe = Probe(graph)
    let reader = graph.reader(of: "references", in: Schema.anyType)
    #expect(probe.text(of: reader.get(probe.context, phantom)) == "[]")
    let limit = graph.reader(of: "limit", in: "Quota").get(probe.context, phantom)
    #expect(probe.text(of: limit) == "unknown(projects/p/regions/r#quotas)")
  }

  @Test func `the number of endpoints is the larger of size and what was loaded`() {
    let two: Cell = [["instance": "a"], ["instance": "b"], ["instance": "b"]]
    #expect(value("self.endpointCount", neg(["size": 7])) == "7")
    #expect(value("self.endpointCount", neg(["size": 7, "networkEndpoints": two])) == "7")
    #expect(value("self.endpointCount", neg(["size": 1, "networkEndpoints": two])) == "2")
    #expect(value("self.endpointCount", neg(["networkEndpoints": two])) == "2")
    #expect(value("self.endpointCount", neg([:])) == "unknown(\(Self.neg)/listNetworkEndpoints)")
  }

  static let networks: [([String: Cell], String, String)] = [
    (["IPv4Range": "10.0.0.0/8"], "LEGACY", "true"),
    (["autoCreateSubnetworks": true], "AUTO", "false"),
    (["autoCreateSubnetworks": false], "CUSTOM", "false"),
    (["x_gcloud_subnet_mode": "LEGACY"], "LEGACY", "true"),
    (["x_gcloud_subnet_mode": "CUSTOM"], "CUSTOM", "false"),
    (["subnetworks": ["regions/r/subnetworks/s"]], "?", "false"),
    ([:], "?", "?"), (["autoCreateSubnetworks": .unreadable], "?", "?"),
  ]

  @Test(arguments: networks)
  func `a network's mode follows from its fields`(network: ([String: Cell], String, String)) {
    let inputs = Inputs().add("Network", ["name": "n"].merging(network.0) { $1 })
    let path = "projects/p/global/networks/n"
    let unknown = "unknown(\(path)#autoCreateSubnetworks)"
    let probe = Probe(inputs.graph())
    #expect(probe.value("self.mode", of: path) == (network.1 == "?" ? unknown : network.1))
    #expect(probe.value("self.isLegacy", of: path) == (network.2 == "?" ? unknown : network.2))
  }

  @Test func `a network with a loaded subnet is not legacy`() {
    let inputs = Inputs().add("Network", ["name": "n"])
      .add("Subnetwork", ["name": "s", "region": "r", "network": "global/networks/n"])
    #expect(
      Probe(inputs.graph()).value("self.isLegacy", of: "projects/p/global/networks/n") == "false")
  }

  @Test func `services that name a group are found, open unless all were loaded`() {
    func inputs() -> Inputs {
      neg([:])
        .add(
          "BackendService",
          ["name": "b", "backends": [["group": .text(Self.neg)], ["group": .text(Self.neg)]]]
        )
        .add(
          "BackendService",
          ["name": "a", "region": "eu-1", "backends": [["group": .text(Self.neg)]]]
        )
        .add("BackendService", ["name": "c", "backends": [["group": "zones/z/instanceGroups/g"]]])
    }
    let found = "projects/p/global/backendServices/b, projects/p/regions/eu-1/backendServices/a"
    #expect(
      value("self.backendServices", inputs())
        == "[\(found), ...(projects/p/aggregated/backendServices)]")
    #expect(value("self.backendServices", inputs().complete("backendServices")) == "[\(found)]")
    let bothScopes = inputs().complete("backendServices", in: "projects/p/global")
      .complete("regionBackendServices", in: "projects/p/regions/eu-1")
    #expect(value("self.backendServices", bothScopes) == "[\(found)]")
    let oneScope = inputs().complete("backendServices", in: "projects/p/global")
    #expect(value("self.backendServices", oneScope).contains("..."))
  }
}
