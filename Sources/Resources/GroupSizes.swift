import CEL
import Schema

/// How many endpoints NEGs have, and how many VMs instance groups have.
struct GroupSizes {
  private let graph: ResourceGraph
  private let negs: Lists
  private let groups: Lists
  private let openness: EndpointLists

  /// The sizes and lists of the groups of one type.
  private struct Lists {
    let type: Int
    let field: Int
    let part: Int
    let sizes: [Int64]

    init(_ type: String, _ list: String, _ graph: ResourceGraph) {
      self.type = Schema.index(of: type) ?? 0
      field = Schema.types[self.type].index(of: list) ?? 0
      part = graph.partType(ofField: field, type: self.type)
      sizes = graph.column("size", of: self.type)?.ints ?? []
    }

    /// The size that the API counts; nil where the record lacks it.
    func size(_ row: Int) -> Int64? {
      row < sizes.count && sizes[row] > Column.unreadableInt ? sizes[row] : nil
    }
  }

  init(_ graph: ResourceGraph) {
    self.graph = graph
    negs = Lists("NetworkEndpointGroup", "networkEndpoints", graph)
    groups = Lists("InstanceGroup", "instances", graph)
    openness = graph.endpointLists ?? EndpointLists(graph, type: negs.type)
  }

  /// The size of a group of either type; unknown where it was not loaded.
  func size(of key: KeyID, _ context: Context) -> Value {
    let row = graph.row(ofKey: key)
    if row < 0 { return graph.missing(key, context) }
    switch Int(graph.keyTypes[Int(key)]) {
    case negs.type: return size(ofNEG: row, context)
    case groups.type: return size(ofInstanceGroup: row, context)
    default: return graph.missing(key, context)
    }
  }

  /// The larger of size and the number of different endpoints that were loaded.
  func size(ofNEG row: Int, _ context: Context) -> Value {
    let size = negs.size(row)
    let rows = graph.parts(ofField: negs.field, type: negs.type, row: row)
    if let size, size >= Int64(rows?.count ?? 0) { return .int(size) }
    if let rows {
      let distinct = Set(rows.map { graph.partIdentity(type: negs.part, row: $0) }).count
      return .int(max(size ?? 0, Int64(distinct)))
    }
    return openness.isOpen(row)
      ? context.unknown(graph.listCause(type: negs.type, field: negs.field, row: row))
      : .int(size ?? 0)
  }

  /// The size that the API counts, or the number of VMs in a list that was loaded.
  private func size(ofInstanceGroup row: Int, _ context: Context) -> Value {
    if let size = groups.size(row) { return .int(size) }
    let place = ResourceGraph.ListPlace(type: groups.type, field: groups.field, row: row)
    guard !graph.partialLists.contains(place),
      let rows = graph.parts(ofField: groups.field, type: groups.type, row: row)
    else {
      return context.unknown(graph.listCause(type: groups.type, field: groups.field, row: row))
    }
    return .int(Int64(rows.count))
  }
}
