import CEL
import Testing

@testable import Rules

@Suite struct DataSetTests {
  private func file(_ values: String, path: String = "rules/data/limits.yaml") throws -> DataFile {
    let (node, source) = try RuleNode.read(
      yaml: "asOf: 2026-04\nsource: here\nvalues:\n\(values)", path: path)
    return try DataDecoder.decode(node, source: source)
  }

  @Test func valuesOfOneTypeMakeAMap() throws {
    #expect(try file("  a: 1\n  b: 2\n").isMap)
    #expect(try !file("  a: 1\n  b: [2]\n").isMap)
  }

  @Test func anOverrideReplacesSomeValues() throws {
    let base = DataSet(files: [try file("  a: 1\n  b: [x]\n")])
    let override = try file("  a: 5\n", path: "mine/data/limits.yaml")
    let values = try base.overridden(by: [override]).files[0].values
    #expect(values.map(\.value) == [.int(5), .list([.text("x")])])
  }

  @Test(
    arguments: [
      ("  a: many\n", "'a' must be int as in the built-in data file, not string", 4, nil),
      ("  limt: [y]\n", "the data file 'limits' has no key 'limt'", 4, "limit"),
    ] as [(String, String, Int, String?)])
  func anOverrideOfAnotherTypeIsAProblem(
    values: String, message: String, line: Int, suggestion: String?
  ) throws {
    let base = DataSet(files: [try file("  a: 1\n  limit: [x]\n")])
    let override = try file(values, path: "mine/data/limits.yaml")
    let problems = try #require(throws: RuleProblems.self) {
      try base.overridden(by: [override])
    }.problems
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.position.line) == [line])
    #expect(problems.map(\.suggestion) == [suggestion])
  }

  @Test func rulesReadDataTyped() throws {
    var library = RuleLibrary()
    try library.addData(
      yaml: "asOf: 2026-04\nsource: here\nvalues:\n  most: 10\n  names: [a]\n",
      path: "data/limits.yaml")
    try library.addRule(
      yaml: soundRule.replacing("port > 10", with: "port > data.limits.most"),
      path: "neg-test.yaml")
    #expect(throws: Never.self) { try library.ruleSet(selecting: ["neg-test"]) }
    try library.addRule(
      yaml: soundRule.replacing("port > 10", with: "port > data.limits.names")
        .replacing("id: neg-test", with: "id: neg-two"),
      path: "neg-two.yaml")
    #expect(throws: RuleProblems.self) { try library.ruleSet(selecting: ["neg-two"]) }
  }
}
