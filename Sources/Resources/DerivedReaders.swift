import CEL
import Schema

extension ResourceGraph {
  /// Reads a derived field; nil where the field is none, or is read from the export.
  func derivedReader(of field: String, type: Int, field index: Int) -> FieldReader? {
    switch tables[type].type.name {
    case "NetworkEndpointGroup": groupReader(of: field, type: type, field: index)
    case "NetworkEndpoint": endpointReader(of: field, type: type)
    case "NetworkInterface": interfaceReader(of: field, type: type)
    case "AliasIpRange" where field == "range": aliasRangeReader()
    case "Backend": backendReader(of: field, type: type)
    case "BackendService": serviceReader(of: field, type: type)
    case "InstanceGroup": instanceGroupReader(of: field, type: type)
    case "HealthCheck": healthCheckReader(of: field, type: type)
    case "HttpHealthCheck" where field == "referrers",
      "HttpsHealthCheck" where field == "referrers":
      referrersReader(type: type)
    case "UrlMap": urlMapReader(of: field, type: type)
    case "ForwardingRule": forwardingRuleReader(of: field, type: type)
    case "TargetHttpProxy", "TargetHttpsProxy", "TargetGrpcProxy", "TargetTcpProxy",
      "TargetSslProxy":
      proxyReader(of: field, type: type)
    case "Subnetwork": subnetworkReader(of: field, type: type)
    case "Network": networkReader(of: field, type: type)
    case "Zone" where field == "region": zoneRegionReader()
    case "Quota" where field == "owner": ownerReader(type: type)
    case "Reference": referenceReader(of: field)
    default: nil
    }
  }

  /// Makes what readers share, and interns all texts that they ask for: when programs run, a
  /// reader that is made late must not change the graph.
  func finishReaders() {
    aliasRanges = AliasRanges(self)
    derivedTables = DerivedTables(self)
    endpointLists = Schema.index(of: "NetworkEndpointGroup").map { EndpointLists(self, type: $0) }
    for type in Schema.types {
      if let collection = type.collection { _ = symbols.intern(collection) }
      for field in type.fields {
        if case .text(let text) = field.absence { _ = symbols.intern(text) }
        let words = field.kind.enumerationValues ?? field.kind.referenceCollections ?? []
        for word in words { _ = symbols.intern(word) }
      }
    }
  }

  /// The reference from a part to the resource that it belongs to.
  func ownerReader(type: Int) -> FieldReader {
    let keys = tables[type].keys
    return always { graph, context, record in
      if record.bits < UInt64(keys.count) {
        return graph.reference(keys[Int(truncatingIfNeeded: record.bits)])
      }
      return Self.isPhantom(record.bits)
        ? graph.reference(KeyID(truncatingIfNeeded: record.bits)) : graph.unset(context)
    }
  }

  /// The region of a zone, by the loaded zone or by the zone's name.
  private func zoneRegionReader() -> FieldReader {
    always { graph, context, record in
      guard record.bits < UInt64(graph.keys.count) else { return graph.unset(context) }
      let key = KeyID(truncatingIfNeeded: record.bits)
      guard let region = graph.indices.zoneRegions[key] else { return graph.missing(key, context) }
      return graph.reference(region)
    }
  }

  /// A reader of a derived field that is always set.
  @inline(__always)
  func always(_ read: @escaping (ResourceGraph, Context, Value) -> Value) -> FieldReader {
    FieldReader(
      get: { context, record in read(self, context, record) },
      has: { context, record in
        let value = read(self, context, record)
        return value.isKnown ? .bool(true) : value
      })
  }

  /// A reader of a derived field that may be unset: `read` gives nil then.
  @inline(__always)
  func optionally(
    unset: Value, _ read: @escaping (ResourceGraph, Context, Value) -> Value?
  ) -> FieldReader {
    optionally(unset: { _, _, _ in unset }, read)
  }

  /// A reader of a derived field that may be unset: `read` gives nil then, `unset` what it reads as.
  @inline(__always)
  func optionally(
    unset: @escaping (ResourceGraph, Context, Value) -> Value,
    _ read: @escaping (ResourceGraph, Context, Value) -> Value?
  ) -> FieldReader {
    FieldReader(
      get: { context, record in
        read(self, context, record) ?? unset(self, context, record)
      },
      has: { context, record in
        guard let value = read(self, context, record) else { return .bool(false) }
        return value.isKnown ? .bool(true) : value
      })
  }

  /// Reads "network or, where it is not set, the network of the subnet"; unknown where there is
  /// neither.
  func effectiveNetworkReader(type: Int) -> FieldReader {
    let network = columnReader(ofField: "network", type: type)
    let subnetwork = columnReader(ofField: "subnetwork", type: type)
    let subnetworksNetwork = columnReader(
      ofField: "network", type: Schema.index(of: "Subnetwork") ?? 0)
    let other = optionally(unset: unknownField("network", type: type)) { _, context, record in
      let isSet = network.has(context, record)
      if isSet.isTrue { return network.get(context, record) }
      if !isSet.isFalse && !isSet.isUnknown { return isSet }
      // What a plan leaves to the API is the subnet's network where a subnet is named.
      let doubt = isSet.isUnknown ? isSet : nil
      let hasSubnetwork = subnetwork.has(context, record)
      if !hasSubnetwork.isTrue { return doubt ?? (hasSubnetwork.isFalse ? nil : hasSubnetwork) }
      let target = subnetwork.get(context, record)
      let found = target.isKnown ? subnetworksNetwork.get(context, target) : target
      return found.isKnown ? found : doubt ?? found
    }
    return columnReader(ofField: "network", type: type, otherwise: other)
  }

  /// What reading a derived field gives where the export lacks the field that it rests on.
  func unknownField(
    _ field: String, type: Int
  ) -> (ResourceGraph, Context, Value) -> Value {
    let index = Schema.types[type].index(of: field) ?? 0
    let finder = RowFinder(self, type: type)
    return { _, context, record in
      switch finder.row(of: record, context) {
      case .value(let value): value
      case .row(let row):
        context.unknown(
          Missing.cause(
            .field, type: type, field: index, subject: UInt32(truncatingIfNeeded: row)))
      }
    }
  }
}

extension Field.Kind {
  /// The values of an enumeration or of a list of them.
  fileprivate var enumerationValues: [String]? {
    switch self {
    case .enumeration(let values): values
    case .list(let element): element.enumerationValues
    default: nil
    }
  }
}
