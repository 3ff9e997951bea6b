/// A type of the CEL type system.
public indirect enum Type: Hashable, Sendable {
  /// Any type, checked at run time.
  case dyn
  /// The type of `null`.
  case null
  /// `true` and `false`.
  case bool
  /// Signed 64-bit numbers.
  case int
  /// Unsigned 64-bit numbers.
  case uint
  /// IEEE 754 binary64 numbers.
  case double
  /// Sequences of code points.
  case string
  /// Sequences of octets.
  case bytes
  /// Points in time.
  case timestamp
  /// Spans of time.
  case duration
  /// IP addresses, `net.IP`.
  case ip
  /// IP ranges, `net.CIDR`.
  case cidr
  /// Lists of one element type.
  case list(Type)
  /// Maps from a key type to a value type.
  case map(Type, Type)
  /// Optional values, `optional_type(T)`.
  case optional(Type)
  /// Types as values.
  case type(Type)
  /// A record type of the host.
  case record(String)
  /// A parameter in a function's signature: each call chooses a type for it.
  case parameter(String)
  /// A named type with parameters that only declarations mention.
  case abstract(String, [Type])
  /// A type that the checker has still to find; never part of a result.
  case variable(Int)
}

extension Type: CustomStringConvertible {
  /// The type as CEL writes it, for example `map(string, list(int))`.
  public var description: String {
    switch self {
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .optional(let wrapped): "optional_type(\(wrapped))"
    case .type(let instance): "type(\(instance))"
    case .abstract(let name, let parameters):
      parameters.isEmpty
        ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    default: name
    }
  }

  /// The name without parameters: what `type()` gives and messages show.
  public var name: String {
    switch self {
    case .dyn: "dyn"
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .ip: "net.IP"
    case .cidr: "net.CIDR"
    case .list: "list"
    case .map: "map"
    case .optional: "optional_type"
    case .type: "type"
    case .record(let name), .parameter(let name), .abstract(let name, _): name
    case .variable(let number): "_\(number)"
    }
  }

  /// The types whose names are values in every expression.
  static let named: [String: Type] = [
    "dyn": .dyn, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint,
    "double": .double, "string": .string, "bytes": .bytes, "list": .list(.dyn),
    "map": .map(.dyn, .dyn), "type": .type(.dyn), "optional_type": .optional(.dyn),
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
    "net.IP": .ip, "net.CIDR": .cidr,
  ]
}

extension Type {
  /// Reads a type as `description` writes it; nil for malformed text.
  ///
  /// A single upper-case letter is a parameter, `records` are the names of record types, any other
  /// unknown name is an abstract type.
  public init?(_ text: String, records: Set<String> = []) {
    var reader = TypeReader(text: Array(text.utf8), records: records)
    guard let type = reader.type(depth: 0), reader.isAtEnd else { return nil }
    self = type
  }
}

/// A recursive reader of type texts.
struct TypeReader {
  let text: [UInt8]
  let records: Set<String>
  var position = 0

  init(text: [UInt8], records: Set<String> = []) {
    self.text = text
    self.records = records
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return position == text.count
    }
  }

  mutating func skipBlanks() {
    while position < text.count, text[position] == 0x20 { position += 1 }
  }

  mutating func accept(_ character: Character) -> Bool {
    skipBlanks()
    guard position < text.count, text[position] == character.asciiValue else { return false }
    position += 1
    return true
  }

  mutating func name() -> String {
    skipBlanks()
    let start = position
    while position < text.count, Lexer.isNamePart(text[position]) || text[position] == 0x2E {
      position += 1
    }
    return String(decoding: text[start..<position], as: UTF8.self)
  }

  mutating func type(depth: Int) -> Type? {
    let name = name()
    guard !name.isEmpty, depth < 32 else { return nil }
    var parameters: [Type] = []
    if accept("(") {
      repeat {
        guard let parameter = type(depth: depth + 1) else { return nil }
        parameters.append(parameter)
      } while accept(",")
      guard accept(")") else { return nil }
    }
    return make(name, parameters)
  }

  private func make(_ name: String, _ parameters: [Type]) -> Type? {
    switch (name, parameters.count) {
    case ("list", 1): return .list(parameters[0])
    case ("map", 2): return .map(parameters[0], parameters[1])
    case ("optional_type", 1), ("optional", 1): return .optional(parameters[0])
    case ("type", 1): return .type(parameters[0])
    case ("timestamp", 0): return .timestamp
    case ("duration", 0): return .duration
    case (_, 0):
      if let known = Type.named[name] { return known }
      if records.contains(name) { return .record(name) }
      if name.utf8.count == 1, let letter = name.utf8.first, letter >= 0x41, letter <= 0x5A {
        return .parameter(name)
      }
      return .abstract(name, [])
    default: return .abstract(name, parameters)
    }
  }
}
