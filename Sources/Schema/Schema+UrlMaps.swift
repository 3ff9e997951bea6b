extension Schema {
  private static let services = ["backendServices", "backendBuckets"]
  private static let errorPolicy = Field.Kind.part("CustomErrorResponsePolicy")
  private static let routeAction = Field.Kind.part("HttpRouteAction")

  static let urlMapTypes: [ResourceType] = [
    ResourceType(
      resource: "UrlMap", "urlMaps", [.global, .regional], others: ["regionUrlMaps"],
      "Which service a request goes to.",
      [
        Field(
          "defaultService", .reference(services),
          "The service of requests that match nothing else."),
        Field("defaultRouteAction", routeAction, "What is done with requests that match nothing."),
        Field(
          "defaultCustomErrorResponsePolicy", errorPolicy, "What is answered in place of errors."),
        Field(
          "pathMatchers", .list(.part("PathMatcher")), "What is done with the paths of hosts."),
        Field(
          "tests", .list(.part("UrlMapTest")), "Requests with the service that they should go to."),
        Field(
          "services", .list(.reference(["backendServices"])), isDerived: true,
          "The backend services that the map names anywhere, its tests included."),
        Field(
          "referrers", .list(.reference([])), isDerived: true,
          "The loaded target proxies that name the map; open where some may be missing."),
      ]),
    ResourceType(
      part: "PathMatcher", of: "UrlMap", identity: ["name"],
      "Which service the paths of some hosts go to.",
      [
        Field("name", .string, "The matcher's name."),
        Field(
          "defaultService", .reference(services), "The service of paths that match nothing else."),
        Field("defaultRouteAction", routeAction, "What is done with paths that match nothing."),
        Field(
          "defaultCustomErrorResponsePolicy", errorPolicy, "What is answered in place of errors."),
        Field("pathRules", .list(.part("PathRule")), "Services by path."),
        Field("routeRules", .list(.part("HttpRouteRule")), "Services by more than the path."),
      ]),
    ResourceType(
      part: "PathRule", of: "PathMatcher", identity: [], "The service of some paths.",
      [
        Field("service", .reference(services), "The service."),
        Field("routeAction", routeAction, "What is done with requests for the paths."),
        Field("customErrorResponsePolicy", errorPolicy, "What is answered in place of errors."),
      ]),
    ResourceType(
      part: "HttpRouteRule", of: "PathMatcher", identity: ["priority"],
      "The service of requests that match.",
      [
        Field("priority", .int, "The rule's place among the others."),
        Field("service", .reference(services), "The service."),
        Field("routeAction", routeAction, "What is done with requests that match."),
        Field("customErrorResponsePolicy", errorPolicy, "What is answered in place of errors."),
      ]),
    ResourceType(
      part: "HttpRouteAction", of: "UrlMap", identity: [], "What is done with a request.",
      [
        Field(
          "weightedBackendServices", .list(.part("WeightedBackendService")),
          "Services that share the requests."),
        Field(
          "requestMirrorPolicy", .part("RequestMirrorPolicy"), "The service that gets copies."),
      ]),
    ResourceType(
      part: "WeightedBackendService", of: "HttpRouteAction", identity: ["backendService"],
      "A service that gets a share of the requests.",
      [
        Field("backendService", .reference(["backendServices"]), "The service."),
        Field("weight", .int, "Its share, against those of the others."),
      ]),
    ResourceType(
      part: "RequestMirrorPolicy", of: "HttpRouteAction", identity: [],
      "The service that gets copies of the requests.",
      [Field("backendService", .reference(["backendServices"]), "The service.")]),
    ResourceType(
      part: "CustomErrorResponsePolicy", of: "UrlMap", identity: [],
      "What is answered in place of errors.",
      [Field("errorService", .reference(services), "The service or bucket that answers.")]),
    ResourceType(
      part: "UrlMapTest", of: "UrlMap", identity: ["host", "path"],
      "A request with the service that it should go to.",
      [
        Field("host", .string, "The request's host."),
        Field("path", .string, "The request's path."),
        Field("service", .reference(services), "The service that it should go to."),
      ]),
  ]
}
