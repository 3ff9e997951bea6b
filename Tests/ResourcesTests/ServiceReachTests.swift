import Resources
import Schema
import Testing

/// What leads to a service, and what its groups make together.
struct ServiceReachTests {
  private static let web = "projects/p/global/backendServices/web"
  private static let inner = "projects/p/regions/r/backendServices/db"

  private func value(_ expression: String, _ inputs: Inputs, of service: String = web) -> String {
    Probe(inputs.graph()).value(expression, of: service)
  }

  private static let leading = [
    "forwardingRules", "targetHttpProxies", "targetHttpsProxies", "targetGrpcProxies",
    "targetTcpProxies", "targetSslProxies", "urlMaps",
  ]

  private func chain() -> Inputs {
    Inputs()
      .add(
        "BackendService",
        ["name": "web", "loadBalancingScheme": "EXTERNAL_MANAGED", "protocol": "HTTP"]
      )
      .add("ForwardingRule", ["name": "fr", "target": "global/targetHttpProxies/proxy"])
      .add("TargetHttpProxy", ["name": "proxy", "urlMap": "global/urlMaps/map"])
      .add(
        "UrlMap",
        [
          "name": "map", "defaultService": "global/backendServices/other",
          "pathMatchers": [
            ["name": "m", "pathRules": [["service": "global/backendServices/web"]]]
          ],
        ])
  }

  @Test func `a rule leads to the services behind its proxy and URL map`() {
    let inputs = chain()
    for collection in Self.leading { inputs.complete(collection) }
    #expect(
      value("self.reachingForwardingRules", inputs) == "[projects/p/global/forwardingRules/fr]")
    inputs.complete("targetSslProxies").complete("targetTcpProxies")
    #expect(value("self.referrers", inputs) == "[projects/p/global/urlMaps/map]")
  }

  @Test func `nothing but rules themselves leads to a passthrough load balancer`() {
    let inputs = Inputs()
      .add("BackendService", ["name": "db", "region": "r", "loadBalancingScheme": "INTERNAL"])
    #expect(
      value("self.reachingForwardingRules", inputs, of: Self.inner)
        == "[...(projects/p/aggregated/forwardingRules)]")
    inputs.complete("forwardingRules")
    #expect(value("self.reachingForwardingRules", inputs, of: Self.inner) == "[]")
    #expect(value("has(self.effectiveNetwork)", inputs, of: Self.inner) == "false")
  }

  static let networks: [([String: Cell], [String: Cell], String)] = [
    (["network": "global/networks/own"], ["network": "global/networks/other"], "own"),
    ([:], ["network": "global/networks/rule"], "rule"),
    ([:], ["subnetwork": "regions/r/subnetworks/s"], "subnet"),
  ]

  @Test(arguments: networks) func `the network is the service's, else the rule's`(
    network: ([String: Cell], [String: Cell], String)
  ) {
    let inputs = Inputs()
      .add(
        "BackendService",
        ["name": "db", "region": "r", "loadBalancingScheme": "INTERNAL"].merging(network.0) { $1 }
      )
      .add(
        "ForwardingRule",
        ["name": "fr", "region": "r", "backendService": "regions/r/backendServices/db"]
          .merging(network.1) { $1 }
      )
      .add(
        "Subnetwork", ["name": "s", "region": "r", "network": "global/networks/subnet"])
    #expect(
      value("self.effectiveNetwork", inputs, of: Self.inner)
        == "projects/p/global/networks/\(network.2)")
  }

  @Test func `a reference that nobody can tell may be to the service`() {
    let inputs = Inputs()
      .add("BackendService", ["name": "web"])
      .add("UrlMap", ["name": "map", "defaultService": .unreadable])
    for collection in ["forwardingRules", "urlMaps", "targetTcpProxies", "targetSslProxies"] {
      inputs.complete(collection)
    }
    #expect(
      value("self.referrers", inputs) == "[...(projects/p/global/urlMaps/map#defaultService)]")
  }

  private func groups() -> Inputs {
    Inputs()
      .add(
        "BackendService",
        [
          "name": "web",
          "backends": [
            ["group": "zones/z/networkEndpointGroups/a"],
            ["group": "zones/z/networkEndpointGroups/b", "failover": true],
            ["group": "zones/z/networkEndpointGroups/c"],
            ["group": "zones/z/instanceGroups/d"], ["group": "zones/z/instanceGroups/d"],
            ["group": "zones/z/instanceGroups/e"],
          ],
        ]
      )
      .add(
        "NetworkEndpointGroup",
        ["name": "a", "zone": "z", "network": "global/networks/one", "size": 3]
      )
      .add(
        "NetworkEndpointGroup",
        ["name": "b", "zone": "z", "network": "global/networks/two", "size": 4]
      )
      .add("InstanceGroup", ["name": "d", "zone": "z", "size": 1])
      .attach(
        [["instance": "zones/z/instances/vm"]], to: "instances", of: "InstanceGroup",
        owner: "projects/p/zones/z/instanceGroups/d")
  }

  @Test func `what is known of the groups counts, and what is not leaves lists open`() {
    let missing = "projects/p/zones/z/networkEndpointGroups/c"
    #expect(
      value("self.backendNetworks", groups())
        == "[projects/p/global/networks/one, projects/p/global/networks/two, ...(\(missing))]")
    #expect(
      value("self.groupMembers.map(member, member.instance.name)", groups())
        == "[vm, ...(projects/p/zones/z/instanceGroups/e)]")
    #expect(value("self.knownPrimaryEndpoints", groups()) == "5")
    #expect(value("self.knownFailoverEndpoints", groups()) == "4")
    #expect(value("self.backends[2].endpointCount", groups()) == "unknown(\(missing))")
    #expect(value("self.backends[3].endpointCount", groups()) == "1")
  }

  @Test func `a manager stands in for its group`() {
    let inputs = groups().add(
      "InstanceGroupManager",
      [
        "name": "m", "zone": "z", "instanceGroup": "zones/z/instanceGroups/e",
        "namedPorts": [["name": "http", "port": 80]],
      ])
    let ports = "instanceGroup.effectiveNamedPorts.map(port, port.name)"
    #expect(value("self.backends[3].\(ports)", inputs) == "[]")
    #expect(value("self.backends[5].\(ports)", inputs) == "[http]")
    #expect(
      value("self.backends[3].instanceGroup.backends.map(backend, backend.groupScope)", inputs)
        == "[zonal, zonal, ...(projects/p/aggregated/backendServices)]")
  }
}
