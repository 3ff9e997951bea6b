import Linting
import Rules

extension ReportFormat {
  /// The report for programs; `docs/report.schema.json` describes it.
  func jsonDocument(of report: Report, options: ReportOptions) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.member("schemaVersion", JSONReport.schemaVersion)
      json.object("tool") {
        $0.member("name", report.tool.name)
        $0.member("version", report.tool.version)
        $0.member("ruleSet", report.tool.ruleSet)
      }
      json.list("inputs", report.inputs) { JSONReport.write($1, to: &$0) }
      json.list("findings", report.findings) { JSONReport.write($1, to: &$0) }
      json.list("notEvaluated", report.notEvaluated) { JSONReport.write($1, to: &$0) }
      json.list("problems", report.problems) { JSONReport.write($1, to: &$0) }
      json.object("summary") { JSONReport.writeSummary(of: report, to: &$0) }
    }
    return writer.finish()
  }
}

private enum JSONReport {
  /// Raised when a consumer would have to change; new members alone do not raise it.
  static let schemaVersion = "1.0"

  static func write(_ input: Report.Input, to json: inout JSONWriter) {
    json.object {
      $0.member("path", input.path)
      $0.member("dialect", input.dialect)
      $0.member("resources", input.resources)
      $0.member("problems", input.problems)
      $0.member("refusal", input.refusal)
    }
  }

  static func write(_ located: Report.LocatedFinding, to json: inout JSONWriter) {
    let finding = located.finding
    json.object {
      $0.member("ruleId", finding.ruleID)
      $0.member("level", finding.level.rawValue)
      $0.member("message", finding.message)
      $0.member("resource", finding.resource)
      $0.member("locator", finding.locator)
      $0.member("terraformAddress", finding.terraformAddress)
      write(located.location, to: &$0)
      $0.list("relatedLocations", zip(finding.related, located.relatedLocations)) { json, pair in
        json.object {
          $0.member("resource", pair.0.resource)
          $0.member("locator", pair.0.locator)
          write(pair.1, to: &$0)
        }
      }
      if !finding.remediation.isEmpty { $0.list("remediation", finding.remediation) }
      $0.member("helpUri", located.helpURI)
      $0.member("fingerprint", finding.fingerprint)
    }
  }

  static func write(_ location: Location?, to json: inout JSONWriter) {
    guard let location else { return }
    json.object("location") {
      $0.member("path", location.path)
      $0.member("line", location.line)
      $0.member("column", location.column)
      $0.member("pointer", location.pointer)
    }
  }

  static func write(_ entry: NotEvaluated, to json: inout JSONWriter) {
    json.object {
      $0.member("ruleId", entry.ruleID)
      $0.list("missing", entry.missing)
      $0.member("command", entry.command)
      $0.member("count", entry.count)
      $0.list("resources", entry.resources)
    }
  }

  static func write(_ problem: Report.Problem, to json: inout JSONWriter) {
    json.object {
      $0.member("path", problem.path)
      $0.member("line", problem.location?.line)
      $0.member("column", problem.location?.column)
      $0.member("ruleId", problem.ruleID)
      $0.member("severity", problem.isNotice ? "notice" : "error")
      $0.member("message", problem.message)
    }
  }

  static func writeSummary(of report: Report, to json: inout JSONWriter) {
    let counts = report.evaluations
    json.member("resources", report.resources)
    json.member("rules", report.rules.count)
    json.object("findings") {
      for level in [Level.error, .warning, .note] {
        $0.member(level.rawValue, report.count(of: level))
      }
    }
    json.member("notEvaluated", report.notEvaluated.count)
    json.member("suppressed", 0)
    json.object("evaluations") {
      $0.member("satisfied", counts.satisfied)
      $0.member("violated", counts.violated)
      $0.member("notEvaluated", counts.notEvaluated)
      $0.member("notApplicable", counts.notApplicable)
    }
  }
}
