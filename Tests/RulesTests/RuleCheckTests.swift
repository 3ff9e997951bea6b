import Testing

@testable import Rules

@Suite struct RuleCheckTests {
  private func faults(_ yaml: String) throws -> [String] {
    var library = RuleLibrary()
    try library.addRule(yaml: yaml, path: "neg-test.yaml")
    return try library.faults(ofRules: ["neg-test"]).map(\.message)
  }

  @Test func aSoundRuleHasNoFaults() throws {
    #expect(try faults(soundRule) == [])
  }

  @Test func aBuiltInRuleHasToSayItsRuleSet() throws {
    for (yaml, faults) in [(soundRule, 1), ("since: 2026.1\n" + soundRule, 0)] {
      var library = RuleLibrary()
      try library.addRule(yaml: yaml, path: "rules/neg/neg-test.yaml", isBuiltIn: true)
      #expect(try library.faults(ofRules: ["neg-test"]).count == faults)
    }
  }

  @Test(
    arguments: [
      (
        "  passing:\n    - {name: b, snapshot: {project: p}}\n", "",
        "the rule has no passing example"
      ),
      ("require: |", "require: |\n  true ||", nil),
      (
        "port: self.defaultPort", "port: self.defaultPort\n  other: self.name",
        "the variable 'other' is not used"
      ),
      (
        " --project={self.project.name}", "",
        "the remediation's command names no project: '--project=' is missing"
      ),
      (
        "delete {self.name}", "delete '{self.name}'",
        "a value of the remediation stands in quotes: values are quoted already"
      ),
      (
        "delete {self.name}", "delete {self.name} | sh",
        "the remediation is not one plain shell command a line"
      ),
      ("name: b,", "name: a,", "another example is named 'a'"),
      ("[{resource: projects/p}]", "[]", "a violating example without findings"),
    ] as [(String, String, String?)])
  func whatIsNotFitToBeKeptIsAFault(old: String, new: String, fault: String?) throws {
    let yaml = soundRule.replacing(old, with: new)
    #expect(yaml != soundRule)
    #expect(try faults(yaml) == [fault].compactMap(\.self))
  }

  @Test(
    arguments: [
      ("a b", ["a", "b"]), ("a 'b c'd", ["a", "b cd"]), (#"a\ b"#, ["a b"]), ("a 'b", nil),
      ("a; b", nil), ("a $(b)", nil), (#"a "b$c""#, nil), ("# a ; b", []), ("a#b", ["a#b"]),
    ] as [(String, [String]?)])
  func aCommandSplitsAsInAShell(text: String, words: [String]?) {
    #expect(ShellCommand(text).words == words)
  }
}
