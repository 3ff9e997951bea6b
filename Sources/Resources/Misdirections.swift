import CEL
import Schema

extension ResourceGraph {
  /// The references to a collection that their field does not take, by type and row of the record.
  ///
  /// Resources of other APIs, whose collections have several parts, are left out.
  /// O(references).
  func misdirections() -> [UInt64: [ReferenceID]] {
    var found: [UInt64: [ReferenceID]] = [:]
    for type in tables.indices {
      for (field, description) in tables[type].type.fields.enumerated() {
        guard let collections = description.kind.referenceCollections, !collections.isEmpty,
          let column = tables[type].columns[field]
        else { continue }
        let allowed = collections.map { symbols.intern($0) }
        func note(_ target: UInt32, _ row: Int, _ position: Int) {
          // What belongs to no resource still has texts where others have keys.
          if tables[type].flags[row].contains(.shadowed) || tables[type].keys[row] == Self.noKey {
            return
          }
          guard target < UInt32(truncatingIfNeeded: keys.count) else { return }
          let collection = keys.keys[Int(target)].collection
          if allowed.contains(collection) || isForeign(collection) { return }
          let place = DerivedIndices.pair(UInt32(type), UInt32(truncatingIfNeeded: row))
          found[place, default: []].append(
            ReferenceID(position: position, type: type, field: field, row: row))
        }
        if column.coding == .list {
          for row in column.counts.indices where column.counts[row] < Column.unreadableWord {
            let start = Int(column.words[row])
            for position in 0..<Int(column.counts[row]) {
              note(pool[start + position], row, position)
            }
          }
        } else {
          for row in column.words.indices { note(column.words[row], row, 0) }
        }
      }
    }
    return found
  }

  private func isForeign(_ collection: UInt32) -> Bool {
    symbols.utf8(of: collection).contains(UInt8(ascii: "/"))
  }

  func misdirectionsReader() -> FieldReader {
    let number = UInt16(truncatingIfNeeded: Schema.index(of: "Reference") ?? 0)
    let isReferring = Schema.types.indices.map { self.isReferring(type: $0, toSomeOnly: true) }
    let found = derivedTables?.misdirections.get() ?? [:]
    return always { graph, context, record in
      if Self.isPhantom(record.bits) {
        let hasNone = record.recordType.map { !isReferring[Int($0)] } ?? false
        return hasNone ? context.emptyList() : context.unknown(graph.phantomCause(record.bits))
      }
      if found.isEmpty { return context.emptyList() }
      guard let (type, row) = graph.place(of: record) else { return context.emptyList() }
      let place = DerivedIndices.pair(UInt32(type), UInt32(truncatingIfNeeded: row))
      return context.list(
        (found[place] ?? []).map { .record(type: number, id: $0.id) })
    }
  }
}
