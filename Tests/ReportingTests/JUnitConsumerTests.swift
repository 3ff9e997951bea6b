import Linting
import Rules
import Testing

@testable import Reporting

/// Whatever reads the JUnit report shows each finding once, with its position and text.
@Suite struct JUnitConsumerTests {
  private static let reports = FormatTests.reports

  private func document(
    _ index: Int, _ profile: ReportOptions.JUnitProfile, failOn: FailureThreshold = .note
  ) throws -> [UInt8] {
    var options = ReportOptions()
    options.junitProfile = profile
    options.failOn = failOn
    return try ReportFormat.junit.document(of: Self.reports[index], options: options)
  }

  /// The lines that each shown finding has to have: position, level and message, subject.
  private func lines(of located: Report.LocatedFinding) -> [String] {
    let finding = located.finding
    let place = located.location.map { "\($0.path):\($0.line):\($0.column)" }
    return
      ([place] + ["\(finding.level.rawValue): \(finding.message)", "on \(finding.subjectText)"])
      .compactMap(\.self).map { line in
        // XML 1.0 has no such characters.
        String(
          String.UnicodeScalarView(
            DisplayText.escape(line).unicodeScalars.map {
              $0 == "\u{FFFE}" || $0 == "\u{FFFF}" ? "\u{FFFD}" : $0
            }))
      }
  }

  @Test(arguments: JUnitConsumer.allCases, ReportOptions.JUnitProfile.allCases)
  func eachFindingIsSeenOnceWithItsPositionAndText(
    consumer: JUnitConsumer, profile: ReportOptions.JUnitProfile
  ) throws {
    for index in Self.reports.indices {
      let seen = try consumer.cases(of: document(index, profile)).filter { $0.status == .failed }
        .filter { $0.group != "neglint.run" }
      var findings = Self.reports[index].countedFindings
      for shown in seen {
        let text = shown.text.split(separator: "\n", omittingEmptySubsequences: false)
        let place = findings.firstIndex { located in
          lines(of: located).allSatisfy { line in text.contains { $0 == line } }
        }
        if let place { findings.remove(at: place) }
        // Jenkins and the actions show rules' errors in the same way.
        #expect(place != nil || shown.name == "linting", "\(shown) is no finding")
      }
      #expect(findings.map { lines(of: $0) } == [], "not seen")
    }
  }

  @Test func annotationsStandAtTheFindingsLine() throws {
    let report = Self.reports[0]
    let seen = try JUnitConsumer.mikepenz.cases(of: document(0, .rich))
    for located in report.countedFindings {
      guard let location = located.location else { continue }
      #expect(seen.contains { $0.file == location.path && $0.line == location.line })
    }
  }

  @Test(arguments: JUnitConsumer.allCases)
  func nothingFailsWhereTheRunDoesNot(consumer: JUnitConsumer) throws {
    for index in Self.reports.indices {
      let cases = try consumer.cases(of: document(index, .rich, failOn: .never))
      #expect(!cases.isEmpty)
      let failed = cases.filter { $0.status == .failed && $0.group != "neglint.run" }
      #expect(failed.allSatisfy { $0.name == "linting" })
    }
  }

  @Test(arguments: JUnitConsumer.allCases)
  func whatIsSuppressedOrKnownIsSkipped(consumer: JUnitConsumer) throws {
    let index = 1
    let cases = try consumer.cases(of: document(index, .rich))
    let hidden = Self.reports[index].findings.filter { !$0.finding.counts }
    #expect(hidden.count == 2)
    let skipped = cases.filter { $0.status == .skipped }
    for located in hidden {
      #expect(skipped.contains { $0.group == "neglint.\(located.finding.ruleID)" })
    }
    #expect(!cases.contains { $0.status == .failed && $0.text.contains("hidden one") })
  }
}
