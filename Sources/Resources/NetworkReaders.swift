import CEL
import Schema

extension ResourceGraph {
  /// The mode of a network as far as the export tells (constraints 4.6).
  enum NetworkMode {
    case legacy, auto, custom
    /// It has subnets, so it is not a legacy network.
    case notLegacy(Cause)
    /// The export says too little.
    case unreadable(Cause)
  }

  func networkReader(of field: String, type: Int) -> FieldReader? {
    if field == "ingress" {
      let ingress = UInt16(truncatingIfNeeded: Schema.index(of: "Ingress") ?? 0)
      return always { graph, context, record in
        guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
        return .record(type: ingress, id: Self.ingressBit | record.bits)
      }
    }
    guard field == "mode" || field == "isLegacy" else { return nil }
    let finder = RowFinder(self, type: type)
    let words = ["LEGACY", "AUTO", "CUSTOM"].map { Value.symbol(symbol(for: $0)) }
    let isMode = field == "mode"
    return always { graph, context, record in
      let row: Int
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let found): row = found
      }
      switch graph.mode(ofNetwork: row, type: type) {
      case .legacy: return isMode ? words[0] : .bool(true)
      case .auto: return isMode ? words[1] : .bool(false)
      case .custom: return isMode ? words[2] : .bool(false)
      case .notLegacy(let cause): return isMode ? context.unknown(cause) : .bool(false)
      case .unreadable(let cause): return context.unknown(cause)
      }
    }
  }

  /// Tells the number of an Ingress, that of its network with this bit, from a row.
  static let ingressBit: UInt64 = 1 << 61

  /// The mode of the network in a row.
  func mode(ofNetwork row: Int, type: Int) -> NetworkMode {
    let range = column("IPv4Range", of: type)?.words[row] ?? Column.unsetWord
    // A plan may leave the range open that no other network gets.
    if range != Column.unsetWord, !isUnapplied("IPv4Range", type: type, row: row) { return .legacy }
    let auto = column("autoCreateSubnetworks", of: type)?.words[row] ?? Column.unsetWord
    if auto < Column.unreadableWord { return auto == 1 ? .auto : .custom }
    let word = column("x_gcloud_subnet_mode", of: type)?.words[row] ?? Column.unsetWord
    if word < Column.unreadableWord {
      switch symbols.text(of: word) {
      case "LEGACY": return .legacy
      case "AUTO": return .auto
      case "CUSTOM": return .custom
      default: break
      }
    }
    let cause = Missing.cause(
      auto == Column.unsetWord ? .field : .unreadable, type: type,
      field: Schema.types[type].index(of: "autoCreateSubnetworks") ?? 0,
      subject: UInt32(truncatingIfNeeded: row))
    let counts = column("subnetworks", of: type)?.counts[row] ?? Column.unsetWord
    let hasSubnetworks =
      counts < Column.unreadableWord && counts > 0
      || indices.networksWithSubnetworks.contains(tables[type].keys[row])
    return hasSubnetworks ? .notLegacy(cause) : .unreadable(cause)
  }
}
