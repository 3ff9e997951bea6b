import Testing

@testable import Reporting

/// Names in a dump are hostile input: they must not move a terminal's cursor or hide text.
@Suite struct DisplayTextTests {
  @Test(arguments: [
    ("plain-name", "plain-name"),
    ("", ""),
    ("a\tb", "a b"),
    ("\u{1B}[31mred\u{7}", "\\u001b[31mred\\u0007"),
    ("two\nlines\r", "two\\u000alines\\u000d"),
    ("\u{202E}gnp.exe", "\\u202egnp.exe"),
    ("zero\u{200B}width\u{FEFF}", "zero\\u200bwidth\\ufeff"),
    ("line\u{2028}paragraph\u{2029}", "line\\u2028paragraph\\u2029"),
    ("\u{85}\u{9B}", "\\u0085\\u009b"),
    ("\u{E0041}tag", "\\ue0041tag"),
    ("grün 名前 🚀", "grün 名前 🚀"),
  ])
  func controlAndFormatCharactersAreShownEscaped(text: String, shown: String) {
    #expect(DisplayText.escape(text) == shown)
  }

  @Test(arguments: [(0, "0 files"), (1, "1 file"), (2, "2 files")])
  func countsHaveTheirPlural(number: Int, text: String) {
    #expect(DisplayText.count(number, "file") == text)
  }
}
