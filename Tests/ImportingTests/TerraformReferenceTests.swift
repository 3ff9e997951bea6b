import Importing
import Testing

/// References of plans to what is not there yet, followed through the configuration.
@Suite struct TerraformReferenceTests {
  /// A plan that makes networks, a subnet and a NEG whose network is open.
  private static func plan(
    network references: [String], networks: [String] = ["a"], key: String = "",
    unknown: String = #"{"network": true}"#
  ) -> String {
    let type = "google_compute_network"
    func change(_ address: String, _ type: String, _ after: String, _ unknown: String) -> String {
      let name = address.split(separator: ".").last?.split(separator: "[").first ?? ""
      return #"{"address": \#(quoted(address)), "type": "\#(type)", "name": "\#(name)","#
        + #""mode": "managed", "change": {"actions": ["create"], "after": \#(after),"#
        + #""after_unknown": \#(unknown)}}"#
    }
    let made = networks.map { address in
      let name = address.filter { $0.isLetter || $0.isNumber }
      return change(
        "\(type).\(address)", type, #"{"name": "\#(name)", "project": "p"}"#, #"{"id": true}"#)
    }
    let others = [
      change(
        "google_compute_subnetwork.s", "google_compute_subnetwork",
        #"{"name": "s", "project": "p", "region": "r"}"#, #"{"id": true, "network": true}"#),
      change(
        "google_compute_instance_group_manager.m", "google_compute_instance_group_manager",
        #"{"name": "m", "project": "p", "zone": "z"}"#, #"{"instance_group": true}"#),
      change(
        "google_compute_network_endpoint_group.n\(key)", "google_compute_network_endpoint_group",
        #"{"name": "n", "project": "p", "zone": "z"}"#, unknown),
    ]
    let expression = #"{"references": [\#(references.map(quoted).joined(separator: ","))]}"#
    return
      #"{"format_version": "1.2", "resource_changes": [\#((made + others).joined(separator: ","))],"#
      + #""configuration": {"root_module": {"resources": ["#
      + #"{"type": "google_compute_subnetwork", "name": "s", "expressions": {"network":"#
      + #"{"references": ["google_compute_network.a.id", "google_compute_network.a"]}}},"#
      + #"{"type": "google_compute_network_endpoint_group", "name": "n","#
      + #""for_each_expression": {"references": ["google_compute_network.a"]},"#
      + #""expressions": {"network": \#(expression)}}]}}}"#
  }

  private static func quoted(_ text: String) -> String {
    "\"\(text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\\\""))\""
  }

  private static func network(_ plan: String) -> String? {
    takenIn(plan).first { $0.hasPrefix("NetworkEndpointGroup") }.flatMap { line in
      line.split(separator: "{").last.map { String($0.dropLast()) }
    }
  }

  private static let a = "network=projects/p/global/networks/a"

  @Test(arguments: [
    (["google_compute_network.a.id", "google_compute_network.a"], a),
    (["google_compute_network.a"], a),
    (["google_compute_network.a.self_link", "google_compute_network.a"], a),
    // By the network of the subnet, which is open itself.
    (["google_compute_subnetwork.s.network", "google_compute_subnetwork.s"], a),
    // Not a network, or not to be followed.
    (["google_compute_subnetwork.s.id", "google_compute_subnetwork.s"], "network=?"),
    (["google_compute_instance_group_manager.m.instance_group"], "network=?"),
    (["local.network"], "network=?"),
    (["data.google_compute_network.a.id", "data.google_compute_network.a"], "network=?"),
    (["google_compute_network.a.id", "random_id.x.hex"], "network=?"),
    (["google_compute_network.gone.id"], "network=?"),
    ([], "network=?"),
  ])
  func aReferenceIsFollowedToOneResource(_ references: [String], _ expected: String) {
    #expect(Self.network(Self.plan(network: references)) == expected)
  }

  @Test func oneOfTwoIsNotKnown() {
    let plan = Self.plan(
      network: ["google_compute_network.a.id", "google_compute_network.b.id"],
      networks: ["a", "b"])
    #expect(Self.network(plan) == "network=?")
  }

  @Test(arguments: [
    (["google_compute_network.a[0].id", "google_compute_network.a[0]"], "", "a0"),
    (["google_compute_network.a", "count.index"], "[1]", "a1"),
    (["google_compute_network.a", "each.key"], "[1]", "a1"),
    (["each.value.id", "each.value"], "[0]", "a0"),
  ])
  func anIndexSaysWhichInstanceIsMeant(
    _ references: [String], _ key: String, _ expected: String
  ) {
    let plan = Self.plan(network: references, networks: ["a[0]", "a[1]"], key: key)
    #expect(Self.network(plan) == "network=projects/p/global/networks/\(expected)")
  }

  @Test func withoutAnIndexSeveralInstancesAreNotKnown() {
    let plan = Self.plan(network: ["google_compute_network.a"], networks: ["a[0]", "a[1]"])
    #expect(Self.network(plan) == "network=?")
  }
}
