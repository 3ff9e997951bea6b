import CEL
import Schema

extension ResourceGraph {
  /// Reads what leads to a service, and the network that it is reached in.
  func reachReader(of field: String, type: Int) -> FieldReader {
    switch field {
    case "referrers":
      let found = derivedTables?.referrersByService.get() ?? Referrers()
      let collections = Referring(
        ["forwardingRules", "urlMaps", "targetTcpProxies", "targetSslProxies"], self)
      return always { graph, context, record in
        guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
        let key = KeyID(truncatingIfNeeded: record.bits)
        return context.list(
          (found.byTarget[key] ?? []).map { graph.reference($0) },
          openBecause: collections.causes(of: key, doubts: found.doubts, graph, context))
      }
    case "reachingForwardingRules":
      let rules = ReachingRules(self, type: type)
      return always { graph, context, record in
        guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
        let key = KeyID(truncatingIfNeeded: record.bits)
        return context.list(
          rules.rows(key).map { graph.record(type: rules.ruleType, row: $0) },
          openBecause: rules.causes(key, context))
      }
    default: return networkReader(type: type)
    }
  }

  /// network, or what the forwarding rules that lead to the service say.
  private func networkReader(type: Int) -> FieldReader {
    let own = columnReader(ofField: "network", type: type)
    let rules = ReachingRules(self, type: type)
    let ruleNetwork = effectiveNetworkReader(type: rules.ruleType)
    return optionally(unset: unknownField("network", type: type)) { graph, context, record in
      let isSet = own.has(context, record)
      if !isSet.isFalse { return isSet.isTrue ? own.get(context, record) : isSet }
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      var unknown: Value?
      for row in rules.rows(key) {
        let rule = graph.record(type: rules.ruleType, row: row)
        let hasNetwork = ruleNetwork.has(context, rule)
        if hasNetwork.isFalse { continue }
        let network = hasNetwork.isTrue ? ruleNetwork.get(context, rule) : hasNetwork
        if network.isKnown { return network }
        unknown = unknown ?? network
      }
      if let unknown { return unknown }
      return rules.causes(key, context).map { .unknown($0) }
    }
  }
}

/// Collections whose resources may name a service.
private struct Referring {
  private let collections: [(symbol: UInt32, type: Int)]

  init(_ names: [String], _ graph: ResourceGraph) {
    collections = names.compactMap { name in
      Schema.index(ofCollection: name).map { (graph.symbol(for: name), $0) }
    }
  }

  /// Why some resources may be missing; nil where all are there.
  func causes(
    of service: KeyID, doubts: [Cause] = [], _ graph: ResourceGraph, _ context: Context
  ) -> CauseSetID? {
    let causes =
      doubts
      + collections.compactMap {
        graph.causeOfMissingReferrers($0.symbol, type: $0.type, to: service)
      }
    return causes.isEmpty ? nil : context.causeSet(causes)
  }
}

/// The forwarding rules that lead to services.
private struct ReachingRules {
  let ruleType = Schema.index(of: "ForwardingRule") ?? 0
  private let graph: ResourceGraph
  private let reach: ServiceReach
  private let products: Products
  private let passthrough = Products.bits(["XNLB", "INLB"])
  private let direct: Referring
  private let all: Referring

  init(_ graph: ResourceGraph, type: Int) {
    self.graph = graph
    reach = graph.derivedTables?.reach.get() ?? ServiceReach(graph)
    products = graph.derivedTables?.products.get() ?? Products(graph, type: type)
    direct = Referring(["forwardingRules"], graph)
    all = Referring(
      [
        "forwardingRules", "targetHttpProxies", "targetHttpsProxies", "targetGrpcProxies",
        "targetTcpProxies", "targetSslProxies", "urlMaps",
      ], graph)
  }

  /// The rows of the rules that are known to lead to a service.
  func rows(_ service: KeyID) -> [Int] { reach.rules(of: service) }

  /// Why further rules may lead to a service; nil where none does.
  ///
  /// Nothing but a rule itself leads to a passthrough load balancer.
  func causes(_ service: KeyID, _ context: Context) -> CauseSetID? {
    let row = graph.row(ofKey: service)
    let isPassthrough =
      row >= 0 && row < products.candidates.count && products.candidates[row] & ~passthrough == 0
    return (isPassthrough ? direct : all).causes(of: service, graph, context)
  }
}
