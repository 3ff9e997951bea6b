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

/// A column with references: one in each row, or a list of them.
private struct ReferenceColumn {
  let field: Int
  private let words: [UInt32]
  /// The lengths of lists; empty where each row has one reference.
  private let counts: [UInt32]

  /// The columns of a type with references.
  static func all(of graph: ResourceGraph, type: Int) -> [ReferenceColumn] {
    let table = graph.tables[type]
    return table.type.fields.indices.compactMap { field in
      guard table.type.fields[field].kind.referenceCollections != nil,
        let column = table.columns[field]
      else { return nil }
      return ReferenceColumn(
        field: field, words: column.words, counts: column.coding == .list ? column.counts : [])
    }
  }

  /// How many references a row has, malformed ones included.
  @inline(__always) func count(_ row: Int) -> Int {
    if counts.isEmpty { return 1 }
    return counts[row] < Column.unreadableWord ? Int(counts[row]) : 0
  }

  /// The key of a row's reference; another word where it is not set or malformed.
  @inline(__always) func target(_ row: Int, _ position: Int, _ graph: ResourceGraph) -> UInt32 {
    counts.isEmpty ? words[row] : graph.pool[Int(words[row]) + position]
  }
}

extension ResourceGraph {
  /// The reference fields that are set in a record, to collections that the schema has.
  func referencesReader() -> FieldReader {
    let number = UInt16(truncatingIfNeeded: Schema.index(of: "Reference") ?? 0)
    // Side by side, as an array of arrays would count references at every record.
    var (columns, firstColumns) = ([ReferenceColumn](), [0])
    for type in tables.indices {
      columns += ReferenceColumn.all(of: self, type: type)
      firstColumns.append(columns.count)
    }
    let types = keyTypes
    let isReferring = Schema.types.indices.map { self.isReferring(type: $0) }
    return always { [columns, firstColumns] graph, context, record in
      if Self.isPhantom(record.bits) {
        let hasNone = record.recordType.map { !isReferring[Int($0)] } ?? false
        return hasNone ? context.emptyList() : context.unknown(graph.phantomCause(record.bits))
      }
      guard let (type, row) = graph.place(of: record) else {
        guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
        return graph.missing(KeyID(truncatingIfNeeded: record.bits), context)
      }
      let list = context.beginList()
      let places = firstColumns[type]..<firstColumns[type + 1]
      for place in places {
        for position in 0..<columns[place].count(row) {
          let target = columns[place].target(row, position, graph)
          guard target < Column.unreadableWord, types[Int(target)] != Self.noType else { continue }
          let id = ReferenceID(
            position: position, type: type, field: columns[place].field, row: row)
          context.appendElement(.record(type: number, id: id.id))
        }
      }
      return context.endList(list)
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
