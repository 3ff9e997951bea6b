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
      id: id, title: "Title of \(id)", level: level, helpURI: "https://example.com/\(id)",
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

  /// A report as text.
  static func text(
    _ report: Report, _ format: ReportFormat = .text, _ options: ReportOptions = ReportOptions()
  ) throws -> String {
    String(decoding: try format.document(of: report, options: options), as: UTF8.self)
  }

  /// Names that try to break each format.
  static let hostileNames = [
    "a]]>b", "<!--", "&lt;", "\"quoted\" 'twice'", "\u{0}\u{1}\u{8}\u{B}\u{1F}\u{7F}",
    "tab\tlf\ncr\r",
    "\u{1B}[2J", "𝒩 🚀 \u{10FFFF}", "\u{FFFE}\u{FFFF}", "\u{202E}rtl", "\\u0041", "$(reboot)`",
    "",
  ]
}
