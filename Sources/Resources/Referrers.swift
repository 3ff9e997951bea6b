import CEL
import Schema

extension ResourceGraph {
  /// The resources of a collection that name the record; open where some of them may be missing.
  func referrersReader(_ found: [KeyID: [KeyID]], collection: String) -> FieldReader {
    let collectionSymbol = symbol(for: collection)
    let type = Schema.index(ofCollection: collection) ?? 0
    return always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      let causes = graph.causeOfMissingReferrers(collectionSymbol, type: type, to: key)
      return context.list(
        (found[key] ?? []).map { graph.reference($0) },
        openBecause: causes.map { context.causeSet($0) })
    }
  }

  /// Why resources that name a target may be missing; nil where all of them are there: those in
  /// the target's project that are global or in the target's region.
  func causeOfMissingReferrers(_ collection: UInt32, type: Int, to target: KeyID) -> Cause? {
    var scope = keys.scope(of: target)
    let region = regionKeys[Int(keys.keys[Int(target)].scope)]
    let isRegional = Schema.types[type].scopes.contains(.regional)
    scope.kind = .global
    scope.location = SymbolTable.empty
    let global = isComplete(collection, in: scope)
    if global, !isRegional { return nil }
    scope.kind = .regional
    if region != Self.noKey { scope.location = keys.keys[Int(region)].name }
    if global, region != Self.noKey, isComplete(collection, in: scope) { return nil }
    scope.kind = .project
    scope.location = SymbolTable.empty
    if isComplete(collection, in: scope) { return nil }
    return Missing.cause(
      .collection, type: type, subject: keys.number(ofScope: scope) ?? 0)
  }

  /// For each target the keys of the resources that name it in one of the fields, by their paths.
  func referrers(_ fields: [(type: String, field: String)]) -> [KeyID: [KeyID]] {
    let places = fields.compactMap { type, field in
      Schema.index(of: type).flatMap { number in
        Schema.types[number].index(of: field).map { (type: number, field: $0) }
      }
    }
    return referrers(places)
  }

  /// For each service the keys of the resources that name it, by their paths.
  func serviceReferrers() -> [KeyID: [KeyID]] {
    referrers(
      serviceFields.enumerated().flatMap { type, fields in
        fields.map { (type: type, field: $0) }
      })
  }

  private func referrers(_ places: [(type: Int, field: Int)]) -> [KeyID: [KeyID]] {
    var found: [KeyID: Set<KeyID>] = [:]
    for (type, field) in places {
      guard tables[type].columns[field] != nil else { continue }
      for row in 0..<tables[type].count where !tables[type].flags[row].contains(.shadowed) {
        let owner = tables[type].keys[row]
        for target in references(ofField: field, type: type, row: row) where owner != Self.noKey {
          found[target, default: []].insert(owner)
        }
      }
    }
    return found.mapValues { keys in
      keys.map { ($0, path(ofKey: $0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
  }

  /// The targets that a reference field of a record has, a list of them or a single one.
  func references(ofField field: Int, type: Int, row: Int) -> [KeyID] {
    guard let column = tables[type].columns[field] else { return [] }
    let words =
      column.coding == .list
      ? column.counts[row] < Column.unreadableWord
        ? pool[Int(column.words[row])..<Int(column.words[row]) + Int(column.counts[row])] : []
      : column.words[row...row]
    return words.filter { $0 < Column.unreadableWord }
  }
}
