import Testing

@testable import Rules

@Suite struct SharedConditionTests {
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
    return try #require(try compile(yaml, path: "r.yaml")["r"]).sharedCondition?.text
  }

  @Test func whatReadsNoItemIsShared() throws {
    let keys = """
      forEach: {e: self.networkEndpoints}
      require: self.scope == 'zonal' || e.port == 1
      """
    #expect(try sharedText("NetworkEndpointGroup", keys) == "self.scope == 'zonal' ")
    #expect(try sharedText("NetworkEndpointGroup", "require: self.scope == 'zonal'\n") == nil)
  }

  @Test func aVariableThatReadsNoItemIsShared() throws {
    let keys = """
      variables: {isZonal: self.scope == 'zonal', isFirst: e.port == 1}
      when: has(self.network)
      forEach: {e: self.networkEndpoints}
      require: isFirst || isZonal
      """
    #expect(try sharedText("NetworkEndpointGroup", keys) == " isZonal")
  }

  @Test(
    arguments: [
      ("size(group) < 2 || e.port == 1", "size(group) < 2 "),
      (
        "self.scope == 'zonal' || group.size() == 1 || size(key) < 2",
        "self.scope == 'zonal' || group.size() == 1 "
      ),
      ("size(group) < size(key)", nil), ("group.all(o, o == e)", nil),
    ] as [(String, String?)])
  func whatAsksForTheSizeOfTheGroupAloneIsTheSameForGroupsOfOne(
    require: String, condition: String?
  ) throws {
    let yaml = """
      id: r
      title: t
      level: error
      resource: NetworkEndpointGroup
      message: m
      references: []
      forEach: {e: self.networkEndpoints}
      groupBy: e.ipAddress
      require: "\(require)"
      """
    let rule = try #require(try compile(yaml, path: "r.yaml")["r"])
    #expect(rule.singleCondition?.text == condition)
  }
}
