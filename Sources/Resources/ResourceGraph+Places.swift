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
    guard let (type, row) = place(of: record), tables[type].type.isPart else { return nil }
    let table = tables[type]
    let ownerType = Int(table.ownerTypes[row])
    let owner = Int(table.owners[row])
    guard let (field, start) = list(holding: row, type: type, ownerType: ownerType, owner: owner)
    else { return table.type.name }
    let name = tables[ownerType].type.fields[field].name
    let outer = locator(of: self.record(type: ownerType, row: owner)).map { "\($0)." } ?? ""
    guard tables[ownerType].type.fields[field].kind.isList else { return outer + name }
    let identity = identity(type: type, row: row)
    if identity.isEmpty { return "\(outer)\(name)[\(row - start)]" }
    let cells = partIdentity(type: type, row: row)
    let before = (start..<row).count { partIdentity(type: type, row: $0) == cells }
    return "\(outer)\(name)[\(identity)]" + (before > 0 ? "#\(before + 1)" : "")
  }

  private func list(
    holding row: Int, type: Int, ownerType: Int, owner: Int
  ) -> (field: Int, start: Int)? {
    for field in tables[ownerType].type.fields.indices
    where tables[ownerType].type.fields[field].kind.partType == tables[type].type.name {
      guard let column = tables[ownerType].columns[field] else { continue }
      let start = column.words[owner]
      let count: UInt32 = column.coding == .list ? column.counts[owner] : 1
      if start >= Column.unreadableWord || count >= Column.unreadableWord { continue }
      if row >= Int(start), row < Int(start) + Int(count) { return (field, Int(start)) }
    }
    return nil
  }

  private func identity(type: Int, row: Int) -> String {
    let table = tables[type]
    let project = keys.scope(of: table.keys[row]).project
    let isSingleReference =
      table.type.identity.count == 1
      && table.type.field(table.type.identity[0])?.kind.referenceCollections != nil
    var pieces: [String] = []
    for name in table.type.identity {
      guard let index = table.type.index(of: name), let column = table.columns[index],
        !column.isUnset(row), !column.isUnreadable(row)
      else { continue }
      if table.type.fields[index].kind.referenceCollections != nil {
        let key = column.words[row]
        if isSingleReference {
          pieces.append(relativePath(ofKey: key, project: project))
        } else {
          pieces.append("\(name)=\(symbols.text(of: keys.keys[Int(key)].name))")
        }
      } else if column.coding == .int {
        pieces.append("\(name)=\(column.ints[row])")
      } else {
        pieces.append("\(name)=\(symbols.text(of: column.words[row]))")
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

  /// The part that stands for those of a resource's list that were not loaded: all its fields are
  /// unknown.
  ///
  /// - Parameters:
  ///   - part: The number of the part type.
  ///   - ownerType: The number of the resource's type.
  ///   - row: The resource's row.
  /// - Returns: The stand-in, or nil where the resource has no such list or all of it is known.
  public func phantom(ofPartType part: Int, ownerType: Int, row: Int) -> Value? {
    for (index, field) in Schema.types[ownerType].fields.enumerated()
    where field.kind.partType == Schema.types[part].name && field.absence == .unknown {
      guard let column = tables[ownerType].columns[index] else { continue }
      let isOpen =
        if let lists = endpointLists, lists.type == ownerType {
          lists.isOpen(row)
        } else {
          column.isUnset(row)
            || partialLists.contains(ListPlace(type: ownerType, field: index, row: row))
        }
      if isOpen {
        return phantomPart(
          type: part, ownerType: ownerType, field: index, owner: tables[ownerType].keys[row])
      }
    }
    return nil
  }
}
