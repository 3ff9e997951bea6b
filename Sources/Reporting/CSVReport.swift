import Linting
import Rules

extension ReportFormat {
  /// Comma-separated values (RFC 4180), one row for each finding, not-evaluated entry, suppression
  /// and problem, for spreadsheets.
  func csvDocument(of report: Report) -> [UInt8] {
    var text = CSVRow.names.joined(separator: ",") + "\r\n"
    for located in report.findings {
      let finding = located.finding
      var row = CSVRow(
        kind: "finding", rule: finding.ruleID, message: finding.message + finding.remark)
      row.level = finding.level.rawValue
      row.state =
        finding.suppression.map { "suppressed \(SuppressionText.reason($0))" }
        ?? finding.baselineState?.rawValue ?? ""
      row.resource = finding.resource
      row.locator = finding.locator ?? ""
      row.location = located.location
      row.fingerprint = finding.fingerprint
      row.remediation = finding.remediation.joined(separator: "\n")
      row.help = located.helpURI ?? ""
      row.terraformAddress = finding.terraformAddress ?? ""
      text += row.line
    }
    for entry in report.notEvaluated {
      var row = CSVRow(kind: "not evaluated", rule: entry.ruleID, message: entry.sentence)
      row.resource = entry.resources.joined(separator: "\n")
      row.remediation = entry.command ?? ""
      text += row.line
    }
    for use in report.suppressions {
      var row = CSVRow(
        kind: "suppression", rule: use.suppression.rule, message: SuppressionText.outcome(use))
      row.state = use.state.rawValue
      row.resource = use.suppression.resource
      text += row.line
    }
    for known in report.baseline?.gone ?? [] {
      var row = CSVRow(
        kind: "baseline", rule: known.finding.ruleID, message: "\(known.state), was in the baseline"
      )
      row.state = known.state
      row.resource = known.finding.resource
      row.locator = known.finding.locator ?? ""
      row.fingerprint = known.finding.fingerprint
      text += row.line
    }
    for problem in report.problems {
      var row = CSVRow(
        kind: problem.isNotice ? "notice" : "problem", rule: problem.ruleID ?? "",
        message: problem.message)
      row.location = problem.location
      row.path = problem.path ?? ""
      text += row.line
    }
    return Array(text.utf8)
  }
}

/// One row, every cell quoted and no formula.
private struct CSVRow {
  static let names = [
    "kind", "ruleId", "level", "state", "message", "resource", "locator", "path", "line", "column",
    "fingerprint", "remediation", "helpUri", "terraformAddress",
  ]

  let kind: String
  let rule: String
  let message: String
  var level = ""
  var state = ""
  var resource = ""
  var locator = ""
  var location: Location?
  var path = ""
  var fingerprint = ""
  var remediation = ""
  var help = ""
  var terraformAddress = ""

  init(kind: String, rule: String, message: String) {
    self.kind = kind
    self.rule = rule
    self.message = message
  }

  var line: String {
    let place = [
      location?.path ?? path, location.map { String($0.line) } ?? "",
      location.map { String($0.column) } ?? "",
    ]
    let cells =
      [kind, rule, level, state, message, resource, locator] + place
      + [fingerprint, remediation, help, terraformAddress]
    return cells.map(CSVRow.cell).joined(separator: ",") + "\r\n"
  }

  /// A spreadsheet runs what starts with one of `= + - @`; a quote before it makes it a text
  /// (https://owasp.org/www-community/attacks/CSV_Injection).
  private static func cell(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let safe = lines.map { DisplayText.escape(String($0)) }.joined(separator: "\n")
    let isFormula = safe.unicodeScalars.first { $0 != " " }.map {
      "=+-@".unicodeScalars.contains($0)
    }
    return "\"" + (isFormula == true ? "'" : "") + safe.replacing("\"", with: "\"\"") + "\""
  }
}
