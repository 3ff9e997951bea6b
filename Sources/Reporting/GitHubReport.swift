import Linting
import Rules

extension ReportFormat {
  /// Workflow commands of GitHub Actions: each finding is an annotation of its line
  /// (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands).
  ///
  /// GitHub shows ten annotations of a level and step: the gravest stand first, and the Markdown
  /// report is there for the rest.
  func githubDocument(of report: Report) -> [UInt8] {
    var text = ""
    for problem in report.problems {
      text +=
        GitHubCommand(
          name: problem.isNotice ? "notice" : "error", path: problem.path,
          location: problem.location,
          title: problem.ruleID ?? "input", message: problem.message
        ).line
    }
    for located in report.findingsByGravity where located.finding.counts {
      let finding = located.finding
      var lines = [finding.message + finding.remark, "on \(finding.subjectText)"]
      if let address = finding.terraformAddress { lines.append("made by \(address)") }
      if let expired = finding.expiredSuppression {
        lines.append("suppressed no more: \(SuppressionText.expiry(of: expired))")
      }
      lines += finding.remediation.map { "fix: \($0)" }
      text +=
        GitHubCommand(
          name: finding.level == .note ? "notice" : finding.level.rawValue, path: nil,
          location: located.location, title: finding.ruleID, lines: lines
        ).line
    }
    for entry in report.notEvaluated {
      let command = entry.command.map { ["export too: \($0)"] } ?? []
      text +=
        GitHubCommand(
          name: "notice", path: nil, location: nil, title: entry.ruleID,
          lines: [entry.sentence] + command
        ).line
    }
    for use in report.suppressions {
      text +=
        GitHubCommand(
          name: use.state == .active || use.state == .notRun ? "notice" : "warning", path: nil,
          location: nil,
          title: "suppression",
          message:
            "\(SuppressionText.subject(use.suppression)): \(SuppressionText.outcome(use))"
        ).line
    }
    if let baseline = report.baseline, !baseline.gone.isEmpty {
      text +=
        GitHubCommand(
          name: "notice", path: nil, location: nil, title: "baseline",
          lines: baseline.gone.map {
            "\($0.state): \($0.finding.ruleID) on \($0.finding.subjectText)"
          }
        ).line
    }
    return Array(text.utf8)
  }
}

/// One workflow command on one line, whatever its texts hold.
private struct GitHubCommand {
  let name: String
  let path: String?
  let location: Location?
  let title: String
  let lines: [String]

  init(name: String, path: String?, location: Location?, title: String, lines: [String]) {
    self.name = name
    self.path = path
    self.location = location
    self.title = title
    self.lines = lines
  }

  init(name: String, path: String?, location: Location?, title: String, message: String) {
    self.init(name: name, path: path, location: location, title: title, lines: [message])
  }

  var line: String {
    var properties: [String] = []
    if let path = location?.path ?? path { properties.append("file=\(property(path))") }
    if let location {
      properties += ["line=\(location.line)", "col=\(location.utf16Column)"]
    }
    properties.append("title=\(property(title))")
    let message = lines.map { data(DisplayText.escape($0)) }.joined(separator: "%0A")
    return "::\(name) \(properties.joined(separator: ","))::\(message)\n"
  }

  private func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
  }

  private func property(_ text: String) -> String {
    data(DisplayText.escape(text)).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
