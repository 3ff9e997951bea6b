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
        Field(
          "portName", .string, absence: .text("http"),
          "The named port of instance groups that a proxy connects to."),
        Field(
          "sessionAffinity",
          .enumeration([
            "CLIENT_IP", "CLIENT_IP_NO_DESTINATION", "CLIENT_IP_PORT_PROTO", "CLIENT_IP_PROTO",
            "GENERATED_COOKIE", "HEADER_FIELD", "HTTP_COOKIE", "NONE", "STRONG_COOKIE_AFFINITY",
          ]), absence: .text("NONE"), "What keeps a client at the same backend."),
        Field(
          "localityLbPolicy",
          .enumeration([
            "LEAST_REQUEST", "MAGLEV", "ORIGINAL_DESTINATION", "RANDOM", "RING_HASH",
            "ROUND_ROBIN", "WEIGHTED_GCP_RENDEZVOUS", "WEIGHTED_MAGLEV", "WEIGHTED_ROUND_ROBIN",
          ]), "How an endpoint of a group is picked; its default depends on sessionAffinity."),
        Field(
          "subsetting", .part("Subsetting"), "Whether each client gets a part of the backends."),
        Field(
          "failoverPolicy", .part("BackendServiceFailoverPolicy"),
          "When failover backends serve."),
        Field(
          "connectionTrackingPolicy", .part("BackendServiceConnectionTrackingPolicy"),
          "How passthrough load balancers track connections."),
        Field(
          "connectionDraining", .part("ConnectionDraining"),
          "What becomes of connections to a backend that is taken out."),
        Field(
          "haPolicy", .part("BackendServiceHAPolicy"),
          "Set where a leader is elected instead of load being balanced."),
        Field(
          "serviceBindings", .list(.reference([])),
          "Service Directory bindings instead of backends."),
        Field(
          "ipAddressSelectionPolicy",
          .enumeration(["IPV4_ONLY", "IPV6_ONLY", "PREFER_IPV6"]), absence: .text("IPV4_ONLY"),
          "Which addresses of its endpoints the load balancer sends to."),
        Field(
          "usedBy", .list(.part("BackendServiceUsedBy")),
          "What refers to the service, as the API counts it."),
        Field("description", .string, "The description, which controllers write to."),
        Field(
          "forwardingRules", .list(.reference(["forwardingRules"])), isDerived: true,
          "The forwarding rules that name the service directly; open where some may be missing."),
        Field(
          "reachingForwardingRules", .list(.reference(["forwardingRules"])), isDerived: true,
          "The forwarding rules that lead to the service, directly or by target proxies and URL "
            + "maps; open where some of these may be missing."),
        Field(
          "referrers", .list(.reference([])), isDerived: true,
          "The forwarding rules, URL maps and target proxies that name the service; open where some "
            + "may be missing."),
        Field(
          "effectiveNetwork", .reference(["networks"]), absence: .unknown, isDerived: true,
          "network or, where it is not set, that of the forwarding rules that lead to the service; "
            + "not set where there are none."),
        Field(
          "backendNetworks", .list(.reference(["networks"])), isDerived: true,
          "The different networks of the service's NEGs; open where a NEG was not loaded."),
        Field(
          "groupMembers", .list(.part("InstanceGroupMember")), isDerived: true,
          "The members of all instance groups of the service; open where some were not loaded."),
        Field(
          "knownPrimaryEndpoints", .int, isDerived: true,
          "The sum of the backends' endpointCount as far as it is known, without failover backends."
        ),
        Field(
          "knownFailoverEndpoints", .int, isDerived: true,
          "The sum of the failover backends' endpointCount as far as it is known."),
        Field(
          "modernHealthChecks", .list(.reference(["healthChecks"])), isDerived: true,
          "The health checks that are not of the legacy kind."),
        Field(
          "legacyHealthChecks", .list(.reference([])), isDerived: true,
          "The health checks that are of the legacy kind (httpHealthChecks, httpsHealthChecks)."),
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
        Field(
          "endpointCount", .int, absence: .unknown, isDerived: true,
          "The number of the NEG's endpoints or of the instance group's VMs."),
      ]),
    ResourceType(
      part: "Subsetting", of: "BackendService", identity: [],
      "Whether each client gets a part of the backends.",
      [
        Field(
          "policy", .enumeration(["CONSISTENT_HASH_SUBSETTING", "NONE"]), absence: .text("NONE"),
          "How the part is chosen.")
      ]),
    ResourceType(
      part: "BackendServiceFailoverPolicy", of: "BackendService", identity: [],
      "When failover backends serve.",
      [
        Field(
          "disableConnectionDrainOnFailover", .bool, "Whether connections are cut on failover."),
        Field(
          "dropTrafficIfUnhealthy", .bool,
          "Whether traffic is dropped when no backend is healthy."),
        Field(
          "failoverRatio", .double, zeroIsUnset: true,
          "The share of healthy primary VMs below which failover backends serve."),
      ]),
    ResourceType(
      part: "BackendServiceConnectionTrackingPolicy", of: "BackendService", identity: [],
      "How passthrough load balancers track connections.",
      [
        Field(
          "connectionPersistenceOnUnhealthyBackends",
          .enumeration(["ALWAYS_PERSIST", "DEFAULT_FOR_PROTOCOL", "NEVER_PERSIST"]),
          absence: .text("DEFAULT_FOR_PROTOCOL"),
          "Whether connections stay at a backend that has become unhealthy."),
        Field(
          "trackingMode", .enumeration(["PER_CONNECTION", "PER_SESSION"]),
          absence: .text("PER_CONNECTION"), "What of a packet makes its connection."),
        Field("enableStrongAffinity", .bool, "Whether affinity is kept even where load shifts."),
      ]),
    ResourceType(
      part: "ConnectionDraining", of: "BackendService", identity: [],
      "What becomes of connections to a backend that is taken out.",
      [
        Field(
          "drainingTimeoutSec", .int, zeroIsUnset: true,
          "How many seconds open connections may go on.")
      ]),
    ResourceType(
      part: "BackendServiceHAPolicy", of: "BackendService", identity: [],
      "How the one endpoint that gets all traffic is chosen.",
      [
        Field(
          "fastIPMove", .enumeration(["DISABLED", "GARP_RA"]), absence: .text("DISABLED"),
          "Whether the leader is found by gratuitous ARP."),
        Field(
          "leader", .part("BackendServiceHAPolicyLeader"), "The endpoint that gets the traffic."),
      ]),
    ResourceType(
      part: "BackendServiceHAPolicyLeader", of: "BackendServiceHAPolicy", identity: [],
      "The endpoint that gets the traffic.",
      [
        Field(
          "backendGroup", .reference(["networkEndpointGroups"]), "The NEG of the endpoint."),
        Field(
          "networkEndpoint", .part("BackendServiceHAPolicyLeaderNetworkEndpoint"),
          "The endpoint in that NEG."),
      ]),
    ResourceType(
      part: "BackendServiceHAPolicyLeaderNetworkEndpoint", of: "BackendServiceHAPolicyLeader",
      identity: [], "The endpoint in the leader's NEG.",
      [Field("instance", .string, "The name of the endpoint's VM.")]),
    ResourceType(
      part: "BackendServiceUsedBy", of: "BackendService", identity: ["reference"],
      "Something that refers to the service.",
      [Field("reference", .string, "Its URL, which may lead to another project.")]),
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
