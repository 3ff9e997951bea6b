import Resources
import Schema

/// A value of a test's record, as a literal.
enum Cell: Sendable {
  case text(String)
  case int(Int64)
  case double(Double)
  case bool(Bool)
  case list([Cell])
  case object([String: Cell])
  /// There, but nobody can tell what it is.
  case unreadable
}

extension Cell: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int64) { self = .int(value) }
  init(floatLiteral value: Double) { self = .double(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: Cell...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, Cell)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { first, _ in first }))
  }

  var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// What the importers of a test take in, record by record; any number of graphs can be made of it.
final class Inputs {
  private let fields: FieldSet
  private var steps: [(Filler) -> Void] = []

  /// Makes inputs with one file, number 0, of project `p` unless it is given otherwise.
  init(fields: FieldSet = .all, project: String? = "p", pathParts: [String] = []) {
    self.fields = fields
    file(0, project: project, pathParts: pathParts)
  }

  /// Starts another file.
  func file(_ number: UInt32, project: String? = "p", pathParts: [String] = []) {
    steps.append { $0.file(number, project: project, pathParts: pathParts) }
  }

  /// Adds a resource; `selfLink`, `name`, `zone`, `region`, `id` and `context` are its identity,
  /// `resolved` and `gke` its flags.
  @discardableResult
  func add(_ type: String, _ cells: [String: Cell]) -> Inputs {
    steps.append { $0.add(type, cells) }
    return self
  }

  /// Adds a list of parts that comes in a place of its own.
  @discardableResult
  func attach(
    _ parts: [Cell], to field: String, of type: String, owner: String, isPartial: Bool = false
  ) -> Inputs {
    steps.append { $0.attach(parts, to: field, of: type, owner: owner, isPartial: isPartial) }
    return self
  }

  /// Says that a collection is complete.
  @discardableResult
  func complete(_ collection: String, in scope: String = "") -> Inputs {
    steps.append { $0.builder.setComplete(collection, in: scope) }
    return self
  }

  /// Notes what a rule of the importer found.
  func note(_ finding: ImporterFinding) { steps.append { $0.builder.note(finding) } }

  /// The graph of these inputs and others.
  func graph(with others: Inputs..., assumesCompleteness: Bool = false) -> ResourceGraph {
    ResourceGraph(
      merging: [filled()] + others.map { $0.filled() }, fields: fields,
      assumesCompleteness: assumesCompleteness)
  }

  private func filled() -> GraphBuilder {
    let filler = Filler(fields: fields)
    for step in steps { step(filler) }
    return filler.builder
  }
}

/// Puts described records into a builder.
private final class Filler {
  let builder: GraphBuilder
  private var offset = 0

  init(fields: FieldSet) { builder = GraphBuilder(fields: fields) }

  func file(_ number: UInt32, project: String?, pathParts: [String]) {
    builder.beginFile(number, pathParts: pathParts, project: project)
    offset = 0
  }

  func add(_ type: String, _ cells: [String: Cell]) {
    guard let number = Schema.index(of: type) else { preconditionFailure("no type \(type)") }
    let row = builder.addResource(ofType: number, offset: nextOffset())
    identify(row, number, cells)
    if case .bool(true)? = cells["resolved"] { builder.setResolved(ofType: number, row: row) }
    if case .bool(true)? = cells["gke"] { builder.setGKEManaged(ofType: number, row: row) }
    if case .int(let id)? = cells["id"] {
      builder.setID(UInt64(id), ofType: number, row: row)
    }
    fill(row, number, cells)
  }

  func attach(
    _ parts: [Cell], to field: String, of type: String, owner: String, isPartial: Bool
  ) {
    guard let number = Schema.index(of: type), let index = Schema.types[number].index(of: field)
    else { preconditionFailure("no field \(type).\(field)") }
    let start = addParts(parts, Schema.types[number].fields[index])
    builder.attach(
      toField: index, ofType: number, owner: owner, partsFrom: start, count: parts.count,
      offset: nextOffset(), isPartial: isPartial)
  }

  private func nextOffset() -> Int {
    offset += 100
    return offset
  }

  private func identify(_ row: Int, _ type: Int, _ cells: [String: Cell]) {
    let parts: [(String, GraphBuilder.IdentityText)] = [
      ("name", .name), ("selfLink", .link), ("zone", .zone), ("region", .region),
      ("context", .context),
    ]
    for (name, part) in parts {
      Array((cells[name]?.text ?? "").utf8).withUnsafeBufferPointer {
        builder.identify(part, ofType: type, row: row, text: $0)
      }
    }
  }

  private func addParts(_ parts: [Cell], _ field: Field) -> Int {
    guard let type = field.kind.partType.flatMap({ Schema.index(of: $0) }) else { return 0 }
    let start = builder.rowCount(ofType: type)
    let rows = parts.map { _ in builder.addPart(ofType: type, offset: nextOffset()) }
    for (row, part) in zip(rows, parts) {
      guard case .object(let cells) = part else { continue }
      if case .bool(true)? = cells["resolved"] { builder.setResolved(ofType: type, row: row) }
      fill(row, type, cells)
    }
    return start
  }

  private func fill(_ row: Int, _ type: Int, _ cells: [String: Cell]) {
    for (index, field) in Schema.types[type].fields.enumerated() {
      guard let cell = cells[field.name], builder.wants(field: index, ofType: type) else {
        continue
      }
      set(cell, field, index, type, row)
    }
  }

  private func set(_ cell: Cell, _ field: Field, _ index: Int, _ type: Int, _ row: Int) {
    switch cell {
    case .text(let text):
      Array(text.utf8).withUnsafeBufferPointer {
        builder.set(index, ofType: type, row: row, text: $0)
      }
    case .int(let value):
      if field.kind == .double {
        builder.set(index, ofType: type, row: row, double: Double(value))
      } else {
        builder.set(index, ofType: type, row: row, int: value)
      }
    case .double(let value): builder.set(index, ofType: type, row: row, double: value)
    case .bool(let value): builder.set(index, ofType: type, row: row, bool: value)
    case .object:
      if field.kind.partType != nil {
        builder.set(index, ofType: type, row: row, part: addParts([cell], field))
      } else {
        builder.set(index, ofType: type, row: row, bool: true)
      }
    case .unreadable: builder.setUnreadable(index, ofType: type, row: row)
    case .list(let items):
      if field.kind.partType != nil {
        let start = addParts(items, field)
        if field.kind.isList {
          builder.set(index, ofType: type, row: row, partsFrom: start, count: items.count)
        } else if !items.isEmpty {
          builder.set(index, ofType: type, row: row, part: start)
        }
      } else {
        setTexts(items.compactMap(\.text), index, type, row)
      }
    }
  }

  private func setTexts(_ texts: [String], _ index: Int, _ type: Int, _ row: Int) {
    let start = builder.textCount
    for text in texts { Array(text.utf8).withUnsafeBufferPointer { builder.add(text: $0) } }
    builder.set(index, ofType: type, row: row, partsFrom: start, count: texts.count)
  }
}
