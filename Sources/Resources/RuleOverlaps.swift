import CEL
import Schema

/// Forwarding rules that serve the same port of the same address.
struct RuleOverlaps: Sendable {
  /// For each row of a rule that overlaps one whose path sorts before its own: the row of one.
  private(set) var overlapped: [Int: Int] = [:]
  /// Why it cannot be told whether the rule in a row overlaps another one.
  private(set) var doubts: [Int: Cause] = [:]

  /// What rules of one address and protocol have in common.
  private struct Place: Hashable {
    var address: IPAddress
    var transport: String
    /// The network of internal addresses; nil for the addresses of the internet.
    var network: KeyID?
  }

  private struct Rule {
    var row: Int
    var ports: [ClosedRange<UInt32>]
  }

  init(_ graph: ResourceGraph, type: Int) {
    let reader = RuleReader(graph, type: type)
    var places: [Place: [Rule]] = [:]
    var doubtful: [(place: Place, rule: Rule, cause: Cause)] = []
    for row in 0..<graph.tables[type].count
    where !graph.tables[type].flags[row].contains(.shadowed) && !reader.isSteered(row) {
      guard case .address(let address) = reader.addresses.address(row, graph) else { continue }
      var place = Place(address: address, transport: reader.transport(row, graph), network: nil)
      var cause: Cause?
      let ports = reader.ports(row, graph)
      if ports == nil { cause = reader.cause("portRange", row, .unreadable) }
      if reader.isInternal(row) {
        place.network = reader.network(row, graph)
        if place.network == nil { cause = cause ?? reader.cause("network", row, .field) }
      }
      let rule = Rule(row: row, ports: ports ?? [1...65535])
      if let cause {
        place.network = nil
        doubtful.append((place, rule, cause))
      } else {
        places[place, default: []].append(rule)
      }
    }
    let keys = graph.tables[type].keys
    for rules in places.values where rules.count > 1 { sweep(rules, keys, graph) }
    doubt(doubtful, places, keys, graph)
  }

  private mutating func sweep(_ rules: [Rule], _ keys: [KeyID], _ graph: ResourceGraph) {
    let sorted = rules.map { ($0, graph.path(ofKey: keys[$0.row])) }.sorted { $0.1 < $1.1 }
      .map(\.0)
    let intervals = sorted.enumerated().flatMap { rank, rule in
      rule.ports.map { Overlaps.Interval(start: $0.lowerBound, end: $0.upperBound, rank: rank) }
    }
    for (rank, other) in Overlaps.first(intervals) where rank != other {
      overlapped[sorted[rank].row] = sorted[other].row
    }
  }

  /// Marks the rules that may overlap one whose network or ports are not known.
  private mutating func doubt(
    _ doubtful: [(place: Place, rule: Rule, cause: Cause)], _ places: [Place: [Rule]],
    _ keys: [KeyID], _ graph: ResourceGraph
  ) {
    if doubtful.isEmpty { return }
    var known: [Place: [Rule]] = [:]
    for (place, rules) in places {
      var place = place
      place.network = nil
      known[place, default: []] += rules
    }
    for (index, one) in doubtful.enumerated() {
      let others =
        (known[one.place] ?? [])
        + doubtful[..<index].filter { $0.place == one.place }
        .map(\.rule)
      for other in others where Self.meet(one.rule, other) {
        let isLater =
          graph.path(ofKey: keys[one.rule.row]) > graph.path(ofKey: keys[other.row])
        let row = isLater ? one.rule.row : other.row
        if overlapped[row] == nil { doubts[row] = doubts[row] ?? one.cause }
      }
    }
  }

  private static func meet(_ one: Rule, _ other: Rule) -> Bool {
    one.ports.contains { ports in other.ports.contains { $0.overlaps(ports) } }
  }
}

/// Reads of forwarding rules what decides on overlaps.
private struct RuleReader {
  let addresses: RuleAddresses
  private let type: Int
  private let external: Set<UInt32>
  private let schemes: [UInt32]
  private let transports: [UInt32]
  private let networks: [UInt32]
  private let subnetworks: [UInt32]
  private let subnetworkNetworks: [UInt32]
  private let sources: [UInt32]
  private let filters: [UInt32]
  private let ranges: [UInt32]
  private let all: [UInt32]
  private let lists: Column?

  init(_ graph: ResourceGraph, type: Int) {
    self.type = type
    addresses = RuleAddresses(graph, type: type)
    external = Set(["EXTERNAL", "EXTERNAL_MANAGED"].map { graph.symbol(for: $0) })
    func words(_ field: String, _ type: Int) -> [UInt32] {
      graph.column(field, of: type)?.words ?? []
    }
    schemes = words("loadBalancingScheme", type)
    transports = words("IPProtocol", type)
    networks = words("network", type)
    subnetworks = words("subnetwork", type)
    subnetworkNetworks = words("network", Schema.index(of: "Subnetwork") ?? 0)
    sources = graph.column("sourceIpRanges", of: type)?.counts ?? []
    filters = graph.column("metadataFilters", of: type)?.counts ?? []
    ranges = words("portRange", type)
    all = words("allPorts", type)
    lists = graph.column("ports", of: type)
  }

  private func word(_ words: [UInt32], _ row: Int) -> UInt32 {
    row < words.count ? words[row] : Column.unsetWord
  }

  /// Whether the rule is for some sources or some proxies only.
  func isSteered(_ row: Int) -> Bool {
    word(sources, row) != Column.unsetWord || word(filters, row) != Column.unsetWord
  }

  func isInternal(_ row: Int) -> Bool { !external.contains(word(schemes, row)) }

  func transport(_ row: Int, _ graph: ResourceGraph) -> String {
    let word = word(transports, row)
    return word < Column.unreadableWord ? graph.symbols.text(of: word).uppercased() : "TCP"
  }

  /// The network, or that of the subnet; nil where neither is known.
  func network(_ row: Int, _ graph: ResourceGraph) -> KeyID? {
    let own = word(networks, row)
    if own < Column.unreadableWord { return own }
    let subnetwork = word(subnetworks, row)
    guard subnetwork < Column.unreadableWord, graph.row(ofKey: subnetwork) >= 0 else { return nil }
    let network = word(subnetworkNetworks, graph.row(ofKey: subnetwork))
    return network < Column.unreadableWord ? network : nil
  }

  /// The ports that the rule serves; nil where they cannot be read.
  func ports(_ row: Int, _ graph: ResourceGraph) -> [ClosedRange<UInt32>]? {
    if word(all, row) == 1 { return [1...65535] }
    let range = word(ranges, row)
    if range == Column.unreadableWord { return nil }
    if range != Column.unsetWord {
      return PortNumbers.range(graph.symbols.utf8(of: range)).map { [$0] }
    }
    guard let lists, row < lists.counts.count, lists.counts[row] != Column.unsetWord else {
      return [1...65535]
    }
    if lists.counts[row] == Column.unreadableWord { return nil }
    let start = Int(lists.words[row])
    var found: [ClosedRange<UInt32>] = []
    for entry in graph.pool[start..<start + Int(lists.counts[row])] {
      guard entry < Column.unreadableWord,
        let range = PortNumbers.range(graph.symbols.utf8(of: entry))
      else { return nil }
      found.append(range)
    }
    return found
  }

  func cause(_ field: String, _ row: Int, _ kind: Missing.Kind) -> Cause {
    Missing.cause(
      kind, type: type, field: Schema.types[type].index(of: field) ?? 0,
      subject: UInt32(truncatingIfNeeded: row))
  }
}

/// Texts of ports and ranges of them: `80`, `8000-8010`.
enum PortNumbers {
  /// The ports that a text stands for; nil where it is none.
  static func range(_ text: UnsafeBufferPointer<UInt8>) -> ClosedRange<UInt32>? {
    guard let hyphen = text.firstIndex(of: UInt8(ascii: "-")) else {
      return number(text[...]).map { $0...$0 }
    }
    guard let low = number(text[..<hyphen]), let high = number(text[(hyphen + 1)...]), low <= high
    else { return nil }
    return low...high
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    guard (1...5).contains(digits.count) else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      guard byte &- 0x30 < 10 else { return nil }
      value = value * 10 + UInt32(byte &- 0x30)
    }
    return value <= 65535 ? value : nil
  }
}
