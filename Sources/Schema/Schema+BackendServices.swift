extension Schema {
  static let groupCollections = ["instanceGroups", "networkEndpointGroups"]

  static let backendServiceTypes: [ResourceType] = [
    ResourceType(
      resource: "BackendService", "backendServices", [.global, .regional],
      others: ["regionBackendServices"],
      "What a load balancer sends traffic to, and how.",
      [
        Field(
          "loadBalancingScheme",
          .enumeration([
            "EXTERNAL", "EXTERNAL_MANAGED", "INTERNAL", "INTERNAL_MANAGED",
            "INTERNAL_SELF_MANAGED",
          ]), absence: .unknown, "The family of load balancers that the service is for."),
        Field(
          "protocol",
          .enumeration([
            "GRPC", "H2C", "HTTP", "HTTP2", "HTTPS", "SSL", "TCP", "UDP", "UNSPECIFIED",
          ]), absence: .unknown, "The protocol between load balancer and backends."),
        Field("backends", .list(.part("Backend")), "The groups that serve."),
        Field(
          "healthChecks",
          .list(.reference(["healthChecks", "httpHealthChecks", "httpsHealthChecks"])),
          "The health checks of the backends."),
        Field("network", .reference(["networks"]), "The VPC network of an internal service."),
        Field("haPolicy", .object, "Set where a leader is elected instead of load being balanced."),
        Field(
          "serviceBindings", .list(.reference([])),
          "Service Directory bindings instead of backends."),
        Field(
          "ipAddressSelectionPolicy",
          .enumeration(["IPV4_ONLY", "IPV6_ONLY", "PREFER_IPV6"]), absence: .text("IPV4_ONLY"),
          "Which addresses of its endpoints the load balancer sends to."),
        Field("description", .string, "The description, which controllers write to."),
        Field(
          "forwardingRules", .list(.reference(["forwardingRules"])), isDerived: true,
          "The forwarding rules that name the service directly; open where some may be missing."),
        Field(
          "product", .enumeration(products), absence: .unknown, isDerived: true,
          "The load balancer product that scheme, scope and protocol make; unknown where they "
            + "leave a choice."),
        Field(
          "possibleProducts", .list(.enumeration(products)), isDerived: true,
          "Every load balancer product that what is known allows."),
        Field(
          "isPassthrough", .bool, absence: .unknown, isDerived: true,
          "Whether the product is a passthrough Network Load Balancer (XNLB, INLB)."),
        Field(
          "isProxy", .bool, absence: .unknown, isDerived: true,
          "Whether the product is a proxy load balancer: neither passthrough nor mesh."),
        Field(
          "isMesh", .bool, absence: .unknown, isDerived: true,
          "Whether the product is Cloud Service Mesh."),
      ]),
    ResourceType(
      part: "Backend", of: "BackendService", identity: ["group"],
      "A group in a backend service, with its balancing mode and capacity.",
      [
        Field(
          "group", .reference(groupCollections), absence: .unknown, "The instance group or NEG."),
        Field(
          "balancingMode",
          .enumeration(["CONNECTION", "CUSTOM_METRICS", "RATE", "UTILIZATION"]),
          absence: .unknown, "What the load is measured by."),
        Field(
          "capacityScaler", .double, absence: .number(1), "The share of the capacity in use."),
        Field("failover", .bool, "Whether the group serves only when the others do not."),
        Field("maxConnections", .int, zeroIsUnset: true, "Connections for the whole group."),
        Field(
          "maxConnectionsPerEndpoint", .int, zeroIsUnset: true, "Connections for each endpoint."),
        Field("maxConnectionsPerInstance", .int, zeroIsUnset: true, "Connections for each VM."),
        Field("maxRate", .int, zeroIsUnset: true, "Requests per second for the whole group."),
        Field(
          "maxRatePerEndpoint", .double, zeroIsUnset: true, "Requests per second and endpoint."),
        Field("maxRatePerInstance", .double, zeroIsUnset: true, "Requests per second and VM."),
        Field("maxUtilization", .double, zeroIsUnset: true, "The CPU utilization aimed at."),
        Field(
          "backendService", .reference(["backendServices"]), absence: .unknown, isDerived: true,
          "The service that the backend belongs to."),
        Field(
          "networkEndpointGroup", .reference(["networkEndpointGroups"]), isDerived: true,
          "group, where it is a network endpoint group."),
        Field(
          "instanceGroup", .reference(["instanceGroups"]), isDerived: true,
          "group, where it is an instance group."),
        Field(
          "kind", .enumeration(backendKinds), absence: .unknown, isDerived: true,
          "IG, or the NEG's type (INTERNET for both internet types, HYB, PSC, PORTMAP, SERVERLESS); "
            + "unknown where a NEG was not loaded and its scope allows several."),
        Field(
          "possibleKinds", .list(.enumeration(backendKinds)), isDerived: true,
          "Every kind that the group's URL and, if loaded, its type allow."),
        Field(
          "groupScope", .enumeration(["global", "regional", "zonal"]), absence: .unknown,
          isDerived: true, "Where the group lives, taken from its URL."),
        Field(
          "groupScopeFlag", .string, absence: .unknown, isDerived: true,
          "gcloud's flag for the group's scope, without dashes: network-endpoint-group-zone=Z, "
            + "network-endpoint-group-region=R, global-network-endpoint-group, "
            + "instance-group-zone=Z or instance-group-region=R."),
      ]),
  ]

  /// Short names of the load balancer products.
  public static let products = [
    "CALB", "CPNLB", "GXALB", "GXPNLB", "INLB", "MESH", "RIALB", "RIPNLB", "RXALB", "RXPNLB",
    "XNLB", "XRIALB", "XRIPNLB",
  ]

  /// Short names of the kinds of backends.
  public static let backendKinds = [
    "IG", "GCE_VM_IP", "GCE_VM_IP_PORT", "HYB", "INTERNET", "SERVERLESS", "PSC", "PORTMAP",
  ]
}
