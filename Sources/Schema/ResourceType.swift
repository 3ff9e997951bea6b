/// A type of the resource schema: a Compute resource, or a part of one.
public struct ResourceType: Sendable {
  /// Where resources of a type can live.
  public enum Scope: String, Sendable, CaseIterable {
    case global, regional, zonal
    /// Not inside a project's scopes: projects, regions and zones themselves.
    case none
  }

  /// The type's name in the Compute API: `NetworkEndpointGroup`.
  public let name: String
  /// The collection in REST paths: `networkEndpointGroups`; nil for part types.
  public let collection: String?
  /// Further collection names whose records have this type (`regionBackendServices` and the like).
  public let otherCollections: [String]
  /// Where resources of this type can live; empty for part types.
  public let scopes: [Scope]
  /// The owner's type; nil for resources.
  public let owner: String?
  /// For parts: the fields that tell one part of an owner from another, in the locator's order.
  public let identity: [String]
  /// All fields, those that every type has included.
  public let fields: [Field]
  /// One sentence for `neglint schema`.
  public let summary: String

  /// Whether the type is a part of another type's resources.
  public var isPart: Bool { owner != nil }

  private let indices: [String: Int]

  init(
    resource name: String, _ collection: String, _ scopes: [Scope], others: [String] = [],
    _ summary: String, _ fields: [Field]
  ) {
    self.init(
      name: name, collection: collection, otherCollections: others, scopes: scopes, owner: nil,
      identity: [], summary: summary,
      fields: fields
        + Schema.identityFields(scopes).filter { f in !fields.contains { $0.name == f.name } })
  }

  init(
    part name: String, of owner: String, identity: [String], _ summary: String, _ fields: [Field]
  ) {
    self.init(
      name: name, collection: nil, otherCollections: [], scopes: [], owner: owner,
      identity: identity, summary: summary, fields: fields)
  }

  private init(
    name: String, collection: String?, otherCollections: [String], scopes: [Scope],
    owner: String?, identity: [String], summary: String, fields: [Field]
  ) {
    self.name = name
    self.collection = collection
    self.otherCollections = otherCollections
    self.scopes = scopes
    self.owner = owner
    self.identity = identity
    self.summary = summary
    self.fields = fields
    self.indices = Dictionary(
      fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of a field in `fields`; nil where the type has no field of that name.
  ///
  /// O(1).
  public func index(of field: String) -> Int? { indices[field] }

  /// The field of that name; nil where the type has none.
  ///
  /// O(1).
  public func field(_ name: String) -> Field? { indices[name].map { fields[$0] } }
}
