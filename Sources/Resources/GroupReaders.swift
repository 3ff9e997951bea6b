import CEL
import Schema

extension ResourceGraph {
  func groupReader(of field: String, type: Int, field index: Int) -> FieldReader? {
    switch field {
    case "networkEndpoints": endpointListReader(type: type, field: index)
    case "endpointCount": endpointCountReader(type: type)
    case "effectiveNetwork": effectiveNetworkReader(type: type)
    case "regionSubnetworks": regionSubnetworksReader(type: type)
    case "effectiveSubnetwork": effectiveSubnetworkReader(type: type)
    case "subnetworkIsInferred": inferredReader(type: type)
    case "isStandby": standbyReader()
    case "loadedBackendServices":
      loadedReferrersReader(derivedTables?.servicesByGroup.get() ?? Referrers())
    case "listedEndpointCount": listedCountReader(type: type)
    case "endpointsWithHealth": healthReader(type: type)
    case "backendServices":
      referrersReader(
        derivedTables?.servicesByGroup.get() ?? Referrers(), collection: "backendServices")
    default: nil
    }
  }

  /// H3: the subnet that is set, the automatic one, or unknown with what would tell.
  private func effectiveSubnetworkReader(type: Int) -> FieldReader {
    let subnetworks = effectiveSubnetworks(type: type)
    let finder = RowFinder(self, type: type)
    return always { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let word = row < subnetworks.count ? subnetworks[row] : Column.unsetWord
        return word < Column.unreadableWord
          ? finder.reference(word)
          : context.unknown(graph.causeOfMissingSubnetwork(row, type: type))
      }
    }
  }

  /// The subnet of each NEG: the one that is set, or the automatic one; unset where neither is
  /// known.
  func effectiveSubnetworks(type: Int) -> [UInt32] {
    guard var words = column("subnetwork", of: type)?.words else { return [] }
    for (row, key) in inferredSubnetworks where words[Int(row)] == Column.unsetWord {
      words[Int(row)] = key
    }
    return words
  }

  /// Why the subnet of a NEG cannot be told: its field is malformed, its network was not loaded or
  /// lacks its mode, or it has none.
  func causeOfMissingSubnetwork(_ row: Int, type: Int) -> Cause {
    let field = Schema.types[type].index(of: "subnetwork") ?? 0
    let subject = UInt32(truncatingIfNeeded: row)
    let networkType = Schema.index(of: "Network") ?? 0
    if column("subnetwork", of: type)?.isUnreadable(row) == true {
      return Missing.cause(.unreadable, type: type, field: field, subject: subject)
    }
    if let network = column("network", of: type)?.words[row], network < Column.unreadableWord {
      let loaded = self.row(ofKey: network)
      if loaded < 0 { return missingCause(network) }
      switch mode(ofNetwork: loaded, type: networkType) {
      case .unreadable(let cause), .notLegacy(let cause): return cause
      case .legacy, .auto, .custom: break
      }
    }
    return Missing.cause(.field, type: type, field: field, subject: subject)
  }

  private func inferredReader(type: Int) -> FieldReader {
    let effective = effectiveSubnetworkReader(type: type)
    let finder = RowFinder(self, type: type)
    let words = column("subnetwork", of: type)?.words ?? []
    return always { _, context, record in
      let value = effective.get(context, record)
      guard value.isKnown, case .row(let row) = finder.row(of: record, context) else {
        return value
      }
      return .bool(row < words.count && words[row] == Column.unsetWord)
    }
  }

  /// Endpoints: types that have no list to load read as an empty, complete one (section 6, 2); a
  /// list that is shorter than the NEG's size is open.
  private func endpointListReader(type: Int, field: Int) -> FieldReader {
    let reader = columnReader(type: type, field: field)
    guard let starts = tables[type].columns[field]?.words,
      let counts = tables[type].columns[field]?.counts
    else { return reader }
    let finder = RowFinder(self, type: type)
    let part = UInt16(truncatingIfNeeded: partType(ofField: field, type: type))
    let openness = EndpointLists(self, type: type)
    return FieldReader(
      get: { context, record in
        guard case .row(let row) = finder.row(of: record, context),
          counts[row] != Column.unreadableWord
        else { return reader.get(context, record) }
        let count = counts[row] == Column.unsetWord ? 0 : counts[row]
        if !openness.isOpen(row) {
          return .records(type: part, start: starts[row], count: count)
        }
        return context.records(
          type: part, start: starts[row], count: count,
          openBecause: context.causeSet(self.listCause(type: type, field: field, row: row)))
      },
      has: { context, record in
        let value = reader.has(context, record)
        guard value.isUnknown, case .row(let row) = finder.row(of: record, context),
          !openness.isOpen(row)
        else { return value }
        return .bool(false)
      })
  }

  /// The larger of size and the number of different endpoints that were loaded.
  private func endpointCountReader(type: Int) -> FieldReader {
    let finder = RowFinder(self, type: type)
    let sizes = GroupSizes(self)
    return always { _, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): value
      case .row(let row): sizes.size(ofNEG: row, context)
      }
    }
  }
}

/// Which NEGs have endpoints that were not loaded.
struct EndpointLists {
  /// The number of the type NetworkEndpointGroup.
  let type: Int
  private let counts: [UInt32]
  private let sizes: [Int64]
  private let types: [UInt32]
  private let without: (UInt32, UInt32)
  private let partial: Set<Int>

  init(_ graph: ResourceGraph, type: Int) {
    self.type = type
    counts = graph.column("networkEndpoints", of: type)?.counts ?? []
    sizes = graph.column("size", of: type)?.ints ?? []
    types = graph.column("networkEndpointType", of: type)?.words ?? []
    without = (graph.symbol(for: "SERVERLESS"), graph.symbol(for: "PRIVATE_SERVICE_CONNECT"))
    partial = graph.partialRows(
      type: type, field: Schema.types[type].index(of: "networkEndpoints") ?? 0)
  }

  /// Whether endpoints of the NEG in a row may be missing.
  ///
  /// A failed list looks like an empty one: only the NEG's size tells.
  func isOpen(_ row: Int) -> Bool {
    guard row < counts.count, counts[row] != Column.unreadableWord else { return true }
    if row < types.count, types[row] == without.0 || types[row] == without.1 { return false }
    let size = row < sizes.count ? sizes[row] : Column.unsetInt
    if counts[row] == Column.unsetWord { return size != 0 }
    return partial.contains(row) || size > Int64(counts[row])
  }
}
