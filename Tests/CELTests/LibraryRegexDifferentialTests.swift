import Documents
import Glibc
import Testing

@testable import CEL

/// Compares the regular expressions with RE2 on cases that `Tests/Differential/regex.py` makes.
@Suite struct LibraryRegexDifferentialTests {
  private struct Case {
    let pattern: String
    let text: String
    /// Whether RE2 takes the pattern.
    let isValid: Bool
    /// Byte offsets of the groups of the first match, two each, -1 where a group takes no part.
    let match: [Int]?

    init(_ node: Node) {
      pattern = node.member("pattern")?.text ?? ""
      text = node.member("text")?.text ?? ""
      isValid = node.member("isValid")?.bool ?? false
      let offsets = node.member("match").flatMap { $0.kind == .array ? $0 : nil }
      match = offsets.map { $0.elements.compactMap { $0.int.map { Int($0) } } }
    }
  }

  @Test func agreesWithRE2() throws {
    guard let path = getenv("NEGLINT_REGEX_CASES") else {
      print("skipped: NEGLINT_REGEX_CASES names no file of cases")
      return
    }
    let reader = DocumentReader(names: NameTable())
    let document = try reader.readValue(try Source(path: String(cString: path)))
    let cases = document.root.elements.map { Case($0) }
    var differences = 0
    for test in cases {
      guard let difference = difference(test) else { continue }
      differences += 1
      if differences <= 40 { print("\(test.pattern.debugDescription): \(difference)") }
    }
    print("\(cases.count) cases, \(differences) differences")
    #expect(cases.count > 0)
    #expect(differences == 0)
  }

  private func difference(_ test: Case) -> String? {
    let regex: Regex
    do throws(RegexError) {
      regex = try Regex(test.pattern)
    } catch {
      return test.isValid ? "rejected: \(error.message) at \(error.offset)" : nil
    }
    guard test.isValid else { return "accepted" }
    var text = test.text
    return text.withUTF8 { bytes in
      let context = "on \(test.text.debugDescription)"
      if regex.matches(bytes) != (test.match != nil) {
        return "\(context): matches is \(test.match == nil)"
      }
      let found = regex.firstMatch(in: bytes)?.flatMap { range in
        range.map { [$0.lowerBound, $0.upperBound] } ?? [-1, -1]
      }
      guard found != test.match else { return nil }
      return "\(context): \(found ?? []) for \(test.match ?? [])"
    }
  }
}
