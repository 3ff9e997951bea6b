import Documents
import Resources
import Rules
import SchemaChecking
import Testing

@testable import Linting
@testable import Reporting

/// The report for programs.
@Suite struct JSONReportTests {
  private let schema: JSONSchema

  init() throws {
    schema = try JSONSchema(named: "report")
  }

  @Test func reportsFollowTheirSchema() throws {
    for report in [JUnitReportTests.everything, Samples.accepted, Samples.report(rules: [])] {
      #expect(try schema.faults(of: bytes(report)) == [])
    }
  }

  @Test(arguments: Samples.hostileNames)
  func textsComeBackAsTheyWere(name: String) throws {
    let report = Samples.report(
      files: [(path: name, bytes: Array("{}".utf8))],
      findings: [
        Samples.finding(
          message: name, resource: name, locator: name, anchor: Anchor(file: 0, offset: 0),
          remediation: [name])
      ])
    let bytes = try bytes(report)
    #expect(try schema.faults(of: bytes) == [])
    let document = try DocumentReader(names: NameTable())
      .readValue(Source(path: "report", bytes: bytes))
    let finding = try #require(document.root.member("findings")?.elements.first { _ in true })
    for member in ["message", "resource", "locator"] as [StaticString] {
      #expect(
        finding.member(member)?.text.unicodeScalars.elementsEqual(name.unicodeScalars) == true)
    }
    #expect(finding.member("location")?.member("path")?.text == name)
  }

  @Test func schemaRefusesWhatItShould() throws {
    let valid = try Samples.text(JUnitReportTests.everything, .json)
    for (old, new) in [
      ("\"level\": \"error\"", "\"level\": \"fatal\""), ("\"ruleId\":", "\"rule\":"),
      ("\"resources\": 1", "\"resources\": -1"), ("\"line\": 2", "\"line\": \"2\""),
    ] {
      let broken = valid.split(separator: old, maxSplits: 1).joined(separator: new)
      #expect(broken != valid)
      #expect(try schema.faults(of: Array(broken.utf8)) != [])
    }
  }

  @Test func summaryCountsWhatIsListed() throws {
    let document = try DocumentReader(names: NameTable())
      .readValue(Source(path: "report", bytes: bytes(JUnitReportTests.everything)))
    let summary = try #require(document.root.member("summary"))
    #expect(summary.member("findings")?.member("error")?.int == 3)
    #expect(summary.member("findings")?.member("warning")?.int == 1)
    #expect(summary.member("notEvaluated")?.int == 1)
    #expect(summary.member("rules")?.int == 4)
    #expect(summary.member("evaluations")?.member("satisfied")?.int == 11)
  }

  private func bytes(_ report: Report) throws -> [UInt8] {
    try ReportFormat.json.document(of: report, options: ReportOptions())
  }
}
