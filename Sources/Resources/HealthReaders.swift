import CEL
import Schema

extension ResourceGraph {
  /// The groups that loaded backends name as failover backends and in no other way.
  func standbyGroups() -> Set<KeyID> {
    guard let type = Schema.index(of: "Backend"), let groups = column("group", of: type)?.words,
      let failovers = column("failover", of: type)?.words
    else { return [] }
    var standby: Set<KeyID> = []
    var serving: Set<KeyID> = []
    for row in groups.indices where groups[row] < Column.unreadableWord {
      if tables[type].flags[row].contains(.shadowed) || tables[type].keys[row] == Self.noKey {
        continue
      }
      if failovers[row] == 1 {
        standby.insert(groups[row])
      } else {
        serving.insert(groups[row])
      }
    }
    return standby.subtracting(serving)
  }

  func standbyReader() -> FieldReader {
    always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let groups = graph.derivedTables?.standbyGroups.get() ?? []
      return .bool(groups.contains(KeyID(truncatingIfNeeded: record.bits)))
    }
  }

  /// The number of endpoints in the list that was loaded.
  func listedCountReader(type: Int) -> FieldReader {
    let field = Schema.types[type].index(of: "networkEndpoints") ?? 0
    let finder = RowFinder(self, type: type)
    let lists = EndpointLists(self, type: type)
    return always { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        if let rows = graph.parts(ofField: field, type: type, row: row) {
          return .int(Int64(rows.count))
        }
        return lists.isOpen(row)
          ? context.unknown(graph.listCause(type: type, field: field, row: row)) : .int(0)
      }
    }
  }

  /// The endpoints of a group with what health checks say of them.
  func healthReader(type: Int) -> FieldReader {
    let field = Schema.types[type].index(of: "networkEndpoints") ?? 0
    let part = partType(ofField: field, type: type)
    let healths = Schema.types[part].index(of: "healths") ?? 0
    let counts = tables[part].columns[healths]?.counts ?? []
    let hasAny = counts.contains { $0 < Column.unreadableWord }
    let lists = EndpointLists(self, type: type)
    let finder = RowFinder(self, type: type)
    return always { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let rows = graph.parts(ofField: field, type: type, row: row) ?? 0..<0
        let known = hasAny ? rows.filter { counts[$0] < Column.unreadableWord } : []
        let isWhole = known.count == rows.count && !lists.isOpen(row)
        let cause = Missing.cause(
          .list, type: part, field: healths, subject: graph.tables[type].keys[row])
        return context.list(
          known.map { graph.record(type: part, row: $0) },
          openBecause: isWhole ? nil : context.causeSet(cause))
      }
    }
  }
}
