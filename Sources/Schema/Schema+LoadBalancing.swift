extension Schema {
  static let urlMapReference = Field(
    "urlMap", .reference(["urlMaps"]), "The URL map that the proxy consults.")
  static let serviceReference = Field(
    "service", .reference(["backendServices"]), "The service that the proxy sends to.")

  static let loadBalancingTypes: [ResourceType] = [
    ResourceType(
      resource: "ForwardingRule", "forwardingRules", [.regional, .global],
      others: ["globalForwardingRules"], "An address and port that traffic comes in at.",
      [
        Field("IPAddress", .string, "The address that the rule serves."),
        Field("IPProtocol", .string, absence: .text("TCP"), "The protocol that the rule serves."),
        Field("loadBalancingScheme", .string, "The family of load balancers."),
        Field("target", .reference([]), "The proxy or other target."),
        Field("backendService", .reference(["backendServices"]), "The service, for passthrough."),
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
          "defaultService", .reference(["backendServices", "backendBuckets"]),
          "The service of requests that match nothing else.")
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
