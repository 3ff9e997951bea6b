extension Schema {
  private static let namedPorts = Field(
    "namedPorts", .list(.part("NamedPort")), "The names of ports that services use.")

  static let instanceTypes: [ResourceType] = [
    ResourceType(
      resource: "Instance", "instances", [.zonal], "A virtual machine.",
      [
        Field(
          "status",
          .enumeration([
            "DEPROVISIONING", "PENDING", "PENDING_STOP", "PROVISIONING", "REPAIRING", "RUNNING",
            "STAGING", "STOPPED", "STOPPING", "SUSPENDED", "SUSPENDING", "TERMINATED",
          ]), absence: .unknown, "The machine's state."),
        Field(
          "networkInterfaces", .list(.part("NetworkInterface")), absence: .unknown,
          "The machine's interfaces; every machine has at least one."),
        Field("tags", .part("Tags"), "The network tags of the machine."),
        Field(
          "serviceAccounts", .list(.part("ServiceAccount")), "The machine's service account."),
      ]),
    ResourceType(
      part: "Tags", of: "Instance", identity: [], "The network tags of a VM.",
      [Field("items", .list(.string), "The tags.")]),
    ResourceType(
      part: "ServiceAccount", of: "Instance", identity: ["email"], "The service account of a VM.",
      [Field("email", .string, absence: .unknown, "The account's address.")]),
    ResourceType(
      part: "NetworkInterface", of: "Instance", identity: ["name"], "An interface of a VM.",
      [
        Field("name", .string, "The interface's name: nic0, nic1, ..."),
        Field("network", .reference(["networks"]), "The interface's VPC network."),
        Field(
          "subnetwork", .reference(["subnetworks"]), absence: .unknown, "The interface's subnet."),
        Field("networkIP", .ipAddress, absence: .unknown, "The primary internal IPv4 address."),
        Field(
          "stackType", .enumeration(["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"]),
          absence: .text("IPV4_ONLY"), "Which IP versions the interface has."),
        Field("ipv6Address", .ipAddress, "The first address of the internal IPv6 range."),
        Field(
          "internalIpv6PrefixLength", .int, absence: .number(96),
          "The length of the internal IPv6 range's prefix."),
        Field("aliasIpRanges", .list(.part("AliasIpRange")), "The alias IPv4 ranges."),
        Field(
          "accessConfigs", .list(.part("AccessConfig")), "The external IPv4 addresses."),
        Field(
          "ipv6AccessConfigs", .list(.part("AccessConfig")), "The external IPv6 ranges."),
        Field(
          "instance", .reference(["instances"]), absence: .unknown, isDerived: true,
          "The VM that the interface belongs to."),
        Field(
          "effectiveNetwork", .reference(["networks"]), absence: .unknown, isDerived: true,
          "network or, where it is not set, the network of subnetwork."),
        Field(
          "aliasRanges", .list(.part("AliasIpRange")), isDerived: true,
          "aliasIpRanges; `range.containsIP(address)` is unknown where a range was written as "
            + "/LENGTH alone and could hold the address."),
        Field(
          "ipv6Ranges", .list(.parsedRange), isDerived: true,
          "The internal and external IPv6 ranges of the interface, a missing length read as /96; "
            + "open where a dual-stack interface has none."),
        Field(
          "conflictingInterfaces", .list(.part("NetworkInterface")), isDerived: true,
          "The interfaces of loaded VMs that stand earlier in the export, are in the same network "
            + "and have an address of this one, primary or alias."),
      ]),
    ResourceType(
      part: "AliasIpRange", of: "NetworkInterface", identity: ["ipCidrRange"],
      "An alias IPv4 range of an interface.",
      [
        Field(
          "ipCidrRange", .ipRange, absence: .unknown,
          "The range; a single address, or in requests /LENGTH alone."),
        Field(
          "subnetworkRangeName", .string,
          "The subnet's secondary range that it is cut from; the primary range if not set."),
        Field(
          "range", .parsedRange, absence: .unknown, isDerived: true,
          "ipCidrRange as a range, a single address as a range of itself; unknown where it was "
            + "written as /LENGTH alone."),
      ]),
    ResourceType(
      part: "AccessConfig", of: "NetworkInterface", identity: ["name"],
      "An external address of an interface.",
      [
        Field("name", .string, "The configuration's name."),
        Field("natIP", .ipAddress, "The external IPv4 address."),
        Field("externalIpv6", .ipAddress, "The first address of the external IPv6 range."),
        Field(
          "externalIpv6PrefixLength", .int, absence: .number(96),
          "The length of the external IPv6 range's prefix."),
      ]),
    ResourceType(
      resource: "InstanceGroup", "instanceGroups", [.zonal, .regional],
      "A managed or unmanaged group of VMs.",
      [
        Field("network", .reference(["networks"]), "The VPC network of the group's VMs."),
        Field("subnetwork", .reference(["subnetworks"]), "The subnet of the group's VMs."),
        Field("size", .int, absence: .unknown, "The number of VMs."),
        namedPorts,
        Field(
          "instances", .list(.part("InstanceGroupMember")), absence: .unknown,
          listMethod: "listInstances",
          "The members; an open list where no listInstances answer was loaded."),
        Field(
          "effectiveNamedPorts", .list(.part("NamedPort")), isDerived: true,
          "namedPorts or, of a group that was not loaded, those that its manager gives it."),
        Field(
          "backends", .list(.part("Backend")), isDerived: true,
          "The backends of all services that name this group; open where services may be missing."),
      ]),
    ResourceType(
      part: "NamedPort", of: "InstanceGroup", identity: ["name"],
      "A name for a port of a group's VMs.",
      [
        Field("name", .string, "The name that services use."), Field("port", .port, "The port."),
      ]),
    ResourceType(
      resource: "InstanceGroupManager", "instanceGroupManagers", [.zonal, .regional],
      others: ["regionInstanceGroupManagers"], "What keeps a managed instance group at its size.",
      [
        Field(
          "instanceGroup", .reference(["instanceGroups"]), "The group that the manager keeps."),
        namedPorts,
        Field(
          "targetPools", .list(.reference(["targetPools"])),
          "The target pools that the VMs are added to."),
        Field(
          "autoHealingPolicies", .list(.part("InstanceGroupManagerAutoHealingPolicy")),
          "What makes the manager replace a VM."),
      ]),
    ResourceType(
      part: "InstanceGroupManagerAutoHealingPolicy", of: "InstanceGroupManager", identity: [],
      "What makes a manager replace a VM.",
      [
        Field(
          "healthCheck",
          .reference(["healthChecks", "httpHealthChecks", "httpsHealthChecks"]),
          "The health check that a VM has to pass.")
      ]),
    ResourceType(
      part: "InstanceGroupMember", of: "InstanceGroup", identity: ["instance"],
      "A member of an instance group.",
      [
        Field("instance", .reference(["instances"]), "The VM."),
        Field("status", .string, "The VM's state when the group was listed."),
      ]),
  ]
}
