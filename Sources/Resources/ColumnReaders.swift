import CEL
import Schema

extension ResourceGraph {
  /// Reads a field that was read from the export.
  func columnReader(type: Int, field: Int) -> FieldReader {
    let description = tables[type].type.fields[field]
    guard let column = tables[type].columns[field] else {
      // Not kept: the set of fields that rules read did not name it.
      return FieldReader(
        get: { context, _ in context.error("the field '\(description.name)' was not kept") },
        has: { context, _ in context.error("the field '\(description.name)' was not kept") })
    }
    let cells = Cells(graph: self, type: type, field: field)
    let get =
      switch column.coding {
      case .int: cells.intReader(column.ints)
      case .double: cells.doubleReader(column.doubles)
      case .word: cells.wordReader(column.words)
      case .list: cells.listReader(column.words, column.counts)
      }
    return FieldReader(get: get, has: cells.presenceReader(column))
  }

  /// Reads a field that was read from the export, by its name.
  func columnReader(ofField field: String, type: Int) -> FieldReader {
    guard let index = Schema.types[type].index(of: field) else {
      return commonReader(of: field)
    }
    return columnReader(type: type, field: index)
  }

  /// Reads a field where it is set and readable, and leaves all else to another reader.
  ///
  /// Derived fields that stand in for a field are mostly that field.
  func columnReader(ofField field: String, type: Int, otherwise: FieldReader) -> FieldReader {
    guard let index = Schema.types[type].index(of: field), let column = tables[type].columns[index]
    else { return otherwise }
    let finder = RowFinder(self, type: type)
    let (get, has) = (otherwise.get, otherwise.has)
    if column.coding == .int {
      let ints = column.ints
      return FieldReader(
        get: { context, record in
          if let row = finder.loadedRow(of: record), ints[row] > Column.unreadableInt {
            return .int(ints[row])
          }
          return get(context, record)
        },
        has: { context, record in
          if let row = finder.loadedRow(of: record), ints[row] > Column.unreadableInt {
            return .bool(true)
          }
          return has(context, record)
        })
    }
    let words = column.words
    let isReference = tables[type].type.fields[index].kind.referenceCollections != nil
    return FieldReader(
      get: { context, record in
        if let row = finder.loadedRow(of: record), words[row] < Column.unreadableWord {
          return isReference ? finder.reference(words[row]) : .symbol(words[row])
        }
        return get(context, record)
      },
      has: { context, record in
        if let row = finder.loadedRow(of: record), words[row] < Column.unreadableWord {
          return .bool(true)
        }
        return has(context, record)
      })
  }

  /// The rows whose list is known to lack parts.
  func partialRows(type: Int, field: Int) -> Set<Int> {
    Set(partialLists.lazy.filter { $0.type == type && $0.field == field }.map(\.row))
  }

  /// Why a list that comes in a file of its own, or that an export may leave out, is open.
  func listCause(type: Int, field: Int, row: Int) -> Cause {
    Missing.cause(.list, type: type, field: field, subject: tables[type].keys[row])
  }
}

/// What the readers of one column share.
private struct Cells {
  typealias Read = (Context, Value) -> Value

  let graph: ResourceGraph
  let finder: RowFinder
  let type: Int
  let field: Int
  let description: Field

  init(graph: ResourceGraph, type: Int, field: Int) {
    self.graph = graph
    finder = RowFinder(graph, type: type)
    self.type = type
    self.field = field
    description = graph.tables[type].type.fields[field]
  }

  /// The unknown of a cell without a value.
  @inline(never) private func unknown(_ context: Context, _ row: Int, _ kind: Missing.Kind) -> Value
  {
    context.unknown(
      Missing.cause(kind, type: type, field: field, subject: UInt32(truncatingIfNeeded: row)))
  }

  /// What reading an unset cell gives; nil for unknown.
  private func valueOfUnset(zero: Value) -> Value? {
    switch description.absence {
    case .zero: zero
    case .number(let number):
      description.kind == .double ? .double(number) : .int(Int64(number))
    case .text(let text): .symbol(graph.symbol(for: text))
    case .unknown: nil
    }
  }

  func intReader(_ cells: [Int64]) -> Read {
    let unset = valueOfUnset(zero: .int(0))
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if cell > Column.unreadableInt { return .int(cell) }
        if cell != Column.unsetInt { return unknown(context, row, .unreadable) }
        return unset ?? unknown(context, row, .field)
      }
    }
  }

  func doubleReader(_ cells: [Double]) -> Read {
    let unset = valueOfUnset(zero: .double(0))
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if !cell.isNaN { return .double(cell) }
        if cell.bitPattern != Column.unsetDouble { return unknown(context, row, .unreadable) }
        return unset ?? unknown(context, row, .field)
      }
    }
  }

  func wordReader(_ cells: [UInt32]) -> Read {
    switch description.kind {
    case .bool, .object: boolReader(cells)
    case .reference: referenceReader(cells)
    case .part: partReader(cells)
    default: symbolReader(cells)
    }
  }

  // One closure for each kind: a closure that all shared would be called through at every read.

  private func boolReader(_ cells: [UInt32]) -> Read {
    let unset = valueOfUnset(zero: .bool(false))
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if cell < Column.unreadableWord { return .bool(cell == 1) }
        return withoutValue(cell, unset, context, row)
      }
    }
  }

  private func referenceReader(_ cells: [UInt32]) -> Read {
    let unset = valueOfUnset(zero: graph.unsetRecord(ResourceGraph.noType))
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if cell < Column.unreadableWord { return finder.reference(cell) }
        return withoutValue(cell, unset, context, row)
      }
    }
  }

  private func partReader(_ cells: [UInt32]) -> Read {
    let part = description.kind.partType.flatMap { Schema.index(of: $0) } ?? 0
    let type = UInt16(truncatingIfNeeded: part)
    let unset = valueOfUnset(zero: graph.unsetRecord(type))
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if cell < Column.unreadableWord { return .record(type: type, id: UInt64(cell)) }
        return withoutValue(cell, unset, context, row)
      }
    }
  }

  private func symbolReader(_ cells: [UInt32]) -> Read {
    let unset = valueOfUnset(zero: .symbol(SymbolTable.empty))
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if cell < Column.unreadableWord { return .symbol(cell) }
        return withoutValue(cell, unset, context, row)
      }
    }
  }

  private func withoutValue(_ cell: UInt32, _ unset: Value?, _ context: Context, _ row: Int)
    -> Value
  {
    if cell != Column.unsetWord { return unknown(context, row, .unreadable) }
    return unset ?? unknown(context, row, .field)
  }

  func listReader(_ starts: [UInt32], _ counts: [UInt32]) -> Read {
    let part = description.kind.partType.flatMap { Schema.index(of: $0) }
      .map { UInt16(truncatingIfNeeded: $0) }
    let isReference = description.kind.referenceCollections != nil
    let isOpen = description.absence == .unknown
    let partial = graph.partialRows(type: type, field: field)
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let count = counts[row]
        if let part, count < Column.unreadableWord {
          if partial.isEmpty || !partial.contains(row) {
            return .records(type: part, start: starts[row], count: count)
          }
          return context.records(
            type: part, start: starts[row], count: count,
            openBecause: context.causeSet(graph.listCause(type: type, field: field, row: row)))
        }
        if count == Column.unreadableWord { return unknown(context, row, .unreadable) }
        if count == Column.unsetWord {
          if !isOpen { return context.emptyList() }
          return context.emptyList(
            openBecause: context.causeSet(graph.listCause(type: type, field: field, row: row)))
        }
        let range = Int(starts[row])..<Int(starts[row]) + Int(count)
        return context.list(
          graph.pool[range].map { entry in
            if entry == Column.unreadableWord { return unknown(context, row, .unreadable) }
            return isReference ? finder.reference(entry) : .symbol(entry)
          })
      }
    }
  }

  /// Whether the field is set; an unreadable one is, with a value that nobody can tell, unless
  /// that value could be the zero that means "not set".
  func presenceReader(_ column: Column) -> Read {
    switch column.coding {
    case .word:
      return presenceReader(column.words, Column.unsetWord, Column.unreadableWord)
    case .int: return presenceReader(column.ints, Column.unsetInt, Column.unreadableInt)
    case .double:
      return presenceReader(
        column.doubles.map(\.bitPattern), Column.unsetDouble, Column.unreadableDouble)
    case .list: return presenceReader(column.counts, Column.unsetWord, Column.unreadableWord)
    }
  }

  private func presenceReader<Cell: Equatable>(
    _ cells: [Cell], _ unset: Cell, _ unreadable: Cell
  ) -> Read {
    let isOpen = description.kind.isList && description.absence == .unknown
    let mayBeUnset = description.zeroIsUnset
    let unapplied = graph.unappliedRows(type: type, field: field)
    return { [self] context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let cell = cells[row]
        if cell != unset {
          return cell == unreadable && (mayBeUnset || unapplied.contains(row))
            ? unknown(context, row, .unreadable) : .bool(true)
        }
        return isOpen
          ? context.unknown(graph.listCause(type: type, field: field, row: row)) : .bool(false)
      }
    }
  }
}
