/// The types of resources and parts that neglint knows, with their fields.
///
/// Pure data. Names, enum values and defaults are those of the Compute Engine v1 API
/// (discovery document `compute/v1`); derived fields are ours and documented like API fields.
public enum Schema {
  /// All types, resources before parts; a type's position is its number everywhere else.
  public static let types: [ResourceType] =
    networkEndpointGroupTypes + instanceTypes + backendServiceTypes + networkTypes
    + loadBalancingTypes + firewallTypes + projectTypes

  /// The number of the type of that name; nil where there is none.
  ///
  /// O(1).
  public static func index(of type: String) -> Int? { indices[type] }

  /// The type of that name; nil where there is none.
  ///
  /// O(1).
  public static func type(_ name: String) -> ResourceType? { indices[name].map { types[$0] } }

  /// The number of the type whose resources a collection holds; nil for unmodelled ones.
  ///
  /// O(1).
  public static func index(ofCollection collection: String) -> Int? { collections[collection] }

  /// The name of the type that stands for every type in rules (`resource: Resource`).
  public static let anyType = "Resource"

  /// Fields of every type, parts too: what `resource: Resource` rules can read besides identity.
  public static let commonFields: [Field] = [
    Field(
      "references", .list(.part("Reference")), isDerived: true,
      "Every reference field of the record that is set, with the field's path and its target."),
    Field(
      "misdirectedReferences", .list(.part("Reference")), isDerived: true,
      "The references of the record to a collection that their field does not take."),
  ]

  static func identityFields(_ scopes: [ResourceType.Scope]) -> [Field] {
    var fields = [
      Field("name", .string, absence: .unknown, "The resource's name, unique in its scope."),
      Field(
        "project", .reference(["projects"]), absence: .unknown, isDerived: true,
        "The project that the resource lives in, taken from its identity."),
      Field(
        "isResolved", .bool, isDerived: true,
        "Whether the record came from the API rather than from a request: it has id, selfLink or "
          + "creationTimestamp."),
      Field(
        "isGKEManaged", .bool, isDerived: true,
        "Whether a GKE controller made the resource (its description says so)."),
      Field(
        "scope", .enumeration(["global", "regional", "zonal"]), absence: .unknown, isDerived: true,
        "Where the resource lives, taken from its identity."),
      Field(
        "scopeFlag", .string, absence: .unknown, isDerived: true,
        "gcloud's flag for the scope, without dashes: zone=Z, region=R or global."),
    ]
    if scopes.contains(.zonal) {
      fields.append(
        Field("zone", .reference(["zones"]), "The zone, taken from the resource's identity."))
    }
    if scopes.contains(.regional) {
      fields.append(
        Field("region", .reference(["regions"]), "The region, taken from the resource's identity."))
    }
    return fields
  }

  private static let indices = Dictionary(
    types.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })

  private static let collections = Dictionary(
    types.enumerated().flatMap { index, type in
      ([type.collection].compactMap(\.self) + type.otherCollections).map { ($0, index) }
    }, uniquingKeysWith: { first, _ in first })
}
