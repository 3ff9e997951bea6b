import CEL
import Schema

extension ResourceGraph {
  func subnetworkReader(of field: String, type: Int) -> FieldReader? {
    guard field == "overlappedSubnetwork" else { return nil }
    let overlaps = derivedTables?.subnetworkOverlaps.get() ?? SubnetworkOverlaps(self, type: type)
    let unknown = unknownField("network", type: type)
    return overlapReader(type: type, overlaps.overlapped) { graph, context, record, row in
      overlaps.doubts.contains(row) ? unknown(graph, context, record) : nil
    }
  }

  /// Reads the record of the same type that a record overlaps.
  ///
  /// - Parameters:
  ///   - type: The type.
  ///   - overlapped: The other row, by row.
  ///   - doubt: Why nobody can tell, for a row that is not there; nil where it overlaps nothing.
  /// - Returns: The reader.
  func overlapReader(
    type: Int, _ overlapped: [Int: Int],
    doubt: @escaping (ResourceGraph, Context, Value, Int) -> Value?
  ) -> FieldReader {
    let finder = RowFinder(self, type: type)
    let unset = unsetRecord(UInt16(truncatingIfNeeded: type))
    return optionally(unset: unset) { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        if let other = overlapped[row] {
          return graph.reference(graph.tables[type].keys[other])
        }
        return doubt(graph, context, record, row)
      }
    }
  }

  /// The loaded subnets of a record's network in its region.
  func regionSubnetworksReader(type: Int) -> FieldReader {
    let network = effectiveNetworkReader(type: type)
    let subnetwork = columnReader(ofField: "subnetwork", type: type)
    return always { graph, context, record in
      let place = network.get(context, record)
      if !place.isKnown { return place }
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      var key = KeyID(truncatingIfNeeded: record.bits)
      if graph.keys.scope(of: key).kind == .global {
        let target = subnetwork.get(context, record)
        guard target.isKnown else { return target }
        guard let id = target.recordID, id < UInt64(graph.keys.count) else {
          return graph.unknownField("subnetwork", type: type)(graph, context, record)
        }
        key = KeyID(truncatingIfNeeded: id)
      }
      let region = graph.regionKeys[Int(graph.keys.keys[Int(key)].scope)]
      if region == Self.noKey { return context.emptyList() }
      return graph.subnetworks(of: place, in: graph.reference(region), context)
    }
  }

  /// The loaded subnets of a network in a region; open where some may be missing.
  private func subnetworks(of network: Value, in region: Value, _ context: Context) -> Value {
    guard let id = network.recordID, id < UInt64(keys.count),
      let place = region.recordID, place < UInt64(keys.count)
    else { return unset(context) }
    let key = KeyID(truncatingIfNeeded: id)
    let name = keys.keys[Int(place)].name
    let found = derivedTables?.subnetworksByPlace.get()[DerivedIndices.pair(key, name)] ?? []
    let loose = derivedTables?.subnetworksByPlace.get()[DerivedIndices.pair(Self.noKey, name)]
    let scope = Scope(kind: .regional, project: keys.scope(of: key).project, location: name)
    let collection = symbol(for: "subnetworks")
    let type = Schema.index(of: "Subnetwork") ?? 0
    if let first = loose?.first(where: { keys.scope(of: $0).project == scope.project }) {
      let cause = Missing.cause(
        .field, type: type, field: Schema.types[type].index(of: "network") ?? 0,
        subject: UInt32(truncatingIfNeeded: row(ofKey: first)))
      return context.list(found.map { reference($0) }, openBecause: context.causeSet(cause))
    }
    if isComplete(collection, in: scope) { return context.list(found.map { reference($0) }) }
    let project = Scope(
      kind: .project, project: scope.project, location: SymbolTable.empty)
    let cause = Missing.cause(
      .collection, type: type,
      subject: keys.number(ofScope: project) ?? 0)
    return context.list(found.map { reference($0) }, openBecause: context.causeSet(cause))
  }

  /// Subnets by their network's key, or `noKey` where it is not known, and their region's name.
  func subnetworksByPlace() -> [UInt64: [KeyID]] {
    guard let type = Schema.index(of: "Subnetwork"),
      let networks = column("network", of: type)?.words
    else { return [:] }
    var found: [UInt64: [KeyID]] = [:]
    for (row, word) in networks.enumerated() where !tables[type].flags[row].contains(.shadowed) {
      let key = tables[type].keys[row]
      let network = word < Column.unreadableWord ? word : Self.noKey
      found[DerivedIndices.pair(network, keys.scope(of: key).location), default: []].append(key)
    }
    return found.mapValues { sortedByPath($0) }
  }
}

/// Subnets of one network that have IPv4 addresses in common.
struct SubnetworkOverlaps: Sendable {
  /// For each row of a subnet that overlaps one whose path sorts before its own: the row of one.
  private(set) var overlapped: [Int: Int] = [:]
  /// Rows of subnets without a network that would overlap one of any network.
  private(set) var doubts: Set<Int> = []

  init(_ graph: ResourceGraph, type: Int) {
    let networks = graph.column("network", of: type)?.words ?? []
    var rows: [KeyID: [Int]] = [:]
    for row in 0..<graph.tables[type].count
    where !graph.tables[type].flags[row].contains(.shadowed) {
      let network = row < networks.count ? networks[row] : Column.unsetWord
      rows[network < Column.unreadableWord ? network : Column.unsetWord, default: []].append(row)
    }
    for (network, rows) in rows where network != Column.unsetWord {
      overlapped.merge(Self.overlaps(of: rows, type, graph)) { first, _ in first }
    }
    guard let loose = rows[Column.unsetWord] else { return }
    // Sorted last, each of them is found where it meets any other subnet.
    let others = rows.filter { $0.key != Column.unsetWord }.flatMap(\.value)
    for (row, other) in Self.overlaps(of: others, then: loose, type, graph)
    where loose.contains(row) {
      if row == other { overlapped[row] = row } else { doubts.insert(row) }
    }
  }

  private static func overlaps(
    of rows: [Int], then last: [Int] = [], _ type: Int, _ graph: ResourceGraph
  ) -> [Int: Int] {
    let keys = graph.tables[type].keys
    let sorted = [rows, last].flatMap { rows in
      rows.map { ($0, graph.path(ofKey: keys[$0])) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
    let found = Overlaps.first(
      sorted.enumerated().flatMap { rank, row in intervals(row, type, rank, graph) })
    return Dictionary(
      found.map { (sorted[$0.key], sorted[$0.value]) }, uniquingKeysWith: { first, _ in first })
  }

  private static func intervals(
    _ row: Int, _ type: Int, _ rank: Int, _ graph: ResourceGraph
  ) -> [Overlaps.Interval] {
    var words = [graph.column("ipCidrRange", of: type)?.words[row] ?? Column.unsetWord]
    let part = Schema.index(of: "SubnetworkSecondaryRange") ?? 0
    if let field = Schema.types[type].index(of: "secondaryIpRanges"),
      let parts = graph.parts(ofField: field, type: type, row: row),
      let ranges = graph.column("ipCidrRange", of: part)?.words
    {
      words += parts.map { ranges[$0] }
    }
    return words.compactMap { word in
      guard word < Column.unreadableWord,
        let range = IPRange(utf8: graph.symbols.utf8(of: word)), range.address.family == .v4
      else { return nil }
      return Overlaps.Interval(
        start: UInt32(truncatingIfNeeded: range.first.low),
        end: UInt32(truncatingIfNeeded: range.last.low), rank: rank)
    }
  }
}
