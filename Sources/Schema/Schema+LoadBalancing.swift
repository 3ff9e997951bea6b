extension Schema {
  private static let services = Field(
    "services", .list(.reference(["backendServices"])), isDerived: true,
    "The backend services that requests can go to, by the URL map or directly; open where the map "
      + "was not loaded.")
  private static let referrers = Field(
    "referrers", .list(.reference([])), isDerived: true,
    "The loaded forwarding rules that name the proxy; open where some may be missing.")

  private static func proxy(
    _ name: String, _ collection: String, _ scopes: [ResourceType.Scope], others: [String] = [],
    takes protocols: String, _ field: Field
  ) -> ResourceType {
    ResourceType(
      resource: name, collection, scopes, others: others, "A target \(protocols) proxy.",
      [
        field,
        Field(
          "proxyType", .enumeration(["GRPC", "HTTP", "HTTPS", "SSL", "TCP"]), isDerived: true,
          "What the proxy takes: \(protocols)."), services, referrers,
      ])
  }

  static let urlMapReference = Field(
    "urlMap", .reference(["urlMaps"]), "The URL map that the proxy consults.")
  static let serviceReference = Field(
    "service", .reference(["backendServices"]), "The service that the proxy sends to.")

  /// What traffic of a forwarding rule can go to besides a backend service; `googleApis` stands for
  /// the bundles `all-apis` and `vpc-sc`.
  private static let ruleTargets = [
    "targetHttpProxies", "targetHttpsProxies", "targetGrpcProxies", "targetTcpProxies",
    "targetSslProxies", "targetPools", "targetInstances", "targetVpnGateways",
    "serviceAttachments", "googleApis",
  ]

  static let loadBalancingTypes: [ResourceType] =
    healthCheckTypes + urlMapTypes + [
      ResourceType(
        resource: "ForwardingRule", "forwardingRules", [.regional, .global],
        others: ["globalForwardingRules"], "An address and port that traffic comes in at.",
        [
          Field("IPAddress", .string, "The address that the rule serves, or its Address."),
          Field("IPProtocol", .string, absence: .text("TCP"), "The protocol that the rule serves."),
          Field(
            "loadBalancingScheme", .string,
            "The family of load balancers; not set for Private Service Connect."),
          Field("target", .reference(ruleTargets), "The proxy or other target."),
          Field("backendService", .reference(["backendServices"]), "The service, for passthrough."),
          Field(
            "baseForwardingRule", .reference(["forwardingRules"]),
            "The rule whose address and port a rule for some sources shares."),
          Field("network", .reference(["networks"]), "The network of an internal address."),
          Field("subnetwork", .reference(["subnetworks"]), "The subnet of an internal address."),
          Field("ports", .list(.portRange), "Up to five ports that the rule serves."),
          Field("portRange", .portRange, "The port or range of ports that the rule serves."),
          Field("allPorts", .bool, "Whether the rule serves all ports."),
          Field(
            "sourceIpRanges", .list(.ipRange), "The clients that a rule for some sources serves."),
          Field(
            "metadataFilters", .list(.part("MetadataFilter")), "The proxies that get the rule."),
          Field(
            "networkTier", .string, absence: .text("PREMIUM"), "The tier of an external address."),
          Field(
            "ipVersion", .string, "The version of the address; IPv4 where it is not set."),
          Field(
            "targetCollection", .string, isDerived: true,
            "The collection that target is of: targetHttpProxies, targetPools, ..."),
          Field(
            "services", .list(.reference(["backendServices"])), isDerived: true,
            "The backend services that traffic can go to, directly or by target proxy and URL map; "
              + "open where one of these was not loaded."),
          Field(
            "effectiveNetwork", .reference(["networks"]), absence: .unknown, isDerived: true,
            "network or, where it is not set, the network of subnetwork."),
          Field(
            "regionSubnetworks", .list(.reference(["subnetworks"])), isDerived: true,
            "The loaded subnets of effectiveNetwork in the rule's region, of a global rule in the "
              + "region of its subnetwork; open where some may be missing."),
          Field(
            "address", .parsedAddress, isDerived: true,
            "IPAddress as an address, the address of the Address that it names, or the first one of "
              + "the range that it is; not set where it is none."),
          Field(
            "overlappedRule", .reference(["forwardingRules"]), isDerived: true,
            "One of the loaded rules with the same address and protocol and a port in common, "
              + "internal ones in the same network, whose path sorts before this one's; rules for "
              + "some sources or some proxies take no part."),
        ]),
      ResourceType(
        part: "MetadataFilter", of: "ForwardingRule", identity: [], "Which proxies get a rule.",
        [Field("filterMatchCriteria", .string, "Whether all or any of the labels have to match.")]),
      ResourceType(
        resource: "Address", "addresses", [.regional, .global], others: ["globalAddresses"],
        "A reserved address.",
        [
          Field("address", .ipAddress, absence: .unknown, "The address."),
          Field(
            "addressType", .enumeration(["EXTERNAL", "INTERNAL"]), absence: .text("EXTERNAL"),
            "Whether the address is one of the internet."),
          Field("purpose", .string, "What the address is reserved for."),
          Field("subnetwork", .reference(["subnetworks"]), "The subnet of an internal address."),
          Field("network", .reference(["networks"]), "The network of a reserved range."),
        ]),
      proxy(
        "TargetHttpProxy", "targetHttpProxies", [.global, .regional],
        others: ["regionTargetHttpProxies"], takes: "HTTP", urlMapReference),
      proxy(
        "TargetHttpsProxy", "targetHttpsProxies", [.global, .regional],
        others: ["regionTargetHttpsProxies"], takes: "HTTPS", urlMapReference),
      proxy("TargetGrpcProxy", "targetGrpcProxies", [.global], takes: "gRPC", urlMapReference),
      proxy(
        "TargetTcpProxy", "targetTcpProxies", [.global, .regional],
        others: ["regionTargetTcpProxies"], takes: "TCP", serviceReference),
      proxy("TargetSslProxy", "targetSslProxies", [.global], takes: "SSL", serviceReference),
      ResourceType(
        resource: "TargetPool", "targetPools", [.regional],
        "VMs that share the traffic of a forwarding rule.",
        [
          Field("instances", .list(.reference(["instances"])), "The VMs."),
          Field(
            "healthChecks", .list(.reference(["httpHealthChecks"])), "The legacy health check."),
          Field("backupPool", .reference(["targetPools"]), "The pool that stands in for this one."),
        ]),
      ResourceType(
        resource: "TargetInstance", "targetInstances", [.zonal],
        "A VM that gets all traffic of a forwarding rule.",
        [
          Field("instance", .reference(["instances"]), "The VM."),
          Field("network", .reference(["networks"]), "The network of the VM's interface."),
        ]),
      ResourceType(
        resource: "ServiceAttachment", "serviceAttachments", [.regional],
        "A service that other networks can connect to.",
        [
          Field(
            "targetService", .reference(["forwardingRules"]),
            "The forwarding rule of the producer's load balancer."),
          Field(
            "producerForwardingRule", .reference(["forwardingRules"]),
            "The older name of targetService."),
          Field("natSubnets", .list(.reference(["subnetworks"])), "The subnets of clients."),
        ]),
    ]
}
