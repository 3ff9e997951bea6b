import CEL
import Schema

extension ResourceGraph {
  func backendReader(of field: String, type: Int) -> FieldReader? {
    let group = columnReader(ofField: "group", type: type)
    switch field {
    case "backendService": return ownerReader(type: type)
    case "networkEndpointGroup":
      return groupReader(group, collection: "networkEndpointGroups")
    case "instanceGroup": return groupReader(group, collection: "instanceGroups")
    case "groupScope":
      let words = ["global", "global", "regional", "zonal"].map { Value.symbol(symbol(for: $0)) }
      return groupKeyReader(group, type: type) { graph, _, key in
        words[Int(graph.keys.scope(of: key).kind.rawValue)]
      }
    case "groupScopeFlag":
      return groupKeyReader(group, type: type) { graph, context, key in
        context.string(graph.groupScopeFlag(ofKey: key))
      }
    case "kind", "possibleKinds":
      let kinds = BackendKinds(self, group: group, type: type)
      return field == "kind" ? kinds.kindReader() : kinds.possibleReader()
    case "endpointCount":
      let sizes = GroupSizes(self)
      return always { graph, context, record in
        let target = group.get(context, record)
        guard let id = target.recordID, id < UInt64(graph.keys.count) else {
          return target.isKnown
            ? context.unknown(graph.groupCause(of: record, type: type)) : target
        }
        return sizes.size(of: KeyID(truncatingIfNeeded: id), context)
      }
    default: return nil
    }
  }

  /// Reads what the group's key answers; unknown where the group is.
  private func groupKeyReader(
    _ group: FieldReader, type: Int,
    _ read: @escaping (ResourceGraph, Context, KeyID) -> Value
  ) -> FieldReader {
    always { graph, context, record in
      let target = group.get(context, record)
      guard let id = target.recordID, id < UInt64(graph.keys.count) else {
        return target.isKnown ? context.unknown(graph.groupCause(of: record, type: type)) : target
      }
      return read(graph, context, KeyID(id))
    }
  }

  /// gcloud's flag for where a backend's group is, without dashes (gcloud compute backend-services
  /// add-backend).
  private func groupScopeFlag(ofKey key: KeyID) -> String {
    let scope = keys.scope(of: key)
    if keys.keys[Int(key)].collection == symbol(for: "instanceGroups") {
      return scopeFlag(of: scope, prefix: "instance-group-")
    }
    switch scope.kind {
    case .zonal, .regional: return scopeFlag(of: scope, prefix: "network-endpoint-group-")
    case .global, .project: return "global-network-endpoint-group"
    }
  }

  /// The group, if it is in the collection.
  private func groupReader(_ group: FieldReader, collection: String) -> FieldReader {
    let symbol = symbol(for: collection)
    let type = UInt16(truncatingIfNeeded: Schema.index(ofCollection: collection) ?? 0)
    return optionally(unset: unsetRecord(type)) { graph, context, record in
      let target = group.get(context, record)
      guard let id = target.recordID, id < UInt64(graph.keys.count) else {
        return target.isKnown ? nil : target
      }
      return graph.keys.keys[Int(id)].collection == symbol ? target : nil
    }
  }

  func groupCause(of record: Value, type: Int) -> Cause {
    Missing.cause(
      .field, type: type, field: Schema.types[type].index(of: "group") ?? 0,
      subject: UInt32(truncatingIfNeeded: record.bits))
  }
}

/// H12: the kinds of a backend that its group's URL and, if loaded, its type allow.
private struct BackendKinds {
  private let graph: ResourceGraph
  private let group: FieldReader
  private let backendType: Int
  private let groupType: Int
  private let types: [UInt32]
  private let instanceGroups: UInt32
  private let networkEndpointGroups: UInt32
  private let words: [Value]
  private let kindsOfTypes: [UInt32: UInt8]
  /// The list of kinds for every set of bits.
  private let lists: [[Value]]

  /// A bit for each of `Schema.backendKinds`.
  private static let all: UInt8 = 0xFF

  init(_ graph: ResourceGraph, group: FieldReader, type: Int) {
    self.graph = graph
    self.group = group
    backendType = type
    groupType = Schema.index(of: "NetworkEndpointGroup") ?? 0
    types = graph.column("networkEndpointType", of: groupType)?.words ?? []
    instanceGroups = graph.symbol(for: "instanceGroups")
    networkEndpointGroups = graph.symbol(for: "networkEndpointGroups")
    let words = Schema.backendKinds.map { Value.symbol(graph.symbol(for: $0)) }
    self.words = words
    lists = (0...Int(Self.all)).map { bits in
      words.indices.filter { bits >> $0 & 1 == 1 }.map { words[$0] }
    }
    let names = [
      "GCE_VM_IP": "GCE_VM_IP", "GCE_VM_IP_PORT": "GCE_VM_IP_PORT",
      "NON_GCP_PRIVATE_IP_PORT": "HYB", "INTERNET_FQDN_PORT": "INTERNET",
      "INTERNET_IP_PORT": "INTERNET", "SERVERLESS": "SERVERLESS",
      "PRIVATE_SERVICE_CONNECT": "PSC", "GCE_VM_IP_PORTMAP": "PORTMAP",
    ]
    var kinds: [UInt32: UInt8] = [:]
    for (name, kind) in names { kinds[graph.symbol(for: name)] = Self.bits([kind]) }
    kindsOfTypes = kinds
  }

  private static func bits(_ kinds: [String]) -> UInt8 {
    kinds.reduce(0) { bits, kind in
      bits | (Schema.backendKinds.firstIndex(of: kind).map { 1 << UInt8($0) } ?? 0)
    }
  }

  /// The kinds that are possible, and why there are several.
  private func possible(_ record: Value, _ context: Context) -> (kinds: UInt8, doubt: Value?) {
    let target = group.get(context, record)
    guard let id = target.recordID, id < UInt64(graph.keys.count) else {
      let doubt =
        target.isKnown
        ? context.unknown(graph.groupCause(of: record, type: backendType)) : target
      return (Self.all, doubt)
    }
    let key = KeyID(truncatingIfNeeded: id)
    let collection = graph.keys.keys[Int(key)].collection
    if collection == instanceGroups { return (Self.bits(["IG"]), nil) }
    guard collection == networkEndpointGroups else {
      return (Self.all, context.unknown(graph.groupCause(of: record, type: backendType)))
    }
    let row = graph.row(ofKey: key)
    let word = row >= 0 && row < types.count ? types[row] : Column.unsetWord
    if let kind = kindsOfTypes[word] { return (kind, nil) }
    let kinds =
      switch graph.keys.scope(of: key).kind {
      case .zonal: Self.bits(["GCE_VM_IP", "GCE_VM_IP_PORT", "HYB"])
      case .regional: Self.bits(["SERVERLESS", "PSC", "INTERNET", "PORTMAP"])
      case .global, .project: Self.bits(["INTERNET"])
      }
    return (kinds, doubt(key, row: row, word: word, context))
  }

  private func doubt(_ key: KeyID, row: Int, word: UInt32, _ context: Context) -> Value {
    if row < 0 { return graph.missing(key, context) }
    return context.unknown(
      Missing.cause(
        word == Column.unreadableWord ? .unreadable : .field, type: groupType,
        field: Schema.types[groupType].index(of: "networkEndpointType") ?? 0,
        subject: UInt32(truncatingIfNeeded: row)))
  }

  func kindReader() -> FieldReader {
    graph.always { graph, context, record in
      if let phantom = phantom(record, context) { return phantom }
      let (kinds, doubt) = possible(record, context)
      if kinds.nonzeroBitCount == 1 { return words[kinds.trailingZeroBitCount] }
      return doubt ?? context.error("no kind")
    }
  }

  func possibleReader() -> FieldReader {
    graph.always { graph, context, record in
      if let phantom = phantom(record, context) { return phantom }
      return context.list(lists[Int(possible(record, context).kinds)])
    }
  }

  private func phantom(_ record: Value, _ context: Context) -> Value? {
    ResourceGraph.isPhantom(record.bits)
      ? context.unknown(graph.phantomCause(record.bits)) : nil
  }
}
