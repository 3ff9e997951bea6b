/// The data that expressions read.
///
/// A host interns strings and hands out records by number. The fields of a record are read by
/// closures that it gives away once, when a program is linked, so that evaluation looks up no name.
public protocol Host: AnyObject {
  /// The number of an interned string. Called while programs are linked, not while they run.
  func symbol(for text: String) -> UInt32
  /// The UTF-8 of an interned string; it stays where it is for the host's life.
  func utf8(of symbol: UInt32) -> UnsafeBufferPointer<UInt8>
  /// How to read a field that the declarations gave to a record type.
  func reader(of field: String, in recordType: String) -> FieldReader
  /// Whether two records are one: a bool, or unknown.
  func recordsEqual(_ left: Value, _ right: Value, _ context: Context) -> Value
  /// A record's name in messages.
  func describe(_ record: Value, _ context: Context) -> String
  /// Adds what `recordsEqual` compares to a hash; equal records must hash alike.
  func hash(_ record: Value, into hasher: inout Hasher)
  /// The name of the record type with this index; what `type()` shows.
  func nameOfRecordType(_ index: UInt16) -> String
}

extension Host {
  /// Hashes the type and the number of a record: right where equal records have equal numbers.
  public func hash(_ record: Value, into hasher: inout Hasher) {
    hasher.combine(record.recordType)
    hasher.combine(record.recordID)
  }

  /// The word `record`, for hosts that do not name their types.
  public func nameOfRecordType(_ index: UInt16) -> String { "record" }
}

/// How one field of a record type is read; both closures may give unknown or an error.
public struct FieldReader {
  /// The field's value.
  public var get: (_ context: Context, _ record: Value) -> Value
  /// Whether the field is set: a bool, unknown or an error.
  public var has: (_ context: Context, _ record: Value) -> Value

  /// Makes a reader of two closures.
  ///
  /// - Parameters:
  ///   - get: Gives the field's value.
  ///   - has: Gives whether the field is set.
  public init(
    get: @escaping (_ context: Context, _ record: Value) -> Value,
    has: @escaping (_ context: Context, _ record: Value) -> Value
  ) {
    self.get = get
    self.has = has
  }
}

/// A host without records: it interns strings only.
public final class SymbolHost: Host {
  private var numbers: [[UInt8]: UInt32] = [:]
  private var texts: [UnsafeBufferPointer<UInt8>] = []

  /// Makes a host with no symbols.
  public init() {}

  deinit {
    for text in texts { text.deallocate() }
  }

  /// The number of an interned string; byte-wise different strings get different numbers.
  public func symbol(for text: String) -> UInt32 {
    let bytes = Array(text.utf8)
    if let known = numbers[bytes] { return known }
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    _ = copy.initialize(from: bytes)
    let number = UInt32(truncatingIfNeeded: texts.count)
    texts.append(UnsafeBufferPointer(copy))
    numbers[bytes] = number
    return number
  }

  /// The UTF-8 of an interned string.
  public func utf8(of symbol: UInt32) -> UnsafeBufferPointer<UInt8> {
    let index = Int(symbol)
    return index < texts.count ? texts[index] : UnsafeBufferPointer(start: nil, count: 0)
  }

  /// A reader that gives an error: there are no records.
  public func reader(of field: String, in recordType: String) -> FieldReader {
    FieldReader(
      get: { context, _ in context.error("no record type '\(recordType)'") },
      has: { context, _ in context.error("no record type '\(recordType)'") })
  }

  /// Whether type and number are the same.
  public func recordsEqual(_ left: Value, _ right: Value, _ context: Context) -> Value {
    .bool(left.recordType == right.recordType && left.recordID == right.recordID)
  }

  /// The word `record` and its number.
  public func describe(_ record: Value, _ context: Context) -> String {
    "record \(record.bits)"
  }
}
