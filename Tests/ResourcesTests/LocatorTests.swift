import Resources
import Schema
import Testing

/// How parts are named and where records stand (rules.md, reports.md).
struct LocatorTests {
  private static let host = "https://www.googleapis.com/compute/v1/"

  @Test func `parts are named by their identity fields as set`() {
    let inputs = Inputs()
      .add(
        "NetworkEndpointGroup",
        [
          "name": "neg", "zone": "z-1-a",
          "networkEndpoints": [
            ["instance": "vm-a", "ipAddress": "10.0.0.9", "port": 80],
            ["instance": .text("\(Self.host)projects/p/zones/z-1-a/instances/vm-b")],
            ["fqdn": "example.com", "port": 443], ["instance": "vm-b", "clientDestinationPort": 1],
            [:], ["instance": "zones/z-1-b/instances/vm-b"],
            ["instance": .unreadable, "port": 1], ["instance": "a b", "port": 1], ["port": 1],
          ],
        ])
    let neg = "projects/p/zones/z-1-a/networkEndpointGroups/neg"
    #expect(
      Probe(inputs.graph()).subjects("NetworkEndpoint") == [
        "\(neg) networkEndpoints[instance=vm-a,ipAddress=10.0.0.9,port=80]",
        "\(neg) networkEndpoints[instance=vm-b]",
        "\(neg) networkEndpoints[port=443,fqdn=example.com]",
        "\(neg) networkEndpoints[instance=vm-b]#2", "\(neg) networkEndpoints[4]",
        "\(neg) networkEndpoints[instance=vm-b]#3", "\(neg) networkEndpoints[port=1]",
        "\(neg) networkEndpoints[port=1]#2", "\(neg) networkEndpoints[port=1]#3",
      ])
  }

  @Test func `a single reference is written bare, without the owner's project`() {
    let inputs = Inputs().add(
      "BackendService",
      [
        "name": "b",
        "backends": [
          ["group": .text("\(Self.host)projects/p/zones/z/networkEndpointGroups/n")],
          ["group": .text("\(Self.host)projects/q/regions/r/instanceGroups/g")],
          ["group": "zones/z/networkEndpointGroups/n"],
        ],
      ])
    let service = "projects/p/global/backendServices/b"
    #expect(
      Probe(inputs.graph()).subjects("Backend") == [
        "\(service) backends[zones/z/networkEndpointGroups/n]",
        "\(service) backends[projects/q/regions/r/instanceGroups/g]",
        "\(service) backends[zones/z/networkEndpointGroups/n]#2",
      ])
  }

  @Test func `parts of parts are named along the way`() {
    let inputs = Inputs()
      .add(
        "Instance",
        [
          "name": "vm", "zone": "z-1-a",
          "networkInterfaces": [
            ["name": "nic0", "aliasIpRanges": [["ipCidrRange": "10.0.0.0/24"]]],
            ["aliasIpRanges": [["ipCidrRange": "/24"], ["subnetworkRangeName": "x"]]],
          ],
        ]
      )
      .add("Project", ["name": "p", "quotas": [["metric": "NETWORKS", "limit": 5]]])
      .add(
        "UrlMap",
        [
          "name": "m",
          "pathMatchers": [
            [
              "name": "a", "pathRules": [["service": "b"]],
              "routeRules": [["priority": 0, "service": "b"]],
            ]
          ],
        ])
    let probe = Probe(inputs.graph())
    #expect(
      probe.subjects("PathRule")
        == ["projects/p/global/urlMaps/m pathMatchers[name=a].pathRules[0]"])
    #expect(
      probe.subjects("HttpRouteRule")
        == ["projects/p/global/urlMaps/m pathMatchers[name=a].routeRules[priority=0]"])
    let vm = "projects/p/zones/z-1-a/instances/vm networkInterfaces"
    #expect(
      probe.subjects("AliasIpRange") == [
        "\(vm)[name=nic0].aliasIpRanges[ipCidrRange=10.0.0.0/24]",
        "\(vm)[1].aliasIpRanges[ipCidrRange=/24]", "\(vm)[1].aliasIpRanges[1]",
      ])
    #expect(probe.subjects("Quota") == ["projects/p quotas[metric=NETWORKS]"])
    #expect(probe.value("self.quotas[0].owner", of: "projects/p") == "projects/p")
  }

  @Test func `references are named by their field's path and lead to their target`() {
    let inputs = Inputs()
      .add(
        "BackendService",
        [
          "name": "b", "healthChecks": ["global/healthChecks/a", "global/healthChecks/b"],
          "network": "a b", "serviceBindings": ["projects/p/locations/global/serviceBindings/x"],
          "backends": [["group": "zones/z/networkEndpointGroups/n"]],
        ])
    let probe = Probe(inputs.graph())
    let service = "projects/p/global/backendServices/b"
    #expect(
      probe.value("self.references", of: service)
        == "[\(service) healthChecks[0], \(service) healthChecks[1]]")
    #expect(
      probe.value("self.references.map(r, r.target)", of: service)
        == "[projects/p/global/healthChecks/a, projects/p/global/healthChecks/b]")
    #expect(
      probe.value("self.backends[0].references", of: service)
        == "[\(service) backends[zones/z/networkEndpointGroups/n].group]")
  }

  @Test func `records know their file and offset`() throws {
    let inputs = Inputs()
    inputs.file(4)
    inputs.add("Network", ["name": "n"])
    inputs.add(
      "NetworkEndpointGroup",
      ["name": "neg", "zone": "z-1-a", "networkEndpoints": [["instance": "vm"]]])
    let graph = inputs.graph()
    let probe = Probe(graph)
    let neg = try #require(probe.record("projects/p/zones/z-1-a/networkEndpointGroups/neg"))
    #expect(graph.anchor(of: neg.value) == Anchor(file: 4, offset: 200))
    #expect(graph.resourceType(of: neg.value) == "NetworkEndpointGroup")
    let part = try #require(Schema.index(of: "NetworkEndpoint"))
    let endpoint = try #require(graph.subject(type: part, row: 0))
    #expect(graph.anchor(of: endpoint) == Anchor(file: 4, offset: 300))
    #expect(graph.resourceType(of: endpoint) == "NetworkEndpointGroup")
    #expect(graph.name(of: endpoint) == "networkEndpoints[instance=vm]")
    #expect(graph.name(of: neg.value) == "neg")
  }
}
