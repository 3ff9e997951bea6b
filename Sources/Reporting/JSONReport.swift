import Linting
import Rules

extension ReportFormat {
  /// The report for programs; `docs/schemas/report.schema.json` describes it.
  ///
  /// - Returns: The end of it, which was not put out.
  func writeJSON(of report: Report, to output: @escaping ([UInt8]) -> Void) -> [UInt8] {
    var writer = JSONWriter(to: output)
    writer.object { json in
      json.member("schemaVersion", JSONReport.schemaVersion)
      JSONReport.write(report.tool, to: &json)
      json.list("inputs", report.inputs) { JSONReport.write($1, to: &$0) }
      json.list("rules", report.rules) { JSONReport.write($1, to: &$0) }
      json.list("findings", report.findings) { JSONReport.write($1, to: &$0) }
      json.list("notEvaluated", report.notEvaluated) { JSONReport.write($1, to: &$0) }
      if !report.satisfied.isEmpty {
        json.list("satisfied", report.satisfied) { JSONReport.write($1, to: &$0) }
      }
      json.list("suppressions", report.suppressions) { JSONReport.write($1, to: &$0) }
      if let baseline = report.baseline {
        json.object("baseline") { JSONReport.writeMembers(of: baseline, to: &$0) }
      }
      json.list("problems", report.problems) { JSONReport.write($1, to: &$0) }
      json.object("summary") { JSONReport.writeSummary(of: report, to: &$0) }
    }
    return writer.finish()
  }
}

/// Writes the parts of JSON reports.
enum JSONReport {
  /// Raised when a consumer would have to change; new members alone do not raise it.
  static let schemaVersion = "1.0"

  static func write(_ tool: Report.Tool, to json: inout JSONWriter) {
    json.object("tool") {
      $0.member("name", tool.name)
      $0.member("version", tool.version)
      $0.member("ruleSet", tool.ruleSet)
    }
  }

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
    write(located.finding, at: located, to: &json)
  }

  private static func write(
    _ finding: Finding, at located: Report.LocatedFinding, to json: inout JSONWriter
  ) {
    json.object {
      $0.member("ruleId", finding.ruleID)
      $0.member("level", finding.level.rawValue)
      $0.member("message", finding.message)
      $0.member("resource", finding.resource)
      $0.member("resourceType", finding.resourceType)
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
      if !finding.tags.isEmpty { $0.list("tags", finding.tags) }
      $0.member("fingerprint", finding.fingerprint)
      $0.member("baselineState", finding.baselineState?.rawValue)
      if let suppression = finding.suppression {
        $0.object("suppressed") { writeMembers(of: suppression, to: &$0) }
      }
      if let suppression = finding.expiredSuppression {
        $0.object("expiredSuppression") { writeMembers(of: suppression, to: &$0) }
      }
    }
  }

  static func write(_ location: Location?, to json: inout JSONWriter) {
    guard let location else { return }
    json.object("location") {
      $0.member("path", location.path)
      $0.member("line", location.line)
      $0.member("column", location.column)
      if location.utf16Column != location.column {
        $0.member("utf16Column", location.utf16Column)
      }
      $0.member("pointer", location.pointer)
      write(location.excerpt, to: &$0)
    }
  }

  private static func write(_ excerpt: SourceExcerpt?, to json: inout JSONWriter) {
    guard let excerpt else { return }
    json.object("excerpt") {
      $0.member("before", excerpt.before)
      $0.member("after", excerpt.after)
      if excerpt.isCutBefore { $0.member("isCutBefore", true) }
      if excerpt.isCutAfter { $0.member("isCutAfter", true) }
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
      write(problem.location?.excerpt, to: &$0)
      $0.member("ruleId", problem.ruleID)
      $0.member("severity", problem.isNotice ? "notice" : "error")
      $0.member("message", problem.message)
    }
  }

  static func writeSummary(of report: Report, to json: inout JSONWriter) {
    let counts = report.evaluations
    json.object("dumpQuality") {
      $0.member("truncatedLists", report.dumpQuality.truncatedLists)
      $0.member("refusedLists", report.dumpQuality.refusedLists)
      $0.member("shortEndpointLists", report.dumpQuality.shortEndpointLists)
      $0.member("conflictingDefinitions", report.dumpQuality.conflicts)
    }
    json.member("resources", report.resources)
    json.member("rules", report.rules.count)
    json.object("findings") {
      for level in [Level.error, .warning, .note] {
        $0.member(level.rawValue, report.count(of: level))
      }
    }
    json.member("notEvaluated", report.notEvaluated.count)
    json.member("suppressed", report.suppressedCount)
    write(counts, to: &json)
  }
}
