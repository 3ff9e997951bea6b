import CEL
import Testing

@testable import Resources

/// What rules ask of a network's firewall rules.
@Suite struct IngressTests {
  private static let network = "projects/p/global/networks/net"
  private static let group = "projects/p/zones/z-a/networkEndpointGroups/n"

  private func inputs(policy: Bool = false, complete: Bool = true) -> Inputs {
    let inputs = Inputs()
    var cells: [String: Cell] = ["name": "net"]
    if policy { cells["firewallPolicy"] = "projects/p/global/firewallPolicies/f" }
    inputs.add("Network", cells)
    inputs.add(
      "Firewall",
      [
        "name": "web", "network": "global/networks/net", "targetTags": ["web"],
        "sourceRanges": ["10.0.0.0/24"], "allowed": [["IPProtocol": "tcp", "ports": ["80"]]],
      ])
    inputs.add(
      "Instance", ["name": "a", "zone": "z-a", "tags": .list([["items": ["x", "web"]]])])
    inputs.add("Instance", ["name": "b", "zone": "z-a"])
    inputs.add(
      "NetworkEndpointGroup",
      [
        "name": "n", "zone": "z-a", "network": "global/networks/net", "defaultPort": 80,
        "networkEndpoints": [["instance": "a"], ["instance": "b"], ["instance": "b"]],
      ])
    if complete { inputs.complete("firewalls", in: "projects/p/global") }
    return inputs
  }

  private func admits(_ vm: String, port: Int = 80, source: String = "10.0.0.0/25") -> String {
    "self.effectiveNetwork.ingress.admits(self.networkEndpoints[\(vm == "a" ? 0 : 1)].instance, "
      + "'\(source)', 'tcp', \(port))"
  }

  @Test func `a VM gets what a rule for its tag lets in`() {
    let probe = Probe(inputs().graph())
    #expect(probe.value(admits("a"), of: Self.group) == "true")
    #expect(probe.value(admits("b"), of: Self.group) == "false")
    #expect(probe.value(admits("a", port: 81), of: Self.group) == "false")
    #expect(probe.value(admits("a", source: "10.0.0.0/23"), of: Self.group) == "false")
    #expect(probe.value(admits("a", source: "10.0.0.7"), of: Self.group) == "true")
  }

  @Test func `the VMs of endpoints that nothing gets to are listed once`() {
    let probe = Probe(inputs().graph())
    let call =
      "self.effectiveNetwork.ingress.blockedInstances(self.networkEndpoints, '10.0.0.0/24', 'tcp')"
    #expect(probe.value(call, of: Self.group) == "[projects/p/zones/z-a/instances/b]")
    let other = call.replacing("'tcp')", with: "'tcp', 443)")
    #expect(
      probe.value(other, of: Self.group)
        == "[projects/p/zones/z-a/instances/a, projects/p/zones/z-a/instances/b]")
  }

  @Test func `where rules may be missing the command that fetches them is told`() {
    let probe = Probe(inputs(complete: false).graph())
    #expect(probe.value(admits("a"), of: Self.group) == "unknown(projects/p/global/firewalls)")
    let missing = probe.missingThings(admits("a"), of: Self.group)
    #expect(missing.first?.command?.contains("global/firewalls") == true)
  }

  @Test func `a firewall policy decides where no rule does`() {
    let probe = Probe(inputs(policy: true).graph())
    #expect(probe.value(admits("a"), of: Self.group) == "true")
    #expect(probe.value(admits("b"), of: Self.group) == "unknown(\(Self.network)#firewallPolicy)")
  }

  @Test func `what is no range of addresses is an error`() {
    let probe = Probe(inputs().graph())
    #expect(probe.value(admits("a", source: "everywhere"), of: Self.group).hasPrefix("error: "))
  }
}
