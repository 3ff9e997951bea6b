import Linting
import Rules

extension ReportFormat {
  /// SARIF 2.1.0 (OASIS), within the limits of GitHub code scanning.
  ///
  /// - Returns: The end of it, which was not put out.
  func writeSARIF(
    of report: Report, options: ReportOptions, to output: @escaping ([UInt8]) -> Void
  ) -> [UInt8] {
    let sarif = SARIFReport(report: report, options: options)
    var writer = JSONWriter(to: output)
    writer.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      json.list("runs", [sarif]) { json, run in json.object { run.writeRun(to: &$0) } }
    }
    return writer.finish()
  }
}

/// Writes the one run of a SARIF log.
struct SARIFReport {
  /// What GitHub takes: results of a run, locations of a result, tags of a rule
  /// (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
  static let mostResults = 25_000
  static let mostLocations = 1_000
  static let mostTags = 20

  let report: Report
  let options: ReportOptions

  func writeRun(to json: inout JSONWriter) {
    let findings = report.findingsByGravity
    let left = max(0, findings.count - SARIFReport.mostResults)
    json.object("tool") { json in
      json.object("driver") { json in
        json.member("name", report.tool.name)
        json.member("version", report.tool.version)
        json.list("rules", report.rules) { write($1, to: &$0) }
      }
    }
    let category = options.sarifCategory.map { "\($0)/" } ?? ""
    json.object("automationDetails") { $0.member("id", "neglint/\(category)") }
    json.member("columnKind", "utf16CodeUnits")
    json.list("invocations", [left]) { json, left in
      json.object { writeInvocation(leavingOut: left, to: &$0) }
    }
    let indices = Dictionary(
      report.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    json.list("results", sarifResults(findings.dropLast(left), indices)) { json, result in
      json.object { result(&$0) }
    }
    json.object("properties") { json in
      json.member("ruleSet", report.tool.ruleSet)
      json.list("suppressions", report.suppressions) { JSONReport.write($1, to: &$0) }
      if let baseline = report.baseline {
        json.object("baseline") { JSONReport.writeMembers(of: baseline, to: &$0) }
      }
    }
  }

  private typealias Result = (inout JSONWriter) -> Void

  private func sarifResults(
    _ findings: ArraySlice<Report.LocatedFinding>, _ indices: [String: Int]
  ) -> [Result] {
    let fails: [Result] = findings.map { located in
      { write(located, indices[located.finding.ruleID], to: &$0) }
    }
    guard options.sarifListsOpen else { return fails }
    let opens: [Result] = report.notEvaluated.map { entry in
      { write(entry, indices[entry.ruleID], to: &$0) }
    }
    return fails + opens.prefix(SARIFReport.mostResults - fails.count)
  }

  private func write(_ rule: Report.RuleEntry, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", rule.id)
      message("shortDescription", rule.title, to: &json)
      message("fullDescription", rule.title, to: &json)
      json.object("help") { json in
        let link = rule.helpURI.map { "\n\nSource: \($0)" } ?? ""
        json.member(
          "text", "\(rule.title). `neglint explain \(rule.id)` tells more.\(link)")
      }
      json.member("helpUri", rule.helpURI)
      json.object("defaultConfiguration") { $0.member("level", rule.level.rawValue) }
      json.object("properties") { json in
        json.list("tags", Array(rule.tags.prefix(SARIFReport.mostTags)))
        json.member("precision", "very-high")
        json.member(
          "problem.severity", rule.level == .note ? "recommendation" : rule.level.rawValue)
      }
    }
  }

  private func write(
    _ located: Report.LocatedFinding, _ index: Int?, to json: inout JSONWriter
  ) {
    let finding = located.finding
    json.member("ruleId", finding.ruleID)
    json.member("ruleIndex", index)
    json.member("kind", "fail")
    json.member("level", finding.level.rawValue)
    message("message", finding.message + finding.remark, to: &json)
    json.list("locations", [located]) { json, located in
      json.object {
        physicalLocation(located.location, to: &$0)
        logicalLocations([finding.subjectText], to: &$0)
      }
    }
    let related = zip(finding.related, located.relatedLocations)
      .prefix(SARIFReport.mostLocations)
    if !finding.related.isEmpty {
      json.list("relatedLocations", related.enumerated()) { json, item in
        json.object {
          $0.member("id", item.offset)
          message("message", item.element.0.subjectText, to: &$0)
          physicalLocation(item.element.1, to: &$0)
          logicalLocations([item.element.0.subjectText], to: &$0)
        }
      }
    }
    json.object("fingerprints") { $0.member("neglint/v1", finding.fingerprint) }
    json.object("partialFingerprints") { $0.member("neglint/v1", finding.fingerprint) }
    json.member("baselineState", finding.baselineState?.rawValue)
    if let suppression = finding.suppression {
      json.list("suppressions", [suppression]) { json, suppression in
        json.object {
          $0.member("kind", "external")
          $0.member("status", "accepted")
          $0.member("justification", SuppressionText.reason(suppression))
        }
      }
    }
    json.object("properties") { json in
      json.member("resourceType", finding.resourceType)
      json.member("terraformAddress", finding.terraformAddress)
      if !finding.remediation.isEmpty { json.list("remediation", finding.remediation) }
    }
  }

  /// What could not be decided; its level is "none", as the standard has it for `open`.
  private func write(_ entry: NotEvaluated, _ index: Int?, to json: inout JSONWriter) {
    json.member("ruleId", entry.ruleID)
    json.member("ruleIndex", index)
    json.member("kind", "open")
    json.member("level", "none")
    message("message", entry.sentence, to: &json)
    json.list("locations", entry.resources.prefix(SARIFReport.mostLocations)) { json, resource in
      json.object { logicalLocations([resource], to: &$0) }
    }
  }

  private func writeInvocation(leavingOut count: Int, to json: inout JSONWriter) {
    json.member("executionSuccessful", !report.isIncomplete)
    var notifications: [(level: String, text: String, location: Location?, path: String?)] =
      report.problems.map {
        ($0.isNotice ? "note" : "error", $0.message, $0.location, $0.path)
      }
    if count > 0 {
      notifications.append(
        ("warning", "\(DisplayText.count(count, "finding")) left out, the least grave", nil, nil))
    }
    json.list("toolExecutionNotifications", notifications) { json, notification in
      json.object { json in
        json.member("level", notification.level)
        message("message", notification.text, to: &json)
        guard notification.location != nil || notification.path != nil else { return }
        json.list("locations", [notification]) { json, notification in
          json.object {
            physicalLocation(notification.location, path: notification.path, to: &$0)
          }
        }
      }
    }
  }
}

extension SARIFReport {
  /// A text; brackets that could be read as a link are escaped (SARIF 2.1.0, 3.11.6).
  private func message(_ name: String, _ text: String, to json: inout JSONWriter) {
    var text = DisplayText.escape(text)
    if text.contains("](") {
      text = text.replacing("[", with: "\\[").replacing("]", with: "\\]")
    }
    json.object(name) { $0.member("text", text.isEmpty ? " " : text) }
  }

  private func physicalLocation(
    _ location: Location?, path: String? = nil, to json: inout JSONWriter
  ) {
    guard let path = location?.path ?? path else { return }
    json.object("physicalLocation") { json in
      json.object("artifactLocation") { $0.member("uri", SARIFReport.uri(of: path)) }
      guard let location else { return }
      json.object("region") {
        $0.member("startLine", location.line)
        $0.member("startColumn", location.utf16Column)
      }
    }
  }

  private func logicalLocations(_ names: [String], to json: inout JSONWriter) {
    json.list("logicalLocations", names) { json, name in
      json.object {
        $0.member("fullyQualifiedName", name)
        $0.member("kind", "resource")
      }
    }
  }

  /// A path as a URI reference (RFC 3986): relative paths stay so, and nothing is empty.
  static func uri(of path: String) -> String {
    var rest = Substring(path)
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    let digits = Array("0123456789ABCDEF".utf8)
    var uri: [UInt8] = []
    for byte in rest.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.append(byte)
      default: uri += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    let text = String(decoding: uri, as: UTF8.self)
    if text.isEmpty { return "unnamed" }
    return text.hasPrefix("/") ? "file://\(text)" : text
  }
}
