import CEL
import Schema

/// Where the traffic of URL maps, target proxies and forwarding rules can go.
struct ServicesBehind: Sendable {
  /// Backend services, and why there may be more.
  struct Services: Sendable {
    var keys: [KeyID] = []
    var causes: [Cause] = []

    mutating func add(_ other: Services) {
      for key in other.keys where !keys.contains(key) { keys.append(key) }
      causes += other.causes
    }
  }

  private let maps: [Services]
  private let mapType: Int

  init(_ graph: ResourceGraph) {
    let type = Schema.index(of: "UrlMap") ?? 0
    mapType = type
    let collection = graph.symbol(for: "backendServices")
    maps = (0..<graph.tables[type].count).map { row in
      var found = Services()
      var seen: Set<KeyID> = []
      Self.collect(graph, type, row, collection, into: &found, &seen)
      return found
    }
  }

  /// Adds what a record and its parts name.
  private static func collect(
    _ graph: ResourceGraph, _ type: Int, _ row: Int, _ collection: UInt32,
    into found: inout Services, _ seen: inout Set<KeyID>
  ) {
    for (index, field) in Schema.types[type].fields.enumerated()
    where !field.isDerived && field.kind.referenceCollections?.contains("backendServices") == true {
      guard let column = graph.tables[type].columns[index] else { continue }
      if column.isUnreadable(row) {
        found.causes.append(
          Missing.cause(
            .unreadable, type: type, field: index, subject: UInt32(truncatingIfNeeded: row)))
      }
      for key in graph.targets(in: column, row: row)
      where graph.keys.keys[Int(key)].collection == collection && seen.insert(key).inserted {
        found.keys.append(key)
      }
    }
    for field in graph.partFields[type] {
      let part = graph.partType(ofField: field, type: type)
      for child in graph.parts(ofField: field, type: type, row: row) ?? 0..<0 {
        collect(graph, part, child, collection, into: &found, &seen)
      }
    }
  }

  /// The services that the URL map in a row names.
  func services(ofMap row: Int) -> Services { row < maps.count ? maps[row] : Services() }

  /// The services that the proxy in a row sends to.
  func services(ofProxy row: Int, type: Int, _ graph: ResourceGraph) -> Services {
    var found = Services()
    add(graph, "service", type, row, to: &found) { Services(keys: [$0]) }
    add(graph, "urlMap", type, row, to: &found) { map in
      let row = graph.row(ofKey: map)
      guard row >= 0, Int(graph.keyTypes[Int(map)]) == mapType else {
        return Services(causes: [graph.missingCause(map)])
      }
      return services(ofMap: row)
    }
    return found
  }

  /// The services that traffic of the forwarding rule in a row can go to.
  func services(ofRule row: Int, type: Int, _ graph: ResourceGraph, proxies: [Bool]) -> Services {
    var found = Services()
    add(graph, "backendService", type, row, to: &found) { Services(keys: [$0]) }
    add(graph, "target", type, row, to: &found) { target in
      let type = graph.keyTypes[Int(target)]
      guard type != ResourceGraph.noType, proxies[Int(type)] else { return Services() }
      let row = graph.row(ofKey: target)
      return row < 0
        ? Services(causes: [graph.missingCause(target)])
        : services(ofProxy: row, type: Int(type), graph)
    }
    return found
  }

  private func add(
    _ graph: ResourceGraph, _ field: String, _ type: Int, _ row: Int, to found: inout Services,
    _ services: (KeyID) -> Services
  ) {
    guard let index = Schema.types[type].index(of: field),
      let word = graph.tables[type].columns[index]?.words[row], word != Column.unsetWord
    else { return }
    if word < Column.unreadableWord {
      found.add(services(word))
    } else {
      found.causes.append(
        Missing.cause(
          .unreadable, type: type, field: index, subject: UInt32(truncatingIfNeeded: row)))
    }
  }
}

extension ResourceGraph {
  func urlMapReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "services":
      let behind = derivedTables?.servicesBehind.get() ?? ServicesBehind(self)
      return servicesReader(type: type) { _, row in behind.services(ofMap: row) }
    case "referrers": return referrersReader(type: type)
    default: return nil
    }
  }

  func proxyReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "services":
      let behind = derivedTables?.servicesBehind.get() ?? ServicesBehind(self)
      return servicesReader(type: type) { graph, row in
        behind.services(ofProxy: row, type: type, graph)
      }
    case "proxyType":
      // TargetHttpsProxy: HTTPS.
      let name = Schema.types[type].name.dropFirst(6).dropLast(5).uppercased()
      let word = Value.symbol(symbol(for: name))
      return always { _, _, _ in word }
    case "referrers": return referrersReader(type: type)
    default: return nil
    }
  }

  /// The services behind a forwarding rule.
  func ruleServicesReader(type: Int) -> FieldReader {
    let behind = derivedTables?.servicesBehind.get() ?? ServicesBehind(self)
    let proxies = Schema.types.map { $0.field("proxyType") != nil }
    return servicesReader(type: type) { graph, row in
      behind.services(ofRule: row, type: type, graph, proxies: proxies)
    }
  }

  private func servicesReader(
    type: Int, _ services: @escaping (ResourceGraph, Int) -> ServicesBehind.Services
  ) -> FieldReader {
    let finder = RowFinder(self, type: type)
    return always { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let found = services(graph, row)
        return context.list(
          found.keys.map { finder.reference($0) },
          openBecause: found.causes.isEmpty ? nil : context.causeSet(found.causes))
      }
    }
  }
}
