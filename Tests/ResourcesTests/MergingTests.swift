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
    #expect(graph.importerFindings.count == 1)
    #expect(
      graph.importerFindings.compactMap { graph.record(of: $0).map { Probe(graph).text(of: $0) } }
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

  @Test func `findings are on the records that builders took in`() throws {
    let group = try #require(Schema.index(of: "NetworkEndpointGroup"))
    let part = try #require(Schema.index(of: "NetworkEndpoint"))
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
    func note(_ type: Int, _ row: Int, in inputs: Inputs, file: UInt32) {
      inputs.note(
        ImporterFinding(
          .malformedAddress, on: .record(type: type, row: row),
          at: Anchor(file: file, offset: row), message: "\(file) \(type == group) \(row)"))
    }
    for row in 0..<3 { note(group, row, in: many, file: 1) }
    note(group, 0, in: few, file: 0)
    note(part, 0, in: few, file: 0)
    note(part, 0, in: many, file: 1)
    let graph = few.graph(with: many)
    let probe = Probe(graph)
    let found = Dictionary(
      graph.importerFindings.map { finding in
        (finding.message, graph.record(of: finding).map { probe.text(of: $0) } ?? "none")
      }, uniquingKeysWith: { first, _ in first })
    #expect(found["0 true 0"] == Self.neg)
    #expect(found["1 true 1"] == "projects/p/zones/z-1-a/networkEndpointGroups/b")
    #expect(found["1 true 2"] == nil)
    #expect(
      found["1 false 0"]
        == "\(Self.neg) networkEndpoints[instance=vm,ipAddress=10.0.0.2,port=80]")
    #expect(found["0 false 0"]?.hasSuffix("ipAddress=10.0.0.1,port=80]") == true)
  }
}
