/// The second half of a rule file: for people and for tests, not for linting.
public struct RuleDetails: Sendable {
  /// What the rule checks, why it matters and what it does not flag, in Markdown; empty if missing.
  public let description: String
  /// The examples in the file's order: violating, passing, not evaluated.
  public let examples: [Example]
  /// The mutants of the rule that no example can tell from it.
  public let equivalentMutants: [EquivalentMutant]

  /// The keys of a rule file that are details.
  static let keys: Set<String> = ["description", "examples", "equivalentMutants"]
}

/// A mutant that says the same as the rule does, for all data that there can be.
public struct EquivalentMutant: Hashable, Sendable {
  /// The mutant as `rules test --mutate` writes it: `require: 'a' -> 'b'`.
  public let mutant: String
  /// Why no data tells the two apart.
  public let reason: String
  /// Where the entry stands.
  public let position: RulePosition
}

/// A small snapshot with what the rule says about it.
public struct Example: Sendable {
  /// What the rule is expected to say.
  public enum Kind: String, Sendable, CaseIterable {
    /// Exactly the listed findings.
    case violating
    /// Nothing.
    case passing
    /// That data is missing.
    case notEvaluated
  }

  /// What the example shows, in a few words.
  public let name: String
  /// What the rule is expected to say.
  public let kind: Kind
  /// The sentences of the seed document that the example stands for.
  public let statements: [String]
  /// The input: JSON made of the snapshot's YAML or, where the snapshot is a text, that text.
  public let snapshot: [UInt8]
  /// For violating examples, all findings.
  public let findings: [ExpectedFinding]
  /// For examples that are not evaluated, all that is missing.
  public let missing: [String]
  /// Where the example starts.
  public let position: RulePosition
}

/// A finding that an example expects.
public struct ExpectedFinding: Hashable, Sendable {
  /// The resource's path: `projects/p/zones/z/networkEndpointGroups/n`.
  public let resource: String
  /// The part and field; nil if the finding has none.
  public let locator: String?
  /// The message; nil if the example does not care.
  public let message: String?
  /// The level; nil if the example does not care.
  public let level: Level?
  /// The commands, a line each; nil if the example does not care, empty for none.
  public let remediation: [String]?
}

/// Where a rule's description and examples are, not decoded yet.
enum DetailsText: Sendable {
  /// The values of the keys that are details.
  case nodes([String: RuleNode])
  /// The JSON text of an embedded rule.
  case embedded(StaticString)

  func details(source: RuleSource, position: RuleMark) throws(RuleProblems) -> RuleDetails {
    switch self {
    case .nodes(let values):
      return try DetailsDecoder.decode({ values[$0] }, source: source)
    case .embedded(let text):
      let node = try RuleNodeReader().read(text, path: source.path)
      return try DetailsDecoder.decode({ node[$0] }, source: source)
    }
  }
}

/// Decodes `description`, `examples` and `equivalentMutants`.
struct DetailsDecoder {
  private var decoder: NodeDecoder

  static func decode(
    _ value: (String) -> RuleNode?, source: RuleSource
  ) throws(RuleProblems) -> RuleDetails {
    var decoder = DetailsDecoder(decoder: NodeDecoder(source: source))
    let text = value("description").flatMap { decoder.decoder.text($0, "description") }
    let list = value("examples").map { decoder.examples($0) } ?? []
    let equivalents = value("equivalentMutants").map { decoder.equivalentMutants($0) } ?? []
    guard decoder.decoder.problems.isEmpty else { throw RuleProblems(decoder.decoder.problems) }
    return RuleDetails(
      description: text?.text ?? "", examples: list, equivalentMutants: equivalents)
  }

  private mutating func equivalentMutants(_ node: RuleNode) -> [EquivalentMutant] {
    let keys = ["mutant", "reason"]
    return decoder.list(node, "equivalentMutants").map { item in
      _ = decoder.mapping(item, "an equivalent mutant", keys: keys)
      for key in keys where item[key] == nil {
        decoder.fail(item.mark, "an equivalent mutant needs '\(key)'")
      }
      let texts = keys.map { key in item[key].flatMap { decoder.text($0, key) }?.text ?? "" }
      return EquivalentMutant(
        mutant: texts[0], reason: texts[1], position: decoder.source.position(item.mark))
    }
  }

  private mutating func examples(_ node: RuleNode) -> [Example] {
    _ = decoder.mapping(node, "examples", keys: Example.Kind.allCases.map(\.rawValue))
    var examples: [Example] = []
    for kind in Example.Kind.allCases {
      guard let list = node[kind.rawValue] else { continue }
      for item in decoder.list(list, kind.rawValue) { examples.append(example(item, kind)) }
    }
    return examples
  }

  private mutating func example(_ node: RuleNode, _ kind: Example.Kind) -> Example {
    var keys = ["name", "statements", "snapshot"]
    switch kind {
    case .violating: keys.append("findings")
    case .notEvaluated: keys.append("missing")
    case .passing: break
    }
    _ = decoder.mapping(node, "a \(kind.rawValue) example", keys: keys)
    for key in keys where key != "statements" && node[key] == nil {
      decoder.fail(node.mark, "a \(kind.rawValue) example needs '\(key)'")
    }
    let findings = node["findings"].map { decoder.list($0, "findings") } ?? []
    return Example(
      name: node["name"].flatMap { decoder.text($0, "name") }?.text ?? "", kind: kind,
      statements: node["statements"].map { decoder.texts($0, "statements") }?.map(\.text) ?? [],
      snapshot: node["snapshot"].map(Self.snapshot) ?? [],
      findings: findings.map { finding($0) },
      missing: node["missing"].map { decoder.texts($0, "missing") }?.map(\.text) ?? [],
      position: decoder.source.position(node.mark))
  }

  private mutating func finding(_ node: RuleNode) -> ExpectedFinding {
    let keys = ["resource", "locator", "message", "level"]
    _ = decoder.mapping(node, "a finding", keys: keys + ["remediation"])
    var texts: [String: String] = [:]
    for key in keys {
      if let value = node[key] { texts[key] = decoder.text(value, key)?.text }
    }
    if node["resource"] == nil { decoder.fail(node.mark, "a finding needs 'resource'") }
    let level = texts["level"].flatMap { Level(rawValue: $0) }
    if let value = node["level"], level == nil { decoder.fail(value.mark, "no such level") }
    return ExpectedFinding(
      resource: texts["resource"] ?? "", locator: texts["locator"], message: texts["message"],
      level: level,
      remediation: node["remediation"].map { decoder.texts($0, "remediation").map(\.text) })
  }

  /// A snapshot that is a text stands for itself, so that broken and non-JSON input can be shown.
  private static func snapshot(_ node: RuleNode) -> [UInt8] {
    if let scalar = node.scalar { return Array(scalar.text.utf8) }
    var writer = JSONText()
    writer.append(node)
    return writer.bytes
  }
}
