import Linting
import Rules

extension TextReport {
  /// Each suppression with what became of it; on request what it hides.
  mutating func writeSuppressions() {
    guard !report.suppressions.isEmpty else { return }
    line(styled("Suppressions:", .bold))
    for use in report.suppressions {
      let place = use.suppression.position.map { "\(shown($0)): " } ?? ""
      let outcome = shown(SuppressionText.outcome(use))
      line(
        "  \(place)\(shown(SuppressionText.subject(use.suppression))): "
          + (use.state == .active ? outcome : styled(outcome, .warning)))
    }
    if options.verbose {
      for located in report.findings {
        guard let suppression = located.finding.suppression else { continue }
        writeLine(of: located, "suppressed \(SuppressionText.reason(suppression))")
      }
    }
    line()
  }

  /// What the baseline has that is gone; on request what is still there.
  mutating func writeBaseline() {
    guard let baseline = report.baseline else { return }
    let isPlan = baseline.origin == .export
    let listsUnchanged = options.verbose || isPlan && baseline.unchanged > 0
    let isListed = listsUnchanged || !baseline.fixed.isEmpty || !baseline.undecided.isEmpty
    guard isListed else { return }
    line(styled(isPlan ? "With the plan:" : "Baseline:", .bold))
    write(baseline.fixed, "fixed")
    write(baseline.undecided, "not evaluated now")
    if listsUnchanged {
      for located in report.findings where located.finding.baselineState == .unchanged {
        writeLine(of: located, isPlan ? "there without the plan" : "in the baseline")
      }
    }
    line()
  }

  private mutating func write(_ known: [KnownFinding], _ state: String) {
    let most = options.verbose ? known.count : TextReport.shownOfEqual
    for finding in known.prefix(most) {
      line(
        "  \(state): \(shown(finding.ruleID)) on \(shown(subject(finding.resource, finding.locator)))"
      )
    }
    if known.count > most { line("  ... and \(known.count - most) more \(state) (--verbose: all)") }
  }

  /// One finding on one line.
  mutating func writeLine(of located: Report.LocatedFinding, _ state: String) {
    let finding = located.finding
    let start = place(located.location, path: nil).map { "\($0): " } ?? ""
    line(
      "  \(start)\(finding.level.rawValue): \(shown(finding.message)) [\(shown(finding.ruleID))] on "
        + "\(shown(subject(finding.resource, finding.locator))): \(shown(state))")
  }

  /// How often each rule had each outcome, by the type that it looks at: what was looked at.
  mutating func writeMatrix() {
    let matrix = report.matrix
    let names = ["satisfied", "violated", "not evaluated", "suppressed", "not applicable"]
    let width = matrix.flatMap(\.rows).map { $0.id.unicodeScalars.count + 2 }.max() ?? 0
    let labels = max(width, matrix.map { $0.resourceType.utf8.count }.max() ?? 0, 8)
    func row(_ label: String, _ cells: [String]) -> String {
      let gap = String(repeating: " ", count: max(0, labels - label.unicodeScalars.count))
      return label + gap
        + zip(names, cells).map { name, cell in
          String(repeating: " ", count: max(0, name.utf8.count + 2 - cell.utf8.count)) + cell
        }.joined()
    }
    line(styled(row("Outcomes", names), .bold))
    for group in matrix {
      line(styled(row(group.resourceType, group.total.columns.map(String.init)), .bold))
      for rule in group.rows {
        line(row("  \(shown(rule.id))", rule.counts.columns.map(String.init)))
      }
    }
    line(styled(row("All", report.evaluations.columns.map(String.init)), .bold))
    line()
  }
}
