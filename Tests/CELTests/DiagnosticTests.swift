import Testing

@testable import CEL

/// What is said about expressions that are refused.
@Suite struct DiagnosticTests {
  private static let declarations = Declarations(
    variables: [
      VariableDeclaration("self", .record("Endpoint")), VariableDeclaration("count", .int),
    ],
    records: [
      RecordDeclaration(
        "Endpoint", fields: ["ipAddress": .string, "port": .int, "tags": .list(.string)])
    ])

  @Test(arguments: [
    ("self.ipAdress == ''", "5+8 Endpoint has no field 'ipAdress'; did you mean 'ipAddress'?"),
    ("has(self.Port)", "9+4 Endpoint has no field 'Port'; did you mean 'port'?"),
    ("self.zone == 'a'", "5+4 Endpoint has no field 'zone'"),
    ("cuont > 1", "0+5 unknown name 'cuont'; did you mean 'count'?"),
    ("self.port == '80'", "10+2 '==' does not take (int, string); it takes (A, A)"),
    ("self.tags.al(t, t == 'a')", "10+2 unknown function 'al'; did you mean 'all'?"),
    (
      "self.ipAddress.startWith('1')",
      "15+9 unknown function 'startWith'; did you mean 'startsWith'?"
    ),
    ("math.abz(1)", "5+3 unknown function 'math.abz'; did you mean 'math.abs'?"),
    (
      "self.tags.contains('a')",
      "10+8 'contains' does not take (list(string), string); it takes (string, string)"
    ),
    ("(count + 1", "10+0 expected ')', found the end of the expression"),
    ("[count, 1", "9+0 expected ']', found the end of the expression"),
    ("count + ", "8+0 expected an expression, found the end of the expression"),
    ("count = 1", "6+1 unexpected character '='; did you mean '=='?"),
    ("count > 1 & true", "10+1 unexpected character '&'; did you mean '&&'?"),
    ("'abc", "0+4 the string has no closing quote"),
    ("count ? 1 : 2", "0+5 expected bool, found int"),
    ("true ? 1 : 'a'", "0+14 the branches have different types: int and string"),
    ("self.tags['a']", "10+3 a list is indexed by int, not by string"),
    ("count.exists(x, true)", "0+5 int cannot be iterated; a list or map can"),
    ("'a'.matches('(')", "12+3 malformed regular expression: missing )"),
    ("ip('1.2.3')", "3+7 not an IP address"), ("cidr('10.0.0.0')", "5+10 not an IP range"),
    ("duration('1 h')", "9+5 not a duration"),
    ("'%d'.format([])", "0+4 the format string has 1 clauses, but 0 arguments"),
    ("has(count)", "4+5 has() takes a field selection, such as has(a.b)"),
    ("[1].map(a.b, 1)", "8+3 a macro's variable must be a simple name"),
    (
      "Endpoint{port: 1}",
      "0+9 message literals are not supported: there are no message types"
    ),
    ("if", "0+2 'if' is a reserved word"),
    ("9223372036854775808", "0+19 the number is out of the range of int"),
  ])
  func namesTheFaultAndItsPlace(text: String, expected: String) {
    #expect(diagnostics(text, in: DiagnosticTests.declarations) == [expected])
  }

  @Test func tellsAllFaultsAtOnce() {
    let found = diagnostics(
      "self.prot == 1 &&\n  self.tags.exists(t, t == 1) || cuont",
      in: DiagnosticTests.declarations)
    #expect(
      found == [
        "5+4 Endpoint has no field 'prot'; did you mean 'port'?",
        "42+2 '==' does not take (string, int); it takes (A, A)",
        "51+5 unknown name 'cuont'; did you mean 'count'?",
      ])
  }

  @Test func offsetsCountBytes() {
    #expect(diagnostics("'é日' == x") == ["11+1 unknown name 'x'"])
  }
}
