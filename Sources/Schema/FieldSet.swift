/// The fields that the active rules read: what an importer has to keep of a record.
public struct FieldSet: Sendable {
  private var names: [String: Set<String>]?

  /// No field at all.
  public static let none = FieldSet(names: [:])

  /// The fields that hold parts, and those that tell parts apart: what findings on any part need.
  public static let parts: FieldSet = {
    var fields = FieldSet.none
    for type in Schema.types {
      for field in type.fields where !field.isDerived {
        if field.kind.partType != nil || type.identity.contains(field.name) {
          fields.insert(field.name, of: type.name)
        }
      }
    }
    return fields
  }()

  /// Every field of every type.
  public static let all = FieldSet(names: nil)

  /// Whether every field of every type is in the set.
  public var isAll: Bool { names == nil }

  private init(names: [String: Set<String>]?) { self.names = names }

  /// Adds a field of a type; `Resource` stands for every type.
  public mutating func insert(_ field: String, of type: String) {
    names?[type, default: []].insert(field)
  }

  /// Adds all fields of another set.
  public mutating func formUnion(_ other: FieldSet) {
    guard let theirs = other.names, names != nil else {
      names = nil
      return
    }
    for (type, fields) in theirs { names?[type, default: []].formUnion(fields) }
  }

  /// Whether the field of the type is to be kept.
  ///
  /// O(1).
  public func contains(_ field: String, of type: String) -> Bool {
    guard let names else { return true }
    return names[type]?.contains(field) == true || names["Resource"]?.contains(field) == true
  }
}
