import Resources
import Testing

/// What is known not to exist (constraints H11).
struct CompletenessTests {
  private static let neg = "projects/p/zones/z-1-a/networkEndpointGroups/neg"
  private static let machine = "projects/p/zones/z-1-a/instances/vm"

  private func inputs() -> Inputs {
    Inputs()
      .add(
        "NetworkEndpointGroup",
        [
          "name": "neg", "zone": "z-1-a", "network": "projects/h/global/networks/n",
          "networkEndpoints": [["instance": "vm"]],
        ]
      )
      .add("Instance", ["name": "other", "zone": "z-1-b"])
  }

  private func exists(_ graph: ResourceGraph) -> String {
    Probe(graph).value("exists(self.networkEndpoints[0].instance)", of: Self.neg)
  }

  @Test(
    arguments: [
      ("instances", "", "false"), ("instances", "projects/p", "false"),
      ("instances", "projects/p/zones/z-1-a", "false"), ("instances", "zones/z-1-a", "false"),
      ("instances", "projects/p/zones/z-1-b", "unknown(\(machine))"),
      ("instances", "projects/q", "unknown(\(machine))"),
      ("networks", "", "unknown(\(machine))"),
    ])
  func `a VM is known to be missing in a complete scope`(
    collection: String, scope: String, expected: String
  ) {
    #expect(exists(inputs().complete(collection, in: scope).graph()) == expected)
  }

  @Test func `what is loaded exists`() {
    #expect(exists(inputs().add("Instance", ["name": "vm", "zone": "z-1-a"]).graph()) == "true")
  }

  @Test func `reading through a reference to nothing is unknown`() {
    let probe = Probe(inputs().complete("instances").graph())
    let things = probe.missingThings("self.networkEndpoints[0].instance.status", of: Self.neg)
    #expect(things.map(\.path) == [Self.machine])
    #expect(things.map(\.reason) == ["does not exist"])
    #expect(things.map(\.command) == [nil])
  }

  @Test func `assumed completeness is that of loaded projects`() {
    let graph = inputs().graph(assumesCompleteness: true)
    #expect(exists(graph) == "false")
    #expect(
      Probe(graph).value("exists(self.network)", of: Self.neg)
        == "unknown(projects/h/global/networks/n)")
  }

  @Test func `collections that the schema lacks are never complete`() {
    let graph = Inputs().add(
      "ForwardingRule", ["name": "f", "target": "global/targetVpnGateways/g"]
    )
    .graph(assumesCompleteness: true)
    #expect(
      Probe(graph).value("exists(self.target)", of: "projects/p/global/forwardingRules/f")
        == "unknown(projects/p/global/targetVpnGateways/g)")
  }

  @Test func `a VM without its zone may be the one that is missing`() {
    let graph = inputs().complete("instances").add("Instance", ["name": "vm"]).graph()
    #expect(exists(graph) == "unknown(\(Self.machine))")
  }

  @Test func `without a scope it is the projects of the file's records`() {
    let inputs = Inputs(project: nil)
      .add("Instance", ["selfLink": "projects/p/zones/z-1-b/instances/other"])
      .complete("instances")
    inputs.file(1)
    inputs.add(
      "NetworkEndpointGroup",
      ["name": "neg", "zone": "z-1-a", "networkEndpoints": [["instance": "vm"]]])
    #expect(exists(inputs.graph()) == "false")
  }

  @Test func `errors and unknowns of references are those of exists`() {
    let probe = Probe(
      Inputs().add("NetworkEndpointGroup", ["name": "neg", "zone": "z-1-a"]).graph())
    #expect(
      probe.value("exists(self.network)", of: Self.neg).hasPrefix("error: the reference is not set")
    )
    let unreadable = Inputs().add(
      "NetworkEndpointGroup", ["name": "neg", "zone": "z-1-a", "network": .unreadable])
    #expect(
      Probe(unreadable.graph()).value("exists(self.network)", of: Self.neg)
        == "unknown(\(Self.neg)#network)")
  }
}
