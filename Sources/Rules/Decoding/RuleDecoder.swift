import Schema

/// Decodes a rule file's tree; one decoder for YAML files and for embedded rules.
struct RuleDecoder {
  static let keys = [
    "id", "title", "level", "resource", "tags", "variables", "when", "require", "message", "at",
    "related", "supersededBy", "remediation", "references", "description", "examples", "forEach",
    "groupBy", "by", "notEvaluated", "since", "suppressible", "equivalentMutants",
  ]

  private var decoder: NodeDecoder
  private var values: [String: RuleNode] = [:]

  /// Decodes a rule.
  ///
  /// - Parameters:
  ///   - node: The file's tree; of an embedded rule, without `description` and `examples`.
  ///   - source: The file.
  ///   - details: The description and examples of an embedded rule; nil to take them from `node`.
  ///   - isBuiltIn: Whether the rule came with the program.
  /// - Returns: The rule.
  /// - Throws: All faults of the file's form.
  static func decode(
    _ node: RuleNode, source: RuleSource, details: DetailsText? = nil, isBuiltIn: Bool
  ) throws(RuleProblems) -> RuleDefinition {
    var decoder = RuleDecoder(source: source)
    let definition = decoder.decode(node, details: details, isBuiltIn: isBuiltIn)
    guard decoder.decoder.problems.isEmpty else { throw RuleProblems(decoder.decoder.problems) }
    return definition
  }

  private init(source: RuleSource) { decoder = NodeDecoder(source: source) }

  private mutating func decode(
    _ node: RuleNode, details: DetailsText?, isBuiltIn: Bool
  ) -> RuleDefinition {
    for entry in decoder.mapping(node, "a rule", keys: Self.keys) {
      values[entry.key] = entry.value
    }
    let isImporterRule = importerRule()
    let resource = required("resource", node.mark)
    if let resource { check(resource: resource) }
    let superseders = list("supersededBy")
    let related = values["related"].map { decoder.listOrOne($0) } ?? []
    let forEach = named("forEach")
    if forEach.count > 1 { decoder.fail(forEach[1].mark, "forEach takes one name") }
    if let groupBy = values["groupBy"], forEach.isEmpty {
      decoder.fail(groupBy.mark, "groupBy needs forEach, whose items it groups")
    }
    return RuleDefinition(
      source: decoder.source, id: id(node.mark), title: required("title", node.mark)?.text ?? "",
      levels: levels(node.mark), resource: resource?.text ?? "", tags: list("tags").map(\.text),
      since: since(), references: references(), supersededBy: superseders.map(\.text),
      isImporterRule: isImporterRule, isBuiltIn: isBuiltIn, isAlwaysEvaluated: alwaysEvaluated(),
      isSuppressible: suppressible(),
      position: node.mark, resourceText: resource, supersededByTexts: superseders,
      variables: named("variables"), forEach: forEach.first,
      groupBy: groupKeys(), when: expression("when"),
      require: condition(node.mark, isImporterRule: isImporterRule),
      message: isImporterRule ? optional("message") : required("message", node.mark),
      anchor: expression("at"),
      related: related.compactMap { decoder.expression($0, "an item of related") },
      remediation: optional("remediation"),
      detailsText: details
        ?? .nodes(values.filter { RuleDetails.keys.contains($0.key) }))
  }

  private mutating func optional(_ key: String) -> RuleScalar? {
    guard let node = values[key] else { return nil }
    return decoder.text(node, key)
  }

  private mutating func required(_ key: String, _ mark: RuleMark) -> RuleScalar? {
    if values[key] == nil { decoder.fail(mark, "a rule needs the key '\(key)'") }
    return optional(key)
  }

  private mutating func expression(_ key: String) -> RuleScalar? {
    values[key].flatMap { decoder.expression($0, key) }
  }

  private mutating func list(_ key: String) -> [RuleScalar] {
    values[key].map { decoder.texts($0, key) } ?? []
  }

  private mutating func id(_ mark: RuleMark) -> String {
    guard let id = required("id", mark) else { return "" }
    let name = decoder.source.name
    if id.text != name {
      decoder.fail(
        id.mark(at: 0), length: id.text.unicodeScalars.count,
        "the rule's id is not its file's name '\(name)'")
    }
    let allowed = id.text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
    if !allowed {
      decoder.fail(id.mark(at: 0), "an id has lower-case letters, digits and hyphens only")
    }
    return id.text
  }

  private mutating func importerRule() -> Bool {
    guard let by = optional("by") else { return false }
    if by.text != "importer" {
      decoder.fail(by.mark(at: 0), "'by' can only be 'importer'")
      return false
    }
    for key in ["when", "require", "forEach", "groupBy"] {
      guard let node = values[key] else { continue }
      decoder.fail(node.mark, "a rule by the importer has no '\(key)'")
    }
    return true
  }

  private mutating func condition(_ mark: RuleMark, isImporterRule: Bool) -> RuleScalar? {
    if values["require"] == nil, !isImporterRule {
      decoder.fail(mark, "a rule needs the key 'require' (or 'by: importer')")
    }
    return expression("require")
  }

  private mutating func alwaysEvaluated() -> Bool {
    guard let text = optional("notEvaluated") else { return false }
    if text.text != "never" { decoder.fail(text.mark(at: 0), "'notEvaluated' can only be 'never'") }
    return true
  }

  private mutating func since() -> RuleSetVersion? {
    guard let text = optional("since") else { return nil }
    if let version = RuleSetVersion(text.text) { return version }
    decoder.fail(
      text.mark(at: 0), length: text.text.unicodeScalars.count,
      "'\(text.text)' is no rule set; write the year and a number, as in '2026.1'")
    return nil
  }

  private mutating func suppressible() -> Bool {
    guard let node = values["suppressible"] else { return true }
    return decoder.bool(node, "suppressible") ?? true
  }

  private mutating func check(resource: RuleScalar) {
    guard Schema.types(named: resource.text)?.isEmpty == true else { return }
    decoder.fail(
      resource.mark(at: 0), length: resource.text.unicodeScalars.count,
      "the schema has no type '\(resource.text)'",
      suggestion: closest(
        to: resource.text,
        in: Schema.types.map(\.name) + Schema.families.map(\.name) + [Schema.anyType]))
  }

  private mutating func named(_ key: String) -> [NamedExpression] {
    guard let node = values[key] else { return [] }
    var names: Set<String> = []
    return decoder.mapping(node, key, keys: nil).compactMap { entry in
      if let fault = Self.fault(ofName: entry.key) { decoder.fail(entry.mark, fault) }
      if !names.insert(entry.key).inserted {
        decoder.fail(entry.mark, "'\(entry.key)' has a value already")
      }
      return decoder.expression(entry.value, "'\(entry.key)'").map {
        NamedExpression(name: entry.key, mark: entry.mark, text: $0)
      }
    }
  }

  private static func fault(ofName name: String) -> String? {
    let bytes = Array(name.utf8)
    let isName =
      !bytes.isEmpty && !(0x30...0x39).contains(bytes[0])
      && bytes.allSatisfy { byte in
        byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
    if !isName { return "'\(name)' is not a name" }
    return ["self", "data", "group", "key"].contains(name) ? "'\(name)' is taken" : nil
  }

  private mutating func groupKeys() -> [RuleScalar] {
    guard let node = values["groupBy"] else { return [] }
    return decoder.listOrOne(node).compactMap { decoder.expression($0, "groupBy") }
  }
}

extension RuleDecoder {
  /// `level: error`, `level: {cases: [...]}` or `level: [...]`.
  private mutating func levels(_ mark: RuleMark) -> [LevelDefinition] {
    guard let node = values["level"] else {
      decoder.fail(mark, "a rule needs the key 'level'")
      return []
    }
    switch node.content {
    case .scalar: return level(node).map { [LevelDefinition(when: nil, level: $0)] } ?? []
    case .list(let items): return cases(items, node.mark)
    case .mapping:
      let entries = decoder.mapping(node, "level", keys: ["cases"])
      guard let list = entries.first(where: { $0.key == "cases" }) else {
        decoder.fail(node.mark, "level needs 'cases', or is one of error, warning, note")
        return []
      }
      return cases(decoder.list(list.value, "cases"), list.mark)
    }
  }

  private mutating func level(_ node: RuleNode) -> Level? {
    guard let text = decoder.text(node, "level") else { return nil }
    if let level = Level(rawValue: text.text) { return level }
    let names = Level.allCases.map(\.rawValue)
    decoder.fail(
      text.mark(at: 0), length: text.text.unicodeScalars.count,
      "'\(text.text)' is no level; the levels are error, warning and note",
      suggestion: closest(to: text.text, in: names))
    return nil
  }

  private mutating func cases(_ items: [RuleNode], _ mark: RuleMark) -> [LevelDefinition] {
    if items.isEmpty { decoder.fail(mark, "level has no case") }
    var cases: [LevelDefinition] = []
    for (index, item) in items.enumerated() {
      let isLast = index == items.count - 1
      _ = decoder.mapping(item, "a case of level", keys: ["when", "use"])
      let when = item["when"].flatMap { decoder.expression($0, "when") }
      if isLast, item["when"] != nil {
        decoder.fail(item.mark, "the last case of level has no 'when': it is taken otherwise")
      } else if !isLast, item["when"] == nil {
        decoder.fail(item.mark, "a case of level needs 'when', except the last")
      }
      guard let use = item["use"] else {
        decoder.fail(item.mark, "a case of level needs 'use'")
        continue
      }
      if let level = level(use) { cases.append(LevelDefinition(when: when, level: level)) }
    }
    return cases
  }

  private mutating func references() -> [RuleReference] {
    guard let node = values["references"] else { return [] }
    let keys = ["statement", "url", "asOf", "source"]
    return decoder.list(node, "references").compactMap { item in
      _ = decoder.mapping(item, "a reference", keys: keys)
      var texts: [String: String] = [:]
      for key in keys {
        if let value = item[key] { texts[key] = decoder.text(value, key)?.text }
      }
      for key in ["url", "asOf"] where item[key] == nil {
        decoder.fail(item.mark, "a reference needs '\(key)'")
      }
      return RuleReference(
        statement: texts["statement"], url: texts["url"] ?? "", asOf: texts["asOf"] ?? "",
        source: texts["source"])
    }
  }
}
