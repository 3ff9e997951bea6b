extension Schema {
  static let networkTypes: [ResourceType] = [
    ResourceType(
      resource: "Network", "networks", [.global], "A VPC network.",
      [
        Field("IPv4Range", .ipRange, "The range of a legacy network."),
        Field(
          "autoCreateSubnetworks", .bool, absence: .unknown,
          "Whether each region gets a subnet automatically."),
        Field("subnetworks", .list(.reference(["subnetworks"])), "The network's subnets."),
        Field(
          "x_gcloud_subnet_mode", .enumeration(["AUTO", "CUSTOM", "LEGACY"]),
          "The network's mode, as gcloud adds it."),
        Field(
          "firewallPolicy", .string,
          "The network firewall policy of the network, as a URL."),
        Field(
          "networkFirewallPolicyEnforcementOrder",
          .enumeration(["AFTER_CLASSIC_FIREWALL", "BEFORE_CLASSIC_FIREWALL"]),
          absence: .text("AFTER_CLASSIC_FIREWALL"),
          "Whether firewallPolicy counts before or after VPC firewall rules."),
        Field(
          "ingress", .part("Ingress"), isDerived: true,
          "What VPC firewall rules let in; see `neglint schema Ingress`."),
        Field(
          "mode", .enumeration(["AUTO", "CUSTOM", "LEGACY"]), absence: .unknown, isDerived: true,
          "The network's mode; unknown where the export says too little."),
        Field(
          "isLegacy", .bool, absence: .unknown, isDerived: true,
          "Whether this is a legacy network, without subnets."),
      ]),
    ResourceType(
      resource: "Subnetwork", "subnetworks", [.regional], "A subnet of a VPC network.",
      [
        Field("network", .reference(["networks"]), absence: .unknown, "The subnet's network."),
        Field("ipCidrRange", .ipRange, absence: .unknown, "The primary IPv4 range."),
        Field(
          "secondaryIpRanges", .list(.part("SubnetworkSecondaryRange")),
          "The secondary IPv4 ranges."),
        Field("purpose", .string, absence: .text("PRIVATE"), "What the subnet is reserved for."),
        Field(
          "role", .enumeration(["ACTIVE", "BACKUP"]), "ACTIVE or BACKUP, for proxy-only subnets."),
        Field(
          "stackType", .enumeration(["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"]),
          absence: .text("IPV4_ONLY"), "Which IP versions the subnet has."),
        Field("internalIpv6Prefix", .ipRange, "The internal IPv6 range."),
        Field("externalIpv6Prefix", .ipRange, "The external IPv6 range."),
        Field("ipv6CidrRange", .ipRange, "The IPv6 range, in older exports."),
        Field(
          "overlappedSubnetwork", .reference(["subnetworks"]), isDerived: true,
          "One of the loaded subnets of the network that have IPv4 addresses, primary or "
            + "secondary, in common with this one, and whose path sorts before this one's; the subnet "
            + "itself where its own ranges overlap."),
      ]),
    ResourceType(
      part: "SubnetworkSecondaryRange", of: "Subnetwork", identity: ["rangeName"],
      "A secondary IPv4 range of a subnet.",
      [
        Field("rangeName", .string, "The range's name."),
        Field("ipCidrRange", .ipRange, absence: .unknown, "The range."),
      ]),
  ]
}
