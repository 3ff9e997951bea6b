import CEL
import Testing

/// What mutation testing changes of an expression.
@Suite struct MutationTests {
  private func mutants(_ text: String) throws -> [String] {
    try Mutation.all(of: text).map { $0.applied(to: text) }
  }

  @Test(arguments: [
    ("a == 1", ["a != 1"]),
    ("a < 1", ["a <= 1", "a >= 1"]),
    ("a + 1 >= b", ["a - 1 >= b", "a + 1 < b", "a + 1 > b"]),
    ("a in ['x', 'y']", ["!(a in ['x', 'y'])", "a in ['y', 'y']", "a in ['x', 'x']"]),
    ("a in b", ["!(a in b)"]),
    ("!has(a.b)", ["has(a.b)"]),
    ("!(a in b)", ["(a in b)"]),
    ("a.b", []),
  ])
  func anOperatorBecomesItsOpposite(text: String, expected: [String]) throws {
    #expect(try mutants(text) == expected)
  }

  @Test func aChainLosesEachOperandAndSwapsEachOperator() throws {
    #expect(
      Set(try mutants("(a || b) && has(c.d)")) == [
        "(false || b) && has(c.d)", "(!(a) || b) && has(c.d)", "(true) && has(c.d)",
        "(a && b) && has(c.d)", "(a || false) && has(c.d)", "(a || !(b)) && has(c.d)",
        "(a || b) || has(c.d)", "(a || b) && !(has(c.d))", "(a || b) && true",
      ])
  }

  @Test func aMacroBecomesItsOpposite() throws {
    #expect(
      try mutants("a.all(x, x > 1)") == [
        "a.exists(x, x > 1)", "a.all(x, x <= 1)", "a.all(x, x >= 1)",
      ])
    #expect(try mutants("a.filter(x, x.y)") == ["a.filter(x, !(x.y))", "a.filter(x, true)"])
  }

  @Test func aConditionalTakesEachBranchAlways() throws {
    #expect(
      try mutants("a ? 'é' : b").sorted() == [
        "!(a) ? 'é' : b", "false ? 'é' : b", "true ? 'é' : b",
      ])
  }

  @Test func aSyntaxErrorIsThrown() {
    #expect(throws: ExpressionError.self) { try Mutation.all(of: "a &&") }
  }
}
