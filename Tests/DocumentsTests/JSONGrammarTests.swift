import Documents
import Testing

/// RFC 8259, value by value.
@Suite struct JSONGrammarTests {
  @Test(arguments: [
    ("null", "null"), ("true", "true"), ("false", "false"), (" \t\r\n0\n", "0"),
    ("-0", "-0"), ("1.50", "1.50"), ("1E+2", "1E+2"), ("-12.5e-07", "-12.5e-07"),
    ("\"\"", "\"\""), ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"), ("{ }", "{}"),
    ("[1,[2,[]],{}]", "[1,[2,[]],{}]"),
    ("{\"a\":{\"b\":[null]},\"\":1}", "{\"a\":{\"b\":[null]},\"\":1}"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\\"\\\\/\u{8}\u{C}\n\r\t\""),
    (#""\u0041\u00e4\u20AC\uD834\uDD1E""#, "\"Aä€𝄞\""), (#"{"\u0061":1}"#, "{\"a\":1}"),
    ("\"ä€𝄞\u{7F}\u{10FFFF}\"", "\"ä€𝄞\u{7F}\u{10FFFF}\""), (#""\u0000""#, "\"\0\""),
    ("\u{FEFF}[1]", "[1]"), ("  [\n  1 ,\r\n\t2 ]  ", "[1,2]"),
  ])
  func valuesAreRead(text: String, expected: String) throws {
    #expect(try tree(of: text) == expected)
  }

  @Test(arguments: [
    ("", 0, "empty"), (" \n ", 3, "empty"), ("nul", 0, "JSON value"), ("nulll", 4, "more text"),
    ("[1,]", 3, "remove the comma"), ("{\"a\":1,}", 7, "remove the comma"), ("[1 2]", 3, "comma"),
    ("{\"a\" 1}", 5, "colon"), ("{a:1}", 1, "quote the name"), ("{1:1}", 1, "quote the name"),
    ("['a']", 1, "double quotes"), ("[// c\n1]", 1, "no comments"), ("# c\n1", 0, "no comments"),
    ("[NaN]", 1, "not JSON"), ("[-Infinity]", 2, "digit"), ("[Infinity]", 1, "not JSON"),
    ("[True]", 1, "Python"), ("[None]", 1, "Python"), ("01", 0, "leading zeros"),
    ("[-01]", 2, "leading zeros"),
    ("-", 1, "cut short"), ("1.", 2, "cut short"), ("1.e", 2, "digit"), ("[1e]", 3, "digit"),
    (".5", 0, "JSON value"), ("+1", 0, "JSON value"), ("[1", 2, "cut short"),
    ("{\"a\":", 5, "cut short"), ("{\"a\":1", 6, "cut short"), ("\"abc", 4, "cut short"),
    ("\"a\nb\"", 2, "control character 0x0a"), ("\"a\tb\"", 2, "control character 0x09"),
    (#""\x41""#, 1, "backslash"), (#""\u12G4""#, 1, "backslash"), (#""\u12"#, 5, "cut short"),
    (#""a\uD834""#, 2, "surrogate"), (#""a\uDD1E""#, 2, "surrogate"),
    (#""\uD834\u0041""#, 1, "surrogate"), ("[1]]", 3, "more text"), ("{} {}", 3, "one per line"),
    ("[1}", 2, "close the array"), ("{\"a\":1]", 6, "close the object"),
    ("]", 0, "expected a value"),
    ("\0", 0, "control character 0x00"), ("[\0]", 1, "control character"),
    ("\"a\0b\"", 2, "control character"), ("1\0", 1, "more text"),
  ])
  func brokenTextIsRefused(text: String, offset: Int, part: String) throws {
    let problem = try #require(refusal(of: text))
    #expect(problem.offset == offset)
    #expect(problem.message.contains(part), "\(problem.message)")
  }

  @Test(arguments: [
    ([0x22, 0xFF, 0x22], 1), ([0x22, 0xC0, 0x80, 0x22], 1), ([0x22, 0xE0, 0x80, 0x80, 0x22], 1),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1),
    ([0x22, 0x61, 0x80, 0x22], 2), ([0x22, 0xE2, 0x82, 0x22], 1), ([0x7B, 0x22, 0xFF, 0x22], 2),
  ])
  func bytesThatAreNotUTF8AreRefused(bytes: [UInt8], offset: Int) throws {
    let problem = try #require(refusal(of: bytes))
    #expect(problem.offset == offset)
    #expect(problem.message.contains("UTF-8"))
  }

  @Test func UTF16IsRefusedByName() throws {
    for mark in [[0xFE, 0xFF], [0xFF, 0xFE]] as [[UInt8]] {
      let problem = try #require(refusal(of: mark + [0x00, 0x5B, 0x00, 0x5D]))
      #expect(problem.message.contains("UTF-16"))
    }
  }

  @Test func namesOfAllLengthsAreKept() throws {
    let names = (0...40).map { String(repeating: "n", count: $0) + "\($0 % 10)" }
    let text = "{" + names.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}"
    #expect(try tree(of: text) == text)
  }

  @Test func stringsOfAllLengthsEndRightly() throws {
    // The scanner looks at eight bytes at once: every place of an ending must be met.
    for length in 0...40 {
      let plain = String(repeating: "x", count: length)
      #expect(try tree(of: "[\"\(plain)\"]") == "[\"\(plain)\"]")
      #expect(try tree(of: "[\"\(plain)ä\"]") == "[\"\(plain)ä\"]")
      #expect(try tree(of: "[\"\(plain)\\n\"]") == "[\"\(plain)\n\"]")
      #expect(refusal(of: "[\"\(plain)\u{1F}\"]")?.offset == 2 + length)
    }
  }
}
