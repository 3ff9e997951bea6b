extension Schema {
  static let quotas = Field(
    "quotas", .list(.part("Quota")), absence: .unknown, "The quotas, with their use.")

  static let projectTypes: [ResourceType] = [
    ResourceType(resource: "Project", "projects", [.none], "A project.", [quotas]),
    ResourceType(resource: "Region", "regions", [.none], "A region.", [quotas]),
    ResourceType(
      resource: "Zone", "zones", [.none], "A zone.",
      [
        Field(
          "region", .reference(["regions"]), absence: .unknown,
          "The zone's region; of a zone that was not loaded, its name without the last part.")
      ]),
    ResourceType(
      part: "Quota", of: "Project", identity: ["metric"], "A quota of a project or region.",
      [
        Field("metric", .string, "What is limited."),
        Field("limit", .double, absence: .number(0), "The limit; 0 or negative means none."),
        Field("usage", .double, absence: .number(0), "How much is used."),
        Field(
          "owner", .reference(["projects", "regions"]), absence: .unknown, isDerived: true,
          "The project or region that the quota is of."),
      ]),
    ResourceType(
      part: "Reference", of: anyType, identity: ["path"],
      "A reference field of a record, with its target.",
      [
        Field("path", .string, absence: .unknown, isDerived: true, "The field's path."),
        Field(
          "target", .reference([]), absence: .unknown, isDerived: true, "What it refers to."),
        Field(
          "collection", .string, absence: .unknown, isDerived: true,
          "The collection that the target is of."),
        Field(
          "collections", .list(.string), isDerived: true,
          "The collections that the field takes; empty where it takes any."),
      ]),
  ]
}
