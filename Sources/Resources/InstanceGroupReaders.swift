import CEL
import Schema

extension ResourceGraph {
  func instanceGroupReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "effectiveNamedPorts": namedPortsReader(type: type)
    case "backends": backendsReader()
    default: nil
    }
  }

  /// The group's own named ports; of a group that was not loaded, those of its manager.
  private func namedPortsReader(type: Int) -> FieldReader {
    let own = columnReader(ofField: "namedPorts", type: type)
    let manager = Schema.index(of: "InstanceGroupManager") ?? 0
    let field = Schema.types[manager].index(of: "namedPorts") ?? 0
    let part = UInt16(truncatingIfNeeded: partType(ofField: field, type: manager))
    let managers = derivedTables?.managersByGroup.get() ?? [:]
    return always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count),
        graph.row(ofKey: KeyID(truncatingIfNeeded: record.bits)) < 0,
        let row = managers[KeyID(truncatingIfNeeded: record.bits)]
      else { return own.get(context, record) }
      let rows = graph.parts(ofField: field, type: manager, row: row) ?? 0..<0
      return .records(
        type: part, start: UInt32(truncatingIfNeeded: rows.lowerBound),
        count: UInt32(truncatingIfNeeded: rows.count))
    }
  }

  /// The backends that name the group; open where services may be missing.
  private func backendsReader() -> FieldReader {
    let backend = UInt16(truncatingIfNeeded: Schema.index(of: "Backend") ?? 0)
    let services = symbol(for: "backendServices")
    let service = Schema.index(of: "BackendService") ?? 0
    let found = derivedTables?.backendsByGroup.get() ?? [:]
    let doubts = derivedTables?.servicesByGroup.get().doubts ?? []
    return always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      let cause = graph.causeOfMissingReferrers(services, type: service, to: key)
      let causes = doubts + [cause].compactMap(\.self)
      return context.list(
        (found[key] ?? []).map { .record(type: backend, id: UInt64($0)) },
        openBecause: causes.isEmpty ? nil : context.causeSet(causes))
    }
  }

  /// For each group the rows of the backends that name it.
  func backendsByGroup() -> [KeyID: [Int]] {
    guard let type = Schema.index(of: "Backend"), let groups = column("group", of: type)?.words
    else { return [:] }
    var found: [KeyID: [Int]] = [:]
    for (row, group) in groups.enumerated()
    where group < Column.unreadableWord && !tables[type].flags[row].contains(.shadowed)
      && tables[type].keys[row] != Self.noKey
    {
      found[group, default: []].append(row)
    }
    return found
  }

  /// For each group the row of the manager that names it.
  func managersByGroup() -> [KeyID: Int] {
    guard let type = Schema.index(of: "InstanceGroupManager"),
      let groups = column("instanceGroup", of: type)?.words
    else { return [:] }
    var found: [KeyID: Int] = [:]
    for (row, group) in groups.enumerated()
    where group < Column.unreadableWord && !tables[type].flags[row].contains(.shadowed) {
      found[group] = found[group] ?? row
    }
    return found
  }
}
