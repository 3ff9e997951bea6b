import CEL
import Schema

/// Asks the firewall rules of one network about traffic to VMs.
private struct FirewallInquiry {
  private let graph: ResourceGraph
  private let firewalls: Firewalls
  private let network: KeyID
  private let rules: NetworkFirewall
  private let fallbackDenies: Bool?
  private let fallbackCause: Cause?
  /// Why nothing can be told of the network.
  let doubt: Cause?

  init(_ graph: ResourceGraph, _ firewalls: Firewalls, network: KeyID) {
    self.graph = graph
    self.firewalls = firewalls
    self.network = network
    let (rules, doubt) = firewalls.rules(of: network, graph)
    self.rules = rules
    let type = Schema.index(of: "Network") ?? 0
    let row = graph.row(ofKey: network)
    guard row >= 0, Int(graph.keyTypes[Int(network)]) == type else {
      fallbackDenies = nil
      fallbackCause = graph.missingCause(network)
      self.doubt = doubt
      return
    }
    let policy = graph.column("firewallPolicy", of: type)?.words[row] ?? Column.unsetWord
    let order =
      graph.column("networkFirewallPolicyEnforcementOrder", of: type)?.words[row]
      ?? Column.unsetWord
    let cause = Missing.cause(
      .ambiguous, type: type, field: Schema.types[type].index(of: "firewallPolicy") ?? 0,
      subject: UInt32(truncatingIfNeeded: row))
    let isSet = policy != Column.unsetWord
    fallbackDenies = isSet ? nil : true
    fallbackCause = isSet ? cause : nil
    // A policy that counts first may decide on anything.
    let isFirst =
      order == Column.unreadableWord
      || order < Column.unreadableWord
        && graph.symbols.text(of: order) == "BEFORE_CLASSIC_FIREWALL"
    self.doubt = doubt ?? (isSet && isFirst ? cause : nil)
  }

  /// Those tags and service accounts of a VM that rules name, or why they are not known.
  func targets(of vm: KeyID) -> (targets: Set<UInt32>?, cause: Cause?) {
    if rules.targets.isEmpty { return ([], nil) }
    let type = Schema.index(of: "Instance") ?? 0
    let row = graph.row(ofKey: vm)
    guard row >= 0, Int(graph.keyTypes[Int(vm)]) == type else {
      return (nil, graph.missingCause(vm))
    }
    var found: Set<UInt32> = []
    for (field, part, inner) in [
      ("tags", "Tags", "items"), ("serviceAccounts", "ServiceAccount", "email"),
    ] {
      let index = Schema.types[type].index(of: field) ?? 0
      let partType = Schema.index(of: part) ?? 0
      if graph.tables[type].columns[index]?.isUnreadable(row) == true {
        return (nil, unreadable(type, index, row))
      }
      guard let column = graph.column(inner, of: partType) else { continue }
      for child in graph.parts(ofField: index, type: type, row: row) ?? 0..<0 {
        if column.isUnreadable(child) {
          return (nil, unreadable(partType, Schema.types[partType].index(of: inner) ?? 0, child))
        }
        for word in graph.targets(in: column, row: child) where rules.targets.contains(word) {
          found.insert(word)
        }
      }
    }
    return (found, nil)
  }

  private func unreadable(_ type: Int, _ field: Int, _ row: Int) -> Cause {
    Missing.cause(
      .unreadable, type: type, field: field, subject: UInt32(truncatingIfNeeded: row))
  }

  /// Whether packets get to a VM: true, false, or why that is unknown.
  func admits(
    _ known: (targets: Set<UInt32>?, cause: Cause?), from source: AddressSpan, _ transport: String?,
    port: UInt32
  ) -> (Bool?, [Cause]) {
    if let doubt { return (nil, [doubt]) }
    let decision = firewalls.decide(
      NetworkFirewall.Query(
        network: network, targets: known.targets, source: source, transport: transport, port: port),
      rules, fallbackDenies: fallbackDenies)
    if decision.admits != nil { return (decision.admits, []) }
    var causes: [Cause] = []
    if decision.needsTargets, let cause = known.cause { causes.append(cause) }
    if let rule = decision.partialRule {
      let type = Schema.index(of: "Firewall") ?? 0
      causes.append(
        Missing.cause(
          .ambiguous, type: type, field: Schema.types[type].index(of: "destinationRanges") ?? 0,
          subject: UInt32(truncatingIfNeeded: rule)))
    }
    if decision.needsFallback, let fallbackCause { causes.append(fallbackCause) }
    return (nil, causes)
  }
}

extension ResourceGraph {
  /// What a call says of traffic: the source and the protocol.
  private func traffic(
    _ source: Value, _ transport: Value, _ context: Context
  ) -> (AddressSpan, String?)? {
    let range = context.withUTF8(of: source) { text in
      IPRange(utf8: text)
        ?? IPAddress(utf8: text).flatMap { IPRange($0, prefixLength: $0.bitWidth) }
    }
    guard let range, let name = context.text(of: transport) else { return nil }
    return (AddressSpan(range), FirewallRule.transport(name))
  }

  /// `ingress.admits(vm, source, protocol, port)`.
  func admits(_ arguments: UnsafeBufferPointer<Value>, _ context: Context) -> Value {
    guard arguments.count == 5, let network = networkKey(of: arguments[0]),
      let vm = key(of: arguments[1])
    else { return unset(context) }
    guard let (source, transport) = traffic(arguments[2], arguments[3], context) else {
      return context.error("'\(context.text(of: arguments[2]) ?? "")' is no range of addresses")
    }
    guard let port = arguments[4].asInt.flatMap({ UInt32(exactly: $0) }), let derivedTables else {
      return context.error("a port is a number from 0 to 65535")
    }
    let inquiry = FirewallInquiry(self, derivedTables.firewalls.get(), network: network)
    let (admits, causes) = inquiry.admits(
      inquiry.targets(of: vm), from: source, transport, port: port)
    return admits.map { .bool($0) } ?? .unknown(context.causeSet(causes))
  }

  /// `ingress.blockedInstances(endpoints, source, protocol)` and with a port behind: the VMs of
  /// endpoints that not all packets get to; open where it is not known of some.
  func blockedInstances(_ arguments: UnsafeBufferPointer<Value>, _ context: Context) -> Value {
    guard arguments.count >= 4, let network = networkKey(of: arguments[0]), let derivedTables else {
      return unset(context)
    }
    guard let (source, transport) = traffic(arguments[2], arguments[3], context) else {
      return context.error("'\(context.text(of: arguments[2]) ?? "")' is no range of addresses")
    }
    let fixed = arguments.count > 4 ? arguments[4].asInt.flatMap { UInt32(exactly: $0) } : nil
    let list = arguments[1]
    var causes = list.openBecause.map { context.causes(of: $0) } ?? []
    let count = context.count(of: list) ?? 0
    let inquiry = FirewallInquiry(self, derivedTables.firewalls.get(), network: network)
    if let doubt = inquiry.doubt {
      return context.emptyList(
        openBecause: count == 0 && causes.isEmpty ? nil : context.causeSet([doubt]))
    }
    let endpoints = EndpointPorts(self, fixed: fixed)
    var blocked: [Value] = []
    var seen: Set<UInt64> = []
    var last: (port: UInt32, targets: Set<UInt32>?, isBlocked: Bool)?
    for index in 0..<count {
      guard let record = context.element(at: index, of: list) else { continue }
      if let unknown = record.causes {
        causes += context.causes(of: unknown)
        continue
      }
      guard let row = record.recordID.flatMap({ Int(exactly: $0) }),
        let vm = endpoints.instance(row), let port = endpoints.port(row), port <= 65535,
        seen.insert(DerivedIndices.pair(vm, port)).inserted
      else { continue }
      if self.row(ofKey: vm) < 0, isProvablyMissing(vm) { continue }
      let known = inquiry.targets(of: vm)
      // Most VMs of a NEG are alike.
      if let last, last.port == port, known.cause == nil, last.targets == known.targets {
        if last.isBlocked { blocked.append(reference(vm)) }
        continue
      }
      let (admits, found) = inquiry.admits(known, from: source, transport, port: port)
      if admits != nil, known.cause == nil {
        last = (port, known.targets, admits == false)
      }
      if admits == false { blocked.append(reference(vm)) }
      if admits == nil { causes += found }
    }
    return context.list(blocked, openBecause: causes.isEmpty ? nil : context.causeSet(causes))
  }

  /// The key of the network that an Ingress is of.
  private func networkKey(of ingress: Value) -> KeyID? {
    ingress.recordID.flatMap { id in
      id & Self.ingressBit == 0 ? nil : KeyID(exactly: id & ~Self.ingressBit)
    }
  }

  /// The key of a record that is a resource.
  private func key(of record: Value) -> KeyID? {
    record.recordID.flatMap { $0 < UInt64(keys.count) ? KeyID(truncatingIfNeeded: $0) : nil }
  }
}

/// The VMs and ports of endpoints.
private struct EndpointPorts {
  private let instances: [UInt32]
  private let ports: [Int64]
  private let owners: [UInt32]
  private let defaults: [Int64]
  private let fixed: UInt32?

  init(_ graph: ResourceGraph, fixed: UInt32?) {
    let type = Schema.index(of: "NetworkEndpoint") ?? 0
    instances = graph.column("instance", of: type)?.words ?? []
    ports = graph.column("port", of: type)?.ints ?? []
    owners = graph.tables[type].owners
    defaults =
      graph.column("defaultPort", of: Schema.index(of: "NetworkEndpointGroup") ?? 0)?.ints ?? []
    self.fixed = fixed
  }

  func instance(_ row: Int) -> KeyID? {
    row < instances.count && instances[row] < Column.unreadableWord ? instances[row] : nil
  }

  /// The port that is asked, else the one that the endpoint serves at; nil where there is none.
  func port(_ row: Int) -> UInt32? {
    if let fixed { return fixed }
    let own = row < ports.count ? ports[row] : Column.unsetInt
    if own != Column.unsetInt { return UInt32(exactly: own) }
    let owner = row < owners.count ? Int(owners[row]) : defaults.count
    return owner < defaults.count ? UInt32(exactly: defaults[owner]) : nil
  }
}
