import Resources
import Schema
import Testing

/// The same resource or list in several files (constraints 4.8).
struct MergingTests {
  private static let neg = "projects/p/zones/z-1-a/networkEndpointGroups/neg"
  private static let record: [String: Cell] = ["name": "neg", "zone": "z-1-a"]

  private static func endpoint(_ ip: String, port: Int64 = 80) -> Cell {
    ["instance": "vm", "ipAddress": .text(ip), "port": .int(port)]
  }

  private func ports(_ graph: ResourceGraph) -> String {
    Probe(graph).value(
      "self.networkEndpoints.map(e, e.ipAddress + ':' + string(e.port))", of: Self.neg)
  }

  @Test func `of two records the first in file order counts, whole`() {
    func inputs(_ number: UInt32, _ cells: [String: Cell]) -> Inputs {
      let inputs = Inputs()
      inputs.file(number)
      return inputs.add("NetworkEndpointGroup", Self.record.merging(cells) { $1 })
    }
    let first = inputs(3, ["network": "global/networks/a"])
    let second = inputs(7, ["network": "global/networks/b", "defaultPort": 80])
    for graph in [first.graph(with: second), second.graph(with: first)] {
      let probe = Probe(graph)
      #expect(probe.subjects("NetworkEndpointGroup") == [Self.neg])
      #expect(probe.value("self.network.name", of: Self.neg) == "a")
      #expect(probe.value("has(self.defaultPort)", of: Self.neg) == "false")
      #expect(graph.resourceCount == 1)
    }
  }

  @Test func `parts of records that do not count are no subjects`() {
    let inputs = Inputs()
      .add("Instance", ["name": "vm", "zone": "z-1-a", "networkInterfaces": [["name": "nic0"]]])
      .add(
        "Instance",
        [
          "name": "vm", "zone": "z-1-a",
          "networkInterfaces": [
            ["name": "nic9", "aliasIpRanges": [["ipCidrRange": "10.0.0.0/24"]]]
          ],
        ])
    let probe = Probe(inputs.graph())
    #expect(
      probe.subjects("NetworkInterface")
        == ["projects/p/zones/z-1-a/instances/vm networkInterfaces[name=nic0]"])
    #expect(probe.subjects("AliasIpRange").isEmpty)
  }

  @Test func `one list twice makes no duplicates, two equal items of one list do`() {
    let list: [Cell] = [
      Self.endpoint("10.0.0.1"), Self.endpoint("10.0.0.2"), Self.endpoint("10.0.0.1"),
    ]
    let inputs = Inputs().add("NetworkEndpointGroup", Self.record)
    inputs.attach(list, to: "networkEndpoints", of: "NetworkEndpointGroup", owner: Self.neg)
    inputs.file(1)
    inputs.attach(
      list + [Self.endpoint("10.0.0.3")], to: "networkEndpoints", of: "NetworkEndpointGroup",
      owner: "zones/z-1-a/networkEndpointGroups/neg")
    let graph = inputs.graph()
    #expect(ports(graph) == "[10.0.0.1:80, 10.0.0.2:80, 10.0.0.1:80, 10.0.0.3:80]")
    #expect(
      Probe(graph).subjects("NetworkEndpoint").map { $0.split(separator: " ")[1] } == [
        "networkEndpoints[instance=vm,ipAddress=10.0.0.1,port=80]",
        "networkEndpoints[instance=vm,ipAddress=10.0.0.2,port=80]",
        "networkEndpoints[instance=vm,ipAddress=10.0.0.1,port=80]#2",
        "networkEndpoints[instance=vm,ipAddress=10.0.0.3,port=80]",
      ])
  }

  @Test func `endpoints are the same by VM and address value, however written`() {
    let inputs = Inputs().add("NetworkEndpointGroup", Self.record)
    inputs.attach(
      [["instance": "vm", "ipv6Address": "2001:DB8:0::1"]], to: "networkEndpoints",
      of: "NetworkEndpointGroup", owner: Self.neg)
    inputs.attach(
      [
        [
          "instance": "zones/z-1-a/instances/vm", "ipv6Address": "2001:db8::1/128",
          "resolved": true,
        ]
      ],
      to: "networkEndpoints", of: "NetworkEndpointGroup", owner: Self.neg)
    #expect(Probe(inputs.graph()).value("size(self.networkEndpoints)", of: Self.neg) == "1")
  }

  @Test func `a list in a record that does not count is not lost`() {
    let inputs = Inputs().add("NetworkEndpointGroup", Self.record)
    inputs.file(1)
    inputs.add(
      "NetworkEndpointGroup",
      Self.record.merging(["networkEndpoints": [Self.endpoint("10.0.0.1")]]) { $1 })
    let graph = inputs.graph()
    #expect(ports(graph) == "[10.0.0.1:80]")
    #expect(Probe(graph).subjects("NetworkEndpoint").count == 1)
    #expect(
      Probe(graph).value("self.networkEndpoints[0].networkEndpointGroup", of: Self.neg) == Self.neg)
  }

  @Test func `an empty list is loaded, a missing one is open`() {
    let none = Inputs().add("NetworkEndpointGroup", Self.record).graph()
    #expect(
      ports(none) == "unknown(\(Self.neg)/listNetworkEndpoints)" || ports(none).hasPrefix("[..."))
    let empty = Inputs().add("NetworkEndpointGroup", Self.record)
      .attach([], to: "networkEndpoints", of: "NetworkEndpointGroup", owner: Self.neg).graph()
    #expect(ports(empty) == "[]")
  }

  @Test func `a list without some of its pages stays open unless another one is complete`() {
    func inputs() -> Inputs {
      Inputs().add("NetworkEndpointGroup", Self.record).attach(
        [Self.endpoint("10.0.0.1")], to: "networkEndpoints", of: "NetworkEndpointGroup",
        owner: Self.neg, isPartial: true)
    }
    #expect(
      Probe(inputs().graph()).value("size(self.networkEndpoints)", of: Self.neg)
        == "unknown(\(Self.neg)/listNetworkEndpoints)")
    let complete = inputs().attach(
      [Self.endpoint("10.0.0.1")], to: "networkEndpoints", of: "NetworkEndpointGroup",
      owner: Self.neg)
    #expect(Probe(complete.graph()).value("size(self.networkEndpoints)", of: Self.neg) == "1")
  }

  @Test func `a list without its owner is a problem that says what to do`() {
    let inputs = Inputs().attach(
      [Self.endpoint("10.0.0.1")], to: "networkEndpoints", of: "NetworkEndpointGroup",
      owner: "zones/z-1-a/networkEndpointGroups/neg")
    inputs.add("NetworkEndpointGroup", ["name": "other", "zone": "z-1-a"])
    let graph = inputs.graph()
    #expect(Probe(graph).subjects("NetworkEndpoint").isEmpty)
    #expect(graph.problems.count == 1)
    #expect(graph.problems.first?.anchor == Anchor(file: 0, offset: 200))
    #expect(
      graph.problems.first?.message
        == "this list of endpoints belongs to zones/z-1-a/networkEndpointGroups/neg, which no "
        + "input describes; export it as well (gcloud compute network-endpoint-groups list "
        + "--project=p --format=json), or say whose it is with --endpoints NEG_SELFLINK=FILE")
  }

  @Test func `malformed references of merged lists are told once`() {
    let bad: [Cell] = [["instance": "a b", "ipAddress": "10.0.0.1"]]
    let inputs = Inputs().add("NetworkEndpointGroup", Self.record)
    for _ in 0..<2 {
      inputs.attach(bad, to: "networkEndpoints", of: "NetworkEndpointGroup", owner: Self.neg)
    }
    let graph = inputs.graph()
    #expect(graph.malformedReferences.count == 1)
    #expect(
      graph.malformedReferences.map { Probe(graph).text(of: $0.record) }
        == ["\(Self.neg) networkEndpoints[ipAddress=10.0.0.1]"])
  }

  @Test func `the result does not depend on which builder has what`() {
    func inputs(_ number: UInt32, _ ip: String) -> Inputs {
      let inputs = Inputs()
      inputs.file(number)
      inputs.attach(
        [Self.endpoint(ip)], to: "networkEndpoints", of: "NetworkEndpointGroup", owner: Self.neg)
      return inputs.add(
        "NetworkEndpointGroup",
        Self.record.merging(["network": .text("global/networks/\(ip)")]) { $1 })
    }
    func lists() -> [Inputs] { (1...3).map { inputs(UInt32($0), "10.0.0.\($0)") } }
    let expected = "[10.0.0.1:80, 10.0.0.2:80, 10.0.0.3:80]"
    let (forth, back) = (lists(), lists())
    #expect(ports(forth[0].graph(with: forth[1], forth[2])) == expected)
    #expect(ports(back[2].graph(with: back[0], back[1])) == expected)
  }

  @Test func `records of builders are found again`() throws {
    let few = Inputs().add("NetworkEndpointGroup", Self.record)
    few.attach(
      [Self.endpoint("10.0.0.1")], to: "networkEndpoints", of: "NetworkEndpointGroup",
      owner: Self.neg)
    let many = Inputs()
    many.file(1)
    for name: Cell in ["a", "b", "neg"] {
      many.add("NetworkEndpointGroup", ["name": name, "zone": "z-1-a"])
    }
    many.attach(
      [Self.endpoint("10.0.0.2"), Self.endpoint("10.0.0.1")], to: "networkEndpoints",
      of: "NetworkEndpointGroup", owner: Self.neg)
    let graph = few.graph(with: many)
    let probe = Probe(graph)
    let group = try #require(Schema.index(of: "NetworkEndpointGroup"))
    let part = try #require(Schema.index(of: "NetworkEndpoint"))
    func name(_ type: Int, _ row: Int, _ builder: Int) -> String? {
      graph.record(ofType: type, row: row, inBuilder: builder).map { probe.text(of: $0) }
    }
    #expect(name(group, 0, 0) == Self.neg)
    #expect(name(group, 1, 1) == "projects/p/zones/z-1-a/networkEndpointGroups/b")
    #expect(name(group, 2, 1) == nil)
    #expect(
      name(part, 0, 1)
        == "\(Self.neg) networkEndpoints[instance=vm,ipAddress=10.0.0.2,port=80]")
    #expect(name(part, 0, 0)?.hasSuffix("ipAddress=10.0.0.1,port=80]") == true)
    #expect(name(part, 9, 1) == nil)
  }
}
