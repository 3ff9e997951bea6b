import CEL
import Schema

/// Which resources name which others in some fields.
struct Referrers: Sendable {
  /// For each target the keys of the resources that name it, by their paths.
  var byTarget: [KeyID: [KeyID]] = [:]
  /// Fields of which nobody can tell what they name; some of them, where there are many.
  var doubts: [Cause] = []

  static let mostDoubts = 16
}

extension ResourceGraph {
  /// The resources of a collection that name the record; open where some of them may be missing.
  func referrersReader(_ found: Referrers, collection: String) -> FieldReader {
    let collectionSymbol = symbol(for: collection)
    let type = Schema.index(ofCollection: collection) ?? 0
    return always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      let cause = graph.causeOfMissingReferrers(collectionSymbol, type: type, to: key)
      let causes = found.doubts + [cause].compactMap(\.self)
      return context.list(
        (found.byTarget[key] ?? []).map { graph.reference($0) },
        openBecause: causes.isEmpty ? nil : context.causeSet(causes))
    }
  }

  /// The loaded resources that name the record, whatever else there may be.
  func loadedReferrersReader(_ found: Referrers) -> FieldReader {
    always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      return context.list((found.byTarget[key] ?? []).map { graph.reference($0) })
    }
  }

  /// Why resources that name a target may be missing; nil where all of them are there: those in
  /// the target's project that are global or in the target's region.
  func causeOfMissingReferrers(_ collection: UInt32, type: Int, to target: KeyID) -> Cause? {
    var scope = keys.scope(of: target)
    let region = regionKeys[Int(keys.keys[Int(target)].scope)]
    let isZonal = Schema.types[type].scopes.contains(.zonal)
    let isRegional = Schema.types[type].scopes.contains(.regional)
    scope.kind = .global
    scope.location = SymbolTable.empty
    let global = isComplete(collection, in: scope)
    if global, !isRegional, !isZonal { return nil }
    scope.kind = .regional
    if region != Self.noKey { scope.location = keys.keys[Int(region)].name }
    if global, !isZonal, region != Self.noKey, isComplete(collection, in: scope) { return nil }
    scope.kind = .project
    scope.location = SymbolTable.empty
    if isComplete(collection, in: scope) { return nil }
    return Missing.cause(
      .collection, type: type, subject: keys.number(ofScope: scope) ?? 0)
  }

  /// What names what in some fields.
  func referrers(_ fields: [(type: String, field: String)]) -> Referrers {
    let places = fields.compactMap { type, field in
      Schema.index(of: type).flatMap { number in
        Schema.types[number].index(of: field).map { (type: number, field: $0) }
      }
    }
    return referrers(places)
  }

  /// What names which backend services.
  func serviceReferrers() -> Referrers {
    referrers(
      serviceFields.enumerated().flatMap { type, fields in
        fields.map { (type: type, field: $0) }
      })
  }

  private func referrers(_ places: [(type: Int, field: Int)]) -> Referrers {
    var found: [KeyID: Set<KeyID>] = [:]
    var result = Referrers()
    for (type, field) in places {
      guard tables[type].columns[field] != nil else { continue }
      for row in 0..<tables[type].count where !tables[type].flags[row].contains(.shadowed) {
        let owner = tables[type].keys[row]
        if owner == Self.noKey { continue }
        for target in references(ofField: field, type: type, row: row) {
          found[target, default: []].insert(owner)
        }
        if result.doubts.count < Referrers.mostDoubts,
          let doubt = doubt(ofField: field, type: type, row: row)
        {
          result.doubts.append(doubt)
        }
      }
    }
    result.byTarget = found.mapValues { keys in
      keys.map { ($0, path(ofKey: $0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
    return result
  }

  /// Why nobody can tell all that a reference field of a record names; nil where it is known.
  private func doubt(ofField field: Int, type: Int, row: Int) -> Cause? {
    guard let column = tables[type].columns[field] else { return nil }
    let isLacking = column.isUnset(row) && Schema.types[type].fields[field].absence == .unknown
    var isUnreadable = column.isUnreadable(row)
    if column.coding == .list, column.counts[row] < Column.unreadableWord {
      let start = Int(column.words[row])
      isUnreadable = pool[start..<start + Int(column.counts[row])].contains(Column.unreadableWord)
    }
    if !isLacking, !isUnreadable { return nil }
    return Missing.cause(
      isLacking ? .field : .unreadable, type: type, field: field,
      subject: UInt32(truncatingIfNeeded: row))
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
