import Documents
@testable import Linting
import Resources
import Rules

@testable import Reporting

/// Small results of linting to write reports of.
enum Samples {
  static let neg = "projects/p/zones/us-central1-a/networkEndpointGroups/web"

  static func finding(
    _ rule: String = "neg-x", level: Level = .error, message: String = "it is wrong",
    resource: String = neg, locator: String? = nil, anchor: Anchor? = nil,
    related: [RelatedRecord] = [], remediation: [String] = []
  ) -> Finding {
    Finding(
      ruleID: rule, level: level, message: message, resource: resource,
      resourceType: "NetworkEndpointGroup", locator: locator, anchor: anchor, related: related,
      remediation: remediation, fingerprint: String(repeating: "0a", count: 32))
  }

  static func rule(
    _ id: String = "neg-x", level: Level = .error, satisfied: Int = 0, violated: Int = 0,
    notEvaluated: Int = 0
  ) -> Report.RuleEntry {
    var counts = OutcomeCounts()
    counts.satisfied = satisfied
    counts.violated = violated
    counts.notEvaluated = notEvaluated
    return Report.RuleEntry(
      id: id, title: "Title of \(id)", level: level, resourceType: "NetworkEndpointGroup",
      tags: ["neg"], helpURI: "https://example.com/\(id)",
      counts: counts)
  }

  /// The report of a result on files in memory.
  static func report(
    files: [(path: String, bytes: [UInt8])] = [], rules: [Report.RuleEntry] = [rule()],
    findings: [Finding] = [], notEvaluated: [NotEvaluated] = [], problems: [LintProblem] = [],
    inputProblems: [Report.UnlocatedProblem] = [], satisfied: [SatisfiedSubject] = [],
    resources: Int = 1
  ) -> Report {
    Report(
      tool: Report.Tool(name: "neglint", version: "0.0.1", ruleSet: "builtin 0.0.1"),
      inputs: files.map {
        Report.Input(path: $0.path, dialect: "snapshot", resources: 1, problems: 0)
      },
      rules: rules, resources: resources,
      result: LintResult(
        findings: findings, notEvaluated: notEvaluated, problems: problems, counts: [:],
        satisfied: satisfied),
      inputProblems: inputProblems,
      locator: SourceLocator(paths: files.map(\.path)) { number in
        Source(path: files[number].path, bytes: files[number].bytes)
      })
  }

  /// A report with everything that can hide a finding, and bring it back.
  static var accepted: Report {
    let until = CalendarDate("2026-12-31")
    let suppression = Suppression(
      rule: "neg-x", resource: "*", reason: "known <b>", until: until, owner: "net",
      position: ".neglint.yaml:3:5")
    var hidden = finding("neg-x", message: "hidden one")
    hidden.suppression = suppression
    hidden.tags = [Finding.gkeManaged]
    var back = finding("neg-x", message: "back again", locator: "backends[g]")
    back.expiredSuppression = suppression
    back.baselineState = .new
    back.terraformAddress = "google_compute_network_endpoint_group.web[0]"
    var known = finding("neg-y", level: .warning, message: "known one")
    known.baselineState = .unchanged
    var report = JUnitReportTests.everything
    report.findings += [hidden, back, known].map {
      Report.LocatedFinding(finding: $0, location: nil, relatedLocations: [], helpURI: nil)
    }
    report.suppressions = SuppressionUse.State.allCases.map {
      SuppressionUse(suppression: suppression, state: $0, count: $0 == .active ? 1 : 0)
    }
    let fixed = KnownFinding(
      ruleID: "neg-z", resource: neg, locator: nil, fingerprint: String(repeating: "0b", count: 32))
    report.baseline = BaselineComparison(new: 5, unchanged: 1, fixed: [fixed], undecided: [fixed])
    report.satisfied = [SatisfiedSubject(ruleID: "neg-z", resource: neg, locator: "a[b=c]")]
    return report
  }

  /// A report as text.
  static func text(
    _ report: Report, _ format: ReportFormat = .text, _ options: ReportOptions = ReportOptions()
  ) throws -> String {
    String(decoding: try format.document(of: report, options: options), as: UTF8.self)
  }

  /// A file for each name.
  static func files(named names: [String]) -> [(path: String, bytes: [UInt8])] {
    names.map { (path: $0, bytes: Array("{\n \"𝒩\": 1}".utf8)) }
  }

  /// A finding for each name, in the file of that name, with the name wherever it has a text.
  static func findings(naming names: [String]) -> [Finding] {
    names.enumerated().map { number, name in
      finding(
        message: name, resource: name, locator: name,
        anchor: .init(file: UInt32(number), offset: 0, path: ["𝒩"]),
        related: [
          RelatedRecord(
            resource: name, locator: name, anchor: .init(file: UInt32(number), offset: 0))
        ], remediation: [name])
    }
  }

  /// Names that try to break each format.
  static let hostileNames = [
    "a]]>b", "<!--", "&lt;", "\"quoted\" 'twice'", "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}",
    "tab\tlf\ncr\r",
    "\u{1B}[2J", "𝒩 🚀 \u{10FFFF}", "\u{FFFE}\u{FFFF}", "\u{202E}rtl", "\\u0041", "$(reboot)`",
    "",
  ]
}
