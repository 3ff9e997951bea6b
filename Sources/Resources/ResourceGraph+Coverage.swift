import Schema

/// A collection of a project, as far as a graph has it.
public struct CollectionCoverage: Hashable, Sendable {
  /// How much of a collection is there.
  public enum State: String, Sendable, CaseIterable {
    /// All of it (constraints H11).
    case complete
    /// Some of it, and nobody knows whether that is all.
    case partial
    /// Nothing.
    case missing
  }

  /// The project's id.
  public var project: String
  /// The type of the collection's resources.
  public var type: String
  /// The collection's name in REST paths.
  public var collection: String
  /// How many of its resources were loaded.
  public var count: Int
  /// How many of its resources were referred to and not loaded.
  public var absentCount: Int
  /// How much of it is there.
  public var state: State
  /// Where all of it is there, if that is not everywhere: `zones/Z`, `global`; sorted.
  public var completeScopes: [String]
  /// The command that fetches it; nil where it is complete, and where no project is known.
  public var command: String?
}

extension ResourceGraph {
  /// What is there of the collections of each project that was loaded, and of those collections of
  /// other projects that are referred to.
  ///
  /// O(records + keys).
  ///
  /// - Returns: The collections, sorted by project, in the schema's order.
  public func coverage() -> [CollectionCoverage] {
    var loaded: [UInt64: Int] = [:]
    var absent: [UInt64: Int] = [:]
    for key in 0..<keys.count {
      let type = keyTypes[key]
      guard type != Self.noType, !isPart[Int(type)] else { continue }
      let pair = DerivedIndices.pair(
        keys.scope(of: KeyID(truncatingIfNeeded: key)).project, UInt32(type))
      if keys.rows[key] > 0 { loaded[pair, default: 0] += 1 } else { absent[pair, default: 0] += 1 }
    }
    let owners = loadedProjects.union(completeScopes.map { keys.scopes[Int($0.scope)].project })
    let named = Set(keys.scopes.map(\.project)).union(owners).subtracting([SymbolTable.empty])
    var found: [CollectionCoverage] = []
    for project in named.sorted(by: { symbols.text(of: $0) < symbols.text(of: $1) }) {
      for (type, resource) in Schema.types.enumerated() {
        guard let collection = resource.collection else { continue }
        let pair = DerivedIndices.pair(project, UInt32(truncatingIfNeeded: type))
        guard owners.contains(project) || absent[pair, default: 0] > 0 else { continue }
        // Nothing but the project itself is asked of projects that are only named.
        if !owners.contains(project), collection == "projects" { continue }
        found.append(
          coverage(
            of: resource, collection, in: project, count: loaded[pair, default: 0],
            absent: absent[pair, default: 0]))
      }
    }
    return found
  }

  private func coverage(
    of type: ResourceType, _ collection: String, in project: UInt32, count: Int, absent: Int
  ) -> CollectionCoverage {
    let symbol = symbols.intern(collection)
    let whole = Scope(kind: .project, project: project, location: SymbolTable.empty)
    let isComplete = isComplete(symbol, in: whole) || collection == "projects" && count > 0
    var scopes: [String] = []
    if !isComplete {
      for entry in completeScopes where entry.collection == symbol {
        let scope = keys.scopes[Int(entry.scope)]
        guard scope.project == project else { continue }
        let location = symbols.text(of: scope.location)
        switch scope.kind {
        case .global: scopes.append("global")
        case .regional: scopes.append("regions/\(location)")
        case .zonal: scopes.append("zones/\(location)")
        case .project: continue
        }
      }
    }
    let name = symbols.text(of: project)
    let isThere = count > 0 || !scopes.isEmpty
    let state: CollectionCoverage.State = isComplete ? .complete : isThere ? .partial : .missing
    let command: String? =
      switch state {
      case .complete: nil
      case .partial: ExportCommands.wholeCollection(collection, project: name)
      case .missing: ExportCommands.list(collection, project: name)
      }
    return CollectionCoverage(
      project: name, type: type.name, collection: collection, count: count, absentCount: absent,
      state: state, completeScopes: scopes.sorted(), command: command)
  }

  /// Whether parts of a list that a resource does not hold itself may be missing.
  func isOpenList(field: Int, type: Int, row: Int) -> Bool {
    if let lists = endpointLists, lists.type == type { return lists.isOpen(row) }
    guard let column = tables[type].columns[field] else { return true }
    return column.isUnset(row)
      || partialLists.contains(ListPlace(type: type, field: field, row: row))
  }

  /// The lists of endpoints and members that were not loaded, or not whole, sorted by path.
  ///
  /// O(groups).
  public func openLists() -> [MissingThing] {
    var found: [MissingThing] = []
    for (type, resource) in Schema.types.enumerated() {
      for (index, field) in resource.fields.enumerated() where field.listMethod != nil {
        guard tables[type].columns[index] != nil else { continue }
        for row in 0..<tables[type].count where !tables[type].flags[row].contains(.shadowed) {
          if isOpenList(field: index, type: type, row: row) {
            found.append(missingList(type: type, field: index, key: tables[type].keys[row]))
          }
        }
      }
    }
    return found.sorted { $0.path < $1.path }
  }
}
