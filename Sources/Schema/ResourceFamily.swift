/// Several types that one rule can be about, with the fields that it can read of all of them.
public struct ResourceFamily: Sendable {
  /// What a rule's `resource` calls the family.
  public let name: String
  /// The names of its types.
  public let members: [String]
  /// The fields that all its types have, besides those of every resource.
  public let fields: [Field]
  /// One sentence for `neglint schema`.
  public let summary: String
}

extension Schema {
  /// The families of types.
  public static let families: [ResourceFamily] = [
    family(
      "TargetProxy", of: targetProxies, sharing: ["proxyType", "services", "referrers"],
      "A target proxy of any kind."),
    family(
      "LoadBalancerComponent", of: targetProxies + ["UrlMap"], sharing: ["services", "referrers"],
      "A target proxy of any kind, or a URL map."),
  ]

  /// The family of that name; nil where there is none.
  public static func family(_ name: String) -> ResourceFamily? {
    families.first { $0.name == name }
  }

  /// The numbers of the types that a name in a rule stands for; nil for every type.
  ///
  /// - Parameter name: A type's name, a family's or `anyType`.
  /// - Returns: The numbers; empty for a name that nothing has.
  public static func types(named name: String) -> [Int]? {
    if name == anyType { return nil }
    if let type = index(of: name) { return [type] }
    return family(name)?.members.compactMap { index(of: $0) } ?? []
  }

  private static let targetProxies = [
    "TargetGrpcProxy", "TargetHttpProxy", "TargetHttpsProxy", "TargetSslProxy", "TargetTcpProxy",
  ]

  private static func family(
    _ name: String, of members: [String], sharing fields: [String], _ summary: String
  ) -> ResourceFamily {
    let model = members.first.flatMap { type($0) }
    return ResourceFamily(
      name: name, members: members, fields: fields.compactMap { model?.field($0) },
      summary: summary)
  }
}
