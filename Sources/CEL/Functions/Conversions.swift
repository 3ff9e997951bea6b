/// The functions that convert known values: `int`, `uint`, `double`, `string`, `bool` and others.
enum Conversions {
  static func int(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .int: return value
    case .uint: return value.int64 >= 0 ? .int(value.int64) : .error(.overflow)
    case .double:
      let number = value.float64
      guard number > -Numbers.twoTo63, number < Numbers.twoTo63 else { return .error(.overflow) }
      return .int(Int64(number.rounded(.towardZero)))
    case .symbol, .text:
      guard let number = NumberText.parseInt(context.utf8(of: value)) else {
        return malformed(context, value, "int")
      }
      return .int(number)
    case .timestamp: return .int(value.int64)
    default: return .error(.noSuchOverload)
    }
  }

  static func uint(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .uint: return value
    case .int: return value.int64 >= 0 ? .uint(value.bits) : .error(.overflow)
    case .double:
      let number = value.float64
      guard number >= 0, number < Numbers.twoTo64 else { return .error(.overflow) }
      return .uint(UInt64(number.rounded(.towardZero)))
    case .symbol, .text:
      guard let number = NumberText.parseUInt(context.utf8(of: value)) else {
        return malformed(context, value, "uint")
      }
      return .uint(number)
    default: return .error(.noSuchOverload)
    }
  }

  static func double(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .double: return value
    case .int: return .double(Double(value.int64))
    case .uint: return .double(Double(value.bits))
    case .symbol, .text:
      guard let number = NumberText.parseDouble(context.utf8(of: value)) else {
        return malformed(context, value, "double")
      }
      return .double(number)
    default: return .error(.noSuchOverload)
    }
  }

  static func bool(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .bool: return value
    case .symbol, .text:
      switch context.text(of: value) ?? "" {
      case "1", "t", "T", "true", "TRUE", "True": return .trueValue
      case "0", "f", "F", "false", "FALSE", "False": return .falseValue
      default: return malformed(context, value, "bool")
      }
    default: return .error(.noSuchOverload)
    }
  }

  static func string(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .symbol, .text: return value
    case .bytes:
      guard UTF8Text.isValid(context.utf8(of: value)) else { return .error(.invalidUTF8) }
      return Value(.text, small: value.small, bits: value.bits)
    case .int: return context.decimal(value.int64)
    case .bool, .uint, .double, .timestamp, .duration, .ipv4, .ipv6, .range:
      return context.string(context.describe(value))
    default: return .error(.noSuchOverload)
    }
  }

  static func bytes(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .bytes: return value
    case .symbol, .text: return context.bytes(Array(context.utf8(of: value)))
    default: return .error(.noSuchOverload)
    }
  }

  static func timestamp(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .timestamp: return value
    case .int: return context.value(of: Timestamp(seconds: value.int64))
    case .symbol, .text:
      guard let time = Timestamp(rfc3339: context.utf8(of: value)) else {
        return malformed(context, value, "timestamp")
      }
      return context.value(of: time)
    default: return .error(.noSuchOverload)
    }
  }

  static func duration(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .duration: return value
    case .int:
      return Operators.duration(value.int64.multipliedReportingOverflow(by: 1_000_000_000))
    case .symbol, .text:
      guard let span = DurationText.parse(context.utf8(of: value)) else {
        return malformed(context, value, "duration")
      }
      return .duration(nanoseconds: span)
    default: return .error(.noSuchOverload)
    }
  }

  static func type(_ context: Context, _ value: Value) -> Value { context.typeValue(of: value) }

  static func dyn(_ context: Context, _ value: Value) -> Value { value }

  static func malformed(_ context: Context, _ value: Value, _ type: String) -> Value {
    context.error("'\(context.describe(value))' is not a valid \(type)")
  }

  static func size(_ context: Context, _ value: Value) -> Value {
    switch value.tag {
    case .symbol, .text:
      let text = context.utf8(of: value)
      guard context.charge(UInt64(text.count / 10)) else { return .error(.costExceeded) }
      return .int(Int64(UTF8Text.count(text)))
    case .bytes: return .int(Int64(value.small))
    case .list, .records, .map:
      if let causes = value.openBecause { return .unknown(causes) }
      return .int(Int64(value.small))
    default: return .error(.noSuchOverload)
    }
  }
}
