extension Schema {
  static let healthCheckCollections = ["healthChecks", "httpHealthChecks", "httpsHealthChecks"]

  /// The protocols of health checks, with the field that holds what is asked in each.
  public static let healthCheckProtocols = [
    ("GRPC", "grpcHealthCheck"), ("GRPC_WITH_TLS", "grpcTlsHealthCheck"),
    ("HTTP", "httpHealthCheck"), ("HTTP2", "http2HealthCheck"), ("HTTPS", "httpsHealthCheck"),
    ("SSL", "sslHealthCheck"), ("TCP", "tcpHealthCheck"),
  ]

  private static let healthCheckType = Field.Kind.enumeration(healthCheckProtocols.map(\.0))

  private static let timing = [
    Field(
      "checkIntervalSec", .int, absence: .number(5), zeroIsUnset: true,
      "How many seconds apart probes are sent."),
    Field(
      "timeoutSec", .int, absence: .number(5), zeroIsUnset: true,
      "How many seconds a probe waits for an answer."),
    Field(
      "referrers", .list(.reference([])), isDerived: true,
      "The loaded resources that name the check; open where some may be missing."),
  ]

  private static let legacyFields =
    timing + [
      Field("port", .port, zeroIsUnset: true, "The port that is asked; 80 or 443 by default.")
    ]

  static let healthCheckTypes: [ResourceType] = [
    ResourceType(
      resource: "HealthCheck", "healthChecks", [.global, .regional],
      others: ["regionHealthChecks"], "What asks endpoints whether they can serve.",
      [
        Field("type", healthCheckType, absence: .unknown, "The protocol of the probes.")
      ]
        + healthCheckProtocols.map { name, field in
          Field(field, .part("HealthCheckSettings"), "What is asked of a check of type \(name).")
        }
        + timing + [
          Field(
            "sourceRegions", .list(.string),
            "The regions that probes come from, for checks of DNS routing policies only."),
          Field(
            "settings", .part("HealthCheckSettings"), isDerived: true,
            "What is asked: the object of the check's type; where the type is not known, the only "
              + "one that is set."),
          Field(
            "settingsTypes", .list(healthCheckType), isDerived: true,
            "The types whose object is set; an empty object counts for the check's own type only."),
          Field(
            "usesServingPort", .bool, isDerived: true,
            "Whether probes go to the port that the endpoint serves at."),
          Field(
            "effectivePort", .int, absence: .unknown, isDerived: true,
            "The one port that probes go to: that of settings, else 443 for HTTPS, HTTP2 and SSL and "
              + "80 for HTTP and TCP; not set where usesServingPort is true."),
        ]),
    ResourceType(
      part: "HealthCheckSettings", of: "HealthCheck", identity: [],
      "What a health check asks, and where.",
      [
        Field("port", .port, zeroIsUnset: true, "The port that is asked."),
        Field("portName", .string, "The name of a port; not supported."),
        Field(
          "portSpecification",
          .enumeration(["USE_FIXED_PORT", "USE_NAMED_PORT", "USE_SERVING_PORT"]),
          absence: .text("USE_FIXED_PORT"), "Which port is asked."),
        Field(
          "proxyHeader", .enumeration(["NONE", "PROXY_V1"]), absence: .text("NONE"),
          "What is sent ahead of the request."),
        Field("requestPath", .string, "The path of an HTTP request."),
        Field("host", .string, "The host of an HTTP request."),
        Field("request", .string, "What is sent after the connection is made."),
        Field("response", .string, "What has to come back."),
        Field("grpcServiceName", .string, "The gRPC service that is asked."),
      ]),
    ResourceType(
      resource: "HttpHealthCheck", "httpHealthChecks", [.global], "A legacy HTTP health check.",
      legacyFields),
    ResourceType(
      resource: "HttpsHealthCheck", "httpsHealthChecks", [.global],
      "A legacy HTTPS health check.", legacyFields),
  ]
}
