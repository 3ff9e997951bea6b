import Resources
import Testing

/// References in every form that dumps have (constraints 4.1).
struct ReferenceTests {
  static let host = "https://www.googleapis.com/compute/v1/"
  static let forms: [(String, String)] = [
    ("\(host)projects/h/global/networks/n", "projects/h/global/networks/n"),
    (
      "https://compute.googleapis.com/compute/v1/projects/h/global/networks/n",
      "projects/h/global/networks/n"
    ),
    (
      "https://content.googleapis.com/compute/beta/projects/h/global/networks/n",
      "projects/h/global/networks/n"
    ),
    (
      "http://www.s3nsapis.fr/compute/staging_v1/projects/h/global/networks/n/",
      "projects/h/global/networks/n"
    ),
    ("//compute.googleapis.com/projects/h/global/networks/n", "projects/h/global/networks/n"),
    ("www.googleapis.com/compute/v1/projects/h/global/networks/n", "projects/h/global/networks/n"),
    ("compute/v1/projects/h/global/networks/n", "projects/h/global/networks/n"),
    ("/projects/h/global/networks/n", "projects/h/global/networks/n"),
    ("projects/h/global/networks/n", "projects/h/global/networks/n"),
    ("projects/example.com:h/global/networks/n", "projects/example.com:h/global/networks/n"),
    ("projects%2Fh%2Fglobal%2Fnetworks%2Fn", "projects/h/global/networks/n"),
    ("\(host)global/networks/n", "projects/p/global/networks/n"),
    ("global/networks/n", "projects/p/global/networks/n"),
    ("n", "projects/p/global/networks/n"),
    ("projects/h/global/networks/N", "projects/h/global/networks/N"),
  ]

  @Test(arguments: forms) func `reads a network reference`(form: (String, String)) {
    let graph = Inputs().add(
      "NetworkEndpointGroup", ["name": "neg", "zone": "z-1-a", "network": .text(form.0)]
    ).graph()
    #expect(
      Probe(graph).value("self.network", of: "projects/p/zones/z-1-a/networkEndpointGroups/neg")
        == form.1)
    #expect(graph.importerFindings.isEmpty)
  }

  @Test(
    arguments: [
      "https://www.googleapis.com/", "projects//global/networks/n", "global/n", "a b", "zones/z/n",
      "https://www.googleapis.com/compute/v1/projects/p/global/networks/n m", "\\n",
      "projects/p?x/global/networks/n", "aggregated/networks", "n:1",
    ])
  func `finds no form in a malformed reference`(text: String) {
    let graph = Inputs().add(
      "NetworkEndpointGroup", ["name": "neg", "zone": "z-1-a", "network": .text(text)]
    ).graph()
    let path = "projects/p/zones/z-1-a/networkEndpointGroups/neg"
    #expect(Probe(graph).value("self.network", of: path) == "unknown(\(path)#network)")
    #expect(Probe(graph).value("has(self.network)", of: path) == "true")
    #expect(
      graph.importerFindings.map(\.message) == [
        "'\(text)' in network is no reference to a resource"
      ])
    #expect(graph.importerFindings.map(\.path) == [["network"]])
  }

  @Test func `completes bare names by what the field may name`() {
    let graph = Inputs()
      .add(
        "NetworkEndpointGroup",
        [
          "name": "neg", "zone": "europe-west4-b", "subnetwork": "s",
          "networkEndpoints": [["instance": "vm"]],
        ]
      )
      .add(
        "ForwardingRule",
        ["name": "fr", "region": "r1", "backendService": "bs", "target": "all-apis"]
      )
      .add("ForwardingRule", ["name": "global", "backendService": "bs", "network": "n"])
      .add("BackendService", ["name": "bs", "backends": [["group": "g"]], "healthChecks": ["hc"]])
      .graph()
    let probe = Probe(graph)
    let neg = "projects/p/zones/europe-west4-b/networkEndpointGroups/neg"
    #expect(
      probe.value("self.subnetwork", of: neg) == "projects/p/regions/europe-west4/subnetworks/s")
    #expect(
      probe.value("self.networkEndpoints[0].instance", of: neg)
        == "projects/p/zones/europe-west4-b/instances/vm")
    let rule = "projects/p/regions/r1/forwardingRules/fr"
    #expect(
      probe.value("self.backendService", of: rule) == "projects/p/regions/r1/backendServices/bs")
    #expect(probe.value("has(self.target)", of: rule) == "true")
    #expect(
      probe.value("self.backendService", of: "projects/p/global/forwardingRules/global")
        == "projects/p/global/backendServices/bs")
    #expect(
      probe.value("self.healthChecks", of: "projects/p/global/backendServices/bs")
        == "[projects/p/global/healthChecks/hc]")
    // A group may be of two collections: its bare name says too little.
    #expect(
      graph.importerFindings.map(\.message) == ["'g' in group is no reference to a resource"])
    #expect(probe.value("isBareName(self.subnetwork)", of: neg) == "true")
    #expect(probe.value("isBareName(self.network)", of: neg).hasPrefix("error: "))
  }

  @Test func `a bare VM name in a regional NEG is unknown, not malformed`() {
    let graph = Inputs().add(
      "NetworkEndpointGroup",
      ["name": "neg", "region": "r", "networkEndpoints": [["instance": "vm"]]]
    ).graph()
    #expect(graph.importerFindings.isEmpty)
    #expect(
      Probe(graph).value(
        "self.networkEndpoints[0].instance", of: "projects/p/regions/r/networkEndpointGroups/neg")
        == "unknown(projects/p/regions/r/networkEndpointGroups/neg#networkEndpoints[0].instance)")
  }

  @Test func `maps the collections of regional APIs to one`() {
    let graph = Inputs()
      .add(
        "ForwardingRule",
        ["name": "fr", "region": "r", "target": "regions/r/regionTargetTcpProxies/t"]
      )
      .add("TargetTcpProxy", ["name": "t", "region": "r"]).graph()
    #expect(
      Probe(graph).value("exists(self.target)", of: "projects/p/regions/r/forwardingRules/fr")
        == "true")
  }

  @Test func `a number in the name's place finds the record with that id`() {
    let graph = Inputs()
      .add("Network", ["name": "n", "id": 8_591_756_786_596_985_669])
      .add(
        "NetworkEndpointGroup",
        ["name": "a", "zone": "z-1-a", "network": "global/networks/8591756786596985669"]
      )
      .add(
        "NetworkEndpointGroup",
        ["name": "b", "zone": "z-1-a", "network": "global/networks/1111111111111111111"]
      )
      .add("NetworkEndpointGroup", ["name": "c", "zone": "z-1-a", "network": "global/networks/m"])
      .complete("networks").graph()
    let probe = Probe(graph)
    func neg(_ name: String) -> String { "projects/p/zones/z-1-a/networkEndpointGroups/\(name)" }
    #expect(probe.value("self.network", of: neg("a")) == "projects/p/global/networks/n")
    #expect(
      probe.value("exists(self.network)", of: neg("b"))
        == "unknown(projects/p/global/networks/1111111111111111111)")
    #expect(
      probe.value("self.backendServices.exists(b, false) || self.network.name == 'm'", of: neg("c"))
        == "true")
  }
}
