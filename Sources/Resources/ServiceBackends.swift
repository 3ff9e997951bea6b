import CEL
import Schema

extension ResourceGraph {
  /// Reads what all backends of a service make together.
  func serviceBackendsReader(of field: String, type: Int) -> FieldReader {
    let backends = ServiceBackends(self, type: type)
    let finder = RowFinder(self, type: type)
    return always { _, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): value
      case .row(let row):
        switch field {
        case "backendNetworks": backends.networks(row, context)
        case "groupMembers": backends.members(row, context)
        default: backends.endpoints(row, areFailover: field == "knownFailoverEndpoints", context)
        }
      }
    }
  }
}

/// The groups of services.
private struct ServiceBackends {
  private let graph: ResourceGraph
  private let type: Int
  private let field: Int
  private let groups: [UInt32]
  private let failover: [UInt32]
  private let sizes: GroupSizes
  private let negType = Schema.index(of: "NetworkEndpointGroup") ?? 0
  private let networkOfNEG: FieldReader
  private let groupType = Schema.index(of: "InstanceGroup") ?? 0
  private let membersOfGroup: FieldReader
  private let memberField: Int
  private let memberType: Int

  init(_ graph: ResourceGraph, type: Int) {
    self.graph = graph
    self.type = type
    field = Schema.types[type].index(of: "backends") ?? 0
    let backend = graph.partType(ofField: field, type: type)
    groups = graph.column("group", of: backend)?.words ?? []
    failover = graph.column("failover", of: backend)?.words ?? []
    sizes = GroupSizes(graph)
    networkOfNEG = graph.effectiveNetworkReader(type: negType)
    membersOfGroup = graph.columnReader(ofField: "instances", type: groupType)
    memberField = Schema.types[groupType].index(of: "instances") ?? 0
    memberType = graph.partType(ofField: memberField, type: groupType)
  }

  /// The rows of a service's backends with the keys of their groups; nil for malformed ones.
  private func backends(_ row: Int) -> [(row: Int, group: KeyID?)] {
    (graph.parts(ofField: field, type: type, row: row) ?? 0..<0).map { backend in
      let word = backend < groups.count ? groups[backend] : Column.unsetWord
      return (backend, word < Column.unreadableWord ? word : nil)
    }
  }

  /// Whether a key is that of a group of a type, loaded or not.
  private func isGroup(_ key: KeyID, _ type: Int) -> Bool {
    Int(graph.keyTypes[Int(key)]) == type
  }

  /// Why the group of a backend cannot be told.
  private func cause(ofBackend row: Int) -> Cause {
    graph.groupCause(
      of: graph.record(type: graph.partType(ofField: field, type: type), row: row),
      type: graph.partType(ofField: field, type: type))
  }

  /// The different networks of the NEGs, in the order of the backends.
  func networks(_ row: Int, _ context: Context) -> Value {
    var found: [Value] = []
    var seen: Set<UInt64> = []
    var causes: Set<Cause> = []
    for (backend, group) in backends(row) {
      guard let group else {
        causes.insert(cause(ofBackend: backend))
        continue
      }
      guard isGroup(group, negType) else { continue }
      guard graph.row(ofKey: group) >= 0 else {
        causes.insert(graph.missingCause(group))
        continue
      }
      let neg = graph.reference(group)
      let hasNetwork = networkOfNEG.has(context, neg)
      if hasNetwork.isFalse { continue }
      let network = hasNetwork.isTrue ? networkOfNEG.get(context, neg) : hasNetwork
      if let id = network.recordID {
        if seen.insert(id).inserted { found.append(network) }
      } else {
        causes.formUnion(network.causes.map { context.causes(of: $0) } ?? [])
      }
    }
    return context.list(found, openBecause: open(causes, context))
  }

  /// The members of the instance groups, in the order of the backends; a group that is named twice
  /// counts once.
  func members(_ row: Int, _ context: Context) -> Value {
    var found: [Value] = []
    var seen: Set<KeyID> = []
    var causes: Set<Cause> = []
    for (backend, group) in backends(row) {
      guard let group else {
        causes.insert(cause(ofBackend: backend))
        continue
      }
      guard isGroup(group, groupType), seen.insert(group).inserted else { continue }
      let groupRow = graph.row(ofKey: group)
      guard groupRow >= 0 else {
        causes.insert(graph.missingCause(group))
        continue
      }
      let rows = graph.parts(ofField: memberField, type: groupType, row: groupRow)
      found += (rows ?? 0..<0).map { graph.record(type: memberType, row: $0) }
      let place = ResourceGraph.ListPlace(type: groupType, field: memberField, row: groupRow)
      if rows == nil || graph.partialLists.contains(place) {
        causes.insert(graph.listCause(type: groupType, field: memberField, row: groupRow))
      }
    }
    return context.list(found, openBecause: open(causes, context))
  }

  /// How many endpoints and VMs the backends are known to have.
  func endpoints(_ row: Int, areFailover: Bool, _ context: Context) -> Value {
    var sum: Int64 = 0
    for (backend, group) in backends(row) {
      let isFailover = backend < failover.count && failover[backend] == 1
      guard isFailover == areFailover, let group,
        let size = sizes.size(of: group, context).asInt
      else { continue }
      let (total, overflows) = sum.addingReportingOverflow(max(0, size))
      sum = overflows ? .max : total
    }
    return .int(sum)
  }

  private func open(_ causes: Set<Cause>, _ context: Context) -> CauseSetID? {
    causes.isEmpty ? nil : context.causeSet(Array(causes))
  }
}
