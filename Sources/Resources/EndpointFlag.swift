import CEL
import Schema

extension ResourceGraph {
  /// The keys of gcloud's endpoint flags, in the order of its help, with the fields that they take
  /// (gcloud compute network-endpoint-groups update).
  private static let flagKeys = [
    ("instance", "instance"), ("ip", "ipAddress"), ("ipv6", "ipv6Address"), ("port", "port"),
    ("fqdn", "fqdn"), ("client-destination-port", "clientDestinationPort"),
  ]

  /// Reads an endpoint as gcloud's `--add-endpoint` and `--remove-endpoint` take it.
  func endpointFlagReader(type: Int) -> FieldReader {
    let fields = Self.flagKeys.map { (key: $0, reader: columnReader(ofField: $1, type: type)) }
    return always { graph, context, record in
      var parts: [String] = []
      for (key, reader) in fields {
        let isSet = reader.has(context, record)
        if isSet.isFalse { continue }
        let value = isSet.isTrue ? reader.get(context, record) : isSet
        if let number = value.asInt {
          parts.append("\(key)=\(number)")
        } else if let symbol = value.asSymbol {
          parts.append("\(key)=\(graph.symbols.text(of: symbol))")
        } else if let id = value.recordID, id < UInt64(graph.keys.count) {
          parts.append("\(key)=\(graph.symbols.text(of: graph.keys.keys[Int(id)].name))")
        } else {
          return value
        }
      }
      return context.string(parts.joined(separator: ","))
    }
  }
}
