import CEL

/// A data file, `rules/data/NAME.yaml`: figures that Google changes, with their date and source.
public struct DataFile: Sendable {
  /// The file's name without extension: rules read it as `data.NAME`.
  public let name: String
  /// When the figures were read.
  public let asOf: String
  /// Where they were read.
  public let origin: String
  /// The values by top-level key, sorted by key.
  public let values: [DataEntry]
  /// The file.
  public let source: RuleSource
  /// Where each top-level key stands.
  let marks: [String: RuleMark]

  /// Whether `data.NAME` is a map (all values have one type) rather than a record.
  var isMap: Bool {
    let type = DataValue.map(values).type
    if case .map(_, let element) = type, element != .dyn { return true }
    return false
  }
}

/// Decodes data files.
struct DataDecoder {
  private var decoder: NodeDecoder

  static func decode(
    _ node: RuleNode, name: String? = nil, source: RuleSource
  ) throws(RuleProblems) -> DataFile {
    var decoder = DataDecoder(decoder: NodeDecoder(source: source))
    let file = decoder.file(node, name: name ?? source.name)
    guard decoder.decoder.problems.isEmpty else { throw RuleProblems(decoder.decoder.problems) }
    return file
  }

  private mutating func file(_ node: RuleNode, name: String) -> DataFile {
    let keys = ["asOf", "source", "values"]
    _ = decoder.mapping(node, "a data file", keys: keys)
    for key in keys where node[key] == nil {
      decoder.fail(node.mark, "a data file needs the key '\(key)'")
    }
    if !name.utf8.allSatisfy(Self.isNameByte) || name.isEmpty || name.first?.isNumber == true {
      decoder.fail(node.mark, "a data file's name must be a name for 'data.\(name)'")
    }
    let entries = node["values"].map { decoder.mapping($0, "values", keys: nil) } ?? []
    let values = entries.compactMap { entry in
      value(entry.value).map { DataEntry(key: entry.key, value: $0) }
    }
    return DataFile(
      name: name, asOf: node["asOf"].flatMap { decoder.text($0, "asOf") }?.text ?? "",
      origin: node["source"].flatMap { decoder.text($0, "source") }?.text ?? "",
      values: values.sorted { $0.key < $1.key }, source: decoder.source,
      marks: Dictionary(entries.map { ($0.key, $0.mark) }, uniquingKeysWith: { first, _ in first }))
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte)
  }

  private mutating func value(_ node: RuleNode) -> DataValue? {
    switch node.content {
    case .list(let items): return .list(items.compactMap { value($0) })
    case .mapping(let entries):
      let values = entries.compactMap { entry in
        value(entry.value).map { DataEntry(key: entry.key, value: $0) }
      }
      return .map(values.sorted { $0.key < $1.key })
    case .scalar(let scalar): return self.scalar(scalar, node.mark)
    }
  }

  private mutating func scalar(_ scalar: RuleScalar, _ mark: RuleMark) -> DataValue? {
    switch scalar.jsonLiteral {
    case nil: return .text(scalar.text)
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null":
      decoder.fail(mark, "a value of a data file is missing")
      return nil
    case .some(let number):
      if let whole = Int64(number) { return .int(whole) }
      if let real = Double(number), real.isFinite { return .double(real) }
      decoder.fail(mark, "'\(number)' is too large")
      return nil
    }
  }
}
