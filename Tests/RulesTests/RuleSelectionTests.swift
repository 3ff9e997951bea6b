import Testing

@testable import Rules

@Suite struct RuleSelectionTests {
  @Test(arguments: [
    ("neg-empty", "neg-*", true), ("neg-empty", "*", true), ("neg-empty", "neg-?mpty", true),
    ("neg-empty", "*-empty", true), ("neg-empty", "neg", false), ("neg-empty", "*-full", false),
    ("", "*", true), ("", "?", false), ("aaab", "a*ab", true), ("abc", "a*c*", true),
  ])
  func globsMatchWholeIDs(text: String, glob: String, matches: Bool) {
    #expect(matchesGlob(Array(text.utf8), Array(glob.utf8)) == matches)
  }

  private static let rules: [(id: String, tags: [String])] = [
    ("backend-mode", ["backend"]), ("neg-empty", ["neg", "zonal"]), ("neg-port", ["neg"]),
  ]

  @Test(
    arguments: [
      ([], [], ["backend-mode", "neg-empty", "neg-port"]),
      (["all"], ["neg"], ["backend-mode"]),
      (["neg-*"], [], ["neg-empty", "neg-port"]),
      (["zonal", "backend-mode"], [], ["backend-mode", "neg-empty"]),
      (["neg"], ["neg-port"], ["neg-empty"]),
    ] as [([String], [String], [String])])
  func idsGlobsAndTagsSelect(select: [String], ignore: [String], expected: [String]) throws {
    let ids = try RuleSelection(select: select, ignore: ignore).ids(in: Self.rules)
    #expect(ids.sorted() == expected)
  }

  @Test(arguments: [("neg-emty", "neg-empty"), ("zonl", "zonal"), ("quota", nil), ("net-*", nil)])
  func anUnknownWordIsAnErrorWithASuggestion(word: String, suggestion: String?) {
    #expect(throws: RuleSelectionError(word: word, suggestion: suggestion)) {
      try RuleSelection(select: [word]).ids(in: Self.rules)
    }
  }
}
