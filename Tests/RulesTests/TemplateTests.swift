import Testing

@testable import Rules

@Suite struct TemplateTests {
  @Test func aTextSplitsIntoPieces() throws {
    let text = Array("a {b}[ c={d['}']}] {{e}} [[f]".utf8)
    let pieces = try TemplateText.pieces(of: text, in: 0..<text.count)
    #expect(
      pieces == [
        .text("a "), .expression("b", offset: 3),
        .optional([.text(" c="), .expression("d['}']", offset: 10)]), .text(" {e} [f]"),
      ])
  }

  @Test(arguments: [
    ("a {b", 2), ("a }", 2), ("[a {b}", 0), ("[[{a}] [b]", 7), ("{ }", 0), ("[a {b} [c]]", 7),
  ])
  func aSlipHasItsOffset(text: String, offset: Int) {
    let bytes = Array(text.utf8)
    let fault = #expect(throws: TemplateText.Fault.self) {
      try TemplateText.pieces(of: bytes, in: 0..<bytes.count)
    }
    #expect(fault?.offset == offset)
  }

  @Test(arguments: [
    ("vm-a", "x=", "vm-a"), ("a b", "x=", "'a b'"), ("a'b", "x=", #"'a'\''b'"#), ("", "x=", "''"),
    ("$(rm)", "", "'$(rm)'"), ("-f", "x ", nil), ("-f", "x=", "-f"), ("a\nb", "x=", nil),
    ("\u{1B}[2J", "x=", nil), ("é", "x=", "'é'"),
  ])
  func valuesAreQuotedForTheShell(value: String, before: String, word: String?) {
    #expect(shellWord(value, after: before) == word)
  }
}
