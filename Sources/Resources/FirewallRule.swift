import CEL
import Schema

/// Addresses from a first to a last one, of one family.
struct AddressSpan: Hashable, Sendable {
  var family: IPAddress.Family
  var first: UInt128
  var last: UInt128

  init(_ range: IPRange) {
    family = range.address.family
    first = UInt128(range.first.high) << 64 | UInt128(range.first.low)
    last = UInt128(range.last.high) << 64 | UInt128(range.last.low)
  }

  private init(_ family: IPAddress.Family, _ first: UInt128, _ last: UInt128) {
    self.family = family
    self.first = first
    self.last = last
  }

  /// Whether the spans have an address in common.
  func meets(_ other: AddressSpan) -> Bool {
    family == other.family && first <= other.last && other.first <= last
  }

  /// What is left of the span without another one.
  func without(_ other: AddressSpan) -> [AddressSpan] {
    guard meets(other) else { return [self] }
    var rest: [AddressSpan] = []
    if first < other.first { rest.append(AddressSpan(family, first, other.first - 1)) }
    if other.last < last { rest.append(AddressSpan(family, other.last + 1, last)) }
    return rest
  }
}

/// A VPC firewall rule for packets that come in.
struct FirewallRule: Sendable {
  /// A protocol with its ports; nil for all of them.
  struct Traffic: Sendable {
    var name: String?
    var ports: [ClosedRange<UInt32>]?

    func includes(_ transport: String, _ port: UInt32) -> Bool {
      guard let name else { return true }
      return name == transport && (ports?.contains { $0.contains(port) } ?? true)
    }
  }

  var row: Int
  var priority: Int64
  var denies: Bool
  var traffic: [Traffic]
  var sources: [AddressSpan]
  /// The tags and service accounts that the rule is for; empty for all VMs.
  var targets: Set<UInt32>
  /// Whether the rule counts for some destinations only.
  var isPartial: Bool

  /// A protocol as rules write it: by its number, `icmp` like `1`; nil for all protocols.
  ///
  /// Names as of the API's reference of `Firewall.allowed[].IPProtocol`.
  static func transport(_ text: String) -> String? {
    let name = text.lowercased()
    let numbers = [
      "icmp": "1", "ipip": "4", "tcp": "6", "udp": "17", "esp": "50", "ah": "51",
      "ipv6-icmp": "58", "icmpv6": "58", "sctp": "132",
    ]
    return name == "all" ? nil : numbers[name] ?? name
  }
}

/// The ingress rules of one network, in the order in which they count.
struct NetworkFirewall: Sendable {
  var rules: [FirewallRule] = []
  /// Everything that some rule is for.
  var targets: Set<UInt32> = []
  /// Why the rules say nothing: one of them cannot be read.
  var doubt: Cause?

  /// Traffic to a VM, as far as rules tell VMs apart.
  struct Query: Hashable, Sendable {
    var network: KeyID
    /// Those of the VM's tags and service accounts that rules name; nil where the VM is not known.
    var targets: Set<UInt32>?
    var source: AddressSpan
    /// The protocol; nil for all.
    var transport: String?
    var port: UInt32
  }

  /// What rules decide where nobody can know everything.
  struct Decision: Sendable {
    /// Whether all of the source's packets get in; nil for unknown.
    var admits: Bool?
    /// Whether the VM's tags would tell.
    var needsTargets = false
    /// The first rule that counts for some destinations only.
    var partialRule: Int?
    /// Whether what is left when no rule fits would tell.
    var needsFallback = false
  }

  /// Decides on traffic.
  ///
  /// - Parameters:
  ///   - query: The traffic.
  ///   - fallbackDenies: Whether packets that no rule fits are kept out; nil for unknown.
  /// - Returns: The decision. O(rules x ranges).
  func decide(_ query: Query, fallbackDenies: Bool?) -> Decision {
    var decision = Decision()
    let worst = admits(query, fallbackDenies: fallbackDenies ?? true, hoping: false, &decision)
    if worst {
      decision.admits = true
      return decision
    }
    let best = admits(query, fallbackDenies: fallbackDenies ?? false, hoping: true, &decision)
    if !best { decision.admits = false }
    decision.needsFallback = decision.needsFallback && fallbackDenies == nil
    return decision
  }

  /// Whether all packets get in if what is not known turns out for the worst, or for the best.
  private func admits(
    _ query: Query, fallbackDenies: Bool, hoping: Bool, _ decision: inout Decision
  ) -> Bool {
    var rest = [query.source]
    for rule in rules {
      let isTargeted = !rule.targets.isEmpty
      if isTargeted, let targets = query.targets, rule.targets.isDisjoint(with: targets) {
        continue
      }
      guard fits(rule, query), rule.sources.contains(where: { rest.contains(where: $0.meets) })
      else { continue }
      let isUnsure = (isTargeted && query.targets == nil) || rule.isPartial
      if isUnsure {
        if isTargeted && query.targets == nil { decision.needsTargets = true }
        if rule.isPartial { decision.partialRule = decision.partialRule ?? rule.row }
        if rule.denies == hoping { continue }
      }
      if rule.denies { return false }
      for span in rule.sources { rest = rest.flatMap { $0.without(span) } }
      if rest.isEmpty { return true }
    }
    decision.needsFallback = true
    return !fallbackDenies
  }

  /// Whether a rule is about the protocol and port; for all protocols, only if it is about all of
  /// them, or denies any.
  private func fits(_ rule: FirewallRule, _ query: Query) -> Bool {
    guard let transport = query.transport else {
      return rule.denies || rule.traffic.contains { $0.name == nil }
    }
    return rule.traffic.contains { $0.includes(transport, query.port) }
  }
}
