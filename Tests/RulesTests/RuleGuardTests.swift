import Testing

@testable import Rules

@Suite struct RuleGuardTests {
  @Test(
    arguments: [
      ("a || b||c", ["a ", " b", "c"]), ("(a || b) && c", ["(a || b) && c"]),
      ("x == '||' || y == \"'||\"", ["x == '||' ", " y == \"'||\""]), ("a || b ? c : d", nil),
      ("a // || b", nil), ("a || r'\\' || b", nil),
      (#"a == '\'||' || b"#, [#"a == '\'||' "#, " b"]),
      ("[1].exists(i, i > 0 || i < 0) || f", ["[1].exists(i, i > 0 || i < 0) ", " f"]),
    ] as [(String, [String]?)])
  func aDisjunctionHasItsOperands(text: String, operands: [String]?) {
    #expect(Disjunction.operands(of: text)?.map(\.text) == operands)
  }

  private func sharedText(_ resource: String, _ keys: String) throws -> String? {
    let yaml =
      "id: r\ntitle: t\nlevel: error\nresource: \(resource)\nmessage: m\nreferences: []\n\(keys)"
    return try #require(try compile(yaml, path: "r.yaml")["r"]).sharedGuard?.condition.text
  }

  @Test func whatReadsTheOwnerAloneIsShared() throws {
    let variables = "variables: {neg: self.networkEndpointGroup, vm: self.instance}\n"
    let require = "require: neg.scope == 'zonal' || has(self.port) || vm.name == neg.name\n"
    #expect(try sharedText("NetworkEndpoint", variables + require) == "neg.scope == 'zonal' ")
    #expect(try sharedText("NetworkEndpoint", variables + "when: \"true\"\n" + require) == nil)
  }

  @Test func whatReadsNoItemIsShared() throws {
    let keys = """
      forEach: {e: self.networkEndpoints}
      require: self.scope == 'zonal' || e.port == 1
      """
    #expect(try sharedText("NetworkEndpointGroup", keys) == "self.scope == 'zonal' ")
    #expect(try sharedText("NetworkEndpointGroup", "require: self.scope == 'zonal'\n") == nil)
  }
}
