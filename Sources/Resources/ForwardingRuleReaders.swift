import CEL
import Schema

extension ResourceGraph {
  func forwardingRuleReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "services": return ruleServicesReader(type: type)
    case "effectiveNetwork": return effectiveNetworkReader(type: type)
    case "regionSubnetworks": return regionSubnetworksReader(type: type)
    case "address": return ruleAddressReader(type: type)
    case "overlappedRule": return overlappedRuleReader(type: type)
    case "targetCollection":
      let target = columnReader(ofField: "target", type: type)
      return optionally(unset: .symbol(SymbolTable.empty)) { graph, context, record in
        let isSet = target.has(context, record)
        if !isSet.isTrue { return isSet.isFalse ? nil : isSet }
        let value = target.get(context, record)
        guard let id = value.recordID, id < UInt64(graph.keys.count) else { return value }
        return .symbol(graph.keys.keys[Int(id)].collection)
      }
    default: return nil
    }
  }

  private func ruleAddressReader(type: Int) -> FieldReader {
    let finder = RowFinder(self, type: type)
    let addresses = RuleAddresses(self, type: type)
    return optionally(unset: .null) { graph, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let row):
        return switch addresses.address(row, graph) {
        case .address(let address): context.ip(address)
        case .none: nil
        case .unknown(let cause): context.unknown(cause)
        }
      }
    }
  }

  private func overlappedRuleReader(type: Int) -> FieldReader {
    let overlaps = derivedTables?.ruleOverlaps.get() ?? RuleOverlaps(self, type: type)
    return overlapReader(type: type, overlaps.overlapped) { _, context, _, row in
      overlaps.doubts[row].map { context.unknown($0) }
    }
  }
}

/// The addresses of forwarding rules.
struct RuleAddresses {
  enum Address {
    case address(IPAddress)
    case none
    case unknown(Cause)
  }

  private let type: Int
  private let field: Int
  private let words: [UInt32]
  private let addressType: Int
  private let addressWords: [UInt32]
  /// The rows of Addresses by their paths.
  private let rows: [String: Int]

  init(_ graph: ResourceGraph, type: Int) {
    self.type = type
    field = Schema.types[type].index(of: "IPAddress") ?? 0
    words = graph.column("IPAddress", of: type)?.words ?? []
    addressType = Schema.index(of: "Address") ?? 0
    addressWords = graph.column("address", of: addressType)?.words ?? []
    var rows: [String: Int] = [:]
    for row in 0..<graph.tables[addressType].count
    where !graph.tables[addressType].flags[row].contains(.shadowed) {
      rows[graph.path(ofKey: graph.tables[addressType].keys[row])] = row
    }
    self.rows = rows
  }

  /// The address of the rule in a row: as written, the first of a range, or that of an Address.
  func address(_ row: Int, _ graph: ResourceGraph) -> Address {
    let word = row < words.count ? words[row] : Column.unsetWord
    if word == Column.unsetWord { return .none }
    if word < Column.unreadableWord {
      let text = graph.symbols.utf8(of: word)
      if let address = IPAddress(lenientUTF8: text) { return .address(address) }
      if let range = IPRange(utf8: text) { return .address(range.first) }
      if let found = reserved(text, row, graph) { return found }
    }
    return .unknown(
      Missing.cause(
        .unreadable, type: type, field: field, subject: UInt32(truncatingIfNeeded: row)))
  }

  /// The address of the Address that a rule names; nil where none of that name is known.
  private func reserved(
    _ text: UnsafeBufferPointer<UInt8>, _ row: Int, _ graph: ResourceGraph
  ) -> Address? {
    guard let reference = ReferenceText(text) else { return nil }
    let scope = graph.keys.scope(of: graph.tables[type].keys[row])
    let project = reference.project.map { String(decoding: $0, as: UTF8.self) }
    let location = reference.location.map { String(decoding: $0, as: UTF8.self) }
    var path = "projects/\(project ?? graph.symbols.text(of: scope.project))/"
    if (reference.kind ?? scope.kind) == .regional {
      path += "regions/\(location ?? graph.symbols.text(of: scope.location))/"
    } else {
      path += "global/"
    }
    path += "addresses/\(String(decoding: reference.name, as: UTF8.self))"
    guard let loaded = rows[path], loaded < addressWords.count else { return nil }
    let word = addressWords[loaded]
    if word < Column.unreadableWord,
      let address = IPAddress(lenientUTF8: graph.symbols.utf8(of: word))
    {
      return .address(address)
    }
    return .unknown(
      Missing.cause(
        word == Column.unsetWord ? .field : .unreadable, type: addressType,
        field: Schema.types[addressType].index(of: "address") ?? 0,
        subject: UInt32(truncatingIfNeeded: loaded)))
  }
}
