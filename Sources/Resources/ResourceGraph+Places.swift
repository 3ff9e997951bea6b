public import CEL
import Schema

extension ResourceGraph {
  /// The canonical key of a record's resource, without a host: `projects/P/zones/Z/instances/I`.
  public func path(of record: Value) -> String {
    if let id = record.recordID, Self.isPhantom(id) {
      return path(ofKey: UInt32(truncatingIfNeeded: id))
    }
    if let id = record.recordID, let reference = ReferenceID(id) {
      return path(ofKey: tables[reference.type].keys[reference.row])
    }
    if let (type, row) = place(of: record) { return path(ofKey: tables[type].keys[row]) }
    guard let id = record.recordID, id < UInt64(keys.count) else { return "" }
    return path(ofKey: KeyID(truncatingIfNeeded: id))
  }

  func path(ofKey key: KeyID) -> String {
    guard Int(key) < keys.count else { return "" }
    let entry = keys.keys[Int(key)]
    let scope = keys.scopes[Int(entry.scope)]
    let project = symbols.text(of: scope.project)
    let collection = symbols.text(of: entry.collection)
    let name = symbols.text(of: entry.name)
    if unapplied[entry.name] != nil { return name }
    if collection == "projects" { return "projects/\(name)" }
    let root = project.isEmpty ? "" : "projects/\(project)/"
    let location = symbols.text(of: scope.location)
    return switch scope.kind {
    case .project: "\(root)\(collection)/\(name)"
    case .global: "\(root)global/\(collection)/\(name)"
    case .regional: "\(root)regions/\(location)/\(collection)/\(name)"
    case .zonal: "\(root)zones/\(location)/\(collection)/\(name)"
    }
  }

  /// The schema type of the resource that a record is, or is a part of.
  public func resourceType(of record: Value) -> String {
    guard let (type, row) = owner(of: record) else { return Schema.anyType }
    _ = row
    return tables[type].type.name
  }

  /// The top resource's type and row of a part, or of the resource itself.
  private func owner(of record: Value) -> (type: Int, row: Int)? {
    guard let id = record.recordID else { return nil }
    var current: (type: Int, row: Int)
    if Self.isPhantom(id) {
      let key = UInt32(truncatingIfNeeded: id)
      current = (Int(keyTypes[Int(key)]), row(ofKey: key))
    } else if let reference = ReferenceID(id) {
      current = (reference.type, reference.row)
    } else if let found = place(of: record) {
      current = found
    } else {
      return nil
    }
    while tables[current.type].type.isPart {
      let table = tables[current.type]
      current = (Int(table.ownerTypes[current.row]), Int(table.owners[current.row]))
    }
    return current
  }

  /// Which part of its resource a record is, by identity fields; nil for a whole resource.
  ///
  /// O(size of the part's list).
  public func locator(of record: Value) -> String? {
    if let id = record.recordID, let reference = ReferenceID(id) {
      let holder = self.record(type: reference.type, row: reference.row)
      let path = path(of: reference)
      return locator(of: holder).map { "\($0).\(path)" } ?? path
    }
    guard let (type, row) = place(of: record), isPart[type] else { return nil }
    let ownerType = Int(tables[type].ownerTypes[row])
    let owner = Int(tables[type].owners[row])
    guard let (field, start) = list(holding: row, type: type, ownerType: ownerType, owner: owner)
    else { return Schema.types[type].name }
    let name = Schema.types[ownerType].fields[field].name
    let outer = locator(of: self.record(type: ownerType, row: owner)).map { "\($0)." } ?? ""
    if !Schema.types[ownerType].fields[field].kind.isList { return "\(outer)\(name)" }
    let identity = identity(type: type, row: row)
    if identity.isEmpty { return "\(outer)\(name)[\(row - start)]" }
    let before = namesakes(type: type, from: start, before: row)
    return "\(outer)\(name)[\(identity)]" + (before > 0 ? "#\(before + 1)" : "")
  }

  /// The list of the owner that a part stands in: its field and first row.
  private func list(
    holding row: Int, type: Int, ownerType: Int, owner: Int
  ) -> (field: Int, start: Int)? {
    for field in partFields[ownerType] where partType(ofField: field, type: ownerType) == type {
      if let rows = parts(ofField: field, type: ownerType, row: owner), rows.contains(row) {
        return (field, rows.lowerBound)
      }
    }
    return nil
  }

  private func identity(type: Int, row: Int) -> String {
    var pieces: [String] = []
    for field in identityFields[type] {
      guard let column = tables[type].columns[field.index], !column.isUnset(row),
        !column.isUnreadable(row)
      else { continue }
      let name = Schema.types[type].fields[field.index].name
      if Schema.types[type].fields[field.index].kind.referenceCollections == nil {
        let text =
          column.coding == .int
          ? String(column.ints[row]) : symbols.text(of: column.words[row])
        pieces.append("\(name)=\(text)")
      } else if field.isName {
        pieces.append("\(name)=\(symbols.text(of: keys.keys[Int(column.words[row])].name))")
      } else {
        let project = keys.scope(of: tables[type].keys[row]).project
        pieces.append(relativePath(ofKey: column.words[row], project: project))
      }
    }
    return pieces.joined(separator: ",")
  }

  private func relativePath(ofKey key: KeyID, project: UInt32) -> String {
    let path = path(ofKey: key)
    let prefix = "projects/\(symbols.text(of: project))/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// Where a record stands; nil where it was not read from a file.
  public func anchor(of record: Value) -> Anchor? {
    guard let id = record.recordID else { return nil }
    if let reference = ReferenceID(id) {
      let field = tables[reference.type].type.fields[reference.field]
      return anchor(
        type: reference.type, row: reference.row,
        path: field.kind.isList ? [field.name, String(reference.position)] : [field.name])
    }
    if Self.isPhantom(id) {
      let key = UInt32(truncatingIfNeeded: id)
      return row(ofKey: key) < 0
        ? nil : anchor(type: Int(keyTypes[Int(key)]), row: row(ofKey: key))
    }
    return place(of: record).map { anchor(type: $0.type, row: $0.row) }
  }

  private func anchor(type: Int, row: Int, path: [String] = []) -> Anchor {
    Anchor(file: tables[type].files[row], offset: tables[type].offsets[row], path: path)
  }

  /// The rows whose list of parts is not known as a whole: `phantom` gives a part for these alone.
  ///
  /// O(rows).
  ///
  /// - Parameters:
  ///   - rows: The rows to look at.
  ///   - type: The number of the resources' type.
  ///   - field: The place of the list in it.
  /// - Returns: The rows, ascending.
  public func openRows(in rows: Range<Int>, ofType type: Int, field: Int) -> [Int] {
    guard let column = tables[type].columns[field] else { return [] }
    if let lists = endpointLists, lists.type == type { return rows.filter { lists.isOpen($0) } }
    let counts = column.counts
    if partialLists.isEmpty { return rows.filter { counts[$0] == Column.unsetWord } }
    return rows.filter {
      counts[$0] == Column.unsetWord
        || partialLists.contains(ListPlace(type: type, field: field, row: $0))
    }
  }

  /// The part that stands for those of a resource's list that were not loaded: all its fields are
  /// unknown.
  ///
  /// - Parameters:
  ///   - part: The number of the part type.
  ///   - field: The place of the list in the resource's type.
  ///   - ownerType: The number of the resource's type.
  ///   - row: The resource's row.
  /// - Returns: The stand-in, or nil where the resource has no such list or all of it is known.
  public func phantom(ofPartType part: Int, field: Int, ownerType: Int, row: Int) -> Value? {
    guard let column = tables[ownerType].columns[field] else { return nil }
    let isOpen =
      if let lists = endpointLists, lists.type == ownerType {
        lists.isOpen(row)
      } else {
        column.isUnset(row)
          || partialLists.contains(ListPlace(type: ownerType, field: field, row: row))
      }
    guard isOpen else { return nil }
    return phantomPart(
      type: part, ownerType: ownerType, field: field, owner: tables[ownerType].keys[row])
  }
}
