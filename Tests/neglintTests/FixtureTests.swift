import Testing

@testable import neglint

/// Whole exports with their reports; `NEGLINT_RECORD=1 swift test` writes them anew.
@Suite struct FixtureTests {
  static let cases = Files.names(in: Repository.root + "/fixtures")

  /// The reports of one run: text, JSON and JUnit.
  static func reports(_ arguments: [String]) throws -> (run: Run, json: String, junit: String) {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let run = Run(
      ["lint"] + arguments
        + ["--output", "json=\(folder)/report.json", "--output", "junit=\(folder)/report.xml"])
    func text(_ name: String) throws -> String {
      String(decoding: try Files.read("\(folder)/\(name)"), as: UTF8.self)
    }
    return (run, try text("report.json"), try text("report.xml"))
  }

  @Test(arguments: cases) func reportsAreAsExpected(fixture: String) throws {
    let reports = try FixtureTests.reports(["fixtures/\(fixture)/export"])
    #expect(reports.run.messages == "")
    #expect([.clean, .findings].contains(reports.run.status))
    let folder = "\(Repository.root)/fixtures/\(fixture)/expected"
    for (name, text) in [
      ("report.txt", reports.run.output), ("report.json", reports.json),
      ("report.xml", reports.junit),
    ] {
      let path = "\(folder)/\(name)"
      if Console.environment("NEGLINT_RECORD") == "1" {
        Files.makeFolder(folder)
        try Files.write(Array(text.utf8), to: path)
      }
      let expected = String(decoding: try Files.read(path), as: UTF8.self)
      #expect(
        text == expected,
        "\(path) differs; NEGLINT_RECORD=1 writes it anew: \(firstDifference(text, expected))")
    }
  }

  private func firstDifference(_ text: String, _ expected: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let others = expected.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, (line, other)) in zip(lines, others).enumerated() where line != other {
      return "line \(index + 1) is '\(line)', not '\(other)'"
    }
    return "\(lines.count) lines, not \(others.count)"
  }

  /// The forms of one project other than the API's lists; `isWhole` where no field is left out.
  static let forms: [(fixture: String, isWhole: Bool)] = [
    ("mission-xml-repeated", true), ("mission-xml-wrapped", true), ("mission-gcloud", true),
    ("mission-assets", true), ("mission-terraform-state", false), ("mission-yq", true),
    ("mission-xmltodict", true), ("mission-dicttoxml", true), ("mission-jackson", true),
  ]

  @Test(arguments: forms) func everyFormGivesWhatJSONGives(
    fixture: String, isWhole: Bool
  ) throws {
    // Lists alone say of themselves that they are complete.
    let arguments = ["--assume-complete"]
    let json = try JSONReport(
      FixtureTests.reports(["fixtures/mission/export"] + arguments).json)
    let other = try JSONReport(
      FixtureTests.reports(["fixtures/\(fixture)/export"] + arguments).json)
    #expect(!json.findings.isEmpty)
    if isWhole {
      #expect(other.essence == json.essence)
    } else {
      #expect(other.whatFindingsSay == json.whatFindingsSay)
    }
  }

  @Test func orderOfArgumentsAndThreadsDoNotMatter() throws {
    let files = Files.all(below: Repository.root + "/fixtures/mission/export")
      .map { "fixtures/mission/export/\($0)" }
    let first = try FixtureTests.reports(files + ["--jobs", "1"])
    var generator = Generator()
    for jobs in ["1", "2", "5"] {
      let other = try FixtureTests.reports(
        files.shuffled(using: &generator) + ["--jobs", jobs])
      #expect(other.run.output == first.run.output)
      #expect(other.json == first.json)
      #expect(other.junit == first.junit)
    }
  }

  /// A sequence of numbers that is the same each time (Knuth's MMIX generator).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64 = 42

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }
}
