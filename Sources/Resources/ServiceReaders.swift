import CEL
import Schema

extension ResourceGraph {
  func serviceReader(of field: String, type: Int) -> FieldReader? {
    switch field {
    case "forwardingRules":
      return referrersReader(
        derivedTables?.rulesByService.get() ?? Referrers(), collection: "forwardingRules")
    case "modernHealthChecks": return healthChecksReader(legacy: false, type: type)
    case "legacyHealthChecks": return healthChecksReader(legacy: true, type: type)
    case "product", "possibleProducts", "isPassthrough", "isProxy", "isMesh":
      return productReader(of: field, type: type)
    case "reachingForwardingRules", "referrers", "effectiveNetwork":
      return reachReader(of: field, type: type)
    case "backendNetworks", "groupMembers", "knownPrimaryEndpoints", "knownFailoverEndpoints":
      return serviceBackendsReader(of: field, type: type)
    default: return nil
    }
  }

  private func productReader(of field: String, type: Int) -> FieldReader {
    let products = derivedTables?.products.get() ?? Products(self, type: type)
    let words = Schema.products.map { Value.symbol(symbol(for: $0)) }
    let passthrough = Products.bits(["XNLB", "INLB"])
    let mesh = Products.bits(["MESH"])
    let wanted =
      switch field {
      case "isPassthrough": passthrough
      case "isMesh": mesh
      default: Products.all & ~passthrough & ~mesh
      }
    let finder = RowFinder(self, type: type)
    return always { _, context, record in
      let row: Int
      switch finder.row(of: record, context) {
      case .value(let value): return value
      case .row(let found): row = found
      }
      let candidates = products.candidates[row]
      switch field {
      case "possibleProducts":
        return context.list(
          words.indices.filter { candidates >> UInt16($0) & 1 == 1 }.map { words[$0] })
      case "product":
        return candidates.nonzeroBitCount == 1
          ? words[candidates.trailingZeroBitCount] : products.doubt(row, context)
      default:
        if candidates & wanted == candidates { return .bool(true) }
        return candidates & wanted == 0 ? .bool(false) : products.doubt(row, context)
      }
    }
  }
}

/// H10: the load balancer products that scheme, scope and protocol of each service allow.
struct Products: Sendable {
  /// A bit for each of `Schema.products`.
  static let all = bits(Schema.products)

  static func bits(_ names: [String]) -> UInt16 {
    names.reduce(0) { bits, name in
      bits | (Schema.products.firstIndex(of: name).map { 1 << UInt16($0) } ?? 0)
    }
  }

  /// What a scheme makes of a service in one of the two scopes, by the kind of its protocol.
  private struct Row {
    var scheme: UInt32
    var isRegional: Bool
    /// With a protocol of the HTTP family, and with one of `layer4`.
    var http: UInt16
    var tcp: UInt16
    /// The protocols that are not of the HTTP family; another one leaves both products possible.
    var layer4: Set<UInt32>
  }

  /// The products of each service, by row.
  let candidates: [UInt16]
  private let type: Int
  private let schemes: [UInt32]
  private let protocols: [UInt32]

  init(_ graph: ResourceGraph, type: Int) {
    self.type = type
    schemes = graph.column("loadBalancingScheme", of: type)?.words ?? []
    protocols = graph.column("protocol", of: type)?.words ?? []
    let table = Self.table(graph)
    let http = Set(["HTTP", "HTTPS", "HTTP2", "H2C"].map { graph.symbol(for: $0) })
    let reach = graph.derivedTables?.reach.get() ?? ServiceReach(graph)
    let external = graph.symbol(for: "EXTERNAL")
    let managed = graph.symbol(for: "EXTERNAL_MANAGED")
    var candidates: [UInt16] = []
    for row in 0..<graph.tables[type].count {
      let key = graph.tables[type].keys[row]
      let isRegional = graph.keys.scope(of: key).kind == .regional
      var scheme = row < schemes.count ? schemes[row] : Column.unsetWord
      let transport = row < protocols.count ? protocols[row] : Column.unsetWord
      // A forwarding rule of an external service may still have the scheme it had before it moved.
      var isMoving = false
      if scheme == Column.unsetWord, let only = reach.scheme(of: key) {
        scheme = only
        isMoving = only == external && !isRegional
      }
      let layer = transport < Column.unreadableWord ? nil : reach.layer(of: key)
      var found: UInt16 = 0
      for entry in table where entry.isRegional == isRegional {
        let fits =
          scheme >= Column.unreadableWord || entry.scheme == scheme
          || (isMoving && entry.scheme == managed && !entry.layer4.contains(transport))
        if !fits { continue }
        let isHTTP = http.contains(transport) || layer == .http
        let isTCP = entry.layer4.contains(transport) || layer == .tcp
        if !isTCP { found |= entry.http }
        if !isHTTP && !(isMoving && entry.scheme == managed) { found |= entry.tcp }
      }
      // INTERNAL with a global service is in no table of the API: anything goes, and the scheme
      // may be INTERNAL where it is not known.
      let mayBeInternal = scheme >= Column.unreadableWord && !isRegional
      candidates.append(found == 0 || mayBeInternal ? Self.all : found)
    }
    self.candidates = candidates
  }

  /// The derivation table (constraints 3.1).
  private static func table(_ graph: ResourceGraph) -> [Row] {
    let rows: [(String, Bool, String, String, [String])] = [
      ("EXTERNAL", true, "XNLB", "XNLB", []),
      ("EXTERNAL", false, "CALB", "CPNLB", ["TCP", "SSL"]),
      ("EXTERNAL_MANAGED", false, "GXALB", "GXPNLB", ["TCP", "SSL"]),
      ("EXTERNAL_MANAGED", true, "RXALB", "RXPNLB", ["TCP"]),
      ("INTERNAL", true, "INLB", "INLB", []),
      ("INTERNAL_MANAGED", false, "XRIALB", "XRIPNLB", ["TCP"]),
      ("INTERNAL_MANAGED", true, "RIALB", "RIPNLB", ["TCP"]),
      ("INTERNAL_SELF_MANAGED", false, "MESH", "MESH", []),
      ("INTERNAL_SELF_MANAGED", true, "MESH", "MESH", []),
    ]
    return rows.map { scheme, isRegional, http, tcp, layer4 in
      Row(
        scheme: graph.symbol(for: scheme), isRegional: isRegional, http: bits([http]),
        tcp: bits([tcp]), layer4: Set(layer4.map { graph.symbol(for: $0) }))
    }
  }

  /// Why there are several candidates: what of scheme and protocol is missing, else that they fit
  /// no load balancer.
  func doubt(_ row: Int, _ context: Context) -> Value {
    var causes: [Cause] = []
    for (field, words) in [("loadBalancingScheme", schemes), ("protocol", protocols)] {
      let word = row < words.count ? words[row] : Column.unsetWord
      if word < Column.unreadableWord { continue }
      causes.append(cause(word == Column.unsetWord ? .field : .unreadable, field, row))
    }
    if causes.isEmpty { causes = [cause(.ambiguous, "protocol", row)] }
    return .unknown(context.causeSet(causes))
  }

  private func cause(_ kind: Missing.Kind, _ field: String, _ row: Int) -> Cause {
    Missing.cause(
      kind, type: type, field: Schema.types[type].index(of: field) ?? 0,
      subject: UInt32(truncatingIfNeeded: row))
  }
}
