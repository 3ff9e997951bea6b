import Schema

/// Tables that derived fields share, each made when the first program needs it.
///
/// They borrow the graph, which holds them.
struct DerivedTables {
  /// The load balancer products of all services.
  let products: Lazily<Products>
  /// What forwarding rules and proxies say of all services.
  let reach: Lazily<ServiceReach>
  /// For each service the resources that name it.
  let referrersByService: Lazily<Referrers>
  /// For each instance group the rows of the backends that name it.
  let backendsByGroup: Lazily<[KeyID: [Int]]>
  /// For each instance group the row of its manager.
  let managersByGroup: Lazily<[KeyID: Int]>
  /// For each group the services with a backend that names it.
  let servicesByGroup: Lazily<Referrers>
  /// For each service the forwarding rules that name it.
  let rulesByService: Lazily<Referrers>
  /// The groups that backends name as failover backends and in no other way.
  let standbyGroups: Lazily<Set<KeyID>>
  /// The interfaces of VMs by their addresses.
  let addresses: Lazily<AddressIndex>
  /// The loaded VMs by their names.
  let instancesByName: Lazily<Namesakes>
  /// For each record with a reference to a collection that its field does not take, those.
  let misdirections: Lazily<[UInt64: [ReferenceID]]>

  /// What names the resources of each type with the field `referrers`.
  let referrers: [Int: Lazily<ReferrerTable>]
  /// The services behind URL maps, proxies and forwarding rules.
  let servicesBehind: Lazily<ServicesBehind>
  /// Forwarding rules that serve the same port of an address.
  let ruleOverlaps: Lazily<RuleOverlaps>
  /// Subnets with addresses in common.
  let subnetworkOverlaps: Lazily<SubnetworkOverlaps>
  /// Subnets by network and region.
  let subnetworksByPlace: Lazily<[UInt64: [KeyID]]>
  /// The firewall rules of all networks.
  let firewalls: Lazily<Firewalls>

  init(_ graph: ResourceGraph) {
    let service = Schema.index(of: "BackendService") ?? 0
    products = Lazily { [unowned graph] in Products(graph, type: service) }
    reach = Lazily { [unowned graph] in ServiceReach(graph) }
    referrersByService = Lazily { [unowned graph] in graph.serviceReferrers() }
    backendsByGroup = Lazily { [unowned graph] in graph.backendsByGroup() }
    managersByGroup = Lazily { [unowned graph] in graph.managersByGroup() }
    servicesByGroup = Lazily { [unowned graph] in
      graph.referrers([("Backend", "group"), ("BackendServiceHAPolicyLeader", "backendGroup")])
    }
    rulesByService = Lazily { [unowned graph] in
      graph.referrers([("ForwardingRule", "backendService")])
    }
    standbyGroups = Lazily { [unowned graph] in graph.standbyGroups() }
    addresses = Lazily { [unowned graph] in AddressIndex(graph) }
    let instance = Schema.index(of: "Instance") ?? 0
    instancesByName = Lazily { [unowned graph] in Namesakes(graph, type: instance) }
    misdirections = Lazily { [unowned graph] in graph.misdirections() }
    var referrers: [Int: Lazily<ReferrerTable>] = [:]
    for (number, type) in Schema.types.enumerated() where type.field("referrers") != nil {
      referrers[number] = Lazily { [unowned graph] in ReferrerTable(graph, type: number) }
    }
    self.referrers = referrers
    servicesBehind = Lazily { [unowned graph] in ServicesBehind(graph) }
    let rule = Schema.index(of: "ForwardingRule") ?? 0
    ruleOverlaps = Lazily { [unowned graph] in RuleOverlaps(graph, type: rule) }
    let subnetwork = Schema.index(of: "Subnetwork") ?? 0
    subnetworkOverlaps = Lazily { [unowned graph] in SubnetworkOverlaps(graph, type: subnetwork) }
    subnetworksByPlace = Lazily { [unowned graph] in graph.subnetworksByPlace() }
    firewalls = Lazily { [unowned graph] in Firewalls(graph) }
  }
}
