import Documents

/// As much of JSON Schema (draft 7) as `docs/report.schema.json` uses.
struct JSONSchema {
  private let reader = DocumentReader(names: NameTable())
  private let document: Document

  init(path: String) throws {
    document = try reader.readValue(Source(path: path))
  }

  /// Where a document breaks the schema, by RFC 6901 pointers; empty if it is valid.
  func faults(of bytes: [UInt8]) throws -> [String] {
    let other = DocumentReader(names: NameTable())
    let value = try other.readValue(Source(path: "report", bytes: bytes))
    var faults = other.duplicateNames.map { "a name is there twice, at byte \($0.offset)" }
    check(value.root, document.root, "", other.names, &faults)
    return faults
  }

  private func check(
    _ value: Node, _ schema: Node, _ pointer: String, _ names: NameTable, _ faults: inout [String]
  ) {
    if let reference = schema.member("$ref")?.text {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let target = document.root.member("definitions").flatMap({ member(name, of: $0) })
      else { return faults.append("the schema has no \(reference)") }
      return check(value, target, pointer, names, &faults)
    }
    if let type = schema.member("type")?.text, type != JSONSchema.type(of: value) {
      return faults.append("\(pointer): is \(JSONSchema.type(of: value)), not \(type)")
    }
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
    if schema.member("pattern") != nil {
      let isDigest = value.text.utf8.count == 64 && value.text.allSatisfy(\.isHexDigit)
      if !isDigest { faults.append("\(pointer): is no SHA-256") }
    }
    if let items = schema.member("items") {
      for (index, element) in value.elements.enumerated() {
        check(element, items, "\(pointer)/\(index)", names, &faults)
      }
    }
    checkMembers(of: value, schema, pointer, names, &faults)
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
    guard let properties = schema.member("properties") else { return }
    for (name, value) in members {
      if let property = member(name, of: properties) {
        check(value, property, "\(pointer)/\(name)", names, &faults)
      } else if schema.member("additionalProperties")?.bool == false {
        faults.append("\(pointer): has \(name), which the schema lacks")
      }
    }
  }

  private func member(_ name: String, of node: Node) -> Node? {
    reader.names.id(of: name).flatMap { node[$0] }
  }

  private static func type(of node: Node) -> String {
    switch node.kind {
    case .object: "object"
    case .array: "array"
    case .string: "string"
    case .number: node.int == nil ? "number" : "integer"
    default: "\(node.kind)"
    }
  }
}
