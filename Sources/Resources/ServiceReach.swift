import Schema

/// What forwarding rules and target proxies say of the services that they reach.
struct ServiceReach: Sendable {
  /// What a proxy makes of a service.
  enum Layer: Sendable {
    case http, tcp
  }

  /// For each service the rows of the forwarding rules that reach it.
  private var rules: [KeyID: Set<Int>] = [:]
  private var layers: [KeyID: Set<Layer>] = [:]
  private var schemes: [UInt32] = []

  init(_ graph: ResourceGraph) {
    for (name, layer) in [
      ("TargetHttpProxy", Layer.http), ("TargetHttpsProxy", .http), ("TargetGrpcProxy", .http),
      ("TargetTcpProxy", .tcp), ("TargetSslProxy", .tcp),
    ] {
      guard let type = Schema.index(of: name) else { continue }
      for row in 0..<graph.tables[type].count
      where !graph.tables[type].flags[row].contains(.shadowed) {
        for service in Self.services(behind: row, type: type, graph) {
          layers[service, default: []].insert(layer)
        }
      }
    }
    guard let type = Schema.index(of: "ForwardingRule") else { return }
    schemes = graph.column("loadBalancingScheme", of: type)?.words ?? []
    let services = graph.column("backendService", of: type)?.words ?? []
    let targets = graph.column("target", of: type)?.words ?? []
    for row in 0..<graph.tables[type].count
    where !graph.tables[type].flags[row].contains(.shadowed) {
      if row < services.count, services[row] < Column.unreadableWord {
        rules[services[row], default: []].insert(row)
      }
      if row < targets.count, let proxy = Self.loaded(targets[row], graph) {
        for service in Self.services(behind: proxy.row, type: proxy.type, graph) {
          rules[service, default: []].insert(row)
        }
      }
    }
  }

  /// The scheme of the one forwarding rule that reaches a service; nil where there is not one.
  func scheme(of service: KeyID) -> UInt32? {
    guard let reaching = rules[service], reaching.count == 1, let row = reaching.first,
      row < schemes.count, schemes[row] < Column.unreadableWord
    else { return nil }
    return schemes[row]
  }

  /// The rows of the forwarding rules that reach a service, in the order of the export.
  func rules(of service: KeyID) -> [Int] { rules[service]?.sorted() ?? [] }

  /// What the proxies that reach a service make of it; nil where none does, or they disagree.
  func layer(of service: KeyID) -> Layer? {
    guard let found = layers[service], found.count == 1 else { return nil }
    return found.first
  }

  /// The services that a proxy sends to, itself or by its URL map.
  private static func services(behind row: Int, type: Int, _ graph: ResourceGraph) -> [KeyID] {
    let own = services(of: type, row, graph)
    guard let map = loaded(graph.column("urlMap", of: type)?.words[row] ?? Column.unsetWord, graph)
    else { return own }
    return own + services(of: map.type, map.row, graph)
  }

  /// The services that a record names, its parts included.
  private static func services(of type: Int, _ row: Int, _ graph: ResourceGraph) -> [KeyID] {
    var found = graph.serviceFields[type].flatMap {
      graph.references(ofField: $0, type: type, row: row)
    }
    for field in graph.partFields[type] {
      let part = graph.partType(ofField: field, type: type)
      for child in graph.parts(ofField: field, type: type, row: row) ?? 0..<0 {
        found += services(of: part, child, graph)
      }
    }
    return found
  }

  private static func loaded(
    _ key: KeyID, _ graph: ResourceGraph
  ) -> (type: Int, row: Int)? {
    guard key < Column.unreadableWord, graph.row(ofKey: key) >= 0 else { return nil }
    return (Int(graph.keyTypes[Int(key)]), graph.row(ofKey: key))
  }
}
