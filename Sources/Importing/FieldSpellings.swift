import Schema

/// The fields of a type by every spelling that dialects have for them.
///
/// Terraform writes `ip_address` for `IPAddress`, asset inventories of 2018 wrote `ipAddress`, and
/// both name a list by what one of it is: `network_interface` for `networkInterfaces`.
struct FieldSpellings: Sendable {
  private var names: [String: String] = [:]

  /// Makes the table of a type.
  init(_ type: ResourceType) {
    for field in type.fields where !field.isDerived { names[Self.plain(field.name)] = field.name }
    for name in type.isPart ? [] : Self.identity { names[Self.plain(name)] = name }
    for field in type.fields where !field.isDerived && field.kind.isList {
      let plain = Self.plain(field.name)
      let one =
        plain.hasSuffix("ies")
        ? "\(plain.dropLast(3))y" : plain.hasSuffix("s") ? "\(plain.dropLast())" : plain
      if names[one] == nil { names[one] = field.name }
    }
  }

  /// The API's name of a field; nil where the type has none that could be meant.
  ///
  /// O(length).
  ///
  /// - Parameter name: The name as a dialect spells it.
  subscript(name: String) -> String? { names[Self.plain(name)] }

  /// What a resource is known by, whether or not rules read it.
  private static let identity = [
    "kind", "id", "name", "selfLink", "zone", "region", "creationTimestamp", "description",
  ]

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" }
  }
}
