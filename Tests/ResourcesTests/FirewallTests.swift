import CEL
import Testing

@testable import Resources

/// What firewall rules let in.
@Suite struct FirewallTests {
  /// A generator that gives the same numbers for the same seed (splitmix64).
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return word ^ (word >> 31)
    }
  }

  private static func span(_ text: String) throws -> AddressSpan {
    AddressSpan(try #require(IPRange(text)))
  }

  private static func randomRule(_ row: Int, _ numbers: inout Numbers) throws -> FirewallRule {
    let sources = try (0..<Int.random(in: 1...2, using: &numbers)).map { _ in
      let length = Int.random(in: 27...32, using: &numbers)
      return try span("10.0.0.\(Int.random(in: 0..<32, using: &numbers))/\(length)")
    }
    let names: [String?] = ["6", "17", nil]
    let ports: [[ClosedRange<UInt32>]?] = [nil, [80...80], [1...79, 81...90]]
    return FirewallRule(
      row: row, priority: Int64.random(in: 0...3, using: &numbers),
      denies: Bool.random(using: &numbers),
      traffic: [
        FirewallRule.Traffic(
          name: names.randomElement(using: &numbers) ?? nil,
          ports: ports.randomElement(using: &numbers) ?? nil)
      ],
      sources: sources,
      targets: Set(
        (1...2).filter { _ in Int.random(in: 0..<4, using: &numbers) == 0 }.map(UInt32.init)),
      isPartial: false)
  }

  /// Looks at every address by itself: the first rule that fits it decides.
  private static func naively(
    _ rules: [FirewallRule], _ targets: Set<UInt32>, _ query: NetworkFirewall.Query, denies: Bool
  ) -> Bool {
    let sorted = rules.sorted {
      ($0.priority, $0.denies ? 0 : 1) < ($1.priority, $1.denies ? 0 : 1)
    }
    var address = query.source.first
    while address <= query.source.last {
      let decider = sorted.first { rule in
        (rule.targets.isEmpty || !rule.targets.isDisjoint(with: targets))
          && rule.traffic.contains { traffic in
            guard let name = traffic.name else { return true }
            return name == query.transport
              && (traffic.ports ?? [0...65535]).contains { $0.contains(query.port) }
          }
          && rule.sources.contains { $0.first <= address && address <= $0.last }
      }
      if decider?.denies ?? denies { return false }
      address += 1
    }
    return true
  }

  private static func firewall(_ rules: [FirewallRule]) -> NetworkFirewall {
    var firewall = NetworkFirewall()
    firewall.rules = rules.sorted {
      ($0.priority, $0.denies ? 0 : 1, $0.row) < ($1.priority, $1.denies ? 0 : 1, $1.row)
    }
    return firewall
  }

  @Test func `what is known decides as if every address were looked at by itself`() throws {
    var numbers = Numbers(state: 7)
    var admitted = 0
    for _ in 0..<3000 {
      let rules = try (0..<Int.random(in: 0...6, using: &numbers)).map {
        try Self.randomRule($0, &numbers)
      }
      let targets = Set((1...2).filter { _ in Bool.random(using: &numbers) }.map(UInt32.init))
      let query = NetworkFirewall.Query(
        network: 0, targets: targets,
        source: try Self.span("10.0.0.\(Int.random(in: 0..<32, using: &numbers))/29"),
        transport: "6", port: 80)
      let denies = Bool.random(using: &numbers)
      let decision = Self.firewall(rules).decide(query, fallbackDenies: denies)
      let expected = Self.naively(rules, targets, query, denies: denies)
      #expect(decision.admits == expected)
      if expected { admitted += 1 }
    }
    #expect((300...2700).contains(admitted))
  }

  @Test func `a decision without knowing everything holds whatever the rest turns out to be`()
    throws
  {
    var numbers = Numbers(state: 11)
    var unknown = 0
    for _ in 0..<2000 {
      var rules = try (0..<Int.random(in: 1...5, using: &numbers)).map {
        try Self.randomRule($0, &numbers)
      }
      for index in rules.indices where Int.random(in: 0..<5, using: &numbers) == 0 {
        rules[index].isPartial = true
      }
      let knowsTargets = Bool.random(using: &numbers)
      let fallback: Bool? = [true, nil].randomElement(using: &numbers) ?? nil
      let query = NetworkFirewall.Query(
        network: 0, targets: knowsTargets ? [1] : nil, source: try Self.span("10.0.0.8/29"),
        transport: "6", port: 80)
      let decision = Self.firewall(rules).decide(query, fallbackDenies: fallback)
      var outcomes: Set<Bool> = []
      for targets in knowsTargets ? [[1]] : [[], [1], [2], [1, 2]] as [Set<UInt32>] {
        for denies in fallback.map({ [$0] }) ?? [true, false] {
          for bits in 0..<(1 << rules.count) {
            let counting = rules.indices.filter { !rules[$0].isPartial || bits >> $0 & 1 == 1 }
            outcomes.insert(
              Self.naively(counting.map { rules[$0] }, targets, query, denies: denies))
          }
        }
      }
      if let admits = decision.admits {
        #expect(outcomes == [admits])
      } else {
        unknown += 1
        #expect(decision.needsTargets || decision.needsFallback || decision.partialRule != nil)
      }
    }
    #expect(unknown > 200)
  }

  @Test(arguments: [
    ("tcp", "6"), ("TCP", "6"), ("6", "6"), ("udp", "17"), ("icmp", "1"), ("esp", "50"),
    ("sctp", "132"), ("47", "47"),
  ])
  func aProtocolIsItsNumber(text: String, number: String) {
    #expect(FirewallRule.transport(text) == number)
    #expect(FirewallRule.transport("all") == nil)
  }

  @Test func `IPv6 ranges are taken apart as IPv4 ranges are`() throws {
    let whole = try Self.span("2001:db8::/32")
    let rest = whole.without(try Self.span("2001:db8:8000::/33"))
    #expect(rest == [try Self.span("2001:db8::/33")])
    #expect(whole.without(try Self.span("::/0")).isEmpty)
    #expect(whole.without(try Self.span("0.0.0.0/0")) == [whole])
    let all = try Self.span("::/0")
    #expect(all.without(whole).count == 2)
  }
}
