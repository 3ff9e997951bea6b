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
  private func causeOfMissingReferrers(
    _ collection: UInt32, type: Int, to target: KeyID
  ) -> Cause? {
    var scope = keys.scope(of: target)
    let region = regionKeys[Int(keys.keys[Int(target)].scope)]
    scope.kind = .global
    scope.location = SymbolTable.empty
    let global = isComplete(collection, in: scope)
    scope.kind = .regional
    if region != Self.noKey { scope.location = keys.keys[Int(region)].name }
    if global, region != Self.noKey, isComplete(collection, in: scope) { return nil }
    scope.kind = .project
    scope.location = SymbolTable.empty
    if isComplete(collection, in: scope) { return nil }
    return Missing.cause(
      .collection, type: type, subject: keys.number(ofScope: scope) ?? 0)
  }

  /// For each target the keys of the resources that name it, by their paths.
  func referrers(_ part: String, _ field: String) -> [KeyID: [KeyID]] {
    guard let type = Schema.index(of: part), let words = column(field, of: type)?.words else {
      return [:]
    }
    var found: [KeyID: [KeyID]] = [:]
    for (row, target) in words.enumerated() where target < Column.unreadableWord {
      if tables[type].flags[row].contains(.shadowed) { continue }
      let owner = tables[type].keys[row]
      if found[target]?.last != owner { found[target, default: []].append(owner) }
    }
    return found.mapValues { keys in
      Set(keys).map { ($0, path(ofKey: $0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
  }
}
