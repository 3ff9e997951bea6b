import CEL
import Schema

/// The loaded zonal resources of a type by their names.
///
/// A chain for each hash of a name, without an array or dictionary entry for each resource.
struct Namesakes {
  private let keys: [KeyID]
  /// For each hash the first row of its chain plus one, for each row the next one plus one.
  private var heads: [UInt32]
  private var next: [UInt32]

  /// O(resources).
  init(_ graph: ResourceGraph, type: Int) {
    keys = graph.tables[type].keys
    var size = 1
    while size < keys.count { size *= 2 }
    heads = Array(repeating: 0, count: size)
    next = Array(repeating: 0, count: keys.count)
    for (row, key) in keys.enumerated() where key != ResourceGraph.noKey {
      guard graph.row(ofKey: key) == row, graph.keys.scope(of: key).kind == .zonal else { continue }
      let place = place(of: graph.keys.keys[Int(key)].name)
      next[row] = heads[place]
      heads[place] = UInt32(truncatingIfNeeded: row + 1)
    }
  }

  private func place(of name: UInt32) -> Int {
    Int(truncatingIfNeeded: name &* 0x9E37_79B1 &>> 8) & (heads.count - 1)
  }

  /// The resources of a project that have a name, by path.
  ///
  /// O(1), sorting those found aside.
  func keys(named name: UInt32, project: UInt32, _ graph: ResourceGraph) -> [KeyID] {
    var found: [KeyID] = []
    var row = heads[place(of: name)]
    while row != 0 {
      let key = keys[Int(row - 1)]
      if graph.keys.keys[Int(key)].name == name, graph.keys.scope(of: key).project == project {
        found.append(key)
      }
      row = next[Int(row - 1)]
    }
    return graph.sortedByPath(found)
  }
}

extension ResourceGraph {
  /// The VMs of an endpoint's project that have the name of the endpoint's VM, in whatever zone.
  func sameNameReader(type: Int) -> FieldReader {
    let instance = columnReader(ofField: "instance", type: type)
    let instanceType = Schema.index(of: "Instance") ?? 0
    let namesakes = derivedTables?.instancesByName
    let causes = causesOfMissing(instanceType, "instances")
    return always { graph, context, record in
      let target = instance.get(context, record)
      guard let id = target.recordID, id < UInt64(graph.keys.count) else {
        let isSet = instance.has(context, record)
        return isSet.isTrue ? target : isSet.isFalse ? context.emptyList() : isSet
      }
      let key = graph.keys.keys[Int(truncatingIfNeeded: id)]
      let cause = causes[Int(key.scope)]
      let open = cause.map { context.causeSet($0) }
      guard graph.tables[instanceType].count > 0, let namesakes else {
        return context.emptyList(openBecause: open)
      }
      let found = namesakes.get().keys(
        named: key.name, project: graph.keys.scopes[Int(key.scope)].project, graph)
      if found.isEmpty { return context.emptyList(openBecause: open) }
      return context.list(found.map { graph.reference($0) }, openBecause: open)
    }
  }

  /// For each scope why a collection of its project may lack resources; nil where it is complete.
  private func causesOfMissing(_ type: Int, _ collection: String) -> [Cause?] {
    let collection = symbol(for: collection)
    var known: [UInt32: Cause?] = [:]
    return keys.scopes.map { scope in
      if let cause = known[scope.project] { return cause }
      let project = Scope(
        kind: .project, project: scope.project, location: SymbolTable.empty)
      let cause =
        isComplete(collection, in: project)
        ? nil
        : Missing.cause(.collection, type: type, subject: keys.number(ofScope: project) ?? 0)
      known[scope.project] = cause
      return cause
    }
  }
}
