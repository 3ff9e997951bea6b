extension Context {
  /// A value as text: what `string()` gives where it is defined, and a CEL-like form elsewhere.
  ///
  /// Strings are given as they are at the top and quoted inside lists and maps.
  public func describe(_ value: Value) -> String {
    value.isString ? text(of: value) ?? "" : literal(value, depth: 0)
  }

  private func literal(_ value: Value, depth: Int) -> String {
    if depth > 64 { return "..." }
    switch value.tag {
    case .unknown: return "unknown"
    case .error: return "error: \(errorMessage(of: value))"
    case .null: return "null"
    case .bool: return value.isTrue ? "true" : "false"
    case .int: return String(value.int64)
    case .uint: return String(value.bits)
    case .double: return NumberText.shortest(value.float64)
    case .symbol, .text: return quoted(value)
    case .bytes: return "b" + quoted(value)
    case .timestamp: return timestamp(of: value)?.description ?? ""
    case .duration: return DurationText.format(value.int64)
    case .ipv4, .ipv6: return ipAddress(of: value)?.description ?? ""
    case .range: return ipRange(of: value)?.description ?? ""
    case .list, .records:
      var parts = (0..<Int(value.small)).map { literal(item($0, of: value), depth: depth + 1) }
      if value.isOpen { parts.append("...") }
      return "[\(parts.joined(separator: ", "))]"
    case .map:
      var parts = (0..<Int(value.small)).map { index in
        literal(mapKey(index, of: value), depth: depth + 1) + ": "
          + literal(mapValue(index, of: value), depth: depth + 1)
      }
      if value.isOpen { parts.append("...") }
      return "{\(parts.joined(separator: ", "))}"
    case .optional:
      return value.isSome
        ? "optional.of(\(literal(values[value.offset], depth: depth + 1)))" : "optional.none()"
    case .type: return typeName(of: value)
    case .record: return host.describe(value, self)
    }
  }

  private func quoted(_ value: Value) -> String {
    String(decoding: UTF8Text.quote(utf8(of: value)), as: UTF8.self)
  }

  /// The point in time of a timestamp; nil for another kind of value.
  func timestamp(of value: Value) -> Timestamp? {
    guard value.tag == .timestamp else { return nil }
    return Timestamp(seconds: value.int64, nanoseconds: Int32(truncatingIfNeeded: value.small))
  }

  func value(of timestamp: Timestamp?) -> Value {
    guard let timestamp else { return .error(.outOfRange) }
    return .timestamp(
      seconds: timestamp.seconds, nanoseconds: UInt32(truncatingIfNeeded: timestamp.nanoseconds))
  }
}

/// The types that `type()` gives, as numbers in a value.
enum TypeCode: UInt32, CaseIterable {
  case null, bool, int, uint, double, string, bytes, list, map, type, timestamp, duration, optional
  case ip, cidr, dyn, record

  init(_ type: Type) {
    switch type {
    case .null: self = .null
    case .bool: self = .bool
    case .int: self = .int
    case .uint: self = .uint
    case .double: self = .double
    case .string: self = .string
    case .bytes: self = .bytes
    case .list: self = .list
    case .map: self = .map
    case .type: self = .type
    case .timestamp: self = .timestamp
    case .duration: self = .duration
    case .optional: self = .optional
    case .ip: self = .ip
    case .cidr: self = .cidr
    case .record: self = .record
    default: self = .dyn
    }
  }

  var type: Type {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .list: .list(.dyn)
    case .map: .map(.dyn, .dyn)
    case .type: .type(.dyn)
    case .timestamp: .timestamp
    case .duration: .duration
    case .optional: .optional(.dyn)
    case .ip: .ip
    case .cidr: .cidr
    case .dyn, .record: .dyn
    }
  }
}

extension Value {
  /// A type as a value; parameters of lists, maps and the like do not count.
  public static func type(_ type: Type) -> Value {
    Value(.type, small: TypeCode(type).rawValue, bits: 0)
  }
}

extension Context {
  /// The name of a type value; the empty text for another kind of value.
  public func typeName(of value: Value) -> String {
    guard value.tag == .type, let code = TypeCode(rawValue: value.small) else { return "" }
    if code == .record {
      return host.nameOfRecordType(UInt16(truncatingIfNeeded: value.bits))
    }
    return code.type.name
  }

  /// `type(value)` of a known value.
  func typeValue(of value: Value) -> Value {
    let type: Type =
      switch value.tag {
      case .unknown, .error: .dyn
      case .null: .null
      case .bool: .bool
      case .int: .int
      case .uint: .uint
      case .double: .double
      case .symbol, .text: .string
      case .bytes: .bytes
      case .timestamp: .timestamp
      case .duration: .duration
      case .ipv4, .ipv6: .ip
      case .range: .cidr
      case .list, .records: .list(.dyn)
      case .map: .map(.dyn, .dyn)
      case .optional: .optional(.dyn)
      case .type: .type(.dyn)
      case .record: .record("")
      }
    let detail = value.tag == .record ? UInt64(value.typeIndex) : 0
    return Value(.type, small: TypeCode(type).rawValue, bits: detail)
  }
}
