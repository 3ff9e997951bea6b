import CEL
import Schema

/// The loaded resources that name resources of one type, by their keys.
struct ReferrerTable: Sendable {
  /// The referrers of each target, sorted by path.
  let referrers: [KeyID: [KeyID]]
  /// The types of resources whose fields may refer to the type.
  let types: [Int]

  init(_ graph: ResourceGraph, type: Int) {
    var found: [KeyID: Set<KeyID>] = [:]
    for field in Self.fields(referringTo: type) {
      guard let column = graph.tables[field.type].columns[field.field] else { continue }
      for row in 0..<graph.tables[field.type].count
      where !graph.tables[field.type].flags[row].contains(.shadowed) {
        let owner = graph.tables[field.type].keys[row]
        if owner == ResourceGraph.noKey { continue }
        for target in graph.targets(in: column, row: row)
        where target < graph.keyTypes.count && Int(graph.keyTypes[Int(target)]) == type {
          found[target, default: []].insert(owner)
        }
      }
    }
    referrers = found.mapValues { graph.sortedByPath(Array($0)) }
    types = Self.types(referringTo: type)
  }

  /// The fields, read from the export, that may refer to resources of a type.
  static func fields(referringTo type: Int) -> [(type: Int, field: Int)] {
    guard let collection = Schema.types[type].collection else { return [] }
    return Schema.types.enumerated().flatMap { number, type in
      type.fields.enumerated().compactMap { index, field in
        !field.isDerived && field.kind.referenceCollections?.contains(collection) == true
          ? (number, index) : nil
      }
    }
  }

  /// The types of the resources that these fields are in, or in parts of.
  static func types(referringTo type: Int) -> [Int] {
    var found: Set<Int> = []
    var open = fields(referringTo: type).map(\.type)
    var seen = Set(open)
    while let next = open.popLast() {
      if !Schema.types[next].isPart {
        found.insert(next)
        continue
      }
      let name = Schema.types[next].name
      for (number, holder) in Schema.types.enumerated()
      where holder.fields.contains(where: { !$0.isDerived && $0.kind.partType == name }) {
        if seen.insert(number).inserted { open.append(number) }
      }
    }
    return found.sorted()
  }
}

extension ResourceGraph {
  /// The keys that a cell of references holds; those that cannot be read are left out.
  func targets(in column: Column, row: Int) -> [KeyID] {
    if column.coding != .list {
      return column.words[row] < Column.unreadableWord ? [column.words[row]] : []
    }
    guard column.counts[row] < Column.unreadableWord else { return [] }
    let start = Int(column.words[row])
    return pool[start..<start + Int(column.counts[row])].filter { $0 < Column.unreadableWord }
  }

  /// The loaded resources that name the record; open where some of them may be missing.
  func referrersReader(type: Int) -> FieldReader {
    let table = derivedTables?.referrers[type]?.get() ?? ReferrerTable(self, type: type)
    let collections = table.types.map { other in
      (type: other, symbol: symbol(for: Schema.types[other].collection ?? ""))
    }
    return always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      let causes = collections.compactMap {
        graph.causeOfMissingReferrers($0.symbol, type: $0.type, to: key)
      }
      return context.list(
        (table.referrers[key] ?? []).map { graph.reference($0) },
        openBecause: causes.isEmpty ? nil : context.causeSet(causes))
    }
  }
}
