import CEL
import Schema

/// The records of type `Reference`: a reference field of a record, told apart by its place.
///
/// Layout of the number: bit 62, then 14 bits of position in a list, 8 of type, 8 of field, 32
/// of row.
struct ReferenceID {
  var position: Int
  var type: Int
  var field: Int
  var row: Int

  init(position: Int, type: Int, field: Int, row: Int) {
    self.position = position
    self.type = type
    self.field = field
    self.row = row
  }

  init?(_ id: UInt64) {
    guard id >> 62 == 1 else { return nil }
    position = Int(id >> 48 & 0x3FFF)
    type = Int(id >> 40 & 0xFF)
    field = Int(id >> 32 & 0xFF)
    row = Int(id & 0xFFFF_FFFF)
  }

  var id: UInt64 {
    1 << 62 | UInt64(position & 0x3FFF) << 48 | UInt64(type & 0xFF) << 40
      | UInt64(field & 0xFF) << 32 | UInt64(row)
  }
}

extension ResourceGraph {
  /// The reference fields that are set in a record, to collections that the schema has.
  func referencesReader() -> FieldReader {
    let number = UInt16(truncatingIfNeeded: Schema.index(of: "Reference") ?? 0)
    let fields = tables.map { table in
      table.type.fields.indices.filter {
        table.type.fields[$0].kind.referenceCollections != nil && table.columns[$0] != nil
      }
    }
    let isReferring = Schema.types.map { type in
      type.fields.contains { !$0.isDerived && $0.kind.referenceCollections != nil }
    }
    return always { graph, context, record in
      if Self.isPhantom(record.bits) {
        let hasNone = record.recordType.map { !isReferring[Int($0)] } ?? false
        return hasNone ? context.emptyList() : context.unknown(graph.phantomCause(record.bits))
      }
      guard let (type, row) = graph.place(of: record) else {
        guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
        return graph.missing(KeyID(truncatingIfNeeded: record.bits), context)
      }
      var found: [Value] = []
      for field in fields[type] {
        guard let column = graph.tables[type].columns[field], !column.isUnset(row),
          !column.isUnreadable(row)
        else { continue }
        let count = column.coding == .list ? Int(column.counts[row]) : 1
        for position in 0..<count {
          let id = ReferenceID(position: position, type: type, field: field, row: row)
          guard let target = graph.target(of: id), graph.keyTypes[Int(target)] != Self.noType
          else { continue }
          found.append(.record(type: number, id: id.id))
        }
      }
      return context.list(found)
    }
  }

  /// The key that a reference points to; nil where its text is malformed.
  func target(of reference: ReferenceID) -> KeyID? {
    guard let column = tables[reference.type].columns[reference.field] else { return nil }
    let word =
      column.coding == .list
      ? pool[Int(column.words[reference.row]) + reference.position]
      : column.words[reference.row]
    return word < Column.unreadableWord ? word : nil
  }

  /// The field's path below its record: `network`, `healthChecks[1]`.
  func path(of reference: ReferenceID) -> String {
    let field = tables[reference.type].type.fields[reference.field]
    return field.kind.isList ? "\(field.name)[\(reference.position)]" : field.name
  }

  func referenceReader(of field: String) -> FieldReader? {
    switch field {
    case "collection":
      return always { graph, context, record in
        guard let id = ReferenceID(record.bits), let key = graph.target(of: id) else {
          return context.error("no reference")
        }
        return .symbol(graph.keys.keys[Int(key)].collection)
      }
    case "collections":
      return always { graph, context, record in
        guard let id = ReferenceID(record.bits) else { return context.error("no reference") }
        let field = graph.tables[id.type].type.fields[id.field]
        return context.list(
          (field.kind.referenceCollections ?? []).map { context.string($0) })
      }
    case "path":
      return always { graph, context, record in
        guard let id = ReferenceID(record.bits) else { return context.error("no reference") }
        return context.string(graph.path(of: id))
      }
    case "target":
      return always { graph, context, record in
        guard let id = ReferenceID(record.bits), let key = graph.target(of: id) else {
          return context.error("no reference")
        }
        return graph.reference(key)
      }
    default: return nil
    }
  }
}
