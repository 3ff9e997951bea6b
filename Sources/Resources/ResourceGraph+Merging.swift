import CEL
public import Schema

extension ResourceGraph {
  /// Makes one graph of what all builders took in; they are empty afterwards.
  ///
  /// Of several records with one key the first in file order counts. O(records + references).
  ///
  /// - Parameters:
  ///   - builders: What was taken in; the order does not matter.
  ///   - fields: The fields that the builders were made with.
  ///   - assumesCompleteness: Whether every collection of the loaded projects counts as complete.
  ///   - project: The project of those records, lists and collections that name none.
  public convenience init(
    merging builders: [GraphBuilder], fields: FieldSet, assumesCompleteness: Bool = false,
    project: String? = nil
  ) {
    // The largest builder's texts become the graph's: none of them is copied.
    let order = builders.indices.sorted {
      builders[$0].symbols.count > builders[$1].symbols.count
    }
    self.init(
      fields: builders.first?.fields ?? FieldDependencies.closure(of: fields),
      symbols: order.first.map { builders[$0].symbols } ?? SymbolTable(),
      assumesCompleteness: assumesCompleteness)
    firstRows = builders.map { _ in [] }
    for type in tables.indices {
      tables[type].reserve(builders.reduce(0) { $0 + $1.rowCount(ofType: type) })
    }
    var merge = Merge(graph: self, project: project)
    for number in order {
      firstRows[number] = tables.map(\.count)
      merge.append(builders[number])
    }
    merge.finish()
  }
}

/// The steps from builders to a graph, with what is only needed on the way.
struct Merge {
  let graph: ResourceGraph
  var attachments: [GraphBuilder.Attachment] = []
  private var files: [UInt32: GraphBuilder.File] = [:]
  private var coverage: [GraphBuilder.Coverage] = []
  private var projectNumbers: [(number: UInt32, id: UInt32)] = []
  private var fileProjects: [UInt32: UInt32] = [:]
  private var projects: Set<UInt32> = []
  private let collections: [UInt32]
  /// The project of what names none; nil where the user named none either.
  private let namedProject: UInt32?

  init(graph: ResourceGraph, project: String?) {
    self.graph = graph
    namedProject = project.map { graph.symbols.intern($0) }
    collections = Schema.types.map { graph.symbols.intern($0.collection ?? "") }
  }

  mutating func append(_ builder: GraphBuilder) {
    take(builder.findings)
    let mapping = RowMapping(
      symbols: builder.symbols === graph.symbols ? nil : graph.symbols.merge(builder.symbols),
      bases: graph.tables.map { UInt32(truncatingIfNeeded: $0.count) },
      poolBase: UInt32(truncatingIfNeeded: graph.pool.count))
    if graph.pool.isEmpty, mapping.symbols == nil {
      graph.pool = builder.pool
    } else {
      graph.pool.append(contentsOf: builder.pool.lazy.map(mapping.symbol))
    }
    for type in graph.tables.indices { builder.moveRows(to: &graph.tables[type], type, mapping) }
    for file in builder.files {
      note(
        GraphBuilder.File(
          number: file.number, pathParts: file.pathParts.map(mapping.symbol),
          project: file.project.map(mapping.symbol)))
    }
    projectNumbers += builder.projectNumbers.map {
      (mapping.symbol($0.number), mapping.symbol($0.id))
    }
    for var attachment in builder.attachments {
      let part = graph.partType(ofField: attachment.field, type: attachment.ownerType)
      attachment.owner = mapping.symbol(attachment.owner)
      attachment.start += Int(mapping.bases[part])
      attachments.append(attachment)
    }
    for var item in builder.coverage {
      item.collection = mapping.symbol(item.collection)
      item.scope = mapping.symbol(item.scope)
      coverage.append(item)
    }
    builder.forget()
  }

  /// Notes what a file is known by; several builders may know of it, and one of them its project.
  private mutating func note(_ file: GraphBuilder.File) {
    if files[file.number]?.project == nil { files[file.number] = file }
  }

  /// Takes the findings of a builder whose records are about to come behind those that are there.
  private func take(_ findings: [ImporterFinding]) {
    for var finding in findings {
      if case .record(let type, let row) = finding.subject {
        finding.subject = .record(type: type, row: graph.tables[type].count + row)
      }
      graph.importerFindings.append(finding)
    }
  }

  mutating func finish() {
    noteProjects()
    var reader = PlaceReader(symbols: graph.symbols)
    let places = graph.tables.map { table in table.identities.map { reader.place(of: $0) } }
    for list in places {
      var last = SymbolTable.empty
      for place in list {
        guard let project = place.project, project != last else { continue }
        if project != graph.unappliedPlace {
          projects.insert(graph.keys.canonicalProject(project))
        }
        last = project
      }
    }
    for file in files.values {
      if let project = file.project { projects.insert(graph.keys.canonicalProject(project)) }
    }
    if let namedProject { projects.insert(graph.keys.canonicalProject(namedProject)) }
    for type in graph.tables.indices where !graph.tables[type].type.isPart {
      giveKeys(to: type, places: places[type])
      graph.tables[type].identities = []
    }
    remove()
    cover()
    graph.assignOwners()
    attach()
    graph.loadedProjects.remove(graph.unappliedPlace)
    graph.resolveReferences()
    mergeLists()
    graph.finishImporterFindings()
    graph.finishScopes()
    graph.finishUnapplied()
    graph.finishReaders()
  }

  /// A project's own record says which number and which id are the same project, as assets do.
  private func noteProjects() {
    for pair in projectNumbers where pair.number != pair.id {
      graph.keys.noteProject(number: pair.number, id: pair.id)
    }
    guard let type = Schema.index(of: "Project") else { return }
    let table = graph.tables[type]
    for row in 0..<table.count where table.ids[row] != 0 {
      let identity = table.identities[row]
      var id = identity.name
      if id == SymbolTable.empty, identity.hasLink {
        id = identity.link(in: graph.symbols).withUnsafeBufferPointer {
          ReferenceText($0).map { graph.symbols.intern($0.name) } ?? SymbolTable.empty
        }
      }
      let number = graph.symbols.intern(String(table.ids[row]))
      if id != SymbolTable.empty, id != number { graph.keys.noteProject(number: number, id: id) }
    }
  }

  /// The project that a file's records without one belong to: a part of its path that is a
  /// known project, else the one that the user named, else the only project there is.
  mutating func project(ofFile number: UInt32) -> UInt32 {
    if let known = fileProjects[number] { return known }
    let file = files[number]
    let inPath = file?.pathParts.last { projects.contains(graph.keys.canonicalProject($0)) }
    let found =
      file?.project ?? inPath ?? namedProject ?? (projects.count == 1 ? projects.first : nil)
      ?? graph.symbols.intern(ResourceGraph.unknownProject)
    fileProjects[number] = found
    return found
  }

  private mutating func giveKeys(to type: Int, places: [Place]) {
    graph.tables[type].keys.reserveCapacity(places.count)
    for (row, place) in places.enumerated() {
      let key = key(of: place, type: type, row: row)
      graph.tables[type].keys.append(key)
      if graph.tables[type].flags[row].contains(.removed) {
        graph.tables[type].flags[row].insert(.shadowed)
        graph.removed.insert(key)
        continue
      }
      let other = graph.row(ofKey: key)
      if other < 0 || isEarlier(row, than: other, type: type) {
        if other >= 0 { graph.tables[type].flags[other].insert(.shadowed) }
        graph.keys.rows[Int(key)] = UInt32(truncatingIfNeeded: row + 1)
      } else {
        graph.tables[type].flags[row].insert(.shadowed)
      }
      if graph.tables[type].flags[row].contains(.unapplied), let name = place.name {
        graph.unapplied[name] = key
      }
      graph.loadedProjects.insert(graph.keys.scope(of: key).project)
    }
  }

  /// Takes out what a plan removes; what it makes anew under the same key stays.
  private mutating func remove() {
    for key in graph.removed {
      let row = graph.row(ofKey: key)
      guard row >= 0,
        let type = Schema.index(
          ofCollection: graph.symbols.text(of: graph.keys.keys[Int(key)].collection))
      else { continue }
      if graph.tables[type].flags[row].contains(.planned) {
        graph.removed.remove(key)
      } else {
        graph.tables[type].flags[row].insert(.shadowed)
        graph.keys.rows[Int(key)] = 0
      }
    }
  }

  private func isEarlier(_ row: Int, than other: Int, type: Int) -> Bool {
    let ranks = (rank(of: row, type: type), rank(of: other, type: type))
    if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
    let files = (graph.tables[type].files[row], graph.tables[type].files[other])
    let offsets = (graph.tables[type].offsets[row], graph.tables[type].offsets[other])
    return (files.0, offsets.0) < (files.1, offsets.1)
  }

  /// What a plan makes counts before what is, and that before what the plan leaves as it is.
  private func rank(of row: Int, type: Int) -> Int {
    let flags = graph.tables[type].flags[row]
    return flags.contains(.planned) ? 0 : flags.contains(.unchanged) ? 2 : 1
  }

  private mutating func key(of place: Place, type: Int, row: Int) -> KeyID {
    let name = place.name ?? nameless(type: type, row: row)
    let isPlace = Schema.types[type].scopes == [.none]
    var project = place.project ?? SymbolTable.empty
    if isPlace, Schema.types[type].collection == "projects" {
      project = name
    } else if place.project == nil {
      project = self.project(ofFile: graph.tables[type].files[row])
    }
    let scope = Scope(
      kind: isPlace ? .project : place.kind, project: project,
      location: isPlace ? SymbolTable.empty : place.location)
    if !isPlace, !Schema.types[type].scopes.contains(place.kind.schemaScope) {
      // Its zone or region was left out: nobody can say what of the collection is missing.
      graph.misplaced.insert(
        DerivedIndices.pair(graph.keys.canonicalProject(project), collections[type]))
    }
    return graph.keys.intern(
      ResourceKey(
        scope: graph.keys.scopeNumber(scope), collection: collections[type], name: name))
  }

  /// A record without a name is one of a kind.
  private func nameless(type: Int, row: Int) -> UInt32 {
    let file = graph.tables[type].files[row]
    return graph.symbols.intern("@\(file):\(graph.tables[type].offsets[row])")
  }

  private mutating func cover() {
    if coverage.isEmpty { return }
    let owners = owners(ofFiles: coverage)
    for item in coverage {
      let place = Place(path: graph.symbols.text(of: item.scope), in: graph.symbols)
      let scopes: Set<UInt32> =
        if let project = place.project ?? files[item.file]?.project {
          [project]
        } else if item.scope == SymbolTable.empty {
          owners[item.file].flatMap { $0.isEmpty ? nil : $0 }
            ?? Set([namedProject].compactMap(\.self))
        } else {
          [project(ofFile: item.file)]
        }
      for project in scopes {
        let scope = Scope(
          kind: place.isWholeProject ? .project : place.kind, project: project,
          location: place.isWholeProject ? SymbolTable.empty : place.location)
        let type = Schema.index(ofCollection: graph.symbols.text(of: item.collection))
        graph.completeScopes.insert(
          ResourceKey(
            scope: graph.keys.scopeNumber(scope),
            collection: type.map { collections[$0] } ?? item.collection, name: SymbolTable.empty))
      }
    }
  }

  /// The projects of the records of those files that say of a collection only that it is complete.
  private func owners(ofFiles coverage: [GraphBuilder.Coverage]) -> [UInt32: Set<UInt32>] {
    var owners: [UInt32: Set<UInt32>] = [:]
    for item in coverage where item.scope == SymbolTable.empty && files[item.file]?.project == nil {
      owners[item.file] = []
    }
    if owners.isEmpty { return [:] }
    for table in graph.tables where !table.type.isPart {
      for row in 0..<table.count where owners[table.files[row]] != nil {
        owners[table.files[row]]?.insert(graph.keys.scope(of: table.keys[row]).project)
      }
    }
    return owners
  }
}
