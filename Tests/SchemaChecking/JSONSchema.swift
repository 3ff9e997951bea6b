import Documents

/// As much of JSON Schema (draft 7) as the schemas of reports, rules and configurations use.
public struct JSONSchema {
  private let reader = DocumentReader(names: NameTable())
  private let document: Document

  /// Reads a schema file.
  public init(path: String) throws {
    document = try reader.readValue(Source(path: path))
  }

  /// The schema file of a name in `docs/schemas`.
  public init(named name: String) throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    try self.init(path: "\(root)/docs/schemas/\(name).schema.json")
  }

  /// The names of the properties that a part of the schema has, sorted.
  ///
  /// - Parameter definition: The name of a definition; nil for the schema itself.
  /// - Returns: The names.
  public func properties(of definition: String? = nil) -> [String] {
    let part = definition.map { self.definition($0) } ?? document.root
    return part?.member("properties").map { properties in
      properties.members.map { reader.names.name(of: $0.name) }.sorted()
    } ?? []
  }

  /// The names that a part of the schema requires, sorted.
  public func required(of definition: String? = nil) -> [String] {
    let part = definition.map { self.definition($0) } ?? document.root
    return (part?.member("required")?.elements.map(\.text) ?? []).sorted()
  }

  /// Where a document breaks the schema, by RFC 6901 pointers; empty if it is valid.
  public func faults(of bytes: [UInt8]) throws -> [String] {
    let other = DocumentReader(names: NameTable())
    let value = try other.readValue(Source(path: "document", bytes: bytes))
    var faults = other.duplicateNames.map { "a name is there twice, at byte \($0.offset)" }
    check(value.root, document.root, "", other.names, &faults)
    return faults
  }

  private func definition(_ name: String) -> Node? {
    document.root.member("definitions").flatMap { member(name, of: $0) }
  }

  private func check(
    _ value: Node, _ schema: Node, _ pointer: String, _ names: NameTable, _ faults: inout [String]
  ) {
    if let reference = schema.member("$ref")?.text {
      guard let target = definition(reference.split(separator: "/").last.map(String.init) ?? "")
      else { return faults.append("the schema has no \(reference)") }
      return check(value, target, pointer, names, &faults)
    }
    if let type = schema.member("type") {
      let own = JSONSchema.types(of: value)
      let allowed = type.kind == .array ? type.elements.map(\.text) : [type.text]
      if own.isDisjoint(with: allowed) {
        return faults.append("\(pointer): is \(own.sorted()), not \(allowed)")
      }
    }
    checkScalar(value, schema, pointer, &faults)
    if value.kind == .array { checkItems(of: value, schema, pointer, names, &faults) }
    if value.kind == .object { checkMembers(of: value, schema, pointer, names, &faults) }
    checkChoices(value, schema, pointer, names, &faults)
  }

  private func checkScalar(
    _ value: Node, _ schema: Node, _ pointer: String, _ faults: inout [String]
  ) {
    if let constant = schema.member("const"), constant.text != value.text {
      faults.append("\(pointer): is not \(constant.text)")
    }
    if let words = schema.member("enum"), !words.elements.contains(where: { $0.text == value.text })
    {
      faults.append("\(pointer): '\(value.text)' is none of the enumeration's")
    }
    if let least = schema.member("minimum")?.int, let number = value.int, number < least {
      faults.append("\(pointer): \(number) is less than \(least)")
    }
    if let most = schema.member("maximum")?.int, let number = value.int, number > most {
      faults.append("\(pointer): \(number) is more than \(most)")
    }
    if value.kind == .string, let pattern = schema.member("pattern")?.text {
      do {
        if try Regex(pattern).firstMatch(in: value.text) == nil {
          faults.append("\(pointer): '\(value.text)' does not match \(pattern)")
        }
      } catch {
        faults.append("the schema's pattern \(pattern) is none")
      }
    }
    if value.kind == .string, let least = schema.member("minLength")?.int,
      value.text.unicodeScalars.count < least
    {
      faults.append("\(pointer): is shorter than \(least)")
    }
  }

  private func checkItems(
    of value: Node, _ schema: Node, _ pointer: String, _ names: NameTable,
    _ faults: inout [String]
  ) {
    if let items = schema.member("items") {
      for (index, element) in value.elements.enumerated() {
        check(element, items, "\(pointer)/\(index)", names, &faults)
      }
    }
    if let least = schema.member("minItems")?.int, value.count < least {
      faults.append("\(pointer): has fewer than \(least) items")
    }
  }

  private func checkMembers(
    of value: Node, _ schema: Node, _ pointer: String, _ names: NameTable,
    _ faults: inout [String]
  ) {
    let members = value.members.map { (names.name(of: $0.name), $0.value) }
    for required in schema.member("required")?.elements.map(\.text) ?? []
    where !members.contains(where: { $0.0 == required }) {
      faults.append("\(pointer): lacks \(required)")
    }
    let others = schema.member("additionalProperties")
    for (name, value) in members {
      if let property = schema.member("properties").flatMap({ member(name, of: $0) }) {
        check(value, property, "\(pointer)/\(name)", names, &faults)
      } else if others?.bool == false {
        faults.append("\(pointer): has \(name), which the schema lacks")
      } else if let others, others.kind == .object {
        check(value, others, "\(pointer)/\(name)", names, &faults)
      }
    }
  }

  private func checkChoices(
    _ value: Node, _ schema: Node, _ pointer: String, _ names: NameTable,
    _ faults: inout [String]
  ) {
    for (keyword, isOnce) in [("anyOf", false), ("oneOf", true)] {
      guard let choices = member(keyword, of: schema) else { continue }
      let fitting = choices.elements.filter { choice in
        var own: [String] = []
        check(value, choice, pointer, names, &own)
        return own.isEmpty
      }.count
      if fitting == 0 || isOnce && fitting > 1 {
        faults.append("\(pointer): fits \(fitting) of \(keyword)")
      }
    }
  }

  private func member(_ name: String, of node: Node) -> Node? {
    reader.names.id(of: name).flatMap { node[$0] }
  }

  private static func types(of node: Node) -> Set<String> {
    switch node.kind {
    case .object: ["object"]
    case .array: ["array"]
    case .string: ["string"]
    case .number: node.int == nil ? ["number"] : ["number", "integer"]
    case .bool: ["boolean"]
    case .null: ["null"]
    }
  }
}
