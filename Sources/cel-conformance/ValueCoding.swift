import CEL
import Documents

/// Values as the suite writes them: objects with one tag.
struct ValueCoding {
  let context: Context
  private let names: NameTable
  /// The ids of unknowns; a cause is an index.
  private var unknownIDs: [String] = []

  init(context: Context, names: NameTable) {
    self.context = context
    self.names = names
  }

  /// Reads a value; nil for malformed text.
  mutating func value(of node: Node) -> Value? {
    guard let (tag, content) = node.namedMembers(names).first else { return nil }
    let text = content.text
    switch tag {
    case "null": return .null
    case "bool": return content.bool.map { .bool($0) }
    case "int": return Int64(text).map { .int($0) }
    case "uint": return UInt64(text).map { .uint($0) }
    case "double": return Double(text).map { .double($0) }
    case "string": return context.string(text)
    case "type": return Type(text).map { .type($0) }
    case "timestamp": return context.timestamp(text)
    case "duration": return context.duration(text)
    case "bytes", "error", "unknown", "list", "map", "optional":
      return compoundValue(tag, content)
    default: return nil
    }
  }

  private mutating func compoundValue(_ tag: String, _ content: Node) -> Value? {
    switch tag {
    case "bytes": return Base64.decode(content.text).map { context.bytes($0) }
    case "error": return context.error(content.text)
    case "unknown":
      return .unknown(context.causeSet(content.elements.map { cause(of: $0.text) }))
    case "list":
      var values: [Value] = []
      for element in content.elements {
        guard let value = value(of: element) else { return nil }
        values.append(value)
      }
      return context.list(values)
    case "map":
      var entries: [(Value, Value)] = []
      for entry in content.elements {
        let parts = Array(entry.elements)
        guard parts.count == 2, let key = value(of: parts[0]), let value = value(of: parts[1])
        else { return nil }
        entries.append((key, value))
      }
      return context.map(entries)
    default: return value(of: content).map { context.optional(of: $0) }
    }
  }

  private mutating func cause(of id: String) -> Cause {
    if let known = unknownIDs.firstIndex(of: id) { return Cause(rawValue: UInt64(known)) }
    unknownIDs.append(id)
    return Cause(rawValue: UInt64(unknownIDs.count - 1))
  }

  /// The ids of an unknown's causes.
  func ids(of causes: CauseSetID) -> [String] {
    context.causes(of: causes).map { cause in
      let index = Int(truncatingIfNeeded: cause.rawValue)
      return index < unknownIDs.count ? unknownIDs[index] : "\(cause.rawValue)"
    }
  }

  /// Writes a value as JSON; nil for one that has no such form.
  func text(of value: Value) -> String? {
    func tagged(_ tag: String, _ json: String) -> String { JSONText.object([(tag, json)]) }
    let described = JSONText.string(context.describe(value))
    switch value.tag {
    case .null: return tagged("null", "null")
    case .bool: return tagged("bool", context.describe(value))
    case .int: return tagged("int", described)
    case .uint: return tagged("uint", described)
    case .double: return tagged("double", JSONText.string(doubleText(value.asDouble ?? 0)))
    case .symbol, .text: return tagged("string", described)
    case .bytes:
      return tagged("bytes", JSONText.string(Base64.encode(context.bytes(of: value) ?? [])))
    case .timestamp: return tagged("timestamp", described)
    case .duration: return tagged("duration", described)
    case .type: return tagged("type", described)
    case .list, .records, .map, .optional: return compoundText(of: value)
    case .ipv4, .ipv6, .range, .record, .unknown, .error: return nil
    }
  }

  private func compoundText(of value: Value) -> String? {
    if value.tag == .optional {
      guard let content = context.unwrapped(value) else {
        return JSONText.object([("optional", "null")])
      }
      return text(of: content).map { JSONText.object([("optional", $0)]) }
    }
    var parts: [String] = []
    for (key, content) in context.entries(of: value) ?? [] {
      guard let key = text(of: key), let content = text(of: content) else { return nil }
      parts.append("[\(key), \(content)]")
    }
    for element in context.elements(of: value) ?? [] {
      guard let element = text(of: element) else { return nil }
      parts.append(element)
    }
    let tag = value.tag == .map ? "map" : "list"
    return JSONText.object([(tag, "[\(parts.joined(separator: ", "))]")])
  }

  private func doubleText(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    return number.isInfinite ? (number < 0 ? "-Infinity" : "Infinity") : "\(number)"
  }
}
