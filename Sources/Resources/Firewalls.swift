import CEL
import Schema
import Synchronization

/// The firewall rules of all networks, and what they have been asked.
final class Firewalls: Sendable {
  private let networks: [KeyID: NetworkFirewall]
  /// Why rules of a project whose network is not known may be of any of its networks.
  private let looseCauses: [UInt32: Cause]
  private let decisions = Mutex<[NetworkFirewall.Query: NetworkFirewall.Decision]>([:])

  init(_ graph: ResourceGraph) {
    let reader = FirewallReader(graph)
    var networks: [KeyID: NetworkFirewall] = [:]
    var loose: [UInt32: Cause] = [:]
    for row in reader.rows {
      let network = reader.network(row)
      if network >= Column.unreadableWord {
        loose[graph.keys.scope(of: reader.key(row)).project] = reader.cause(
          "network", row, network == Column.unsetWord ? .field : .unreadable)
        continue
      }
      switch reader.rule(row) {
      case .none: networks[network, default: NetworkFirewall()].rules += []
      case .doubt(let cause): networks[network, default: NetworkFirewall()].doubt = cause
      case .rule(let rule): networks[network, default: NetworkFirewall()].rules.append(rule)
      }
    }
    for (key, var network) in networks {
      network.rules.sort {
        ($0.priority, $0.denies ? 0 : 1, $0.row) < ($1.priority, $1.denies ? 0 : 1, $1.row)
      }
      network.targets = network.rules.reduce(into: []) { $0.formUnion($1.targets) }
      networks[key] = network
    }
    self.networks = networks
    looseCauses = loose
  }

  /// The rules of a network, or why they say nothing.
  func rules(of network: KeyID, _ graph: ResourceGraph) -> (rules: NetworkFirewall, doubt: Cause?) {
    let found = networks[network] ?? NetworkFirewall()
    let scope = graph.keys.scope(of: network)
    let global = Scope(kind: .global, project: scope.project, location: SymbolTable.empty)
    if !graph.isComplete(graph.symbol(for: "firewalls"), in: global) {
      let project = Scope(kind: .project, project: scope.project, location: SymbolTable.empty)
      let subject = graph.keys.number(ofScope: global) ?? graph.keys.number(ofScope: project) ?? 0
      return (
        found,
        Missing.cause(.collection, type: Schema.index(of: "Firewall") ?? 0, subject: subject)
      )
    }
    if let doubt = found.doubt ?? looseCauses[scope.project] { return (found, doubt) }
    // Rules may name the network in a way of which nobody knows whether it is the same.
    let namesake = networks.keys.sorted().lazy.compactMap { graph.doubt($0, network) }.first
    return (found, namesake.map { Missing.cause(.projectNumber, subject: $0) })
  }

  /// What rules decide on traffic; remembered.
  func decide(
    _ query: NetworkFirewall.Query, _ rules: NetworkFirewall, fallbackDenies: Bool?
  ) -> NetworkFirewall.Decision {
    decisions.withLock { known in
      if let decision = known[query] { return decision }
      let decision = rules.decide(query, fallbackDenies: fallbackDenies)
      known[query] = decision
      return decision
    }
  }
}

/// Reads firewall rules from their columns.
private struct FirewallReader {
  enum Found {
    /// A rule that keeps nothing out and lets nothing in.
    case none
    case rule(FirewallRule)
    /// A rule that cannot be read.
    case doubt(Cause)
  }

  private let graph: ResourceGraph
  private let type: Int
  private let part: Int
  private let egress: UInt32

  init(_ graph: ResourceGraph) {
    self.graph = graph
    type = Schema.index(of: "Firewall") ?? 0
    part = Schema.index(of: "FirewallProtocol") ?? 0
    egress = graph.symbol(for: "EGRESS")
  }

  var rows: [Int] {
    (0..<graph.tables[type].count).filter { !graph.tables[type].flags[$0].contains(.shadowed) }
  }

  func key(_ row: Int) -> KeyID { graph.tables[type].keys[row] }

  func network(_ row: Int) -> UInt32 { word("network", row) }

  func cause(_ field: String, _ row: Int, _ kind: Missing.Kind) -> Cause {
    Missing.cause(
      kind, type: type, field: Schema.types[type].index(of: field) ?? 0,
      subject: UInt32(truncatingIfNeeded: row))
  }

  private func word(_ field: String, _ row: Int) -> UInt32 {
    graph.column(field, of: type)?.words[row] ?? Column.unsetWord
  }

  func rule(_ row: Int) -> Found {
    // What does not count is looked at first: a disabled rule may be anything.
    if word("disabled", row) == 1 || word("direction", row) == egress { return .none }
    for field in [
      "disabled", "direction", "priority", "allowed", "denied", "sourceRanges", "sourceTags",
      "sourceServiceAccounts", "destinationRanges", "targetTags", "targetServiceAccounts",
    ] where graph.column(field, of: type)?.isUnreadable(row) == true {
      return .doubt(cause(field, row, .unreadable))
    }
    let allowed = traffic("allowed", row)
    let denied = traffic("denied", row)
    let targets = texts("targetTags", row) + texts("targetServiceAccounts", row)
    guard let allowed, let denied, let sources = sources(row),
      let destinations = spans("destinationRanges", row)
    else { return .doubt(cause("allowed", row, .unreadable)) }
    if allowed.isEmpty && denied.isEmpty || sources.isEmpty { return .none }
    return .rule(
      FirewallRule(
        row: row, priority: priority(row), denies: !denied.isEmpty,
        traffic: denied.isEmpty ? allowed : denied, sources: sources, targets: Set(targets),
        isPartial: !destinations.isEmpty && !destinations.contains(where: \.isEverything)))
  }

  private func priority(_ row: Int) -> Int64 {
    let cell = graph.column("priority", of: type)?.ints[row] ?? Column.unsetInt
    return cell == Column.unsetInt ? 1000 : cell
  }

  private func texts(_ field: String, _ row: Int) -> [UInt32] {
    graph.column(field, of: type).map { graph.targets(in: $0, row: row) } ?? []
  }

  /// The ranges of a field; nil where one of them cannot be read.
  private func spans(_ field: String, _ row: Int) -> [AddressSpan]? {
    var found: [AddressSpan] = []
    for word in texts(field, row) {
      let text = graph.symbols.utf8(of: word)
      guard
        let range = IPRange(utf8: text)
          ?? IPAddress(utf8: text).flatMap({ IPRange($0, prefixLength: $0.bitWidth) })
      else { return nil }
      found.append(AddressSpan(range))
    }
    return found
  }

  /// The addresses that packets come from: of a rule for VMs alone, none.
  private func sources(_ row: Int) -> [AddressSpan]? {
    guard let found = spans("sourceRanges", row) else { return nil }
    let isForVMs = !texts("sourceTags", row).isEmpty || !texts("sourceServiceAccounts", row).isEmpty
    if !found.isEmpty || isForVMs { return found }
    return IPRange("0.0.0.0/0").map { [AddressSpan($0)] }
  }

  /// The protocols and ports of a field; nil where one of them cannot be read.
  private func traffic(_ field: String, _ row: Int) -> [FirewallRule.Traffic]? {
    guard let index = Schema.types[type].index(of: field),
      let parts = graph.parts(ofField: index, type: type, row: row)
    else { return [] }
    let names = graph.column("IPProtocol", of: part)?.words ?? []
    guard let lists = graph.column("ports", of: part) else { return nil }
    var found: [FirewallRule.Traffic] = []
    for child in parts {
      guard child < names.count, names[child] < Column.unreadableWord, !lists.isUnreadable(child)
      else { return nil }
      var traffic = FirewallRule.Traffic(
        name: FirewallRule.transport(graph.symbols.text(of: names[child])), ports: nil)
      if !lists.isUnset(child) {
        var ports: [ClosedRange<UInt32>] = []
        for word in graph.targets(in: lists, row: child) {
          guard let range = PortNumbers.range(graph.symbols.utf8(of: word)) else { return nil }
          ports.append(range)
        }
        traffic.ports = ports
      }
      found.append(traffic)
    }
    return found
  }
}

extension AddressSpan {
  /// Whether the span holds all addresses of its family.
  fileprivate var isEverything: Bool {
    first == 0 && last == (family == .v4 ? UInt128(UInt32.max) : UInt128.max)
  }
}
