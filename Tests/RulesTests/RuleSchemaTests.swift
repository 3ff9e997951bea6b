import BuiltinRules
import SchemaChecking
import Testing

@testable import Rules

/// The published schema of rule files says what the decoder does.
@Suite struct RuleSchemaTests {
  private let schema: JSONSchema

  init() throws { schema = try JSONSchema(named: "rule") }

  private func json(_ node: RuleNode) -> [UInt8] {
    var text = JSONText()
    text.append(node)
    return text.bytes
  }

  @Test func theSchemaHasTheKeysThatTheCodeAccepts() {
    #expect(schema.properties() == RuleDecoder.keys.sorted())
  }

  @Test func everyBuiltInRuleFollowsTheSchema() throws {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()
    let files = try RuleDirectory.files(in: "\(root)/rules", shownAs: "rules")
    for file in files where !file.isData {
      #expect(try schema.faults(of: json(file.read().node)) == [], "\(file.shownPath)")
    }
  }

  @Test(arguments: [
    ("level: error", "level: eror"), ("tags: [neg]", "tgas: [neg]"), ("title: A test\n", ""),
    ("tags: [neg]", "since: 2026"), ("tags: [neg]", "suppressible: \"no\""),
    ("asOf: 2026-04", "as: 2026-04"), ("missing: [x]", "findings: []"),
  ])
  func theSchemaRefusesWhatTheCodeDoes(old: String, new: String) throws {
    let yaml = soundRule.replacing(old, with: new, maxReplacements: 1)
    #expect(yaml != soundRule)
    let (node, source) = try RuleNode.read(yaml: yaml, path: "neg-test.yaml")
    #expect(try schema.faults(of: json(node)) != [])
    #expect(throws: RuleProblems.self) {
      try RuleDecoder.decode(node, source: source, isBuiltIn: false).details()
    }
  }
}
