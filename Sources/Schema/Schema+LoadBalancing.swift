extension Schema {
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

  private static let services = ["backendServices", "backendBuckets"]

  static let loadBalancingTypes: [ResourceType] = [
    ResourceType(
      resource: "ForwardingRule", "forwardingRules", [.regional, .global],
      others: ["globalForwardingRules"], "An address and port that traffic comes in at.",
      [
        Field("IPAddress", .string, "The address that the rule serves."),
        Field("IPProtocol", .string, absence: .text("TCP"), "The protocol that the rule serves."),
        Field("loadBalancingScheme", .string, "The family of load balancers."),
        Field("target", .reference(ruleTargets), "The proxy or other target."),
        Field("backendService", .reference(["backendServices"]), "The service, for passthrough."),
        Field(
          "baseForwardingRule", .reference(["forwardingRules"]),
          "The rule whose address and port a rule for some sources shares."),
        Field("network", .reference(["networks"]), "The network of an internal address."),
        Field("subnetwork", .reference(["subnetworks"]), "The subnet of an internal address."),
      ]),
    ResourceType(
      resource: "HealthCheck", "healthChecks", [.global, .regional],
      others: ["regionHealthChecks"], "A health check.", [Field("type", .string, "The protocol.")]),
    ResourceType(
      resource: "UrlMap", "urlMaps", [.global, .regional], others: ["regionUrlMaps"],
      "Which service a request goes to.",
      [
        Field(
          "defaultService", .reference(services),
          "The service of requests that match nothing else."),
        Field(
          "pathMatchers", .list(.part("PathMatcher")), "What is done with the paths of hosts."),
      ]),
    ResourceType(
      part: "PathMatcher", of: "UrlMap", identity: ["name"],
      "Which service the paths of some hosts go to.",
      [
        Field("name", .string, "The matcher's name."),
        Field(
          "defaultService", .reference(services), "The service of paths that match nothing else."),
        Field("pathRules", .list(.part("PathRule")), "Services by path."),
        Field("routeRules", .list(.part("HttpRouteRule")), "Services by more than the path."),
      ]),
    ResourceType(
      part: "PathRule", of: "PathMatcher", identity: [], "The service of some paths.",
      [Field("service", .reference(services), "The service.")]),
    ResourceType(
      part: "HttpRouteRule", of: "PathMatcher", identity: ["priority"],
      "The service of requests that match.",
      [
        Field("priority", .int, "The rule's place among the others."),
        Field("service", .reference(services), "The service."),
      ]),
    ResourceType(
      resource: "TargetHttpProxy", "targetHttpProxies", [.global, .regional],
      others: ["regionTargetHttpProxies"], "A target HTTP proxy.", [urlMapReference]),
    ResourceType(
      resource: "TargetHttpsProxy", "targetHttpsProxies", [.global, .regional],
      others: ["regionTargetHttpsProxies"], "A target HTTPS proxy.", [urlMapReference]),
    ResourceType(
      resource: "TargetGrpcProxy", "targetGrpcProxies", [.global], "A target gRPC proxy.",
      [urlMapReference]),
    ResourceType(
      resource: "TargetTcpProxy", "targetTcpProxies", [.global, .regional],
      others: ["regionTargetTcpProxies"], "A target TCP proxy.", [serviceReference]),
    ResourceType(
      resource: "TargetSslProxy", "targetSslProxies", [.global], "A target SSL proxy.",
      [serviceReference]),
  ]
}
