import Linting
import Testing

@testable import Reporting

/// What is wrong with the export itself stands first, and in the last line.
@Suite struct DumpQualityTests {
  private static func report(_ findings: [Finding]) -> Report {
    var dump = Samples.rule("dump-x", violated: 1)
    dump.tags = ["dump"]
    return Samples.report(rules: [dump, Samples.rule("neg-x", violated: 1)], findings: findings)
  }

  @Test func findingsOnTheExportStandAheadOfOthers() throws {
    let report = Self.report([
      Samples.finding("neg-x", message: "on a NEG"),
      Samples.finding("dump-x", message: "on the export"),
    ])
    let text = try Samples.text(report)
    let heading = try #require(text.firstRange(of: "The export is not whole"))
    let dump = try #require(text.firstRange(of: "on the export"))
    let other = try #require(text.firstRange(of: "on a NEG"))
    #expect(heading.lowerBound < dump.lowerBound)
    #expect(dump.lowerBound < other.lowerBound)
  }

  @Test func theLastLineSaysWhatIsMissing() throws {
    var report = Self.report([])
    #expect(try !Samples.text(report).contains("not whole"))
    report.dumpQuality.truncatedLists = 2
    report.dumpQuality.refusedLists = 1
    report.dumpQuality.shortEndpointLists = 1
    report.dumpQuality.conflicts = 3
    let last = try #require(Samples.text(report).split(separator: "\n").last)
    #expect(
      last.contains(
        "the export is not whole (2 lists cut short, 1 list refused, 1 NEG with endpoints missing, "
          + "3 resources with conflicting definitions)"))
    let json = try Samples.text(report, .json)
    #expect(json.contains("\"truncatedLists\": 2"))
  }

  @Test(arguments: [ReportFormat.text, .junit, .sarif, .markdown, .csv, .github, .gitlab])
  func everyFormatSaysThatAControllerManagesTheResource(format: ReportFormat) throws {
    var finding = Samples.finding("neg-x", message: "on a NEG")
    #expect(try !Samples.text(Self.report([finding]), format).contains("managed by GKE"))
    finding.tags = [Finding.gkeManaged]
    #expect(try Samples.text(Self.report([finding]), format).contains("managed by GKE"))
  }
}
