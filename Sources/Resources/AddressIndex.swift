import CEL
import Schema

/// Which interface has which IPv4 address of its network, primary or in an alias range.
///
/// A table for each prefix length that occurs (a primary address is a /32): ranges either contain
/// each other or are disjoint, so a look-up for each length finds what holds an address.
struct AddressIndex: Sendable {
  /// The ranges of one prefix length.
  private struct Level {
    let mask: UInt32
    /// The interface of a network and base that stands first in the export, by row.
    var first = RowTable()
    /// All interfaces of those that several have.
    var several: [UInt64: [UInt32]] = [:]

    mutating func insert(_ place: UInt64, _ row: UInt32) {
      guard let other = first.update(place, row), other != row else { return }
      several[place, default: [other]].append(row)
    }
  }

  /// A range of an interface: a primary address or an alias range.
  private struct Entry {
    let network: UInt32
    let base: UInt32
    let length: UInt8
    let row: UInt32
  }

  /// By descending prefix length.
  private var levels: [Level] = []
  /// For each interface those before it that have an address of it, in the export's order.
  private(set) var conflicts: [UInt32: [UInt32]] = [:]

  /// Reads the interfaces of all VMs.
  ///
  /// O(ranges x prefix lengths).
  init(_ graph: ResourceGraph) {
    let entries = Self.entries(graph)
    var byLength = (0...32).map { Level(mask: UInt32.max << UInt32(32 - $0)) }
    for entry in entries {
      byLength[Int(entry.length)]
        .insert(DerivedIndices.pair(entry.network, entry.base), entry.row)
    }
    levels = byLength.reversed().filter { $0.first.count > 0 }
    guard let type = Schema.index(of: "NetworkInterface") else { return }
    let (files, offsets) = (graph.tables[type].files, graph.tables[type].offsets)
    func precedes(_ row: UInt32, _ other: UInt32) -> Bool {
      (files[Int(row)], offsets[Int(row)]) < (files[Int(other)], offsets[Int(other)])
    }
    var pairs: [UInt32: Set<UInt32>] = [:]
    for level in levels.indices {
      for (place, rows) in levels[level].several {
        let sorted = Set(rows).sorted(by: precedes)
        _ = levels[level].first.update(place, sorted[0])
        for row in sorted.dropFirst() { pairs[row, default: []].insert(sorted[0]) }
      }
    }
    for entry in entries {
      for level in levels where level.mask.nonzeroBitCount < Int(entry.length) {
        let place = DerivedIndices.pair(entry.network, entry.base & level.mask)
        guard let other = level.first[place], other != entry.row else { continue }
        let isLater = precedes(other, entry.row)
        pairs[isLater ? entry.row : other, default: []].insert(isLater ? other : entry.row)
      }
    }
    conflicts = pairs.mapValues { $0.sorted(by: precedes) }
  }

  private static func entries(_ graph: ResourceGraph) -> [Entry] {
    guard let type = Schema.index(of: "NetworkInterface"),
      let networks = graph.column("network", of: type)?.words,
      let addresses = graph.column("networkIP", of: type)?.words, let ranges = graph.aliasRanges
    else { return [] }
    let subnetworks = graph.column("subnetwork", of: type)?.words ?? []
    let aliases = graph.column("aliasIpRanges", of: type)
    var entries: [Entry] = []
    entries.reserveCapacity(networks.count)
    for row in networks.indices where !graph.tables[type].flags[row].contains(.shadowed) {
      // The references of parts that belong to nothing were not resolved.
      if graph.tables[type].keys[row] == ResourceGraph.noKey { continue }
      var network = networks[row]
      if network == Column.unsetWord, row < subnetworks.count {
        network = graph.network(ofSubnetwork: subnetworks[row])
      }
      if network >= Column.unreadableWord { continue }
      func add(_ base: UInt32, _ length: Int) {
        entries.append(
          Entry(
            network: network, base: base, length: UInt8(length),
            row: UInt32(truncatingIfNeeded: row)))
      }
      let address = addresses[row]
      if address < Column.unreadableWord,
        let parsed = IPAddress(utf8: graph.symbols.utf8(of: address)), parsed.family == .v4
      {
        add(UInt32(truncatingIfNeeded: parsed.low), 32)
      }
      guard let aliases, aliases.counts[row] < Column.unreadableWord else { continue }
      let start = Int(aliases.words[row])
      for alias in start..<start + Int(aliases.counts[row]) {
        if let range = ranges.block(alias) { add(range.base, range.length) }
      }
    }
    return entries
  }

  /// The interface that has an address of a network, the narrowest range first; nil where no
  /// loaded one has.
  func owner(of address: IPAddress, in network: KeyID) -> Int? {
    guard address.family == .v4 else { return nil }
    let address = UInt32(truncatingIfNeeded: address.low)
    for level in levels {
      let place = DerivedIndices.pair(network, address & level.mask)
      if let row = level.first[place] { return Int(row) }
    }
    return nil
  }
}

/// Rows by numbers, in an open table.
struct RowTable: Sendable {
  private var keys: [UInt64] = []
  /// For each key its row plus one; 0 for a free place.
  private var rows: [UInt32] = []
  private(set) var count = 0

  subscript(key: UInt64) -> UInt32? {
    if count == 0 { return nil }
    let row = rows[place(of: key)]
    return row == 0 ? nil : row - 1
  }

  /// Gives a key a row.
  ///
  /// - Returns: The row that it had.
  mutating func update(_ key: UInt64, _ row: UInt32) -> UInt32? {
    if count * 2 >= keys.count { grow() }
    let place = place(of: key)
    let known = rows[place]
    keys[place] = key
    rows[place] = row &+ 1
    if known != 0 { return known - 1 }
    count += 1
    return nil
  }

  private func place(of key: UInt64) -> Int {
    var hash = key &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    var place = Int(truncatingIfNeeded: hash) & (keys.count - 1)
    while rows[place] != 0, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldRows, size) = (keys, rows, max(16, keys.count * 4))
    keys = Array(repeating: 0, count: size)
    rows = Array(repeating: 0, count: size)
    for index in oldRows.indices where oldRows[index] != 0 {
      let place = place(of: oldKeys[index])
      keys[place] = oldKeys[index]
      rows[place] = oldRows[index]
    }
  }
}
