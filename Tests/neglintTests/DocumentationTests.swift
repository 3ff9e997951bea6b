import SchemaChecking
import Testing

@testable import neglint

/// What the documentation shows is what the program does.
@Suite struct DocumentationTests {
  @Test func theReadmesOutputIsReal() throws {
    let readme = String(decoding: try Files.read("\(Repository.root)/README.md"), as: UTF8.self)
    let shown = try #require(readme.text(between: "prints, among others:\n\n```\n", and: "```"))
    let report = String(
      decoding: try Files.read("\(Repository.root)/fixtures/mission/expected/report.txt"),
      as: UTF8.self)
    for part in shown.split(separator: "...\n") { #expect(report.contains(part)) }
  }

  @Test func theGuidesManifestIsValid() throws {
    let guide = String(
      decoding: try Files.read("\(Repository.root)/docs/exporting.md"), as: UTF8.self)
    let manifest = try #require(guide.text(between: "```json\n", and: "```"))
    let schema = try JSONSchema(named: "export-manifest")
    #expect(try schema.faults(of: Array(manifest.utf8)) == [])
  }

  @Test func theGuidesRulePassesItsTests() throws {
    let guide = String(
      decoding: try Files.read("\(Repository.root)/docs/writing-rules.md"), as: UTF8.self)
    let rule = try #require(guide.text(between: "```yaml\n", and: "```"))
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array(rule.utf8), to: "\(folder)/my-neg-team-name.yaml")
    let test = Run(["rules", "test", folder])
    #expect(test.status == .clean, "\(test.output)\(test.messages)")
    let check = Run(["rules", "check", folder])
    #expect(check.status == .clean, "\(check.output)\(check.messages)")
  }
}

extension String {
  /// The text between the first occurrence of a text and the next one of another.
  fileprivate func text(between start: String, and end: String) -> String? {
    guard let opening = firstRange(of: start) else { return nil }
    let rest = self[opening.upperBound...]
    return rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
  }
}
