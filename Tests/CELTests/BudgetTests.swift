import Testing

@testable import CEL

/// The cost of evaluations and its budget.
@Suite struct BudgetTests {
  @Test(arguments: [
    "lists.range(200).all(x, lists.range(200).all(y, true)) || true",
    "lists.range(2000).size() == 0 && false",
    "f && t || lists.range(2000).size() == 1 || true",
    "(1 / 0 == lists.range(2000).size()) || true",
    "lists.range(9223372036854775807) == [] || lists.range(9223372036854775807) == [] || true",
    "[lists.range(2000).size()].exists(x, true)",
    "t ? lists.range(2000).exists(x, x == 1) || true : false",
    "cel.bind(x, lists.range(2000), x.size() > 1 || true)",
  ])
  func nothingAbsorbsASpentBudget(text: String) throws {
    let data = PartialData(budget: 1_000)
    #expect(try data.result(of: text) == "error")
  }

  /// The same whatever decides first, so that findings can be reproduced.
  @Test(arguments: [
    ("1", 0), ("t", 1), ("t && f", 2), ("t || f", 2), ("[1, 2]", 10), ("{'a': 1}", 30),
    ("t == f", 3), ("[1, 2].all(x, x > 0)", 17), ("size([1])", 11), ("t ? f : t", 4),
    ("1 in [1, 2, 3]", 14), ("'abc'.startsWith('a')", 1),
  ])
  func costsAreCounted(text: String, expected: UInt64) throws {
    let data = PartialData()
    _ = try data.result(of: text)
    #expect(data.context.cost == expected)
  }

  @Test func resetGivesANewBudget() throws {
    let data = PartialData(budget: 100)
    #expect(try data.result(of: "lists.range(90).size()") == "90")
    #expect(try data.result(of: "lists.range(90).size()") == "90")
  }
}
