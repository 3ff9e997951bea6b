import Schema

/// Tables that derived fields share, each made when the first program needs it.
///
/// They borrow the graph, which holds them.
struct DerivedTables {
  /// The load balancer products of all services.
  let products: Lazily<Products>
  /// For each group the services with a backend that names it.
  let servicesByGroup: Lazily<[KeyID: [KeyID]]>
  /// For each service the forwarding rules that name it.
  let rulesByService: Lazily<[KeyID: [KeyID]]>
  /// VMs by network and primary interface address.
  let instancesByAddress: Lazily<[UInt64: KeyID]>

  init(_ graph: ResourceGraph) {
    let service = Schema.index(of: "BackendService") ?? 0
    products = Lazily { [unowned graph] in Products(graph, type: service) }
    servicesByGroup = Lazily { [unowned graph] in graph.referrers("Backend", "group") }
    rulesByService = Lazily { [unowned graph] in
      graph.referrers("ForwardingRule", "backendService")
    }
    instancesByAddress = Lazily { [unowned graph] in graph.instancesByAddress() }
  }
}
