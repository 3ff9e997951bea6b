extension Schema {
  static let firewallTypes: [ResourceType] = [
    ResourceType(
      resource: "Firewall", "firewalls", [.global], "A VPC firewall rule.",
      [
        Field("network", .reference(["networks"]), absence: .unknown, "The network it is of."),
        Field(
          "direction", .enumeration(["EGRESS", "INGRESS"]), absence: .text("INGRESS"),
          "Whether the rule is about packets that come in or go out."),
        Field(
          "priority", .int, absence: .number(1000),
          "Rules with smaller numbers count first; of equal ones, those that deny."),
        Field("disabled", .bool, "Whether the rule is not enforced."),
        Field("allowed", .list(.part("FirewallProtocol")), "What the rule lets through."),
        Field("denied", .list(.part("FirewallProtocol")), "What the rule keeps out."),
        Field("sourceRanges", .list(.ipRange), "The addresses that packets come from."),
        Field("sourceTags", .list(.string), "The tags of VMs that packets come from."),
        Field(
          "sourceServiceAccounts", .list(.string), "The accounts of VMs that packets come from."),
        Field("destinationRanges", .list(.ipRange), "The addresses that packets go to."),
        Field(
          "targetTags", .list(.string), "The tags of the VMs that the rule is for; none means all."),
        Field(
          "targetServiceAccounts", .list(.string),
          "The service accounts of the VMs that the rule is for; none means all."),
      ]),
    ResourceType(
      part: "FirewallProtocol", of: "Firewall", identity: ["IPProtocol"],
      "A protocol that a firewall rule is about, with its ports.",
      [
        Field(
          "IPProtocol", .string, absence: .unknown, "The protocol's name or number, or `all`."),
        Field("ports", .list(.portRange), "The ports and ranges of ports; none means all."),
      ]),
    ResourceType(
      part: "Ingress", of: "Network", identity: [],
      "What the VPC firewall rules of a network let in: "
        + "admits(vm, '35.191.0.0/16', 'tcp', 80) is whether all packets from the range get to the "
        + "port of the VM, blockedInstances(endpoints, range, 'tcp') and "
        + "blockedInstances(endpoints, range, 'tcp', 80) are the VMs of endpoints that they do not "
        + "get to. Packets are those of senders that are no VMs of the network. Unknown where rules "
        + "may be missing, or a firewall policy decides.", []),
  ]
}
