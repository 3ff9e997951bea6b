public import Rules

/// The documentation of rules: a page for each, an index, and what covers which source statement.
public struct RulePages: Sendable {
  /// The pages by file name; `README.md` is the index.
  public let pages: [String: String]

  /// Writes the pages of rules.
  ///
  /// - Parameter rules: The rules.
  /// - Throws: The faults of the rules' descriptions and examples.
  public init(of rules: [RuleDefinition]) throws(RuleProblems) {
    var pages: [String: String] = [:]
    var documented: [(rule: RuleDefinition, details: RuleDetails)] = []
    for rule in rules.sorted(by: { $0.id < $1.id }) {
      let details = try rule.details()
      documented.append((rule, details))
      pages["\(rule.id).md"] = RulePage(rule: rule, details: details).text
    }
    pages["README.md"] = RuleIndex(rules: documented.map(\.rule)).text
    pages["statements.md"] = StatementTable(rules: documented).text
    self.pages = pages
  }
}
