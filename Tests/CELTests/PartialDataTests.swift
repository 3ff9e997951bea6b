import Testing

@testable import CEL

/// Errors and unknowns in all operators, and lists and maps that may be longer than known.
@Suite struct PartialDataTests {
  /// The tables of `&&` and `||`: a deciding side wins, then unknown, then error.
  @Test(arguments: [
    ("t && u", "unknown 1"), ("f && u", "false"), ("u && f", "false"), ("u && t", "unknown 1"),
    ("u && w", "unknown 1 2"), ("e && t", "error"), ("e && f", "false"), ("f && e", "false"),
    ("e && u", "unknown 1"), ("u && e", "unknown 1"), ("e && e", "error"),
    ("t || e", "true"), ("e || t", "true"), ("f || u", "unknown 1"), ("u || t", "true"),
    ("u || w", "unknown 1 2"), ("e || f", "error"), ("e || u", "unknown 1"),
    ("u || e || t", "true"), ("u || e || f", "unknown 1"), ("w || f || e || u", "unknown 1 2"),
    ("u && e && w && f", "false"), ("f || f || f || t", "true"), ("t && t && t && u", "unknown 1"),
    ("t && dyn(1)", "error"), ("f && dyn(1)", "false"), ("dyn(1) || t", "true"),
    ("dyn(1) || u", "unknown 1"), ("!u", "unknown 1"), ("!e", "error"),
  ])
  func logicHasThreeValues(text: String, expected: String) throws {
    #expect(try PartialData().result(of: text) == expected)
  }

  @Test(arguments: [
    ("u ? 1 : 2", "unknown 1"), ("e ? 1 : 2", "error"), ("t ? 1 : e", "1"), ("f ? u : 2", "2"),
    ("dyn(1) ? 1 : 2", "error"),
    // Any error wins over unknowns, in any order.
    ("u + e", "error"), ("e + u", "error"), ("u + w", "unknown 1 2"), ("w == u", "unknown 1 2"),
    ("[u, 1]", "unknown 1"), ("[u, e]", "error"), ("{'a': u, 'b': w}", "unknown 1 2"),
    ("{u: e}", "error"), ("u in [1]", "unknown 1"), ("1 in u", "unknown 1"),
    ("size(u)", "unknown 1"), ("u.a.b", "unknown 1"), ("u[e]", "error"), ("has(u.a)", "unknown 1"),
    ("has(e.a)", "error"), ("'a'.replace('a', string(u), int(w))", "unknown 1 2"),
    ("cel.bind(x, e, true)", "true"), ("cel.bind(x, u, x == x)", "unknown 1"),
    ("optional.of(u)", "unknown 1"), ("optional.none().orValue(u)", "unknown 1"),
    ("optional.of(1).orValue(e)", "1"), ("u.?a.orValue(1)", "unknown 1"),
  ])
  func functionsAreStrict(text: String, expected: String) throws {
    #expect(try PartialData().result(of: text) == expected)
  }

  /// What is known of a list decides where more elements could not change the answer.
  @Test(arguments: [
    ("open.exists(x, x == 2)", "true"), ("open.exists(x, x == 3)", "unknown 3"),
    ("open.all(x, x > 1)", "false"), ("open.all(x, x > 0)", "unknown 3"),
    ("open.exists_one(x, x == 1)", "unknown 3"), ("open.map(x, x + 1)", "[2, 3, ...]"),
    ("open.filter(x, x > 1)", "[2, ...]"), ("open.filter(x, x > 1).exists(x, x == 2)", "true"),
    ("2 in open", "true"), ("3 in open", "unknown 3"), ("size(open)", "unknown 3"),
    ("open[0]", "unknown 3"), ("open == [1]", "false"), ("open == [1, 2]", "unknown 3"),
    ("open.exists(i, x, i == 0 && x == 1)", "unknown 3"),
    ("open.exists(i, x, i >= 0 && x == 7)", "unknown 3"), ("open.exists(x, x == u)", "unknown 1 3"),
    ("open.all(x, e)", "unknown 3"), ("open.map(x, u)", "unknown 1"), ("open.map(x, e)", "error"),
    ("(open + [5]).exists(x, x == 5)", "true"), ("open.transformMap(i, x, x)", "unknown 3"),
    ("open.sort()", "unknown 3"), ("sets.contains(open, [1])", "true"),
    ("sets.contains([1], open)", "false"), ("sets.intersects(open, [3])", "unknown 3"),
    ("list.exists(x, x == 1)", "true"), ("list.exists(x, x == 2)", "unknown 1"),
    ("list.all(x, x == 2)", "false"), ("list == [2, 2]", "false"), ("list == [1, 2]", "unknown 1"),
    ("list[0]", "1"), ("list[1]", "unknown 1"), ("size(list)", "2"), ("1 in list", "true"),
    ("openMap.a", "1"), ("openMap.b", "unknown 3"), ("has(openMap.a)", "true"),
    ("has(openMap.b)", "unknown 3"), ("'a' in openMap", "true"), ("'b' in openMap", "unknown 3"),
    ("openMap[?'b']", "unknown 3"), ("openMap.exists(k, k == 'a')", "true"),
    ("openMap == {'a': 2}", "false"), ("openMap == {'a': 1}", "unknown 3"),
    ("openMap == {'b': 1}", "false"), ("openMap.transformMap(k, v, v + 1)", "{\"a\": 2, ...}"),
  ])
  func openListsAndMapsGiveWhatIsCertain(text: String, expected: String) throws {
    #expect(try PartialData().result(of: text) == expected)
  }
}
