import CEL
import Schema

extension Merge {
  /// Gives lists that came in files of their own to their owners.
  mutating func attach() {
    attachments.sort { ($0.file, $0.offset) < ($1.file, $1.offset) }
    for index in attachments.indices {
      let list = attachments[index]
      let type = list.ownerType
      let part = graph.partType(ofField: list.field, type: type)
      let children = list.start..<list.start + list.count
      guard let row = owner(of: list) else {
        attachments[index].ownerType = -1
        for child in children { graph.tables[part].flags[child].insert(.shadowed) }
        continue
      }
      attachments[index].owner = UInt32(truncatingIfNeeded: row)
      graph.setOwner(ofParts: children, type: part, ownerType: type, row: row)
    }
  }

  /// The row of the record that a list belongs to; reports a list without one.
  private mutating func owner(of list: GraphBuilder.Attachment) -> Int? {
    let text = graph.symbols.text(of: list.owner)
    if let key = graph.unapplied[list.owner] { return graph.row(ofKey: key) }
    var place = Place(path: text, in: graph.symbols)
    place.name = text.utf8.split(separator: UInt8(ascii: "/")).last.map {
      graph.symbols.intern(String(Substring($0)))
    }
    let project = place.project ?? project(ofFile: list.file)
    let scope = Scope(kind: place.kind, project: project, location: place.location)
    guard let name = place.name, let collection = Schema.types[list.ownerType].collection else {
      return nil
    }
    let key = graph.keys.number(ofScope: scope).flatMap { scope in
      graph.keys.number(
        of: ResourceKey(
          scope: scope, collection: graph.symbols.intern(collection), name: name))
    }
    if let key, graph.row(ofKey: key) >= 0 { return graph.row(ofKey: key) }
    if let key, graph.removed.contains(key) { return nil }
    report(list, path: text, collection: collection, project: graph.symbols.text(of: project))
    return nil
  }

  private func report(
    _ list: GraphBuilder.Attachment, path: String, collection: String, project: String
  ) {
    let isEndpoints = collection == "networkEndpointGroups"
    let what = isEndpoints ? "this list of endpoints" : "this list"
    let message: String
    if project == ResourceGraph.unknownProject {
      message =
        "\(what) belongs to \(path), but which project is meant is not known; name it with "
        + "--project, or put the file under projects/PROJECT/\(path).json"
        + (isEndpoints ? ", or say --endpoints NEG_SELFLINK=FILE" : "")
    } else {
      let command = ExportCommands.list(collection, project: project)
      message =
        "\(what) belongs to \(path), which no input describes; "
        + (command.map { "export it as well (\($0))" } ?? "export it as well")
        + (isEndpoints ? ", or say whose it is with --endpoints NEG_SELFLINK=FILE" : "")
    }
    graph.problems.append(
      ResourceGraph.Problem(
        anchor: Anchor(file: list.file, offset: list.offset), message: message))
  }

  /// Joins all lists of one owner: a part counts as often as in the list that has it most often.
  mutating func mergeLists() {
    var lists: [ResourceGraph.ListPlace: [PartList]] = [:]
    for list in attachments where list.ownerType >= 0 {
      let owner = ResourceGraph.ListPlace(
        type: list.ownerType, field: list.field, row: Int(list.owner))
      lists[owner, default: []].append(
        PartList(
          rows: list.start..<list.start + list.count, file: list.file, offset: list.offset,
          isPartial: list.isPartial, change: list.change))
    }
    for (owner, list) in shadowedLists() { lists[owner, default: []].append(list) }
    let owners = lists.keys.sorted { ($0.type, $0.field, $0.row) < ($1.type, $1.field, $1.row) }
    for owner in owners {
      guard var all = lists[owner] else { continue }
      if let rows = graph.parts(ofField: owner.field, type: owner.type, row: owner.row) {
        all.append(
          PartList(
            rows: rows, file: graph.tables[owner.type].files[owner.row],
            offset: graph.tables[owner.type].offsets[owner.row],
            change: graph.tables[owner.type].flags[owner.row].contains(.planned) ? .planned : nil))
      }
      all.sort { ($0.file, $0.offset) < ($1.file, $1.offset) }
      let part = graph.partType(ofField: owner.field, type: owner.type)
      let gone = applyPlan(to: &all, of: owner, type: part)
      if all.isEmpty { continue }
      let isWhole = all.count == 1 && gone.isEmpty
      let merged = isWhole ? all[0].rows : merge(all.map(\.rows), without: gone, type: part)
      graph.setOwner(ofParts: merged, type: part, ownerType: owner.type, row: owner.row)
      for row in merged { graph.tables[part].flags[row].remove(.shadowed) }
      graph.tables[owner.type].columns[owner.field]?.words[owner.row] =
        UInt32(truncatingIfNeeded: merged.lowerBound)
      graph.tables[owner.type].columns[owner.field]?.counts[owner.row] =
        UInt32(truncatingIfNeeded: merged.count)
      // One complete list is all that is needed.
      if all.allSatisfy(\.isPartial) {
        graph.partialLists.insert(
          ResourceGraph.ListPlace(type: owner.type, field: owner.field, row: owner.row))
      }
    }
  }

  /// One of the lists of an owner's parts.
  struct PartList {
    var rows: Range<Int>
    var file: UInt32
    var offset: Int
    var isPartial = false
    var change: PlannedChange?
  }

  /// The lists, of those that may come in files of their own, in records that do not count.
  private func shadowedLists() -> [(ResourceGraph.ListPlace, PartList)] {
    var found: [(ResourceGraph.ListPlace, PartList)] = []
    for type in graph.tables.indices where !graph.tables[type].type.isPart {
      let shadowed = graph.tables[type].flags.indices.filter {
        graph.tables[type].flags[$0].contains(.shadowed)
      }
      if shadowed.isEmpty { continue }
      for (index, field) in Schema.types[type].fields.enumerated()
      where field.listMethod != nil {
        for row in shadowed where !graph.tables[type].flags[row].contains(.removed) {
          guard let rows = graph.parts(ofField: index, type: type, row: row) else { continue }
          let winner = graph.row(ofKey: graph.tables[type].keys[row])
          if winner < 0 { continue }
          found.append(
            (
              ResourceGraph.ListPlace(type: type, field: index, row: winner),
              PartList(
                rows: rows, file: graph.tables[type].files[row],
                offset: graph.tables[type].offsets[row])
            ))
        }
      }
    }
    return found
  }

  /// Copies of those rows that count, one after another; the originals no longer do.
  private func merge(
    _ ranges: [Range<Int>], without gone: Set<PartIdentity>, type part: Int
  ) -> Range<Int> {
    var most: [PartIdentity: Int] = [:]
    var rows: [Int] = []
    for range in ranges {
      var seen: [PartIdentity: Int] = [:]
      for row in range {
        let identity = graph.partIdentity(type: part, row: row)
        if gone.contains(identity) { continue }
        let count = (seen[identity] ?? 0) + 1
        seen[identity] = count
        if count > most[identity] ?? 0 {
          most[identity] = count
          rows.append(row)
        }
      }
    }
    let start = graph.tables[part].count
    for row in rows {
      graph.copies[DerivedIndices.pair(UInt32(part), UInt32(row))] = graph.tables[part].count
      graph.tables[part].duplicate(row)
      graph.tables[part].flags[graph.tables[part].count - 1].remove(.shadowed)
    }
    for range in ranges { for row in range { graph.tables[part].flags[row].insert(.shadowed) } }
    return start..<graph.tables[part].count
  }
}

extension ResourceGraph {
  /// The type of the parts that a field holds.
  func partType(ofField field: Int, type: Int) -> Int {
    Schema.types[type].fields[field].kind.partType.flatMap { Schema.index(of: $0) } ?? 0
  }

  /// The rows of the parts in a field, a list of them or a single one; nil where it is not set.
  func parts(ofField field: Int, type: Int, row: Int) -> Range<Int>? {
    guard let column = tables[type].columns[field] else { return nil }
    let isList = column.coding == .list
    let count = isList ? column.counts[row] : column.words[row]
    if count >= Column.unreadableWord { return nil }
    let start = Int(column.words[row])
    return start..<start + (isList ? Int(count) : 1)
  }

  func setOwner(ofParts rows: Range<Int>, type: Int, ownerType: Int, row: Int) {
    let key = tables[ownerType].keys[row]
    tables[type].setOwner(
      ofParts: rows.clamped(to: 0..<tables[type].count), type: ownerType, row: row, key: key)
  }

  /// Says of every part which record it is a part of.
  func assignOwners() {
    for type in tables.indices where tables[type].type.isPart {
      tables[type].keys = [KeyID](repeating: Self.noKey, count: tables[type].count)
    }
    var pending = tables.indices.filter { !tables[$0].type.isPart }
    while !pending.isEmpty {
      var next: Set<Int> = []
      for type in pending {
        for field in Schema.types[type].fields.indices
        where Schema.types[type].fields[field].kind.partType != nil {
          if tables[type].columns[field] == nil { continue }
          assignOwners(field: field, type: type)
          next.insert(partType(ofField: field, type: type))
        }
      }
      pending = next.sorted()
    }
  }

  private func assignOwners(field: Int, type: Int) {
    let part = partType(ofField: field, type: type)
    guard let column = tables[type].columns[field] else { return }
    let counts = column.coding == .list ? column.counts : column.words
    let ownerKeys = tables[type].keys
    let ownerFlags = tables[type].flags
    // Taken out of the table, so that they are changed where they are.
    var table = Table(tables[part].type, fields: .none)
    swap(&table, &tables[part])
    for row in ownerKeys.indices where counts[row] < Column.unreadableWord {
      let start = Int(column.words[row])
      let end = min(start + (column.coding == .list ? Int(counts[row]) : 1), table.count)
      if start >= end { continue }
      table.setOwner(ofParts: start..<end, type: type, row: row, key: ownerKeys[row])
      if ownerFlags[row].contains(.shadowed) {
        for child in start..<end { table.flags[child].insert(.shadowed) }
      }
    }
    swap(&table, &tables[part])
  }
}
