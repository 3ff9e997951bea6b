import Documents
@testable import Linting
import Resources
import Rules
import SchemaChecking
import Testing

@testable import Reporting

/// The report for continuous integration.
@Suite struct JUnitReportTests {
  /// Counts of a document, of its attributes or of its elements.
  struct Counts: Equatable {
    var tests = 0
    var failures = 0
    var errors = 0
    var skipped = 0
  }

  static let everything = Samples.report(
    files: [(path: "a.json", bytes: Array("{\n \"n\": 1}".utf8))],
    rules: [
      Samples.rule("neg-x", satisfied: 2, violated: 3, notEvaluated: 4),
      Samples.rule("neg-y", level: .warning, violated: 1), Samples.rule("neg-z", satisfied: 9),
      Samples.rule("neg-quiet"),
    ],
    findings: [
      Samples.finding("neg-x", anchor: .init(file: 0, offset: 0, path: ["n"])),
      Samples.finding("neg-x"), Samples.finding("neg-x", locator: "backends[g]"),
      Samples.finding("neg-y", level: .warning, remediation: ["gcloud one"]),
    ],
    notEvaluated: [
      NotEvaluated(
        ruleID: "neg-x", missing: ["a", "b", "c", "d"], command: "gcloud list", count: 40,
        resources: ["r"])
    ],
    problems: [
      LintProblem(
        ruleID: "neg-z", resource: "r", message: "division by zero",
        rulePosition: "rules/neg-z.yaml:7:3", anchor: nil)
    ],
    inputProblems: [
      Report.UnlocatedProblem(message: "broken", path: "b.json", anchor: nil),
      Report.UnlocatedProblem(message: "odd", path: "b.json", anchor: nil, isNotice: true),
    ])

  static func options(_ profile: ReportOptions.JUnitProfile) -> ReportOptions {
    var options = ReportOptions()
    options.junitProfile = profile
    return options
  }

  @Test(arguments: ReportOptions.JUnitProfile.allCases, FailureThreshold.allCases)
  func countsAgreeWithCases(profile: ReportOptions.JUnitProfile, failOn: FailureThreshold) throws {
    var options = JUnitReportTests.options(profile)
    options.failOn = failOn
    let bytes = try ReportFormat.junit.document(of: JUnitReportTests.everything, options: options)
    let reader = DocumentReader(names: NameTable())
    let document = try reader.readValue(Source(path: "r.xml", bytes: bytes))
    var sum = Counts()
    var names: Set<String> = []
    for suite in elements("testsuite", of: document.root, reader) {
      var counted = Counts()
      for testCase in elements("testcase", of: suite, reader) {
        counted.tests += 1
        counted.failures += elements("failure", of: testCase, reader).count
        counted.errors += elements("error", of: testCase, reader).count
        counted.skipped += elements("skipped", of: testCase, reader).count
        let name = testCase.member("name")?.text ?? ""
        let isNew = names.insert("\(testCase.member("classname")?.text ?? "") \(name)").inserted
        #expect(isNew, "\(name) is there twice")
      }
      #expect(counted == counts(of: suite))
      #expect(counted.tests > 0)
      sum.tests += counted.tests
      sum.failures += counted.failures
      sum.errors += counted.errors
      sum.skipped += counted.skipped
    }
    if profile == .rich { #expect(sum == counts(of: document.root)) }
    // Three errors, a warning, and what was not evaluated, as the threshold has it.
    let failures: [FailureThreshold: Int] = [
      .error: 3, .warning: 4, .note: 4, .notEvaluated: 5, .never: 0,
    ]
    #expect(sum.failures == failures[failOn])
    #expect(sum.errors == 2)
    #expect(sum.failures + sum.skipped == 5)
  }

  @Test func nothingAtAllGivesACase() throws {
    let report = Samples.report(rules: [], resources: 0)
    for profile in ReportOptions.JUnitProfile.allCases {
      let text = try Samples.text(report, .junit, JUnitReportTests.options(profile))
      #expect(text.contains("<testcase name=\"input read\" classname=\"neglint.run\""))
    }
  }

  @Test func allSubjectsHaveACaseOnRequest() throws {
    let report = Samples.report(
      rules: [Samples.rule(satisfied: 2, violated: 1)], findings: [Samples.finding()],
      satisfied: [
        SatisfiedSubject(ruleID: "neg-x", resource: "r", locator: nil),
        SatisfiedSubject(ruleID: "neg-x", resource: "r", locator: "backends[g]"),
      ])
    var options = ReportOptions()
    options.junitCases = .all
    let text = try Samples.text(report, .junit, options)
    #expect(text.contains("<testsuite name=\"neg-x\" tests=\"3\" failures=\"1\""))
    #expect(text.contains("<testcase name=\"r backends[g]\" classname=\"neglint.neg-x\""))
    #expect(!text.contains("no findings"))
  }

  @Test func richCaseOfAFinding() throws {
    let finding = Samples.finding(
      message: "port 80 is set", locator: "defaultPort",
      anchor: .init(file: 0, offset: 0, path: ["n"]), remediation: ["gcloud one"])
    let report = Samples.report(
      files: [(path: "a.json", bytes: Array("{\n \"n\": 1}".utf8))],
      rules: [Samples.rule(violated: 1)], findings: [finding])
    let text = try Samples.text(report, .junit)
    #expect(
      text.contains(
        """
            <testcase name="projects/p/zones/us-central1-a/networkEndpointGroups/web defaultPort" \
        classname="neglint.neg-x" time="0.000" file="a.json" line="2">
        """))
    #expect(
      text.contains(
        """
        <failure type="error" message="port 80 is set">a.json:2:7
        error: port 80 is set
        on projects/p/zones/us-central1-a/networkEndpointGroups/web defaultPort
        fix: gcloud one
        https://example.com/neg-x</failure>
        """))
  }

  @Test(arguments: ["junit-10.xsd", "windyroad-junit.xsd"])
  func strictReportsAreValid(schema: String) throws {
    guard let path = Shared.file("schemas/\(schema)") else { return }
    let validator = try XMLSchema(path: path)
    let reports =
      FormatTests.reports
      + Samples.hostileNames.map(JUnitReportTests.hostile)
    for report in reports {
      let bytes = try ReportFormat.junit.document(
        of: report, options: JUnitReportTests.options(.strict))
      #expect(try validator.accepts(bytes), "\(String(decoding: bytes, as: UTF8.self))")
    }
    #expect(try !validator.accepts(Array("<testsuites line='1'/>".utf8)), "it refuses something")
  }

  @Test(arguments: Samples.hostileNames)
  func richReportsAreWellFormed(name: String) throws {
    let report = JUnitReportTests.hostile(name)
    let bytes = try ReportFormat.junit.document(
      of: report, options: JUnitReportTests.options(.rich))
    #expect(try XMLSchema.isWellFormed(bytes))
    let reader = DocumentReader(names: NameTable())
    let document = try reader.readValue(Source(path: "r.xml", bytes: bytes))
    #expect(elements("testsuite", of: document.root, reader).count == 2)
  }

  private static func hostile(_ name: String) -> Report {
    Samples.report(
      files: [(path: name, bytes: Array("{}".utf8))], rules: [Samples.rule(violated: 1)],
      findings: [
        Samples.finding(
          message: name, resource: name, locator: name, anchor: .init(file: 0, offset: 0),
          related: [RelatedRecord(resource: name, locator: name, anchor: nil)],
          remediation: [name])
      ],
      notEvaluated: [
        NotEvaluated(ruleID: "neg-x", missing: [name], command: name, count: 1, resources: [name])
      ], inputProblems: [Report.UnlocatedProblem(message: name, path: name, anchor: nil)])
  }

  private func elements(_ name: String, of node: Node, _ reader: DocumentReader) -> [Node] {
    node.members.filter { reader.names.name(of: $0.name) == name }.map(\.value)
  }

  private func counts(of node: Node) -> Counts {
    func number(_ name: StaticString) -> Int { node.member(name)?.int.map { Int($0) } ?? -1 }
    return Counts(
      tests: number("tests"), failures: number("failures"), errors: number("errors"),
      skipped: number("skipped"))
  }
}

/// The times of suites.
@Suite struct JUnitTimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00"), (951_782_399, "2000-02-28T23:59:59"),
    (951_782_400, "2000-02-29T00:00:00"), (4_107_542_400, "2100-03-01T00:00:00"),
    (253_402_300_799, "9999-12-31T23:59:59"),
  ])
  func secondsAreTimes(seconds: Int, text: String) {
    #expect(JUnitTimestamp.text(ofEpochSeconds: seconds) == text)
  }

  @Test(arguments: [-1, 253_402_300_800, .max]) func othersAreNot(seconds: Int) {
    #expect(JUnitTimestamp.text(ofEpochSeconds: seconds) == nil)
  }
}
