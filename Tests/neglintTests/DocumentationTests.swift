import SchemaChecking
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
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
    let manifest = try #require(
      guide.text(between: "could not be had here:\n\n```json\n", and: "```"))
    let schema = try JSONSchema(named: "export-manifest")
    #expect(try schema.faults(of: Array(manifest.utf8)) == [])
  }

  @Test func theRulesPagesAreCurrent() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    #expect(Run(["rules", "docs", "--output", folder]).status == .clean)
    let pages = Files.names(in: folder)
    let committed = "\(Repository.root)/docs/rules"
    #expect(Files.names(in: committed) == pages, "`make docs` makes them anew")
    for page in pages {
      let isCurrent = try Files.read("\(folder)/\(page)") == Files.read("\(committed)/\(page)")
      #expect(isCurrent, "docs/rules/\(page): `make docs` makes it anew")
    }
  }

  /// Every `neglint` command of a page, with the folders that the pages speak of at hand.
  @Test(arguments: [
    "auditing", "ci", "configuring", "exporting", "first-run", "suppressing", "terraform",
    "writing-rules",
  ])
  func theCommandsOfAPageRun(page: String) throws {
    let text = String(
      decoding: try Files.read("\(Repository.root)/docs/\(page).md"), as: UTF8.self)
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let inputs = [
      "export": "mission/export", "old-export": "clean/export", "exports": "shared-vpc/export",
      "plan.json": "overlay/plan.json", "state.json": "mission-terraform-state/export/state.json",
      "assets.json": "mission-assets/export/assets.json",
    ]
    for (name, fixture) in inputs {
      #expect(symlink("\(Repository.root)/fixtures/\(fixture)", "\(folder)/\(name)") == 0)
    }
    #expect(mkdir("\(folder)/my-rules", 0o755) == 0)
    let guide = String(
      decoding: try Files.read("\(Repository.root)/docs/writing-rules.md"), as: UTF8.self)
    let rule = try #require(guide.text(between: "```yaml\n", and: "```"))
    try Files.write(Array(rule.utf8), to: "\(folder)/my-rules/my-neg-team-name.yaml")
    for block in text.blocks(of: "yaml")
    where block.firstRange(of: "inputs:") != nil
      || block.hasPrefix("suppressions:")
    {
      try Files.write(Array(block.utf8), to: "\(folder)/.neglint.yaml")
    }
    let commands = text.blocks(of: "sh").flatMap {
      $0.replacing("\\\n", with: " ").split(separator: "\n")
        .filter { $0 == "neglint" || $0.hasPrefix("neglint ") }
    }
    #expect(!commands.isEmpty)
    for command in commands {
      let run = try Tool(
        ["sh", "-c", "cd '\(folder)' && \(command)"],
        environment: ["PATH": "\(Repository.binaries):\(Console.environment("PATH") ?? "")"])
      // 0 or 1: no finding or one; the rest is wrong usage, or something that could not be read.
      #expect(run.status < 2, "\(command): \(run.status) \(run.messages)")
    }
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsAreWritten(shell: String) throws {
    let run = try Tool(["\(Repository.binaries)/neglint", "--generate-completion-script", shell])
    #expect(run.status == 0)
    for word in ["lint", "doctor", "explain"] { #expect(run.output.contains(word)) }
    guard Tool.areThere([shell]) else { return }
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array(run.output.utf8), to: "\(folder)/completions")
    let check = try Tool([shell, "-n", "\(folder)/completions"])
    #expect(check.status == 0, "\(check.messages)")
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
  /// The code blocks of a language.
  fileprivate func blocks(of language: String) -> [String] {
    var blocks: [String] = []
    var rest = self[...]
    while let opening = rest.firstRange(of: "```\(language)\n") {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: "```") else { break }
      blocks.append(String(rest[..<closing.lowerBound]))
      rest = rest[closing.upperBound...]
    }
    return blocks
  }

  /// The text between the first occurrence of a text and the next one of another.
  fileprivate func text(between start: String, and end: String) -> String? {
    guard let opening = firstRange(of: start) else { return nil }
    let rest = self[opening.upperBound...]
    return rest.firstRange(of: end).map { String(rest[..<$0.lowerBound]) }
  }
}
