public import CEL
import Schema

/// What the functions of the rule language that know of resources do.
public enum HostFunctions {
  /// The implementations by the id of their overload.
  public static let implementations: [String: FunctionDeclaration.Implementation] = [
    "exists_resource": { context, arguments in
      guard let graph = context.host as? ResourceGraph, let record = arguments.first else {
        return context.error("no graph")
      }
      return graph.exists(record, context)
    },
    "is_bare_name_resource": { context, arguments in
      guard let graph = context.host as? ResourceGraph, let record = arguments.first else {
        return context.error("no graph")
      }
      return graph.isBareName(record, context)
    },
    "undocumented_string": { context, arguments in
      // A literal is a symbol once it is linked; other texts have no number to name them by.
      guard let text = arguments.first?.asSymbol else {
        return context.error("undocumented() takes a literal text")
      }
      return context.unknown(Missing.cause(.undocumented, subject: text))
    },
    "alias_contains_string": { context, arguments in
      guard let graph = context.host as? ResourceGraph, arguments.count == 2 else {
        return context.error("no graph")
      }
      let parsed = context.withUTF8(of: arguments[1]) { IPAddress(lenientUTF8: $0) }
      guard let address = parsed ?? nil else {
        return context.error("'\(context.text(of: arguments[1]) ?? "")' is no IP address")
      }
      return graph.aliasRanges?.contains(address, in: arguments[0], graph, context)
        ?? graph.unset(context)
    },
    "ingress_admits": { context, arguments in
      guard let graph = context.host as? ResourceGraph else { return context.error("no graph") }
      return graph.admits(arguments, context)
    },
    "ingress_blocked_instances": { context, arguments in
      guard let graph = context.host as? ResourceGraph else { return context.error("no graph") }
      return graph.blockedInstances(arguments, context)
    },
    "ingress_blocked_instances_port": { context, arguments in
      guard let graph = context.host as? ResourceGraph else { return context.error("no graph") }
      return graph.blockedInstances(arguments, context)
    },
    "alias_contains_ip": { context, arguments in
      guard let graph = context.host as? ResourceGraph, arguments.count == 2,
        let address = context.ipAddress(of: arguments[1])
      else { return context.error("no graph") }
      return graph.aliasRanges?.contains(address, in: arguments[0], graph, context)
        ?? graph.unset(context)
    },
  ]
}

extension ResourceGraph {
  /// Whether the target of a reference exists: true if loaded, false if its collection is
  /// complete without it, else unknown (constraints H11).
  func exists(_ record: Value, _ context: Context) -> Value {
    if !record.isKnown { return record }
    guard let id = record.recordID, id < UInt64(keys.count) else { return unset(context) }
    let key = KeyID(truncatingIfNeeded: id)
    if row(ofKey: key) >= 0 { return .bool(true) }
    if isProvablyMissing(key) { return .bool(false) }
    return context.unknown(Missing.cause(.resource, subject: key))
  }

  /// Whether a reference was written as a bare name.
  ///
  /// Where one target is named both ways, all its references count as bare.
  func isBareName(_ record: Value, _ context: Context) -> Value {
    if !record.isKnown { return record }
    guard let id = record.recordID, id < UInt64(keys.count) else { return unset(context) }
    return .bool(indices.isBare[Int(truncatingIfNeeded: id)])
  }
}
