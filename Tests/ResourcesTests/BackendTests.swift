import Resources
import Schema
import Testing

/// Kinds of backends and products of services (constraints H10, H12, section 3.1).
struct BackendTests {
  private static let service = "projects/p/global/backendServices/b"

  private func service(_ cells: [String: Cell]) -> Inputs {
    Inputs().add("BackendService", ["name": "b"].merging(cells) { $1 })
  }

  static let types: [(Cell, String)] = [
    ("GCE_VM_IP", "GCE_VM_IP"), ("GCE_VM_IP_PORT", "GCE_VM_IP_PORT"),
    ("NON_GCP_PRIVATE_IP_PORT", "HYB"), ("INTERNET_FQDN_PORT", "INTERNET"),
    ("INTERNET_IP_PORT", "INTERNET"), ("SERVERLESS", "SERVERLESS"),
    ("PRIVATE_SERVICE_CONNECT", "PSC"), ("GCE_VM_IP_PORTMAP", "PORTMAP"),
  ]

  @Test(arguments: types) func `a loaded NEG's type is the kind`(type: (Cell, String)) {
    let inputs = service(["backends": [["group": "zones/z/networkEndpointGroups/n"]]])
      .add("NetworkEndpointGroup", ["name": "n", "zone": "z", "networkEndpointType": type.0])
    let probe = Probe(inputs.graph())
    #expect(probe.value("self.backends[0].kind", of: Self.service) == type.1)
    #expect(probe.value("self.backends[0].possibleKinds", of: Self.service) == "[\(type.1)]")
  }

  private static let neg = "networkEndpointGroups/n"
  static let groups: [(String, String, String)] = [
    ("zones/z/instanceGroups/g", "IG", "[IG]"),
    ("regions/r/instanceGroups/g", "IG", "[IG]"),
    ("zones/z/\(neg)", "?", "[GCE_VM_IP, GCE_VM_IP_PORT, HYB]"),
    ("regions/r/\(neg)", "?", "[INTERNET, SERVERLESS, PSC, PORTMAP]"),
    ("global/\(neg)", "INTERNET", "[INTERNET]"),
  ]

  @Test(arguments: groups) func `an unloaded group's URL leaves a choice`(
    group: (String, String, String)
  ) {
    let inputs = service(["backends": [["group": .text(group.0)]]])
    let probe = Probe(inputs.graph())
    let kind = group.1 == "?" ? "unknown(projects/p/\(group.0))" : group.1
    #expect(probe.value("self.backends[0].kind", of: Self.service) == kind)
    #expect(probe.value("self.backends[0].possibleKinds", of: Self.service) == group.2)
    let isGroup = group.0.contains("instanceGroups")
    #expect(probe.value("has(self.backends[0].instanceGroup)", of: Self.service) == "\(isGroup)")
    #expect(
      probe.value("has(self.backends[0].networkEndpointGroup)", of: Self.service) == "\(!isGroup)")
    #expect(probe.value("self.backends[0].backendService == self", of: Self.service) == "true")
  }

  @Test func `a loaded NEG without type has the kinds of its scope`() {
    let inputs = service(["backends": [["group": "zones/z/networkEndpointGroups/n"]]])
      .add("NetworkEndpointGroup", ["name": "n", "zone": "z"])
    let probe = Probe(inputs.graph())
    #expect(
      probe.value("self.backends[0].kind", of: Self.service)
        == "unknown(projects/p/zones/z/networkEndpointGroups/n#networkEndpointType)")
    #expect(
      probe.value("self.backends[0].possibleKinds", of: Self.service)
        == "[GCE_VM_IP, GCE_VM_IP_PORT, HYB]")
    #expect(probe.value("self.backends[0].groupScope", of: Self.service) == "zonal")
  }

  @Test(arguments: [
    ("zones/z/networkEndpointGroups/n", "network-endpoint-group-zone=z", "zone=z"),
    ("regions/r/networkEndpointGroups/n", "network-endpoint-group-region=r", "region=r"),
    ("global/networkEndpointGroups/n", "global-network-endpoint-group", "global"),
    ("zones/z/instanceGroups/n", "instance-group-zone=z", "zone=z"),
    ("regions/r/instanceGroups/n", "instance-group-region=r", "region=r"),
  ])
  func `the flags say where a group is`(group: String, groupScopeFlag: String, scopeFlag: String) {
    let probe = Probe(service(["backends": [["group": .init(stringLiteral: group)]]]).graph())
    #expect(probe.value("self.backends[0].groupScopeFlag", of: Self.service) == groupScopeFlag)
    #expect(probe.value("self.backends[0].group.scopeFlag", of: Self.service) == scopeFlag)
  }

  @Test func `a malformed group may be of any kind`() {
    let probe = Probe(service(["backends": [["group": "a b"], [:]]]).graph())
    for index in 0...1 {
      #expect(
        probe.value("size(self.backends[\(index)].possibleKinds)", of: Self.service)
          == "\(Schema.backendKinds.count)")
      #expect(probe.value("self.backends[\(index)].kind", of: Self.service).hasPrefix("unknown("))
    }
  }

  static let products: [(String, Bool, [String], String)] = [
    ("EXTERNAL", true, ["TCP", "UDP", "UNSPECIFIED", "HTTP", ""], "XNLB"),
    ("EXTERNAL", false, ["HTTP", "HTTPS", "HTTP2", "H2C"], "CALB"),
    ("EXTERNAL", false, ["TCP", "SSL"], "CPNLB"),
    ("EXTERNAL", false, ["UDP", "GRPC", "UNSPECIFIED", ""], "CALB CPNLB"),
    ("EXTERNAL_MANAGED", false, ["HTTP", "HTTPS", "HTTP2", "H2C"], "GXALB"),
    ("EXTERNAL_MANAGED", false, ["TCP", "SSL"], "GXPNLB"),
    ("EXTERNAL_MANAGED", true, ["HTTP", "H2C"], "RXALB"),
    ("EXTERNAL_MANAGED", true, ["TCP"], "RXPNLB"),
    ("EXTERNAL_MANAGED", true, ["SSL", ""], "RXALB RXPNLB"),
    ("INTERNAL", true, ["TCP", "UDP", "UNSPECIFIED", ""], "INLB"),
    ("INTERNAL_MANAGED", false, ["HTTPS"], "XRIALB"),
    ("INTERNAL_MANAGED", false, ["TCP"], "XRIPNLB"),
    ("INTERNAL_MANAGED", true, ["HTTP2"], "RIALB"),
    ("INTERNAL_MANAGED", true, ["TCP"], "RIPNLB"),
    ("INTERNAL_SELF_MANAGED", false, ["HTTP", "GRPC", "TCP", ""], "MESH"),
    ("INTERNAL_SELF_MANAGED", true, ["HTTP"], "MESH"),
  ]

  @Test(arguments: products)
  func `scheme, scope and protocol make the product`(row: (String, Bool, [String], String)) {
    for transport in row.2 {
      var cells: [String: Cell] = ["loadBalancingScheme": .text(row.0)]
      if row.1 { cells["region"] = "r" }
      if !transport.isEmpty { cells["protocol"] = .text(transport) }
      let path = row.1 ? "projects/p/regions/r/backendServices/b" : Self.service
      let probe = Probe(service(cells).graph())
      let all = row.3.split(separator: " ").joined(separator: ", ")
      #expect(probe.value("self.possibleProducts", of: path) == "[\(all)]", "\(transport)")
      let isOne = !all.contains(",")
      #expect(
        probe.value("self.product", of: path) == (isOne ? all : "unknown(\(path)#protocol)"),
        "\(transport)")
      let isPassthrough = ["XNLB", "INLB"].contains(all)
      #expect(probe.value("self.isPassthrough", of: path) == "\(isPassthrough)")
      #expect(probe.value("self.isMesh", of: path) == "\(all == "MESH")")
      #expect(probe.value("self.isProxy", of: path) == "\(!isPassthrough && all != "MESH")")
    }
  }

  @Test func `INTERNAL with a global service is no product`() {
    let probe = Probe(service(["loadBalancingScheme": "INTERNAL", "protocol": "TCP"]).graph())
    #expect(probe.value("size(self.possibleProducts)", of: Self.service) == "13")
    #expect(
      probe.value("self.isPassthrough", of: Self.service) == "unknown(\(Self.service)#protocol)")
    // So a global service whose scheme is not known may be anything.
    let open = Probe(service(["protocol": "TCP"]).graph())
    #expect(open.value("size(self.possibleProducts)", of: Self.service) == "13")
  }

  @Test func `a missing scheme is taken from the one forwarding rule that reaches the service`() {
    let path = "projects/p/regions/r/backendServices/b"
    func product(_ rules: [[String: Cell]]) -> String {
      let inputs = service(["region": "r", "protocol": "TCP"])
        .add(
          "TargetTcpProxy", ["name": "t", "region": "r", "service": "regions/r/backendServices/b"])
      for (index, rule) in rules.enumerated() {
        inputs.add(
          "ForwardingRule", ["name": .text("f\(index)"), "region": "r"].merging(rule) { $1 })
      }
      return Probe(inputs.graph()).value("self.product", of: path)
    }
    let direct: [String: Cell] = ["backendService": "b", "loadBalancingScheme": "INTERNAL"]
    let byProxy: [String: Cell] = [
      "target": "regions/r/targetTcpProxies/t", "loadBalancingScheme": "INTERNAL_MANAGED",
    ]
    let unknown = "unknown(\(path)#loadBalancingScheme)"
    #expect(product([direct]) == "INLB")
    #expect(product([byProxy]) == "RIPNLB")
    #expect(product([]) == unknown)
    #expect(product([direct, direct]) == unknown)
    #expect(product([["backendService": "b"]]) == unknown)
  }

  @Test func `an EXTERNAL rule may lead to a service that has moved to EXTERNAL_MANAGED`() {
    func products(_ transport: Cell) -> String {
      let inputs = service(["protocol": transport]).add(
        "ForwardingRule",
        ["name": "f", "backendService": "b", "loadBalancingScheme": "EXTERNAL"])
      return Probe(inputs.graph()).value("self.possibleProducts", of: Self.service)
    }
    #expect(products("HTTP") == "[CALB, GXALB]")
    #expect(products("TCP") == "[CPNLB]")
  }

  @Test func `a missing protocol is taken from the proxies that reach the service`() {
    func product(_ add: (Inputs) -> Void) -> String {
      let inputs = service(["loadBalancingScheme": "EXTERNAL_MANAGED"])
      inputs.add("UrlMap", ["name": "m", "defaultService": "global/backendServices/b"])
      add(inputs)
      return Probe(inputs.graph()).value("self.product", of: Self.service)
    }
    let http: (Inputs) -> Void = { $0.add("TargetHttpsProxy", ["name": "t", "urlMap": "m"]) }
    let tcp: (Inputs) -> Void = { $0.add("TargetSslProxy", ["name": "t", "service": "b"]) }
    #expect(product(http) == "GXALB")
    #expect(product(tcp) == "GXPNLB")
    #expect(product { _ in } == "unknown(\(Self.service)#protocol)")
    #expect(
      product {
        http($0); tcp($0)
      } == "unknown(\(Self.service)#protocol)")
  }

  @Test func `a service may stand anywhere in a URL map`() {
    let matchers: [Cell] = [
      ["name": "a", "defaultService": "global/backendServices/b"],
      ["name": "a", "pathRules": [[:], ["service": "global/backendServices/b"]]],
      ["name": "a", "routeRules": [["priority": 7, "service": "global/backendServices/b"]]],
    ]
    for matcher in matchers {
      let inputs = service(["protocol": "HTTP"])
        .add("UrlMap", ["name": "m", "pathMatchers": [matcher]])
        .add("TargetHttpProxy", ["name": "t", "urlMap": "m"])
        .add(
          "ForwardingRule",
          [
            "name": "f", "target": "global/targetHttpProxies/t",
            "loadBalancingScheme": "EXTERNAL_MANAGED",
          ])
      #expect(Probe(inputs.graph()).value("self.product", of: Self.service) == "GXALB")
    }
  }

  @Test func `what is missing of scheme and protocol is named`() {
    let probe = Probe(service(["loadBalancingScheme": .unreadable]).graph())
    #expect(
      probe.value("self.product", of: Self.service)
        == "unknown(\(Self.service)#loadBalancingScheme, \(Self.service)#protocol)")
    #expect(
      probe.value("self.forwardingRules", of: Self.service)
        == "[...(projects/p/aggregated/forwardingRules)]")
  }
}
