/// A CEL value in 16 trivial bytes.
///
/// Numbers, booleans, host symbols, records and IPv4 addresses lie in the value itself. Text,
/// lists, maps and the rest are ranges of the arenas of the `Context` that made them: they are
/// valid until that context's `reset()` (or for its life when pinned).
@frozen public struct Value: Sendable {
  /// What kind of value it is.
  @frozen public enum Tag: UInt8, Sendable {
    /// Known to be missing; `causes` says what.
    case unknown
    /// An evaluation error.
    case error
    /// CEL's `null`.
    case null
    /// A truth value.
    case bool
    /// A signed 64-bit number.
    case int
    /// An unsigned 64-bit number.
    case uint
    /// An IEEE 754 binary64 number.
    case double
    /// A string that the host interned.
    case symbol
    /// A string in a context's arena.
    case text
    /// Octets in a context's arena.
    case bytes
    /// A point in time: seconds since 1970 and nanoseconds.
    case timestamp
    /// A span of time in nanoseconds.
    case duration
    /// An IPv4 address.
    case ipv4
    /// An IPv6 address in a context's arena.
    case ipv6
    /// An IP range in a context's arena.
    case range
    /// A list in a context's arena.
    case list
    /// A list of host records with consecutive ids.
    case records
    /// A map in a context's arena.
    case map
    /// An optional, empty or not.
    case optional
    /// A type as a value.
    case type
    /// A record of the host.
    case record
  }

  /// Tag in bits 0-7, a flag in 8-15, the record type in 16-31, a 32-bit number above.
  @usableFromInline let header: UInt64
  /// The payload; its meaning depends on the tag.
  public let bits: UInt64

  @inlinable init(header: UInt64, bits: UInt64) {
    self.header = header
    self.bits = bits
  }

  @inlinable init(_ tag: Tag, type: UInt16 = 0, small: UInt32 = 0, bits: UInt64) {
    header = UInt64(tag.rawValue) | UInt64(type) << 16 | UInt64(small) << 32
    self.bits = bits
  }

  /// The kind of the value.
  @inlinable public var tag: Tag {
    unsafeBitCast(UInt8(truncatingIfNeeded: header), to: Tag.self)
  }

  @inlinable var rawTag: UInt8 { UInt8(truncatingIfNeeded: header) }

  /// The 32-bit part: a count, a length or nanoseconds.
  @inlinable public var small: UInt32 { UInt32(truncatingIfNeeded: header &>> 32) }

  @inlinable var typeIndex: UInt16 { UInt16(truncatingIfNeeded: header &>> 16) }
}

extension Value {
  /// CEL's `null`.
  @inlinable public static var null: Value { Value(.null, bits: 0) }

  /// A truth value.
  @inlinable public static func bool(_ value: Bool) -> Value { Value(.bool, bits: value ? 1 : 0) }

  /// A signed number.
  @inlinable public static func int(_ value: Int64) -> Value {
    Value(.int, bits: UInt64(bitPattern: value))
  }

  /// An unsigned number.
  @inlinable public static func uint(_ value: UInt64) -> Value { Value(.uint, bits: value) }

  /// A floating-point number.
  @inlinable public static func double(_ value: Double) -> Value {
    Value(.double, bits: value.bitPattern)
  }

  /// A string that the host interned under this number.
  @inlinable public static func symbol(_ symbol: UInt32) -> Value {
    Value(.symbol, bits: UInt64(symbol))
  }

  /// A record of the host.
  ///
  /// - Parameters:
  ///   - type: The index that the host gave the record's type.
  ///   - id: The record's number, opaque to CEL.
  /// - Returns: The record.
  @inlinable public static func record(type: UInt16, id: UInt64) -> Value {
    Value(.record, type: type, bits: id)
  }

  /// A list of the records `start ..< start + count` of one type.
  @inlinable public static func records(type: UInt16, start: UInt32, count: UInt32) -> Value {
    Value(.records, type: type, small: count, bits: UInt64(start))
  }

  /// The result of what is missing for these causes.
  @inlinable public static func unknown(_ causes: CauseSetID) -> Value {
    Value(.unknown, bits: UInt64(causes.rawValue))
  }

  /// An IPv4 address, most significant octet first.
  @inlinable public static func ipv4(_ address: UInt32) -> Value {
    Value(.ipv4, bits: UInt64(address))
  }

  /// A point in time: seconds since 1970-01-01T00:00:00Z and nanoseconds (0 ..< 10^9) after it.
  @inlinable static func timestamp(seconds: Int64, nanoseconds: UInt32) -> Value {
    Value(.timestamp, small: nanoseconds, bits: UInt64(bitPattern: seconds))
  }

  /// A span of time in nanoseconds.
  @inlinable static func duration(nanoseconds: Int64) -> Value {
    Value(.duration, bits: UInt64(bitPattern: nanoseconds))
  }

  /// The empty optional.
  @inlinable static var none: Value { Value(.optional, bits: 0) }

  @inlinable static func error(_ kind: ErrorKind, detail: UInt64 = 0) -> Value {
    Value(.error, small: kind.rawValue, bits: detail)
  }

  @inlinable static var trueValue: Value { Value(.bool, bits: 1) }
  @inlinable static var falseValue: Value { Value(.bool, bits: 0) }
}

extension Value {
  /// Whether it is the boolean `true`.
  @inlinable public var isTrue: Bool { header == UInt64(Tag.bool.rawValue) && bits == 1 }
  /// Whether it is the boolean `false`.
  @inlinable public var isFalse: Bool { header == UInt64(Tag.bool.rawValue) && bits == 0 }
  /// Whether it is unknown.
  @inlinable public var isUnknown: Bool { rawTag == Tag.unknown.rawValue }
  /// Whether it is an error.
  @inlinable public var isError: Bool { rawTag == Tag.error.rawValue }
  /// Whether it is neither unknown nor an error.
  @inlinable public var isKnown: Bool { rawTag > Tag.error.rawValue }
  /// Whether it is `null`.
  @inlinable public var isNull: Bool { rawTag == Tag.null.rawValue }
  /// Whether it is a string.
  @inlinable public var isString: Bool {
    rawTag == Tag.symbol.rawValue || rawTag == Tag.text.rawValue
  }
  /// Whether it is a list, of records or of values.
  @inlinable public var isList: Bool {
    rawTag == Tag.list.rawValue || rawTag == Tag.records.rawValue
  }
  @inlinable var isNumber: Bool {
    rawTag >= Tag.int.rawValue && rawTag <= Tag.double.rawValue
  }
  @inlinable var isIP: Bool { rawTag == Tag.ipv4.rawValue || rawTag == Tag.ipv6.rawValue }

  /// The truth value, or nil for another kind of value.
  @inlinable public var asBool: Bool? { tag == .bool ? bits == 1 : nil }
  /// The signed number, or nil for another kind of value.
  @inlinable public var asInt: Int64? { tag == .int ? Int64(bitPattern: bits) : nil }
  /// The unsigned number, or nil for another kind of value.
  @inlinable public var asUInt: UInt64? { tag == .uint ? bits : nil }
  /// The floating-point number, or nil for another kind of value.
  @inlinable public var asDouble: Double? { tag == .double ? Double(bitPattern: bits) : nil }
  /// The host's number of an interned string, or nil for another kind of value.
  @inlinable public var asSymbol: UInt32? {
    tag == .symbol ? UInt32(truncatingIfNeeded: bits) : nil
  }
  /// The number of a record, or nil for another kind of value.
  @inlinable public var recordID: UInt64? { tag == .record ? bits : nil }
  /// The host's type index of a record or of a list of records, or nil for another kind of value.
  @inlinable public var recordType: UInt16? {
    tag == .record || tag == .records ? typeIndex : nil
  }
  /// Why it is unknown, or nil for a value that is not.
  @inlinable public var causes: CauseSetID? {
    isUnknown ? CauseSetID(rawValue: UInt32(truncatingIfNeeded: bits)) : nil
  }
  /// Why a list or map may be longer than known; nil when it is complete or no list or map.
  @inlinable public var openBecause: CauseSetID? {
    guard tag == .list || tag == .records || tag == .map else { return nil }
    let causes = UInt32(truncatingIfNeeded: bits &>> 32)
    return causes == 0 ? nil : CauseSetID(rawValue: causes)
  }

  @inlinable var int64: Int64 { Int64(bitPattern: bits) }
  @inlinable var float64: Double { Double(bitPattern: bits) }
  /// The place in an arena, of a value that lies in one.
  @inlinable var offset: Int { Int(bits & 0xFFFF_FFFF) }
  @inlinable var openCauses: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) }
  @inlinable var isOpen: Bool { bits &>> 32 != 0 }
  @inlinable var isSome: Bool { small != 0 }

  /// The same list or map, marked as possibly longer for these causes (0: complete); unknowns and
  /// errors as they are.
  @inlinable func opened(_ causes: UInt32) -> Value {
    guard isKnown else { return self }
    return Value(header: header, bits: (bits & 0xFFFF_FFFF) | UInt64(causes) << 32)
  }
}
