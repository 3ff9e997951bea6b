import ArgumentParser
import Rules
import Schema

/// `neglint schema [TYPE]`.
struct SchemaCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Show what rules can read: types and their fields.",
    discussion: """
      Examples:

        neglint schema                          all types
        neglint schema NetworkEndpointGroup     the fields of one
      """)

  @Argument(help: ArgumentHelp("A type.", valueName: "type"))
  var type: String?

  func run(_ console: Console) throws -> ExitStatus {
    guard let type else {
      try console.write(SchemaCommand.types())
      return .clean
    }
    guard let known = Schema.type(type) else {
      throw Failure.usage("there is no type '\(type)'; `neglint schema` lists all")
    }
    try console.write(SchemaCommand.text(of: known))
    return .clean
  }

  private static func types() -> String {
    let width = Schema.types.map(\.name.utf8.count).max() ?? 0
    func list(_ isPart: Bool) -> String {
      Schema.types.filter { $0.isPart == isPart }.map { type in
        "  \(padded(type.name, width))  \(type.summary)\n"
      }.joined()
    }
    let families = Schema.families.map { family in
      "  \(padded(family.name, width))  \(family.summary) (\(family.members.joined(separator: ", ")))\n"
    }.joined()
    return "Resources:\n\(list(false))\nFamilies of them, for rules about several types:\n"
      + "\(families)\nParts of them:\n\(list(true))"
  }

  private static func text(of type: ResourceType) -> String {
    var text = "\(type.name): \(type.summary)\n\n"
    if let owner = type.owner {
      text += "A part of \(owner); "
      text +=
        type.identity.isEmpty
        ? "told apart by its place.\n" : "told apart by \(type.identity.joined(separator: ", ")).\n"
    } else if let collection = type.collection {
      let scopes = type.scopes.map(\.rawValue).joined(separator: ", ")
      text += "The collection \(collection), \(scopes).\n"
    }
    for isDerived in [false, true] {
      let fields = (type.fields + Schema.commonFields).filter { $0.isDerived == isDerived }
      guard !fields.isEmpty else { continue }
      text += isDerived ? "\nDerived fields:\n" : "\nFields of the Compute API:\n"
      let width = fields.map(\.name.utf8.count).max() ?? 0
      for field in fields {
        text += "  \(padded(field.name, width))  \(kind(field.kind)); \(absence(field))\n"
        text += "  \(padded("", width))  \(field.summary)\n"
      }
    }
    return text
  }

  private static func kind(_ kind: Field.Kind) -> String {
    switch kind {
    case .string: "string"
    case .enumeration(let words): words.joined(separator: " | ")
    case .ipAddress: "IP address as written (string)"
    case .ipRange: "IP range as written (string)"
    case .parsedAddress: "net.IP"
    case .parsedRange: "net.CIDR"
    case .int: "int"
    case .port: "port (int)"
    case .portRange: "port or range of ports as written (string)"
    case .double: "double"
    case .bool: "bool"
    case .reference(let collections):
      collections.isEmpty
        ? "reference to any resource" : "reference to \(collections.joined(separator: " or "))"
    case .part(let name): name
    case .object: "object (only has() looks at it)"
    case .list(let element): "list of \(self.kind(element))"
    }
  }

  private static func absence(_ field: Field) -> String {
    switch field.absence {
    case .text(let value): "not set: '\(value)'"
    case .number(let value):
      "not set: \(Int64(exactly: value).map { String($0) } ?? String(value))"
    case .unknown: "not set: unknown"
    case .zero:
      switch field.kind {
      case .list: "not set: empty"
      case .reference: "not set: equal to nothing"
      case .int, .port, .double: "not set: 0"
      case .bool: "not set: false"
      case .string, .enumeration, .ipAddress, .ipRange, .portRange: "not set: ''"
      case .parsedAddress, .parsedRange, .part, .object: "not set: guard it with has()"
      }
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.utf8.count))
  }
}
