import Schema

/// A row of a graph: a resource or part as it was loaded, for those who need no values of it.
public struct LoadedRecord: Hashable, Sendable {
  /// The number of the record's type.
  public let type: Int
  /// Its row in the graph.
  public let row: Int
}

extension ResourceGraph {
  /// The row of a record that a builder took in; nil where another one of the same key counts
  /// instead, and for parts that belong to nothing.
  ///
  /// O(1).
  ///
  /// - Parameters:
  ///   - type: The number of the record's type.
  ///   - row: The row in the builder.
  ///   - builder: The builder's place in the list that the graph was made of.
  /// - Returns: The row.
  public func loadedRecord(ofType type: Int, row: Int, inBuilder builder: Int) -> LoadedRecord? {
    guard firstRows.indices.contains(builder) else { return nil }
    let row = firstRows[builder][type] + row
    let merged = copies[DerivedIndices.pair(UInt32(type), UInt32(truncatingIfNeeded: row))] ?? row
    guard merged < tables[type].count, subject(type: type, row: merged) != nil else { return nil }
    return LoadedRecord(type: type, row: merged)
  }

  /// The canonical path of the resource that a record is, or is a part of.
  public func path(of record: LoadedRecord) -> String {
    path(ofKey: tables[record.type].keys[record.row])
  }

  /// Where a record stands.
  public func anchor(of record: LoadedRecord) -> Anchor {
    Anchor(
      file: tables[record.type].files[record.row], offset: tables[record.type].offsets[record.row])
  }

  /// Whether the API has filled a record in (constraints H15).
  public func isResolved(_ record: LoadedRecord) -> Bool {
    tables[record.type].flags[record.row].contains(.resolved)
  }

  /// The parts that a resource's list has; nil where it was not loaded.
  ///
  /// - Parameters:
  ///   - field: The field's place in the resource's type.
  ///   - record: The resource.
  /// - Returns: The parts in the order of their rows.
  public func parts(ofField field: Int, of record: LoadedRecord) -> [LoadedRecord]? {
    let part = partType(ofField: field, type: record.type)
    return parts(ofField: field, type: record.type, row: record.row).map { rows in
      rows.map { LoadedRecord(type: part, row: $0) }
    }
  }

  /// Whether parts of a list that a resource does not hold itself may be missing.
  ///
  /// - Parameters:
  ///   - field: The field's place in the resource's type.
  ///   - record: The resource.
  /// - Returns: False where all of them are there.
  public func isOpenList(field: Int, of record: LoadedRecord) -> Bool {
    isOpenList(field: field, type: record.type, row: record.row)
  }
}
