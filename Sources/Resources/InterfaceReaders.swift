import CEL
import Schema

extension ResourceGraph {
  func interfaceReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "instance": ownerReader(type: type)
    case "effectiveNetwork": effectiveNetworkReader(type: type)
    case "aliasRanges": columnReader(ofField: "aliasIpRanges", type: type)
    case "ipv6Ranges": ipv6RangesReader(type: type)
    case "conflictingInterfaces": conflictReader(type: type)
    default: nil
    }
  }

  /// The interfaces before this one that have an address of it.
  private func conflictReader(type: Int) -> FieldReader {
    let finder = RowFinder(self, type: type)
    return always { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        let conflicts = graph.derivedTables?.addresses.get().conflicts ?? [:]
        if conflicts.isEmpty { return context.emptyList() }
        let others = conflicts[UInt32(truncatingIfNeeded: row)] ?? []
        return context.list(others.map { graph.record(type: type, row: Int($0)) })
      }
    }
  }

  /// An alias range, parsed.
  func aliasRangeReader() -> FieldReader {
    always { graph, context, record in
      graph.aliasRanges?.range(of: record, graph, context) ?? graph.unset(context)
    }
  }

  /// H9: the internal range and every external one; open where a dual-stack interface has none.
  private func ipv6RangesReader(type: Int) -> FieldReader {
    let config = Schema.index(of: "AccessConfig") ?? 0
    let inner = AddressAndLength(
      self, type: type, address: "ipv6Address", length: "internalIpv6PrefixLength")
    let outer = AddressAndLength(
      self, type: config, address: "externalIpv6", length: "externalIpv6PrefixLength")
    let configs = columnReader(ofField: "ipv6AccessConfigs", type: type)
    let stack = columnReader(ofField: "stackType", type: type)
    let missing = unknownField("ipv6Address", type: type)
    let dual = [symbol(for: "IPV4_IPV6"), symbol(for: "IPV6_ONLY")]
    return always { graph, context, record in
      let list = configs.get(context, record)
      guard list.isList else { return list }
      var found: [Value] = []
      if let range = inner.range(of: record, context) { found.append(range) }
      for entry in context.elements(of: list) ?? [] {
        if let range = outer.range(of: entry, context) { found.append(range) }
      }
      if found.isEmpty {
        let value = stack.get(context, record)
        let isDual = value.asSymbol.map { dual.contains($0) } ?? true
        let doubt = value.isUnknown ? value : missing(graph, context, record)
        return context.emptyList(openBecause: isDual ? doubt.causes : nil)
      }
      return context.list(found)
    }
  }
}

/// Reads an IPv6 range whose address and prefix length stand in two fields.
private struct AddressAndLength {
  private let address: FieldReader
  private let length: FieldReader
  private let type: Int
  private let addressField: Int
  private let lengthField: Int

  init(_ graph: ResourceGraph, type: Int, address: String, length: String) {
    self.address = graph.columnReader(ofField: address, type: type)
    self.length = graph.columnReader(ofField: length, type: type)
    self.type = type
    addressField = Schema.types[type].index(of: address) ?? 0
    lengthField = Schema.types[type].index(of: length) ?? 0
  }

  /// The range; nil where no address is set, unknown where one of the two is.
  func range(of record: Value, _ context: Context) -> Value? {
    let isSet = address.has(context, record)
    if isSet.isFalse { return nil }
    let address = isSet.isTrue ? address.get(context, record) : isSet
    guard address.isKnown else { return address }
    let bits = length.get(context, record)
    guard let count = bits.asInt else { return bits }
    guard let parsed = context.withUTF8(of: address, { IPAddress(lenientUTF8: $0) }) else {
      return unreadable(addressField, record, context)
    }
    guard let range = Int(exactly: count).flatMap({ IPRange(parsed, prefixLength: $0) }) else {
      return unreadable(lengthField, record, context)
    }
    return context.cidr(range.masked)
  }

  private func unreadable(_ field: Int, _ record: Value, _ context: Context) -> Value {
    context.unknown(
      Missing.cause(
        .unreadable, type: type, field: field,
        subject: UInt32(truncatingIfNeeded: record.bits)))
  }
}
