import CEL

/// Finds the row that a record's fields stand in.
///
/// Holds what it needs of a finished graph by value: readers run for every record and every rule.
struct RowFinder {
  /// A row, or what reading any field of the record gives instead.
  enum Access {
    case row(Int)
    case value(Value)
  }

  let graph: ResourceGraph
  private let rows: [UInt32]
  private let types: [UInt16]
  private let type: UInt16
  private let isPart: Bool

  init(_ graph: ResourceGraph, type: Int) {
    self.graph = graph
    rows = graph.keys.rows
    types = graph.keyTypes
    self.type = UInt16(truncatingIfNeeded: type)
    isPart = graph.isPart[type]
  }

  /// The row of a record.
  ///
  /// O(1).
  @inline(__always) func row(of record: Value, _ context: Context) -> Access {
    if let row = loadedRow(of: record) { return .row(row) }
    return .value(notLoaded(record, context))
  }

  /// The row of a record; nil where there is none.
  ///
  /// O(1).
  @inline(__always) func loadedRow(of record: Value) -> Int? {
    let id = record.bits
    if isPart {
      if id < UInt64(ResourceGraph.noKey) { return Int(truncatingIfNeeded: id) }
    } else if id < UInt64(rows.count) {
      let row = rows[Int(truncatingIfNeeded: id)]
      if row != 0, types[Int(truncatingIfNeeded: id)] == type {
        return Int(truncatingIfNeeded: row &- 1)
      }
    }
    return nil
  }

  @inline(never) private func notLoaded(_ record: Value, _ context: Context) -> Value {
    if ResourceGraph.isPhantom(record.bits) {
      return context.unknown(graph.phantomCause(record.bits))
    }
    guard record.bits < UInt64(rows.count) else { return graph.unset(context) }
    return graph.missing(KeyID(truncatingIfNeeded: record.bits), context)
  }

  /// The reference to a key.
  @inline(__always) func reference(_ key: KeyID) -> Value {
    .record(type: types[Int(key)], id: UInt64(key))
  }
}
