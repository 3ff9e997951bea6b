import BuiltinRules
import Testing

@testable import Rules

@Suite struct BuiltinRulesTests {
  @Test func allRulesCompileAndAreFitToBeKept() throws {
    let library = RuleLibrary.builtin
    #expect(!library.ids.isEmpty)
    let faults = try library.faults(ofRules: Set(library.ids))
    #expect(faults.map(\.description) == [])
  }

  /// What EmbedRules writes is what the YAML says, positions included.
  @Test(arguments: [
    soundRule,
    "a: 'it''s'\nb: \"x\\ty\"\nc:\n  - |\n    one\n\n      two\n  - plain\n    folded\nd: {}\n",
  ])
  func embeddingKeepsTextsAndPlaces(yaml: String) throws {
    let (node, _) = try RuleNode.read(yaml: yaml, path: "a.yaml")
    let back = try RuleNodeReader().read(bytes: Array(node.embeddedText().utf8), path: "a.yaml")
    #expect(back == node)
  }

  @Test func theFilesOfTheRepositoryAreWhatIsEmbedded() throws {
    let embedded = try RuleLibrary.builtin.definitions()
    let folder = #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined() + "/rules"
    var read = RuleLibrary()
    try read.addDirectory(folder, isBuiltIn: true)
    #expect(read.ids == embedded.map(\.id))
  }
}
