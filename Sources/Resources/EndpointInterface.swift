import CEL
import Schema

/// H5: the interface of an endpoint's VM that lies in the group's subnet.
///
/// Reads columns directly: half of the rules ask for it at every endpoint.
struct EndpointInterface {
  let interfaceType: Int
  private let graph: ResourceGraph
  private let endpointType: Int
  private let groupType: Int
  private let instanceType: Int
  private let endpoints: RowFinder
  private let machines: RowFinder
  private let instances: [UInt32]
  private let groups: [UInt32]
  private let groupSubnetworks: [UInt32]
  private let starts: [UInt32]
  private let counts: [UInt32]
  private let subnetworks: [UInt32]
  private let isKept: Bool

  init(_ graph: ResourceGraph) {
    self.graph = graph
    endpointType = Schema.index(of: "NetworkEndpoint") ?? 0
    interfaceType = Schema.index(of: "NetworkInterface") ?? 0
    groupType = Schema.index(of: "NetworkEndpointGroup") ?? 0
    instanceType = Schema.index(of: "Instance") ?? 0
    endpoints = RowFinder(graph, type: endpointType)
    machines = RowFinder(graph, type: instanceType)
    instances = graph.column("instance", of: endpointType)?.words ?? []
    groups = graph.tables[endpointType].owners
    groupSubnetworks = graph.effectiveSubnetworks(type: groupType)
    let interfaces = graph.column("networkInterfaces", of: instanceType)
    starts = interfaces?.words ?? []
    counts = interfaces?.counts ?? []
    let subnetwork = graph.column("subnetwork", of: interfaceType)
    subnetworks = subnetwork?.words ?? []
    isKept =
      graph.column("instance", of: endpointType) != nil && interfaces != nil && subnetwork != nil
      && graph.column("subnetwork", of: groupType) != nil
  }

  /// The interface; nil where the VM has none in the subnet, unknown where that cannot be told.
  func read(_ endpoint: Value, _ context: Context) -> Value? {
    guard isKept else { return context.error("the fields of 'networkInterface' were not kept") }
    let row: Int
    switch endpoints.row(of: endpoint, context) {
    case .value(let value): return value
    case .row(let found): row = found
    }
    let instance = instances[row]
    if instance == Column.unsetWord { return nil }
    if instance == Column.unreadableWord {
      return unknown(context, .unreadable, "instance", endpointType, row)
    }
    switch machines.row(of: machines.reference(instance), context) {
    case .value(let value): return value
    case .row(let machine): return interface(of: machine, forEndpoint: row, context)
    }
  }

  private func interface(of machine: Int, forEndpoint row: Int, _ context: Context) -> Value? {
    if counts[machine] >= Column.unreadableWord {
      return unknown(context, .field, "networkInterfaces", instanceType, machine)
    }
    let group = Int(groups[row])
    let wanted = groupSubnetworks[group]
    if wanted >= Column.unreadableWord {
      return context.unknown(graph.causeOfMissingSubnetwork(group, type: groupType))
    }
    var found: Int?
    var doubt: Value?
    let start = Int(starts[machine])
    for nic in start..<start + Int(counts[machine]) {
      let subnetwork = subnetworks[nic]
      if subnetwork == wanted {
        if found != nil { return unknown(context, .ambiguous, "subnetwork", interfaceType, nic) }
        found = nic
      } else if subnetwork >= Column.unreadableWord {
        let kind: Missing.Kind = subnetwork == Column.unsetWord ? .field : .unreadable
        doubt = doubt ?? unknown(context, kind, "subnetwork", interfaceType, nic)
      } else if let key = graph.doubt(subnetwork, wanted) {
        doubt = doubt ?? context.unknown(Missing.cause(.projectNumber, subject: key))
      }
    }
    guard let found else { return doubt }
    return .record(
      type: UInt16(truncatingIfNeeded: interfaceType), id: UInt64(truncatingIfNeeded: found))
  }

  @inline(never) private func unknown(
    _ context: Context, _ kind: Missing.Kind, _ field: String, _ type: Int, _ row: Int
  ) -> Value {
    context.unknown(
      Missing.cause(
        kind, type: type, field: Schema.types[type].index(of: field) ?? 0,
        subject: UInt32(truncatingIfNeeded: row)))
  }
}
