import Linting
import Rules

extension ReportFormat {
  /// Markdown (GitHub's flavour): a job's summary, a comment on a change, a page of a wiki.
  func markdownDocument(of report: Report, options: ReportOptions) -> [UInt8] {
    var markdown = MarkdownReport(report, options)
    markdown.writeHead()
    markdown.writeProblems()
    markdown.writeFindings()
    markdown.writeNotEvaluated()
    markdown.writeAccepted()
    if options.matrix { markdown.writeMatrix() }
    return Array(markdown.output.utf8)
  }
}

/// Writes the Markdown format, part by part.
struct MarkdownReport {
  /// How many rows a table has unless all are asked for: GitHub takes 1 MiB for a job's summary.
  static let mostRows = 200

  let report: Report
  let options: ReportOptions
  private(set) var output = ""

  init(_ report: Report, _ options: ReportOptions) {
    self.report = report
    self.options = options
  }

  private mutating func line(_ text: String = "") { output += text + "\n" }

  /// A text that is shown as it is, whatever it holds: no markup, no mention, no link.
  static func text(_ text: String) -> String {
    var shown = ""
    for scalar in DisplayText.escape(text).unicodeScalars {
      switch scalar {
      case "&", "<", ">", "|", "*", "_", "`", "[", "]", "\\", "#", "~", "@", "!", "$", "\"", "'":
        shown += "&#\(scalar.value);"
      // Addresses would become links.
      case ":": shown += "&#58;"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private func text(_ text: String) -> String { MarkdownReport.text(text) }

  private func code(_ text: String) -> String { "<code>\(MarkdownReport.text(text))</code>" }

  private mutating func table(_ names: [String], _ rows: [[String]]) {
    line("| " + names.joined(separator: " | ") + " |")
    line("|" + String(repeating: " --- |", count: names.count))
    let most = options.verbose ? rows.count : MarkdownReport.mostRows
    for row in rows.prefix(most) { line("| " + row.joined(separator: " | ") + " |") }
    line()
    if rows.count > most { line("… and \(rows.count - most) more.\n") }
  }

  /// Commands in a fence that none of them can close.
  private mutating func fence(_ commands: [String]) {
    let shown = commands.map(DisplayText.escape)
    var fence = "```"
    while shown.contains(where: { $0.contains(fence) }) { fence += "`" }
    line(fence + "sh")
    for command in shown { line(command) }
    line(fence)
    line()
  }

  mutating func writeHead() {
    line("# \(text(report.tool.name))")
    line()
    line("\(text(report.closingLine)).")
    line()
  }

  mutating func writeProblems() {
    guard !report.problems.isEmpty else { return }
    line("## Problems")
    line()
    table(
      ["", "Where", "What"],
      report.problems.map {
        [
          $0.isNotice ? "notice" : "problem", place($0.location) ?? $0.path.map(code) ?? "",
          text($0.message),
        ]
      })
  }

  private func place(_ location: Location?) -> String? {
    location.map { code("\($0.path):\($0.line):\($0.column)") }
  }

  mutating func writeFindings() {
    let findings = report.findingsByGravity.filter(\.finding.counts)
    guard !findings.isEmpty else { return }
    line("## Findings")
    line()
    table(
      ["Level", "Rule", "What", "On", "Where"],
      findings.map { located in
        let finding = located.finding
        let expiry = finding.expiredSuppression.map {
          "<br>suppressed no more: \(text(SuppressionText.expiry(of: $0)))"
        }
        let madeBy = finding.terraformAddress.map { "<br>made by \(code($0))" }
        return [
          finding.level.rawValue, code(finding.ruleID),
          text(finding.message + finding.remark) + (expiry ?? ""),
          code(finding.subjectText) + (madeBy ?? ""), place(located.location) ?? "",
        ]
      })
    writeFixes(of: findings)
  }

  private mutating func writeFixes(of findings: [Report.LocatedFinding]) {
    let fixes = findings.map(\.finding).filter { !$0.remediation.isEmpty }
    let most = options.verbose ? fixes.count : MarkdownReport.mostRows
    guard !fixes.isEmpty else { return }
    line("<details><summary>How to fix them</summary>")
    line()
    for finding in fixes.prefix(most) {
      line("\(text(finding.message)), on \(code(finding.subjectText)):")
      line()
      fence(finding.remediation)
    }
    if fixes.count > most { line("… and \(fixes.count - most) more.\n") }
    line("</details>")
    line()
  }

  mutating func writeNotEvaluated() {
    guard !report.notEvaluated.isEmpty else { return }
    line("## Not evaluated")
    line()
    table(
      ["Rule", "What", "To have it checked"],
      report.notEvaluated.map {
        [code($0.ruleID), text($0.sentence), $0.command.map(code) ?? ""]
      })
  }

  mutating func writeAccepted() {
    if !report.suppressions.isEmpty {
      line("## Suppressions")
      line()
      table(
        ["Rules", "On", "State"],
        report.suppressions.map {
          [
            code($0.suppression.rule), code($0.suppression.resource),
            text(SuppressionText.outcome($0)),
          ]
        })
    }
    guard let baseline = report.baseline else { return }
    line(baseline.origin == .export ? "## With the plan" : "## Baseline")
    line()
    line(
      "\(baseline.new) new, \(baseline.unchanged) unchanged, \(baseline.fixed.count) fixed, "
        + "\(baseline.undecided.count) not evaluated now.")
    line()
    guard !baseline.gone.isEmpty else { return }
    table(
      ["State", "Rule", "On"],
      baseline.gone.map { [$0.state, code($0.finding.ruleID), code($0.finding.subjectText)] })
  }

  mutating func writeMatrix() {
    line("## Outcomes")
    line()
    var rows: [[String]] = []
    for group in report.matrix {
      rows.append(
        ["**\(group.resourceType)**", ""] + group.total.columns.map { "**\($0)**" })
      for rule in group.rows {
        rows.append(["", code(rule.id)] + rule.counts.columns.map(String.init))
      }
    }
    rows.append(["**All**", ""] + report.evaluations.columns.map { "**\($0)**" })
    table(
      [
        "Type", "Rule", "Satisfied", "Violated", "Not evaluated", "Suppressed", "Not applicable",
      ], rows)
  }
}
