import Schema

/// What forwarding rules and target proxies say of the services that they reach.
struct ServiceReach {
  /// What a proxy makes of a service.
  enum Layer {
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
        if let service = Self.service(behind: row, type: type, graph) {
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
      if row < targets.count, let proxy = Self.loaded(targets[row], graph),
        let service = Self.service(behind: proxy.row, type: proxy.type, graph)
      {
        rules[service, default: []].insert(row)
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

  /// What the proxies that reach a service make of it; nil where none does, or they disagree.
  func layer(of service: KeyID) -> Layer? {
    guard let found = layers[service], found.count == 1 else { return nil }
    return found.first
  }

  /// The service that a proxy sends to, itself or by its URL map.
  private static func service(behind row: Int, type: Int, _ graph: ResourceGraph) -> KeyID? {
    if let service = graph.column("service", of: type)?.words[row],
      service < Column.unreadableWord
    {
      return service
    }
    guard let map = graph.column("urlMap", of: type)?.words[row],
      let place = loaded(map, graph),
      let service = graph.column("defaultService", of: place.type)?.words[place.row],
      service < Column.unreadableWord
    else { return nil }
    return service
  }

  private static func loaded(
    _ key: KeyID, _ graph: ResourceGraph
  ) -> (type: Int, row: Int)? {
    guard key < Column.unreadableWord, graph.row(ofKey: key) >= 0 else { return nil }
    return (Int(graph.keyTypes[Int(key)]), graph.row(ofKey: key))
  }
}
