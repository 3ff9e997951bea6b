import Documents
@testable import Linting
import Resources
import Rules
import Testing

@testable import Reporting

/// Reports that were saved as JSON, and baselines.
@Suite struct SavedReportTests {
  private func saved(_ report: Report) throws -> Report {
    let bytes = try ReportFormat.json.document(of: report, options: ReportOptions())
    return try Report(json: Source(path: "report.json", bytes: bytes))
  }

  private static var hostile: Report {
    let names = Samples.hostileNames
    return Samples.report(
      files: Samples.files(named: names), findings: Samples.findings(naming: names))
  }

  @Test(arguments: ReportFormat.allCases)
  func aSavedReportRendersAsTheRunItselfDid(format: ReportFormat) throws {
    var options = ReportOptions()
    options.verbose = true
    options.matrix = true
    options.junitCases = .all
    for report in [
      JUnitReportTests.everything, Samples.accepted, SavedReportTests.hostile,
      Samples.report(rules: []),
    ] {
      let text = try Samples.text(report, format, options)
      #expect(try Samples.text(try saved(report), format, options) == text)
    }
  }

  @Test(arguments: [
    ("{}", "lacks 'schemaVersion'"), ("[]", "is no object"), ("{\"a\":", "ends"),
    ("{\"schemaVersion\": \"9.0\"}", "this program reads 1.0"),
    ("{\"schemaVersion\": \"1.0\", \"tool\": 1}", "tool is no object"),
  ])
  func whatIsNoReportIsRefusedWithItsPlace(text: String, reason: String) throws {
    let problem = try #require(throws: ReadingProblem.self) {
      try Report(json: Source(path: "r", bytes: Array(text.utf8)))
    }
    #expect(problem.message.contains(reason), "\(problem.message)")
  }

  @Test(arguments: [
    ("\"level\": \"error\"", "\"level\": \"fatal\"", "has the level 'fatal', which there is not"),
    ("\"line\": 2", "\"line\": 0", "'line' that is not from 1"),
    ("\"satisfied\": 2", "\"satisfied\": 9223372036854775807", "no number from 0 to 2^40"),
    ("\"ruleId\":", "\"rule\":", "lacks 'ruleId'"), ("\"line\": 2", "\"line\": -2", "'line'"),
    ("\"state\": \"active\"", "\"state\": \"on\"", "suppressions/0 has the state 'on'"),
  ])
  func aReportThatSomeoneChangedIsRefused(old: String, new: String, reason: String) throws {
    let valid = try Samples.text(Samples.accepted, .json)
    let broken = valid.replacing(old, with: new, maxReplacements: 1)
    #expect(broken != valid)
    let problem = try #require(throws: ReadingProblem.self) {
      try Report(json: Source(path: "r", bytes: Array(broken.utf8)))
    }
    #expect(problem.message.contains(reason), "\(problem.message)")
  }

  @Test func aBaselineComesBackAsItWas() throws {
    let known = Samples.accepted.findings.map { KnownFinding($0.finding) }.sorted()
    let bytes = BaselineFile.document(of: known)
    #expect(try BaselineFile.read(Source(path: "b", bytes: bytes)) == known)
    let report = try ReportFormat.json.document(of: Samples.accepted, options: ReportOptions())
    #expect(try BaselineFile.read(Source(path: "r", bytes: report)).sorted() == known)
  }

  @Test func whatIsAcceptedIsListedAndDoesNotCount() throws {
    let report = Samples.accepted
    #expect(report.countedFindings.count == report.findings.count - 2)
    let text = try Samples.text(report)
    #expect(!text.contains("hidden one") && !text.contains("known one"))
    #expect(text.contains("back again"))
    #expect(text.contains("suppressed no more: expired since 2027-01-01: known <b> (net)"))
    #expect(text.contains(".neglint.yaml:3:5: neg-x on *: hides 1 finding until 2026-12-31: known"))
    #expect(text.contains("matches no finding; remove it"))
    #expect(text.contains("fixed: neg-z on \(Samples.neg)"))
    #expect(text.contains("1 finding suppressed; 1 finding of the baseline; 5 new findings"))
    let junit = try Samples.text(report, .junit)
    #expect(junit.contains("message=\"suppressed until 2026-12-31: known &lt;b&gt; (net)\""))
    #expect(junit.contains("message=\"in the baseline: warning: known one\""))
    #expect(junit.contains("neglint.suppressions") && junit.contains("neglint.baseline"))
  }

  @Test func theMatrixHasEveryRuleAndItsOutcomes() throws {
    var options = ReportOptions()
    options.matrix = true
    let text = try Samples.text(JUnitReportTests.everything, .text, options)
    for rule in JUnitReportTests.everything.rules { #expect(text.contains("\n  \(rule.id) ")) }
    let total = text.split(separator: "\n").first { $0.hasPrefix("All ") }
    #expect(total?.split(separator: " ").dropFirst() == ["11", "4", "4", "0", "0"])
  }

  @Test func aDifferenceIsByFingerprint() throws {
    var old = Samples.report(findings: [Samples.finding(), Samples.finding(message: "gone")])
    var new = Samples.report(findings: [Samples.finding(message: "said otherwise")])
    for (index, print) in ["a", "b"].enumerated() {
      old.findings[index].finding.fingerprint = print
    }
    new.findings[0].finding.fingerprint = "a"
    let diff = ReportDiff(old: old, new: new)
    #expect(diff.introduced.isEmpty && diff.notEvaluated.isEmpty)
    #expect(diff.unchanged.map(\.finding.message) == ["said otherwise"])
    #expect(diff.fixed.map(\.finding.message) == ["gone"])
    #expect(ReportDiff(old: new, new: old).fails(at: .error))
    #expect(!diff.fails(at: .note))
  }
}
