import Testing

@testable import CEL

/// Regular expressions in RE2's syntax.
@Suite struct RegexTests {
  @Test(arguments: [
    ("", "abc", "0-0"), ("b", "abc", "1-2"), ("a|ab", "ab", "0-1"), ("ab|a", "ab", "0-2"),
    ("a*", "aaa", "0-3"), ("a*?", "aaa", "0-0"), ("a{2}", "aaa", "0-2"), ("a{2,}?", "aaa", "0-2"),
    ("^b", "ab", "none"), ("(?m)^b", "a\nb", "2-3"), ("a$", "a\n", "none"), ("a\\z", "a", "0-1"),
    ("(?i)É", "é", "0-2"), (".", "日", "0-3"), (".", "\n", "none"), ("(?s).", "\n", "0-1"),
    ("\\d+", "a12", "1-3"), ("\\bb", "a b", "2-3"), ("\\pL+", "1éa", "1-4"),
    ("\\p{Greek}", "aλ", "1-3"), ("[[:alpha:]]+", "1ab", "1-3"), ("[^a-c]", "abd", "2-3"),
    ("(a)(b)?", "ac", "0-1 0-1 -"), ("(a|(b))+", "ab", "0-2 1-2 1-2"),
    ("(?:a)(b)", "ab", "0-2 1-2"),
    ("(?P<x>a)(?<y>b)", "ab", "0-2 0-1 1-2"), ("\\Qa.b\\E", "a.b", "0-3"), ("(?U)a+", "aa", "0-1"),
    ("\\x{1F600}", "😀", "0-4"), ("[a\\]]+", "a]", "0-2"), ("(a*)*", "b", "0-0 0-0"),
  ])
  func matchesLeftmostFirst(pattern: String, text: String, expected: String) throws {
    let regex = try Regex(pattern)
    var text = text
    let found = text.withUTF8 { bytes in
      let groups = regex.firstMatch(in: bytes)
      #expect(regex.matches(bytes) == (groups != nil))
      return groups?.map { $0.map { "\($0.lowerBound)-\($0.upperBound)" } ?? "-" }
        .joined(separator: " ") ?? "none"
    }
    #expect(found == expected)
  }

  @Test(arguments: [
    "(", ")", "a)", "[", "[b-a]", "*", "a**", "a{1001}", "a{2,1}", "(?=a)", "(?!a)", "(?<=a)",
    "(?<!a)", "\\1", "(?P=x)", "a++", "a*+", "\\Z", "\\pX", "\\p{Nope}", "(?z)", "\\", "[[:nope:]]",
    "(?P<x>a)(?P<x>b)", "(?>a)", "\\xg", "((a{100}){100}){100}",
  ])
  func refusesWhatHasNoLinearMatch(pattern: String) {
    #expect(throws: RegexError.self) { try Regex(pattern) }
  }
}
