import Linting
import Rules

extension ReportFormat {
  /// GitLab Code Quality (https://docs.gitlab.com/ci/testing/code_quality/): a list of the findings
  /// that count; suppressed ones and those of a baseline have no place in that format.
  ///
  /// - Returns: The end of it, which was not put out.
  func writeGitLab(of report: Report, to output: @escaping ([UInt8]) -> Void) -> [UInt8] {
    var seen: [String: Int] = [:]
    var writer = JSONWriter(to: output)
    writer.array(report.findings.filter(\.finding.counts)) { json, located in
      let finding = located.finding
      let number = (seen[finding.fingerprint] ?? 0) + 1
      seen[finding.fingerprint] = number
      json.object { json in
        json.member(
          "description",
          DisplayText.escape("\(finding.message)\(finding.remark), on \(finding.subjectText)"))
        json.member("check_name", finding.ruleID)
        // Equal ones would be merged.
        json.member(
          "fingerprint",
          number == 1 ? finding.fingerprint : "\(finding.fingerprint)-\(number)")
        json.member("severity", finding.level.codeQualitySeverity)
        json.object("location") { json in
          // What was read from no file has its key for a path, since there has to be one.
          json.member("path", gitlabPath(located.location?.path ?? finding.resource))
          json.object("lines") { $0.member("begin", located.location?.line ?? 1) }
        }
      }
    }
    return writer.finish()
  }

  private func gitlabPath(_ path: String) -> String {
    var rest = Substring(path)
    while rest.hasPrefix("./") { rest = rest.dropFirst(2) }
    return rest.isEmpty ? "unnamed" : String(rest)
  }
}

extension Level {
  /// One of info, minor, major, critical, blocker.
  fileprivate var codeQualitySeverity: String {
    switch self {
    case .error: "critical"
    case .warning: "major"
    case .note: "info"
    }
  }
}
