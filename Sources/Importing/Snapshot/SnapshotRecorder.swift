import Documents
import Schema

/// Keeps what a file importer takes in as values of a snapshot; one for each thread.
///
/// Fields of the schema are kept and nothing else: no metadata, keys, headers or clients' secrets
/// can be among them, whatever API brings them next.
final class SnapshotRecorder {
  /// A record and its row in the builder.
  struct Record {
    var type: Int
    var row: Int
    var value: SnapshotValue
  }

  /// A field that is kept.
  private struct KeptField {
    var name: String
    var id: NameID
    var kind: Field.Kind
  }

  private(set) var resources: [Record] = []
  /// Endpoints and members of groups, whose lists may stand apart from them.
  private(set) var parts: [Record] = []
  /// What health checks say of endpoints, by row.
  private(set) var healths: [Int: SnapshotValue] = [:]

  private let plans: RecordPlans
  private let names: NameTable
  private let fields: [[KeptField]]
  private let healthsField: KeptField?

  init(plans: RecordPlans, names: NameTable) {
    self.plans = plans
    self.names = names
    fields = Schema.types.map { type in
      var known: Set<String> = []
      let identity = type.isPart ? [] : SnapshotRecorder.identity.map { ($0, Field.Kind.string) }
      let fields = type.fields.filter { $0.isKept }.map { ($0.name, $0.kind) }
      return (identity + fields).filter { known.insert($0.0).inserted }.map { name, kind in
        KeptField(name: name, id: Key.id(name), kind: kind)
      }
    }
    healthsField = Schema.type("NetworkEndpoint")?.field("healths").map {
      KeptField(name: $0.name, id: Key.healths, kind: $0.kind)
    }
  }

  /// What says which resource a record is, and that the API filled it in.
  static let identity = ["name", "id", "selfLink", "creationTimestamp", "description"]

  /// Keeps a resource.
  ///
  /// - Parameters:
  ///   - node: The record.
  ///   - type: Its type's number.
  ///   - row: Its row in the builder.
  ///   - link: What stands for its selfLink where it has none.
  func add(_ node: Node, type: Int, row: Int, link: Node?) {
    var members = members(of: node, type: type)
    if let link = link?.setText, !members.contains(where: { $0.name == "selfLink" }) {
      members.insert(SnapshotMember("selfLink", .text(link)), at: min(1, members.count))
    }
    resources.append(Record(type: type, row: row, value: .object(members)))
  }

  /// Keeps an endpoint or a member of a group.
  func addPart(_ node: Node, type: Int, row: Int) {
    parts.append(Record(type: type, row: row, value: .object(members(of: node, type: type))))
  }

  /// Keeps what stands beside an endpoint in a response.
  func addHealths(of wrapper: Node, row: Int) {
    guard let field = healthsField else { return }
    healths[row] = value(of: field, in: wrapper)
  }

  // MARK: - Values

  private func members(of node: Node, type: Int) -> [SnapshotMember] {
    fields[type].compactMap { field in
      value(of: field, in: node).map { SnapshotMember(field.name, $0) }
    }
  }

  private func value(of field: KeptField, in node: Node) -> SnapshotValue? {
    guard let first = node[field.id] else { return nil }
    guard case .list(let element) = field.kind else { return value(of: first, field.kind) }
    let plan = element.partType.flatMap { Schema.index(of: $0) }.map { plans.types[$0] }
    var items: [SnapshotValue] = []
    node.forEachItem(field.id, isItem: { plan?.isItem($0) ?? false }) { item in
      if let value = value(of: item, element) {
        items.append(value)
      } else if plan != nil, item.isXML, item.kind == .null {
        items.append(.object([]))
      }
    }
    return items.isEmpty ? nil : .list(items)
  }

  private func value(of node: Node, _ kind: Field.Kind) -> SnapshotValue? {
    switch kind {
    case .part(let name):
      guard node.kind == .object, let type = Schema.index(of: name) else { return foreign(node) }
      return .object(members(of: node, type: type))
    case .object: return foreign(node)
    case .int, .port, .double: return number(node)
    case .bool: return truth(node)
    default: return node.kind == .bool ? .text(node.bool == true ? "true" : "false") : foreign(node)
    }
  }

  private func number(_ node: Node) -> SnapshotValue? {
    guard node.kind == .number || node.kind == .string, !node.isUnset else { return foreign(node) }
    let text = node.text
    return SnapshotRecorder.isNumber(text) ? .number(text) : .text(text)
  }

  private func truth(_ node: Node) -> SnapshotValue? {
    if let value = node.bool { return .bool(value) }
    switch node.kind == .string || node.kind == .number ? node.text.lowercased() : "" {
    case "true", "1": return .bool(true)
    case "false", "0": return .bool(false)
    default: return foreign(node)
    }
  }

  /// What is not what the schema says, or has no structure in it: all scalars as text, which is
  /// what XML can say.
  private func foreign(_ node: Node) -> SnapshotValue? {
    if node.isUnset { return nil }
    switch node.kind {
    case .null: return nil
    case .bool: return .text(node.bool == true ? "true" : "false")
    case .number, .string: return .text(node.text)
    case .array: return .text("(a list)")
    case .object:
      var seen: Set<NameID> = []
      return .object(
        node.members.compactMap { member in
          let name = names.name(of: member.name)
          guard seen.insert(member.name).inserted, SnapshotRecorder.isElementName(name) else {
            return nil
          }
          // Only whether it is set matters, and it may be a secret.
          let value = foreign(member.value)
          return value.map { SnapshotMember(name, $0.members.isEmpty ? .text("(set)") : $0) }
        })
    }
  }

  /// JSON's grammar of numbers (RFC 8259, section 6).
  static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    func digits() -> Bool {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      rest = rest.dropFirst(digits.count)
      return !digits.isEmpty
    }
    if rest.first == "-" { rest = rest.dropFirst() }
    let isZero = rest.first == "0"
    let before = rest.count
    guard digits(), !isZero || before - rest.count == 1 else { return false }
    if rest.first == "." {
      rest = rest.dropFirst()
      guard digits() else { return false }
    }
    if rest.first == "e" || rest.first == "E" {
      rest = rest.dropFirst()
      if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
      guard digits() else { return false }
    }
    return rest.isEmpty
  }

  private static func isElementName(_ name: String) -> Bool {
    guard let first = name.utf8.first else { return false }
    let isLetter = (first | 0x20) &- UInt8(ascii: "a") < 26 || first == UInt8(ascii: "_")
    return isLetter
      && name.utf8.allSatisfy {
        ($0 | 0x20) &- UInt8(ascii: "a") < 26 || $0 &- UInt8(ascii: "0") < 10
          || "_.-".utf8.contains($0)
      }
  }
}

extension Field {
  /// Whether a snapshot's records have the field; lists that come apart are put in their place.
  var isKept: Bool { !isDerived && listMethod == nil && name != "healths" }
}
