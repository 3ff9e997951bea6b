import Importing
@testable import Resources
import Schema

/// What builders took in, as text that tests can compare: a line for each resource, each list that
/// waits for its owner, and each complete collection.
///
/// Positions and the order of records are left out.
func takenIn(_ imported: Imported) -> [String] {
  imported.builders.flatMap { TakenIn(builder: $0).lines }.sorted()
}

/// What one input, given as text, makes builders take in.
func takenIn(_ text: String, path: String = "export.json", fields: FieldSet = .all) -> [String] {
  takenIn(imported(text, path: path, fields: fields))
}

/// Imports one input that is given as text.
func imported(
  _ text: String, path: String = "export.json", directory: String? = nil,
  fields: FieldSet = .all, rules: Set<ImporterFinding.Rule> = []
) -> Imported {
  importFiles(
    [InputFile(path: path, origin: .bytes(Array(text.utf8)), directory: directory)],
    options: ImportOptions(fields: fields, rules: rules))
}

private struct TakenIn {
  let builder: GraphBuilder
  let tables: [Table]

  init(builder: GraphBuilder) {
    self.builder = builder
    let mapping = RowMapping(
      symbols: nil, bases: Schema.types.map { _ in 0 }, poolBase: 0)
    tables = Schema.types.enumerated().map { number, type in
      var table = Table(type, fields: builder.fields)
      table.append(builder.rows[number], mapping: mapping, freeing: false)
      return table
    }
  }

  var lines: [String] {
    var lines: [String] = []
    for (type, table) in tables.enumerated() where !table.type.isPart {
      for row in 0..<table.count { lines.append(resource(type, row)) }
    }
    for list in builder.attachments {
      let field = Schema.types[list.ownerType].fields[list.field]
      let part = field.kind.partType.flatMap { Schema.index(of: $0) } ?? 0
      let parts = (list.start..<list.start + list.count).map { record(part, $0) }
      lines.append(
        "\(text(list.owner)) \(field.name)=[\(parts.joined(separator: " "))]"
          + (list.isPartial ? " partial" : ""))
    }
    for item in builder.coverage {
      lines.append("complete \(text(item.collection)) in \(text(item.scope))")
    }
    return lines
  }

  private func text(_ symbol: UInt32) -> String { builder.symbols.text(of: symbol) }

  private func resource(_ type: Int, _ row: Int) -> String {
    let table = tables[type]
    let identity = table.identities[row]
    var line = "\(table.type.name)"
    let link = String(decoding: identity.link(in: builder.symbols), as: UTF8.self)
    if !link.isEmpty { line += " link=\(link)" }
    for (name, symbol) in [
      ("name", identity.name), ("zone", identity.zone),
      ("region", identity.region), ("context", identity.context),
    ] where symbol != SymbolTable.empty { line += " \(name)=\(text(symbol))" }
    if table.ids[row] != 0 { line += " id=\(table.ids[row])" }
    if table.flags[row].contains(.gkeManaged) { line += " gke" }
    return line + " " + record(type, row)
  }

  private func record(_ type: Int, _ row: Int) -> String {
    let table = tables[type]
    var parts: [String] = table.flags[row].contains(.resolved) ? ["resolved"] : []
    for (index, field) in table.type.fields.enumerated() {
      guard let column = table.columns[index], !column.isUnset(row) else { continue }
      parts.append(
        "\(field.name)=\(column.isUnreadable(row) ? "?" : value(field.kind, column, row))")
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  private func value(_ kind: Field.Kind, _ column: Column, _ row: Int) -> String {
    switch column.coding {
    case .int: return "\(column.ints[row])"
    case .double: return "\(column.doubles[row])"
    case .word:
      let word = column.words[row]
      if let part = kind.partType {
        return Schema.index(of: part).map { record($0, Int(word)) } ?? ""
      }
      return kind == .bool || kind == .object ? "\(word == 1)" : text(word)
    case .list:
      let rows = Int(column.words[row])..<Int(column.words[row]) + Int(column.counts[row])
      let part = kind.partType.flatMap { Schema.index(of: $0) }
      let items = rows.map { item in
        part.map { record($0, item) } ?? text(builder.pool[item])
      }
      return "[\(items.joined(separator: " "))]"
    }
  }
}
