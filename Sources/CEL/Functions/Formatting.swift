/// `format` of the strings extension.
enum Formatting {
  private struct Failure: Error {
    let value: Value
  }

  static func format(_ context: Context, _ template: Value, _ list: Value) -> Value {
    guard template.isString, list.isList else { return .error(.noSuchOverload) }
    if let undecided = context.undecided(in: list) { return undecided }
    let bytes = Array(context.utf8(of: template))
    var result: [UInt8] = []
    var used = 0
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x25 else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard let clause = Clause(bytes, at: &index) else {
        return context.error("malformed clause in a format string")
      }
      if clause.letter == 0x25 {
        result.append(0x25)
        continue
      }
      guard used < Int(list.small) else {
        return context.error("the format string has more clauses than arguments")
      }
      do {
        let text = try formatted(context, clause, context.item(used, of: list))
        result.append(contentsOf: text.utf8)
      } catch {
        return error.value
      }
      used += 1
    }
    guard context.charge(UInt64(result.count / 10 + 1)) else { return .error(.costExceeded) }
    return result.withUnsafeBufferPointer { context.string(utf8: $0) }
  }

  /// What is wrong with a format string for a number of arguments, or nil.
  static func fault(in template: [UInt8], arguments count: Int) -> String? {
    var used = 0
    var index = 0
    while index < template.count {
      guard template[index] == 0x25 else {
        index += 1
        continue
      }
      guard let clause = Clause(template, at: &index),
        "sdfebxXo%".utf8.contains(clause.letter)
      else { return "malformed clause in a format string" }
      if clause.letter != 0x25 { used += 1 }
    }
    guard used > count else { return nil }
    return "the format string has \(used) clauses, but \(count) arguments"
  }

  /// One `%.2f`; advances over it.
  private struct Clause {
    var letter: UInt8
    var precision = 6

    init?(_ bytes: [UInt8], at index: inout Int) {
      index += 1
      if index < bytes.count, bytes[index] == 0x2E {
        index += 1
        var digits = 0
        var value = 0
        while index < bytes.count, Lexer.isDigit(bytes[index]), digits < 4 {
          value = value * 10 + Int(bytes[index] - 0x30)
          digits += 1
          index += 1
        }
        guard digits > 0, value <= 1000 else { return nil }
        precision = value
      }
      guard index < bytes.count else { return nil }
      letter = bytes[index]
      index += 1
    }
  }

  private static func formatted(_ context: Context, _ clause: Clause, _ value: Value)
    throws(Failure) -> String
  {
    let text: String? =
      switch UnicodeScalar(clause.letter) {
      case "s": plain(context, value, depth: 0)
      case "d": value.isNumber ? plain(context, value, depth: 0) : nil
      case "f": number(value) { NumberText.fixed($0, precision: clause.precision) }
      case "e": number(value) { NumberText.scientific($0, precision: clause.precision) }
      case "b": value.tag == .bool ? (value.isTrue ? "1" : "0") : radix(value, 2)
      case "o": radix(value, 8)
      case "x": hexadecimal(context, value, uppercase: false)
      case "X": hexadecimal(context, value, uppercase: true)
      default: nil
      }
    guard let text else {
      let letter = String(UnicodeScalar(clause.letter))
      throw Failure(
        value: context.error(
          "'%\(letter)' cannot format a value of type "
            + context.typeName(of: context.typeValue(of: value))))
    }
    return text
  }

  private static func number(_ value: Value, _ format: (Double) -> String?) -> String? {
    switch value.tag {
    case .double: finite(value.float64, format)
    case .int: format(Double(value.int64))
    case .uint: format(Double(value.bits))
    default: nil
    }
  }

  private static func finite(_ value: Double, _ format: (Double) -> String?) -> String? {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return format(value)
  }

  private static func radix(_ value: Value, _ radix: Int, uppercase: Bool = false) -> String? {
    switch value.tag {
    case .int: NumberText.radix(value.int64, radix, uppercase: uppercase)
    case .uint: NumberText.radix(value.bits, radix, uppercase: uppercase)
    default: nil
    }
  }

  private static func hexadecimal(_ context: Context, _ value: Value, uppercase: Bool) -> String? {
    switch value.tag {
    case .symbol, .text, .bytes: NumberText.hex(context.utf8(of: value), uppercase: uppercase)
    default: radix(value, 16, uppercase: uppercase)
    }
  }

  /// What `%s` gives; nil for a value that has no such form.
  private static func plain(_ context: Context, _ value: Value, depth: Int) -> String? {
    guard depth < 64 else { return nil }
    switch value.tag {
    case .symbol, .text, .bytes: return String(decoding: context.utf8(of: value), as: UTF8.self)
    case .null, .bool, .int, .uint, .timestamp, .duration, .ipv4, .ipv6, .range, .type:
      return context.describe(value)
    case .double: return finite(value.float64) { NumberText.plain($0) }
    case .list, .records:
      var parts: [String] = []
      for index in 0..<Int(value.small) {
        guard let part = plain(context, context.item(index, of: value), depth: depth + 1) else {
          return nil
        }
        parts.append(part)
      }
      return "[\(parts.joined(separator: ", "))]"
    case .map:
      var parts: [(key: [UInt8], text: String)] = []
      for (key, value) in context.entries(of: value) ?? [] {
        guard let key = plain(context, key, depth: depth + 1),
          let value = plain(context, value, depth: depth + 1)
        else { return nil }
        parts.append((Array(key.utf8), "\(key): \(value)"))
      }
      parts.sort { $0.key.lexicographicallyPrecedes($1.key) }
      return "{\(parts.map(\.text).joined(separator: ", "))}"
    case .record: return context.describe(value)
    case .optional, .unknown, .error: return nil
    }
  }
}
