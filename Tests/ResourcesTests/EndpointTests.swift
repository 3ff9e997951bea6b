import Resources
import Testing

/// Derived fields of endpoints and NEGs (constraints H3 to H7, H13, H15).
struct EndpointTests {
  private static let neg = "projects/p/zones/eu-1-a/networkEndpointGroups/neg"
  private static let vm = "projects/p/zones/eu-1-a/instances/vm"
  private static let subnet: Cell = "regions/eu-1/subnetworks/s"

  private func inputs(
    neg: [String: Cell] = [:], endpoint: [String: Cell] = [:], nics: Cell? = nil
  ) -> Inputs {
    let inputs = Inputs().add(
      "NetworkEndpointGroup",
      [
        "name": "neg", "zone": "eu-1-a", "networkEndpointType": "GCE_VM_IP_PORT",
        "network": "global/networks/n", "subnetwork": Self.subnet,
        "networkEndpoints": [.object(["instance": "vm"].merging(endpoint) { $1 })],
      ].merging(neg) { $1 })
    if let nics {
      inputs.add("Instance", ["name": "vm", "zone": "eu-1-a", "networkInterfaces": nics])
    }
    return inputs
  }

  private func first(_ expression: String, _ inputs: Inputs) -> String {
    Probe(inputs.graph()).value("self.networkEndpoints[0].\(expression)", of: Self.neg)
  }

  private func has(_ field: String, _ inputs: Inputs) -> String {
    Probe(inputs.graph()).value("has(self.networkEndpoints[0].\(field))", of: Self.neg)
  }

  private static let inSubnet: Cell = [
    ["name": "nic0", "subnetwork": "regions/eu-1/subnetworks/other", "networkIP": "10.1.0.2"],
    ["name": "nic1", "subnetwork": Self.subnet, "networkIP": "10.0.0.2"],
  ]

  @Test func `the interface is the one in the group's subnet`() {
    let found = inputs(nics: Self.inSubnet)
    #expect(first("networkInterface", found) == "\(Self.vm) networkInterfaces[name=nic1]")
    #expect(first("networkInterface.networkIP", found) == "10.0.0.2")
    #expect(has("networkInterface", found) == "true")
    #expect(first("effectiveAddress", found) == "10.0.0.2")
  }

  @Test func `there is no interface where every one is in another subnet`() {
    let none = inputs(nics: [["name": "nic0", "subnetwork": "regions/eu-1/subnetworks/other"]])
    #expect(has("networkInterface", none) == "false")
    #expect(has("effectiveAddress", none) == "false")
    #expect(first("networkInterface.name", none).hasPrefix("error: "))
    let nobody = inputs(endpoint: ["instance": .unreadable, "ipAddress": "10.0.0.9"])
    #expect(has("networkInterface", nobody).hasPrefix("unknown("))
    #expect(first("effectiveAddress", nobody) == "10.0.0.9")
  }

  @Test func `the interface is unknown with what would tell`() {
    #expect(has("networkInterface", inputs()) == "unknown(\(Self.vm))")
    #expect(first("effectiveAddress", inputs()) == "unknown(\(Self.vm))")
    let noList = inputs().add("Instance", ["name": "vm", "zone": "eu-1-a"])
    #expect(has("networkInterface", noList) == "unknown(\(Self.vm)#networkInterfaces)")
    #expect(has("networkInterface", inputs(nics: [])) == has("networkInterface", noList))
    let unset = inputs(nics: [["name": "nic0"]])
    #expect(
      has("networkInterface", unset)
        == "unknown(\(Self.vm)#networkInterfaces[name=nic0].subnetwork)")
    let twice = inputs(nics: [
      ["name": "nic0", "subnetwork": Self.subnet], ["name": "nic1", "subnetwork": Self.subnet],
    ])
    #expect(
      has("networkInterface", twice)
        == "unknown(\(Self.vm)#networkInterfaces[name=nic1].subnetwork)")
    let custom = inputs(neg: ["subnetwork": .unreadable], nics: Self.inSubnet)
    #expect(has("networkInterface", custom) == "unknown(\(Self.neg)#subnetwork)")
  }

  @Test func `an endpoint is written as gcloud takes it`() {
    let endpoint: [String: Cell] = [
      "instance": "vm", "ipAddress": "10.0.0.9", "ipv6Address": "fd00::1", "port": 80,
      "clientDestinationPort": 8080,
    ]
    #expect(
      first("flagValue", inputs(endpoint: endpoint))
        == "instance=vm,ip=10.0.0.9,ipv6=fd00::1,port=80,client-destination-port=8080")
    #expect(first("flagValue", inputs(endpoint: ["fqdn": "a.b"])) == "instance=vm,fqdn=a.b")
    #expect(first("flagValue", inputs(endpoint: ["port": .unreadable])).hasPrefix("unknown("))
  }

  @Test func `one match beside an interface without subnet is the interface`() {
    let beside = inputs(nics: [["name": "nic0"], ["name": "nic1", "subnetwork": Self.subnet]])
    #expect(first("networkInterface", beside) == "\(Self.vm) networkInterfaces[name=nic1]")
  }

  @Test func `a project number may be the subnet's project`() {
    let number = "projects/42/regions/eu-1/subnetworks/s"
    let byNumber = inputs(nics: [["name": "nic0", "subnetwork": .text(number)]])
    #expect(has("networkInterface", byNumber) == "unknown(\(number))")
  }

  @Test func `the address is the one that is set, or the interface's`() {
    #expect(first("effectiveAddress", inputs(endpoint: ["ipAddress": "10.0.0.9"])) == "10.0.0.9")
    let bad = inputs(endpoint: ["ipAddress": .unreadable], nics: Self.inSubnet)
    #expect(
      first("effectiveAddress", bad)
        == "unknown(\(Self.neg)#networkEndpoints[instance=vm].ipAddress)")
    let noAddress = inputs(nics: [["name": "nic0", "subnetwork": Self.subnet]])
    #expect(
      first("effectiveAddress", noAddress)
        == "unknown(\(Self.vm)#networkInterfaces[name=nic0].networkIP)")
    let six = inputs(nics: [["name": "nic0", "subnetwork": Self.subnet, "stackType": "IPV6_ONLY"]])
    #expect(has("effectiveAddress", six) == "false")
  }

  @Test func `the API fills in the address that a request leaves out`() {
    #expect(first("resolvedAddress", inputs(endpoint: ["ipAddress": "10.0.0.9"])) == "10.0.0.9")
    #expect(has("resolvedAddress", inputs(endpoint: ["resolved": true])) == "false")
    #expect(
      has("resolvedAddress", inputs())
        == "unknown(\(Self.neg)#networkEndpoints[instance=vm].ipAddress)")
    #expect(first("isResolved", inputs(endpoint: ["resolved": true])) == "true")
    #expect(first("isResolved", inputs()) == "false")
  }

  @Test func `the port is the one that is set, or the group's default`() {
    let own = inputs(neg: ["defaultPort": 8080], endpoint: ["port": 80])
    #expect(first("effectivePort", own) == "80")
    #expect(first("effectivePort", inputs(neg: ["defaultPort": 8080])) == "8080")
    #expect(has("effectivePort", inputs()) == "false")
    #expect(first("effectivePort", inputs()) == "0")
    let bad = inputs(neg: ["defaultPort": .unreadable])
    #expect(has("effectivePort", bad) == "unknown(\(Self.neg)#defaultPort)")
    #expect(first("effectivePort", bad) == "unknown(\(Self.neg)#defaultPort)")
    #expect(first("effectivePort", inputs(endpoint: ["port": .unreadable])).hasPrefix("unknown("))
  }

  @Test(
    arguments: [
      ("2001:DB8::1", "2001:db8::1"), ("2001:db8:0:0::1/128", "2001:db8::1"),
      ("::ffff:10.0.0.1", "10.0.0.1"), ("::ffff:a00:1", "10.0.0.1"), ("10.0.0.1", "10.0.0.1"),
      ("2001:db8::/96", "not set"), ("fe80::1%eth0", "not set"), ("nonsense", "not set"),
    ])
  func `ipv6 is the one address of the text`(text: String, expected: String) {
    let given = inputs(endpoint: ["ipv6Address": .text(text)])
    #expect(has("ipv6", given) == (expected == "not set" ? "false" : "true"))
    if expected != "not set" { #expect(first("ipv6", given) == expected) }
    #expect(has("ipv6", inputs()) == "false")
  }

  @Test func `VMs of the same name are found in all zones`() {
    let given = inputs()
      .add("Instance", ["name": "vm", "zone": "us-1-b"])
      .add("Instance", ["name": "vm", "zone": "as-1-a"])
      .add("Instance", ["name": "other", "zone": "as-1-a"])
      .add("Instance", ["selfLink": "projects/q/zones/eu-1-a/instances/vm"])
    let found = "projects/p/zones/as-1-a/instances/vm, projects/p/zones/us-1-b/instances/vm"
    #expect(
      first("sameNameInstances", given) == "[\(found), ...(projects/p/aggregated/instances)]")
    #expect(first("sameNameInstances", given.complete("instances")) == "[\(found)]")
    #expect(
      first("sameNameInstances", inputs(endpoint: ["instance": .unreadable])).hasPrefix("unknown("))
  }

  @Test func `the owner of an address is a VM in the group's network`() {
    func owner(_ nic: Cell) -> String {
      let given = inputs(endpoint: ["ipAddress": "10.0.0.9"])
        .add("Instance", ["name": "owner", "zone": "eu-1-b", "networkInterfaces": [nic]])
        .add("Subnetwork", ["name": "s", "region": "eu-1", "network": "global/networks/n"])
      return has("addressOwner", given) == "true" ? first("addressOwner.name", given) : "nobody"
    }
    #expect(owner(["networkIP": "10.0.0.9", "network": "global/networks/n"]) == "owner")
    #expect(owner(["networkIP": "10.0.0.9", "subnetwork": Self.subnet]) == "owner")
    #expect(owner(["networkIP": "10.0.0.9", "network": "global/networks/m"]) == "nobody")
    #expect(owner(["networkIP": "10.0.0.8", "network": "global/networks/n"]) == "nobody")
    let own = inputs(
      endpoint: ["ipAddress": "10.0.0.2"],
      nics: [["networkIP": "10.0.0.2", "network": "global/networks/n"]])
    #expect(has("addressOwner", own) == "false")
  }
}
