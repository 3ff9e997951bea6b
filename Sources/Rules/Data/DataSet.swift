public import CEL

/// The data files as the active rules see them, overrides applied.
///
/// In expressions, `data` is a record with a field for each file. A file whose top-level values
/// all have one type is a map; another is a record with a field for each key. The values lie in
/// slots of the context: Linting calls `install(in:)` once for each context, sets the slot of
/// `data` to `DataSet.root`, and hands `reader(of:in:)` to the host, which asks it for the record
/// types whose name `owns(recordType:)`.
public struct DataSet: Sendable {
  /// The type index of the records that this makes; a host must not use it for its own.
  public static let recordType = UInt16.max
  /// The value of `data`.
  public static let root = Value.record(type: recordType, id: 0)
  /// The first slot of the data's values; above any rule's variables.
  public static let firstSlot = 256

  /// The files, sorted by name.
  public let files: [DataFile]
  private let leaves: [Leaf]

  private struct Leaf: Sendable {
    let record: String
    let field: String
    let value: DataValue
  }

  /// Makes a set of files with different names.
  public init(files: [DataFile]) {
    self.files = files.sorted { $0.name < $1.name }
    leaves = self.files.flatMap { file in
      file.isMap
        ? [Leaf(record: "Data", field: file.name, value: Self.uniform(.map(file.values)))]
        : file.values.map {
          Leaf(record: Self.recordName(file.name), field: $0.key, value: Self.uniform($0.value))
        }
    }
  }

  /// The value with whole numbers among doubles made doubles, so that it is of its type throughout.
  private static func uniform(_ value: DataValue) -> DataValue {
    value.converted(to: value.type) ?? value
  }

  /// The files with some of their values replaced.
  ///
  /// - Parameter overrides: Files whose keys replace those of the file of the same name; a file
  ///   with a new name is added.
  /// - Returns: The files with the overrides applied.
  /// - Throws: A problem for each unknown key and each value of another type than the built-in one.
  public func overridden(by overrides: [DataFile]) throws(RuleProblems) -> DataSet {
    var byName = Dictionary(files.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var problems: [RuleProblem] = []
    for override in overrides {
      guard let base = byName[override.name] else {
        byName[override.name] = override
        continue
      }
      byName[override.name] = base.overridden(by: override, &problems)
    }
    guard problems.isEmpty else { throw RuleProblems(problems) }
    return DataSet(files: Array(byName.values))
  }

  /// Whether the data has a record type of that name.
  public static func owns(recordType: String) -> Bool {
    recordType == "Data" || recordType.hasPrefix("Data.")
  }

  /// The names of all record types of the data, for the host that is to read them.
  public var recordTypes: [String] {
    ["Data"] + files.filter { !$0.isMap }.map { Self.recordName($0.name) }
  }

  /// The name of a record type of the data, for messages.
  static func recordName(_ file: String) -> String { "Data.\(file)" }

  /// The declarations of `Data` and of the files that are records.
  var recordDeclarations: [RecordDeclaration] {
    var root: [String: Type] = [:]
    var records: [RecordDeclaration] = []
    for file in files {
      if file.isMap {
        root[file.name] = DataValue.map(file.values).type
        continue
      }
      let name = Self.recordName(file.name)
      root[file.name] = .record(name)
      records.append(
        RecordDeclaration(
          name,
          fields: Dictionary(
            file.values.map { ($0.key, $0.value.type) }, uniquingKeysWith: { first, _ in first })))
    }
    return [RecordDeclaration("Data", fields: root)] + records
  }

  /// How a field of a record type of the data is read: from its slot.
  ///
  /// - Parameters:
  ///   - field: The field's name.
  ///   - record: The record type's name, one that `owns(recordType:)`.
  /// - Returns: The reader.
  public func reader(of field: String, in record: String) -> FieldReader {
    let always: (Context, Value) -> Value = { _, _ in .bool(true) }
    if let index = leaves.firstIndex(where: { $0.record == record && $0.field == field }) {
      let slot = Self.firstSlot + index
      return FieldReader(get: { context, _ in context.slot(slot) }, has: always)
    }
    if record == "Data", let index = files.firstIndex(where: { $0.name == field }) {
      let value = Value.record(type: Self.recordType, id: UInt64(index) + 1)
      return FieldReader(get: { _, _ in value }, has: always)
    }
    return FieldReader(
      get: { context, _ in context.error("no data '\(field)'") },
      has: { _, _ in .bool(false) })
  }

  /// Puts the values into a new context's slots and pins them there for the context's life.
  ///
  /// To be called once for each context, before its first evaluation.
  public func install(in context: Context) {
    for (index, leaf) in leaves.enumerated() {
      context.setSlot(Self.firstSlot + index, leaf.value.value(in: context))
    }
    context.setSlot(1, Self.root)
    context.pin()
  }
}

extension DataFile {
  fileprivate func overridden(by other: DataFile, _ problems: inout [RuleProblem]) -> DataFile {
    var merged = Dictionary(values.map { ($0.key, $0.value) }, uniquingKeysWith: { $1 })
    for entry in other.values {
      let mark = other.marks[entry.key] ?? RuleMark(line: 1, column: 1)
      let length = entry.key.unicodeScalars.count
      // In a map, keys are data: a user may add some. In a record, an unknown key is a slip.
      let expected: Type? =
        if case .map(_, let element) = DataValue.map(values).type, isMap { element } else {
          merged[entry.key]?.type
        }
      guard let expected else {
        problems.append(
          other.source.problem(
            at: mark, length: length, "the data file '\(name)' has no key '\(entry.key)'",
            suggestion: closest(to: entry.key, in: merged.keys)))
        continue
      }
      guard let value = entry.value.converted(to: expected) else {
        problems.append(
          other.source.problem(
            at: mark, length: length,
            "'\(entry.key)' must be \(expected) as in the built-in data file, not "
              + "\(entry.value.type)"))
        continue
      }
      merged[entry.key] = value
    }
    return DataFile(
      name: name, asOf: other.asOf, origin: other.origin,
      values: merged.map { DataEntry(key: $0.key, value: $0.value) }.sorted { $0.key < $1.key },
      source: other.source, marks: other.marks)
  }
}
