import Documents
import Resources
import Schema

/// Gives resources of plans and states the API's shape.
///
/// Attributes get the API's names, blocks that hold one part lose their array, and what is known
/// only after apply becomes a placeholder that names the attribute, or the reference that it will
/// be where the configuration says so.
final class TerraformRewriter {
  /// What becomes of an attribute.
  private struct Meaning {
    var name: NameID
    var field: Field
    /// The field of a part of its own that the value goes into: `items` of `tags`.
    var inner: (name: NameID, field: Field)?
    var zeroIsUnset: Bool
  }

  private let writer: TreeWriter
  private var meanings: [Int: [NameID: Meaning?]] = [:]
  private var spellings: [Int: FieldSpellings] = [:]
  /// The plan whose record is being written, and the record.
  private var plan = TerraformPlan(configuration: TerraformConfiguration())
  private var record: TerraformRecord?

  init(names: NameTable) { writer = TreeWriter(names: names) }

  /// The attributes of a record as the API would give them, without what says who it is.
  ///
  /// - Parameters:
  ///   - record: The record.
  ///   - plan: The plan that it is of.
  ///   - type: The number of the type that its attributes are of.
  ///   - writeIdentity: Writes what says who the record is.
  /// - Returns: The record, valid until the next call.
  func rewrite(
    _ record: TerraformRecord, of plan: TerraformPlan, type: Int,
    writeIdentity: (TreeWriter) -> Void = { _ in }
  ) -> Node {
    self.plan = plan
    self.record = record
    writer.start(like: record.values)
    writer.beginObject(at: record.offset)
    writeIdentity(writer)
    writeMembers(record.values, record.unknown, type: type, path: [])
    writer.end()
    return writer.root
  }

  private func writeMembers(
    _ values: Node, _ unknown: Node?, type: Int, path: [TerraformPlan.PathStep]
  ) {
    var seen: Set<NameID> = []
    for member in values.members {
      guard
        let meaning = meaning(of: member.name, member.nameText, type: type, isTop: path.isEmpty),
        seen.insert(meaning.inner?.name ?? meaning.name).inserted
      else { continue }
      if let link = hostLink(member, in: values) {
        writer.name(meaning.name, at: member.value.offset)
        writer.text(link, at: member.value.offset)
        continue
      }
      let step = TerraformPlan.PathStep(name: member.nameText)
      write(member.value, unknown?[member.name], meaning, path: path + [step])
    }
    for member in unknown.map({ Array($0.members) }) ?? []
    where Self.isUnknown(member.value) && (values[member.name]?.isUnset ?? true) {
      guard
        let meaning = meaning(of: member.name, member.nameText, type: type, isTop: path.isEmpty),
        seen.insert(meaning.inner?.name ?? meaning.name).inserted
      else { continue }
      let step = TerraformPlan.PathStep(name: member.nameText)
      writeUnknown(meaning, path: path + [step], at: values.offset)
    }
    if record?.lacksUnknown == true { writeAbsent(type: type, seen: seen, path, at: values.offset) }
  }

  /// Writes that what is not there is not known.
  private func writeAbsent(
    type: Int, seen: Set<NameID>, _ path: [TerraformPlan.PathStep], at offset: Int
  ) {
    let foreign = TerraformFields.foreign[Schema.types[type].name] ?? []
    for field in Schema.types[type].fields
    where !field.isDerived && field.listMethod == nil && !foreign.contains(field.name)
      && !Self.identity.contains(field.name) && !seen.contains(Key.id(field.name))
    {
      writer.name(Key.id(field.name), at: offset)
      writer.text(placeholder(path + [TerraformPlan.PathStep(name: field.name)], nil), at: offset)
    }
  }

  private static let identity: Set<String> = ["name", "zone", "region"]

  /// Whether anything in a part of `after_unknown` is not known.
  private static func isUnknown(_ node: Node) -> Bool {
    switch node.kind {
    case .bool: node.bool == true
    case .array: node.elements.contains(where: isUnknown)
    case .object: node.members.contains { isUnknown($0.value) }
    default: false
    }
  }

  private func write(
    _ value: Node, _ unknown: Node?, _ meaning: Meaning, path: [TerraformPlan.PathStep]
  ) {
    if unknown?.bool == true {
      writeUnknown(meaning, path: path, at: value.offset)
      return
    }
    if value.isUnset {
      if let unknown, Self.isUnknown(unknown) {
        writeUnknown(meaning, path: path, at: value.offset)
      }
      return
    }
    if meaning.zeroIsUnset, value.int == 0 { return }
    writer.name(meaning.name, at: value.offset)
    if let inner = meaning.inner {
      writer.beginObject(at: value.offset)
      writer.name(inner.name, at: value.offset)
      writeValue(value, unknown, inner.field, path: path)
      writer.end()
    } else {
      writeValue(value, unknown, meaning.field, path: path)
    }
  }

  private func writeValue(
    _ value: Node, _ unknown: Node?, _ field: Field, path: [TerraformPlan.PathStep]
  ) {
    switch field.kind {
    case .list(.part(let part)): writeParts(value, unknown, part: part, path: path)
    case .part(let part):
      let first = value.kind == .array ? value.elements.first { _ in true } : value
      let rest = unknown?.kind == .array ? unknown?.elements.first { _ in true } : unknown
      writePart(first ?? value, rest, part: part, path: path, index: 0, blocks: value)
    case .list where value.kind == .array:
      writer.beginArray(at: value.offset)
      let rest = unknown.map { Array($0.elements) } ?? []
      for (index, element) in value.elements.enumerated() {
        if index < rest.count, rest[index].bool == true {
          writer.text(placeholder(path, index), at: element.offset)
        } else if let link = Self.instanceLink(element, field) {
          writer.text(link, at: element.offset)
        } else {
          writer.copy(element)
        }
      }
      writer.end()
    default: writer.copy(value)
    }
  }

  private func writeParts(
    _ value: Node, _ unknown: Node?, part: String, path: [TerraformPlan.PathStep]
  ) {
    guard value.kind == .array else {
      writer.beginArray(at: value.offset)
      writePart(value, unknown, part: part, path: path, index: 0, blocks: nil)
      writer.end()
      return
    }
    writer.beginArray(at: value.offset)
    let rest = unknown.map { Array($0.elements) } ?? []
    for (index, element) in value.elements.enumerated() {
      writePart(
        element, index < rest.count ? rest[index] : nil, part: part, path: path, index: index,
        blocks: value)
    }
    writer.end()
  }

  private func writePart(
    _ value: Node, _ unknown: Node?, part: String, path: [TerraformPlan.PathStep], index: Int,
    blocks: Node?
  ) {
    guard let type = Schema.index(of: part) else {
      writer.copy(value)
      return
    }
    writer.beginObject(at: value.offset)
    if value.kind == .object {
      var path = path
      if let last = path.popLast() {
        path.append(TerraformPlan.PathStep(name: last.name, index: index, blocks: blocks))
      }
      writeMembers(value, unknown, type: type, path: path)
    } else if value.kind != .null,
      let field = Schema.types[type].fields.first(where: { !$0.isDerived })
    {
      // A list of links where the API has objects: the members of a group.
      writer.name(Key.id(field.name), at: value.offset)
      writer.copy(value)
    }
    writer.end()
  }

  /// The link to a subnet that is named beside the project that has it (Shared VPC).
  private func hostLink(_ member: Member, in values: Node) -> String? {
    guard member.nameText == "subnetwork", let name = member.value.setText, !name.contains("/"),
      let project = values.member("subnetwork_project")?.setText,
      let zone = record?.identity.location.text
    else { return nil }
    let region = record?.type.scope == .zonal ? TerraformIdentity.region(ofZone: zone) : zone
    return "projects/\(project)/regions/\(region)/subnetworks/\(name)"
  }

  /// The link to a VM that is written `ZONE/NAME`, as target pools do.
  private static func instanceLink(_ node: Node, _ field: Field) -> String? {
    guard field.kind.referenceCollections == ["instances"] else { return nil }
    let parts = node.text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count == 2 ? "zones/\(parts[0])/instances/\(parts[1])" : nil
  }

  // MARK: - What is not known yet

  private func writeUnknown(_ meaning: Meaning, path: [TerraformPlan.PathStep], at offset: Int) {
    writer.name(meaning.name, at: offset)
    if let inner = meaning.inner {
      writer.beginObject(at: offset)
      writer.name(inner.name, at: offset)
    }
    let kind = (meaning.inner?.field ?? meaning.field).kind
    if let collections = kind.referenceCollections, let record,
      let reference = plan.reference(at: path, of: record, into: collections)
    {
      if kind.isList { writer.beginArray(at: offset) }
      writer.text(reference, at: offset)
      if kind.isList { writer.end() }
    } else {
      writer.text(placeholder(path, nil), at: offset)
    }
    if meaning.inner != nil { writer.end() }
  }

  /// The text that stands for an attribute that is not known.
  private func placeholder(_ path: [TerraformPlan.PathStep], _ index: Int?) -> String {
    let names = path.map { step in
      step.index.map { "\(step.name)[\($0)]" } ?? step.name
    }
    let last = index.map { "[\($0)]" } ?? ""
    let attribute = "\(record?.address ?? "").\(names.joined(separator: "."))\(last)"
    return Placeholder.text(of: attribute)
  }

  // MARK: - Names

  private func meaning(of name: NameID, _ text: String, type: Int, isTop: Bool) -> Meaning? {
    if let known = meanings[type]?[name] { return known }
    let meaning = makeMeaning(of: text, type: type, isTop: isTop)
    meanings[type, default: [:]][name] = .some(meaning)
    return meaning
  }

  private func makeMeaning(of text: String, type: Int, isTop: Bool) -> Meaning? {
    let schema = Schema.types[type]
    if isTop && !schema.isPart && TerraformFields.foreign[""]?.contains(text) == true { return nil }
    if TerraformFields.foreign[schema.name]?.contains(text) == true { return nil }
    let spellings = self.spellings[type] ?? FieldSpellings(schema)
    self.spellings[type] = spellings
    let path =
      (TerraformFields.renamed[schema.name]?[text] ?? spellings[text])?
      .split(separator: ".").map(String.init) ?? []
    guard let name = path.first, let field = schema.field(name), !field.isDerived else {
      return nil
    }
    var meaning = Meaning(
      name: Key.id(name), field: field, zeroIsUnset: TerraformFields.unsetZeros.contains(text))
    if path.count > 1 {
      guard case .part(let part) = field.kind, let inner = Schema.type(part)?.field(path[1]) else {
        return nil
      }
      meaning.inner = (Key.id(path[1]), inner)
    }
    return meaning
  }
}
