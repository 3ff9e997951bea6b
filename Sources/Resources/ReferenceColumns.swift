import Schema

/// The reference fields of all types, for reading them record by record.
///
/// Their cells are copied out of the tables, so that a read touches no reference count.
final class ReferenceColumns: @unchecked Sendable {
  /// A reference field, or a list of them.
  struct Cells {
    let field: Int
    /// Keys; of a list, where its keys begin in the pool.
    let words: UnsafeMutableBufferPointer<UInt32>
    /// How many keys a list has; without memory where the field is no list.
    let counts: UnsafeMutableBufferPointer<UInt32>
  }

  /// All columns, type by type.
  private let columns: UnsafeMutableBufferPointer<Cells>
  /// For each type where its columns begin, and behind the last where they end.
  private let starts: UnsafeMutableBufferPointer<Int>
  private let pool: UnsafeMutableBufferPointer<UInt32>

  init(_ graph: ResourceGraph) {
    var all: [Cells] = []
    var starts = [0]
    for table in graph.tables {
      for (field, description) in table.type.fields.enumerated()
      where description.kind.referenceCollections != nil {
        guard let column = table.columns[field] else { continue }
        all.append(
          Cells(
            field: field, words: Self.copy(column.words),
            counts: Self.copy(column.coding == .list ? column.counts : [])))
      }
      starts.append(all.count)
    }
    columns = Self.copy(all)
    self.starts = Self.copy(starts)
    pool = Self.copy(graph.pool)
  }

  deinit {
    for column in columns {
      column.words.deallocate()
      column.counts.deallocate()
    }
    columns.deallocate()
    starts.deallocate()
    pool.deallocate()
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = buffer.initialize(from: elements)
    return buffer
  }

  /// How many references a record has at most.
  func count(type: Int, row: Int) -> Int {
    var sum = 0
    for place in starts[type]..<starts[type + 1] {
      let column = columns[place]
      let count = column.counts.isEmpty ? 1 : column.counts[row]
      if count < Column.unreadableWord { sum += Int(count) }
    }
    return sum
  }

  /// Calls a function with each reference of a record that can be read, and its key.
  @inline(__always)
  func forEach(type: Int, row: Int, _ body: (ReferenceID, KeyID) -> Void) {
    for place in starts[type]..<starts[type + 1] {
      let column = columns[place]
      if column.counts.isEmpty {
        let key = column.words[row]
        if key < Column.unreadableWord {
          body(ReferenceID(position: 0, type: type, field: column.field, row: row), key)
        }
        continue
      }
      let count = column.counts[row]
      guard count < Column.unreadableWord else { continue }
      for position in 0..<Int(count) {
        let key = pool[Int(column.words[row]) + position]
        if key < Column.unreadableWord {
          body(ReferenceID(position: position, type: type, field: column.field, row: row), key)
        }
      }
    }
  }

  /// The key that a reference points to; nil where its text is malformed.
  func target(of reference: ReferenceID) -> KeyID? {
    for place in starts[reference.type]..<starts[reference.type + 1]
    where columns[place].field == reference.field {
      let column = columns[place]
      let key =
        column.counts.isEmpty
        ? column.words[reference.row]
        : pool[Int(column.words[reference.row]) + reference.position]
      return key < Column.unreadableWord ? key : nil
    }
    return nil
  }
}
