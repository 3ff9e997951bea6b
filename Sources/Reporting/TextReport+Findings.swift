import Linting
import Rules

extension TextReport {
  /// What makes findings equal enough to be folded.
  private struct Kind: Hashable {
    var ruleID: String
    var resource: String
    var level: Level

    init(_ finding: Finding) {
      ruleID = finding.ruleID
      resource = finding.resource
      level = finding.level
    }
  }

  /// Findings on the export itself stand first: what the others say holds for the rest only.
  mutating func writeDumpFindings() {
    guard report.count(where: { $0.counts && isOnDump($0) }) > 0 else { return }
    line(styled("The export is not whole; what follows holds for what it has:", .bold))
    writeFindings(onDump: true)
  }

  /// Each finding: position and message, its subject, the source line, further places, commands.
  mutating func writeFindings() { writeFindings(onDump: false) }

  private func isOnDump(_ finding: Finding) -> Bool { dumpRules.contains(finding.ruleID) }

  /// Writes the findings to act on that are on the export itself, or those that are not.
  private mutating func writeFindings(onDump: Bool) {
    let findings = report.findings
    findings.withUnsafeBufferPointer { findings in
      // Findings are large: through a pointer, they are not copied.
      guard let first = findings.baseAddress else { return }
      let places = findings.indices.filter {
        first[$0].finding.counts && isOnDump(first[$0].finding) == onDump
      }
      var totals: [Kind: Int] = [:]
      for place in places { totals[Kind(first[place].finding), default: 0] += 1 }
      var written: [Kind: Int] = [:]
      for place in places {
        let kind = Kind(first[place].finding)
        let number = written[kind, default: 0] + 1
        written[kind] = number
        if options.verbose || number <= TextReport.shownOfEqual {
          write(first[place])
        } else if number == TextReport.shownOfEqual + 1 {
          let rest = totals[kind, default: number] - TextReport.shownOfEqual
          line("... and \(rest) more of \(kind.ruleID) on \(shown(kind.resource)) (--verbose: all)")
          line()
        }
      }
    }
  }

  /// One finding with all that belongs to it.
  mutating func write(_ located: Report.LocatedFinding) { write(located.finding, at: located) }

  private mutating func write(_ finding: Finding, at located: Report.LocatedFinding) {
    let start = place(located.location, path: nil).map { styled($0, .bold) + ": " } ?? ""
    line(
      "\(start)\(styled("\(finding.level.rawValue):", style(of: finding.level))) "
        + "\(styled(shown(finding.message), .bold)) [\(shown(finding.ruleID))]"
        + finding.remark)
    line("  on \(shown(subject(finding.resource, finding.locator)))")
    if let address = finding.terraformAddress { line("  made by \(shown(address))") }
    if finding.baselineState == .new, report.baseline?.origin == .export {
      line("  introduced by the plan")
    }
    if let location = located.location, let excerpt = location.excerpt {
      write(excerpt, line: location.line)
    }
    for (record, location) in zip(finding.related, located.relatedLocations) {
      let place = place(location, path: nil).map { ", \($0)" } ?? ""
      line("  see \(shown(subject(record.resource, record.locator)))\(place)")
    }
    if let expired = finding.expiredSuppression {
      line("  suppressed no more: \(shown(SuppressionText.expiry(of: expired)))")
    }
    for (number, command) in finding.remediation.enumerated() {
      line("  \(number == 0 ? "fix:" : "    ") \(shown(command))")
    }
    line()
  }

  func subject(_ resource: String, _ locator: String?) -> String {
    locator.map { "\(resource) \($0)" } ?? resource
  }

  func style(of level: Level) -> Style {
    switch level {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }

  /// How many findings each rule has, the gravest first.
  mutating func writeSummaryByRule() {
    var counts: [String: (level: Level, count: Int)] = [:]
    for located in report.findings where located.finding.counts {
      let finding = located.finding
      let known = counts[finding.ruleID]
      counts[finding.ruleID] = (
        max(finding.level, known?.level ?? .note), (known?.count ?? 0) + 1
      )
    }
    guard counts.count > 1 else { return }
    let titles = Dictionary(
      report.rules.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first })
    line(styled("By rule:", .bold))
    let rows = counts.sorted {
      ($1.value.level, $1.value.count, $0.key) < ($0.value.level, $0.value.count, $1.key)
    }
    let width = rows.map { String($0.value.count).utf8.count }.max() ?? 1
    for (id, row) in rows {
      let number = String(row.count)
      let margin = String(repeating: " ", count: width - number.utf8.count)
      let level = row.level.rawValue
      let gap = String(repeating: " ", count: 7 - level.utf8.count)
      line(
        "  \(margin)\(number) \(styled(level, style(of: row.level)))\(gap) \(shown(id)): "
          + shown(titles[id] ?? ""))
    }
    line()
  }
}
