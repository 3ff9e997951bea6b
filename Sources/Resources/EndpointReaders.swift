import CEL
import Schema

extension ResourceGraph {
  func endpointReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "networkEndpointGroup": ownerReader(type: type)
    case "networkInterface": interfaceReader()
    case "effectiveAddress": effectiveAddressReader(type: type)
    case "resolvedAddress": resolvedAddressReader(type: type)
    case "effectivePort": effectivePortReader(type: type)
    case "ipv6": ipv6Reader(type: type)
    case "isResolved": resolvedReader(type: type)
    case "sameNameInstances": sameNameReader(type: type)
    case "addressOwner": addressOwnerReader(type: type)
    case "flagValue": endpointFlagReader(type: type)
    default: nil
    }
  }

  private func interfaceReader() -> FieldReader {
    let interface = EndpointInterface(self)
    let unset = unsetRecord(UInt16(truncatingIfNeeded: interface.interfaceType))
    return optionally(unset: unset) { _, context, record in interface.read(record, context) }
  }

  /// H6: the address that is set, else the primary one of the interface in the group's subnet.
  private func effectiveAddressReader(type: Int) -> FieldReader {
    let address = columnReader(ofField: "ipAddress", type: type)
    let interface = EndpointInterface(self)
    let primary = columnReader(ofField: "networkIP", type: interface.interfaceType)
    let stack = columnReader(ofField: "stackType", type: interface.interfaceType)
    let sixOnly = UInt64(symbol(for: "IPV6_ONLY"))
    let other = optionally(unset: .symbol(SymbolTable.empty)) { _, context, record in
      let isSet = address.has(context, record)
      if !isSet.isFalse { return isSet.isTrue ? address.get(context, record) : isSet }
      guard let found = interface.read(record, context) else { return nil }
      if !found.isKnown { return found }
      let value = primary.get(context, found)
      // An interface without IPv4 has no primary address to take.
      let hasNone =
        value.isUnknown && stack.get(context, found).asSymbol.map { UInt64($0) } == sixOnly
      return hasNone && primary.has(context, found).isFalse ? nil : value
    }
    return columnReader(ofField: "ipAddress", type: type, otherwise: other)
  }

  /// ipAddress where it is set; a request that leaves it out gets one from the API.
  private func resolvedAddressReader(type: Int) -> FieldReader {
    let address = columnReader(ofField: "ipAddress", type: type)
    let resolved = resolvedReader(type: type)
    let unknown = unknownField("ipAddress", type: type)
    let other = optionally(unset: .symbol(SymbolTable.empty)) { graph, context, record in
      let isSet = address.has(context, record)
      if !isSet.isFalse { return isSet.isTrue ? address.get(context, record) : isSet }
      let isResolved = resolved.get(context, record)
      if isResolved.isTrue { return nil }
      return isResolved.isFalse ? unknown(graph, context, record) : isResolved
    }
    return columnReader(ofField: "ipAddress", type: type, otherwise: other)
  }

  /// H7: the port that is set, else the group's default port.
  private func effectivePortReader(type: Int) -> FieldReader {
    let port = columnReader(ofField: "port", type: type)
    let defaultPort = columnReader(
      ofField: "defaultPort", type: Schema.index(of: "NetworkEndpointGroup") ?? 0)
    let owner = ownerReader(type: type)
    let other = optionally(unset: .int(0)) { _, context, record in
      let isSet = port.has(context, record)
      if !isSet.isFalse { return isSet.isTrue ? port.get(context, record) : isSet }
      let group = owner.get(context, record)
      let isDefault = defaultPort.has(context, group)
      if isDefault.isFalse { return nil }
      return isDefault.isTrue ? defaultPort.get(context, group) : isDefault
    }
    return columnReader(ofField: "port", type: type, otherwise: other)
  }

  private func resolvedReader(type: Int) -> FieldReader {
    let finder = RowFinder(self, type: type)
    return always { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): value
      case .row(let row): .bool(graph.tables[type].flags[row].contains(.resolved))
      }
    }
  }

  private func ipv6Reader(type: Int) -> FieldReader {
    let text = columnReader(ofField: "ipv6Address", type: type)
    return optionally(unset: .null) { graph, context, record in
      let isSet = text.has(context, record)
      if isSet.isFalse { return nil }
      let value = isSet.isTrue ? text.get(context, record) : isSet
      guard let symbol = value.asSymbol else { return value }
      return HostAddress(utf8: graph.symbols.utf8(of: symbol)).map { context.ip($0.value) }
    }
  }

  func sortedByPath(_ keys: [KeyID]) -> [KeyID] {
    if keys.count < 2 { return keys }
    return keys.map { ($0, path(ofKey: $0)) }.sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// A VM that has the endpoint's address in the same network.
  private func addressOwnerReader(type: Int) -> FieldReader {
    let address = columnReader(ofField: "ipAddress", type: type)
    let owner = ownerReader(type: type)
    let network = effectiveNetworkReader(type: Schema.index(of: "NetworkEndpointGroup") ?? 0)
    let instance = columnReader(ofField: "instance", type: type)
    let unset = unsetRecord(UInt16(truncatingIfNeeded: Schema.index(of: "Instance") ?? 0))
    let interfaces = Schema.index(of: "NetworkInterface") ?? 0
    return optionally(unset: unset) { graph, context, record in
      let written = address.get(context, record)
      if written.isUnknown { return written }
      guard let symbol = written.asSymbol, symbol != SymbolTable.empty,
        let place = network.get(context, owner.get(context, record)).recordID,
        place < UInt64(graph.keys.count),
        let parsed = IPAddress(utf8: graph.symbols.utf8(of: symbol)),
        let row = graph.derivedTables?.addresses.get()
          .owner(of: parsed, in: KeyID(truncatingIfNeeded: place))
      else { return nil }
      let found = graph.tables[interfaces].keys[row]
      let own = instance.get(context, record).recordID
      return own == UInt64(found) ? nil : graph.reference(found)
    }
  }

  /// The key of a loaded subnet's network; the unset word where it is not known.
  func network(ofSubnetwork subnetwork: UInt32) -> UInt32 {
    guard subnetwork < Column.unreadableWord, row(ofKey: subnetwork) >= 0,
      let type = Schema.index(of: "Subnetwork"), let networks = column("network", of: type)?.words
    else { return Column.unsetWord }
    return networks[row(ofKey: subnetwork)]
  }
}
