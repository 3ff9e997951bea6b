import CEL
import Schema

/// H8: which addresses the alias ranges of interfaces hold.
struct AliasRanges {
  private let type: Int
  private let words: [UInt32]
  /// The ranges of IPv4 addresses: base and mask; mask 0 where the text has to be looked at.
  private let bases: [UInt32]
  private let masks: [UInt32]

  init(_ graph: ResourceGraph) {
    type = Schema.index(of: "AliasIpRange") ?? 0
    words = graph.column("ipCidrRange", of: type)?.words ?? []
    var bases = [UInt32](repeating: 0, count: words.count)
    var masks = bases
    for (row, word) in words.enumerated() where word < Column.unreadableWord {
      guard let range = Self.range(graph.symbols.utf8(of: word)), range.address.family == .v4
      else { continue }
      masks[row] = UInt32.max << UInt32(32 - range.prefixLength)
      bases[row] = UInt32(truncatingIfNeeded: range.address.low) & masks[row]
    }
    self.bases = bases
    self.masks = masks
  }

  /// A range, or a single address as the range of itself; nil for a length alone.
  private static func range(_ text: UnsafeBufferPointer<UInt8>) -> IPRange? {
    if let range = IPRange(utf8: text) { return range }
    return IPAddress(utf8: text).flatMap { address in
      IPRange(address, prefixLength: address.family == .v4 ? 32 : 128)
    }
  }

  /// Whether an alias range of an interface holds an address.
  ///
  /// A range that was written as `/LENGTH` alone could hold any address of the subnet's range
  /// that it is cut from.
  func contains(
    _ address: IPAddress, in record: Value, _ graph: ResourceGraph, _ context: Context
  ) -> Value {
    guard record.bits < UInt64(words.count) else {
      return ResourceGraph.isPhantom(record.bits)
        ? context.unknown(graph.phantomCause(record.bits)) : graph.unset(context)
    }
    let row = Int(truncatingIfNeeded: record.bits)
    if masks[row] != 0, address.family == .v4 {
      return .bool(UInt32(truncatingIfNeeded: address.low) & masks[row] == bases[row])
    }
    return slowly(address, row, graph, context)
  }

  @inline(never) private func slowly(
    _ address: IPAddress, _ row: Int, _ graph: ResourceGraph, _ context: Context
  ) -> Value {
    let word = words[row]
    var kind = word == Column.unsetWord ? Missing.Kind.field : .unreadable
    if word < Column.unreadableWord {
      let text = graph.symbols.utf8(of: word)
      if let range = Self.range(text) { return .bool(range.contains(address)) }
      if text.first == UInt8(ascii: "/") {
        if subnetworkRange(ofAlias: row, graph)?.contains(address) == false { return .bool(false) }
        kind = .ambiguous
      }
    }
    return context.unknown(cause(kind, row))
  }

  /// The IPv4 range of a row as base and prefix length; nil where its text has to be looked at.
  func block(_ row: Int) -> (base: UInt32, length: Int)? {
    masks[row] == 0 ? nil : (bases[row], masks[row].nonzeroBitCount)
  }

  /// An alias range as a range; unknown where it was written as a length alone.
  func range(of record: Value, _ graph: ResourceGraph, _ context: Context) -> Value {
    guard record.bits < UInt64(words.count) else {
      return ResourceGraph.isPhantom(record.bits)
        ? context.unknown(graph.phantomCause(record.bits)) : graph.unset(context)
    }
    let row = Int(truncatingIfNeeded: record.bits)
    var kind = words[row] == Column.unsetWord ? Missing.Kind.field : .unreadable
    if words[row] < Column.unreadableWord {
      let text = graph.symbols.utf8(of: words[row])
      if let range = Self.range(text) { return context.cidr(range.masked) }
      if text.first == UInt8(ascii: "/") { kind = .ambiguous }
    }
    return context.unknown(cause(kind, row))
  }

  private func cause(_ kind: Missing.Kind, _ row: Int) -> Cause {
    Missing.cause(
      kind, type: type, field: Schema.types[type].index(of: "ipCidrRange") ?? 0,
      subject: UInt32(truncatingIfNeeded: row))
  }

  /// The subnet range that an alias range is cut from; nil if unknown.
  private func subnetworkRange(ofAlias row: Int, _ graph: ResourceGraph) -> IPRange? {
    let interfaceType = Schema.index(of: "NetworkInterface") ?? 0
    let subnetworkType = Schema.index(of: "Subnetwork") ?? 0
    let interface = Int(graph.tables[type].owners[row])
    guard let subnetwork = graph.column("subnetwork", of: interfaceType)?.words[interface],
      subnetwork < Column.unreadableWord, graph.row(ofKey: subnetwork) >= 0,
      graph.keyTypes[Int(subnetwork)] == UInt16(truncatingIfNeeded: subnetworkType)
    else { return nil }
    let loaded = graph.row(ofKey: subnetwork)
    let name = graph.column("subnetworkRangeName", of: type)?.words[row] ?? Column.unsetWord
    if name == Column.unreadableWord { return nil }
    if name == Column.unsetWord {
      return range(graph.column("ipCidrRange", of: subnetworkType)?.words[loaded], graph)
    }
    let rangeType = Schema.index(of: "SubnetworkSecondaryRange") ?? 0
    guard let field = Schema.types[subnetworkType].index(of: "secondaryIpRanges"),
      let rows = graph.parts(ofField: field, type: subnetworkType, row: loaded),
      let names = graph.column("rangeName", of: rangeType)?.words,
      let ranges = graph.column("ipCidrRange", of: rangeType)?.words
    else { return nil }
    return rows.first { names[$0] == name }.flatMap { range(ranges[$0], graph) }
  }

  private func range(_ word: UInt32?, _ graph: ResourceGraph) -> IPRange? {
    guard let word, word < Column.unreadableWord else { return nil }
    return IPRange(utf8: graph.symbols.utf8(of: word))
  }
}
