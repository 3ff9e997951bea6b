import Linting
import Rules

/// Makes suites and cases of a report, so that report and exit status agree.
struct JUnitCases {
  let report: Report
  let options: ReportOptions

  /// A suite for the input, then one for each rule; no suite is without cases.
  func suites() -> [JUnitSuite] {
    let findings = Dictionary(grouping: report.findings) { $0.finding.ruleID }
    let missing = Dictionary(grouping: report.notEvaluated) { $0.ruleID }
    let satisfied = Dictionary(grouping: report.satisfied) { $0.ruleID }
    let problems = Dictionary(grouping: report.problems.filter { $0.ruleID != nil && !$0.isNotice })
    {
      $0.ruleID ?? ""
    }
    return [inputSuite()]
      + report.rules.map { rule in
        var cases = (findings[rule.id] ?? []).map(testCase)
        cases += (missing[rule.id] ?? []).map(testCase)
        cases += (problems[rule.id] ?? []).map { error($0, class: "neglint.\(rule.id)") }
        if options.junitCases == .all {
          cases += (satisfied[rule.id] ?? []).map(testCase)
        } else if (findings[rule.id] ?? []).isEmpty, rule.counts.satisfied > 0 {
          cases.append(passed(rule))
        }
        if cases.isEmpty { cases.append(passed(rule)) }
        var suite = JUnitSuite(name: rule.id, properties: properties(of: rule), cases: cases)
        suite.makeNamesUnique()
        return suite
      } + hiddenSuites()
  }

  /// Suppressions, and what of the baseline is gone; no suites where there is neither.
  private func hiddenSuites() -> [JUnitSuite] {
    let suppressions = report.suppressions.map { use -> JUnitCase in
      let outcome = DisplayText.escape(SuppressionText.outcome(use))
      let place = use.suppression.position.map { "\(DisplayText.escape($0)): " } ?? ""
      return JUnitCase(
        name: DisplayText.escape(SuppressionText.subject(use.suppression)),
        className: "neglint.suppressions",
        outcome: use.state == .active
          ? .passed : .skipped(message: outcome, body: place + outcome),
        output: use.state == .active ? place + outcome : nil)
    }
    let baseline = (report.baseline?.gone ?? []).map { finding, state -> JUnitCase in
      let name = DisplayText.escape("\(finding.ruleID) on \(finding.subjectText)")
      return JUnitCase(
        name: "\(state): \(name)", className: "neglint.baseline",
        outcome: state == "fixed" ? .passed : .skipped(message: state, body: "\(state): \(name)"))
    }
    return [("suppressions", suppressions), ("baseline", baseline)].filter { !$0.1.isEmpty }.map {
      var suite = JUnitSuite(name: $0.0, properties: [], cases: $0.1)
      suite.makeNamesUnique()
      return suite
    }
  }

  /// A finding that counts fails or, below the threshold, is skipped; so is one that is hidden.
  private func outcome(of finding: Finding, _ message: String, _ text: String) -> JUnitCase.Outcome
  {
    let level = finding.level.rawValue
    if let suppression = finding.suppression {
      let reason = DisplayText.escape(SuppressionText.reason(suppression))
      let state = suppression.until == nil ? "suppressed: " : "suppressed "
      return .skipped(message: state + reason, body: "\(state)\(reason)\n\(text)")
    }
    if finding.baselineState == .unchanged {
      let place =
        report.baseline?.origin == .export ? "there without the plan" : "in the baseline"
      return .skipped(message: "\(place): \(level): \(message)", body: text)
    }
    return options.failOn.includes(finding.level)
      ? .failure(type: level, message: message, body: text)
      : .skipped(message: "\(level): \(message)", body: text)
  }

  private func inputSuite() -> JUnitSuite {
    var cases = report.problems.filter { $0.ruleID == nil && !$0.isNotice }
      .map { error($0, class: "neglint.run") }
    if cases.isEmpty {
      cases.append(
        JUnitCase(
          name: "input read", className: "neglint.run", outcome: .passed,
          output: "\(DisplayText.count(report.resources, "resource")) of "
            + DisplayText.count(report.inputs.count, "file")))
    }
    var suite = JUnitSuite(
      name: "run",
      properties: [
        ("tool", "\(report.tool.name) \(report.tool.version)"), ("ruleSet", report.tool.ruleSet),
      ], cases: cases)
    suite.makeNamesUnique()
    return suite
  }

  private func properties(of rule: Report.RuleEntry) -> [(name: String, value: String)] {
    var properties = [("level", rule.level.rawValue), ("title", rule.title)]
    if let uri = rule.helpURI { properties.append(("url", uri)) }
    return properties + [
      ("tool", "\(report.tool.name) \(report.tool.version)"), ("ruleSet", report.tool.ruleSet),
      ("satisfied", String(rule.counts.satisfied)),
    ]
  }

  private func testCase(_ located: Report.LocatedFinding) -> JUnitCase {
    let finding = located.finding
    let subject = finding.locator.map { "\(finding.resource) \($0)" } ?? finding.resource
    let level = finding.level.rawValue
    let message = DisplayText.escape(finding.message + finding.remark)
    var body: [String] = []
    if let place = located.location { body.append(position(place)) }
    body += ["\(level): \(message)", "on \(DisplayText.escape(subject))"]
    if let address = finding.terraformAddress {
      body.append("made by \(DisplayText.escape(address))")
    }
    for (record, location) in zip(finding.related, located.relatedLocations) {
      let name = record.locator.map { "\(record.resource) \($0)" } ?? record.resource
      body.append(
        "see \(DisplayText.escape(name))" + (location.map { ", \(position($0))" } ?? ""))
    }
    if let expired = finding.expiredSuppression {
      body.append("suppressed no more: \(DisplayText.escape(SuppressionText.expiry(of: expired)))")
    }
    body += finding.remediation.map { "fix: \(DisplayText.escape($0))" }
    if let uri = located.helpURI { body.append(uri) }
    let text = body.joined(separator: "\n")
    return JUnitCase(
      name: DisplayText.escape(subject), className: "neglint.\(finding.ruleID)",
      outcome: outcome(of: finding, message, text),
      location: located.location,
      properties: [("level", level), ("fingerprint", finding.fingerprint)]
        + finding.tags.map { ("tag", $0) })
  }

  private func position(_ location: Location) -> String {
    "\(DisplayText.escape(location.path)):\(location.line):\(location.column)"
  }

  private func testCase(_ entry: NotEvaluated) -> JUnitCase {
    let missing = entry.missing.map(DisplayText.escape)
    let shown = missing.prefix(3).joined(separator: ", ")
    let names = missing.count > 3 ? "\(shown) and \(missing.count - 3) more" : shown
    let message = "\(DisplayText.count(entry.count, "check")) not evaluated: \(names) missing"
    var body = [message]
    if let command = entry.command { body.append("export too: \(DisplayText.escape(command))") }
    body += entry.resources.map { "on \(DisplayText.escape($0))" }
    if entry.count > entry.resources.count, !entry.resources.isEmpty {
      body.append("and others")
    }
    let text = body.joined(separator: "\n")
    return JUnitCase(
      name: "not evaluated: \(names)", className: "neglint.\(entry.ruleID)",
      outcome: options.failOn.includesNotEvaluated
        ? .failure(type: "not-evaluated", message: message, body: text)
        : .skipped(message: message, body: text))
  }

  private func testCase(_ subject: SatisfiedSubject) -> JUnitCase {
    let name = subject.locator.map { "\(subject.resource) \($0)" } ?? subject.resource
    return JUnitCase(
      name: DisplayText.escape(name), className: "neglint.\(subject.ruleID)", outcome: .passed)
  }

  private func passed(_ rule: Report.RuleEntry) -> JUnitCase {
    JUnitCase(
      name: "no findings", className: "neglint.\(rule.id)", outcome: .passed,
      output: "\(rule.counts.satisfied) satisfied, \(rule.counts.notApplicable) not applicable")
  }

  private func error(_ problem: Report.Problem, class className: String) -> JUnitCase {
    let message = DisplayText.escape(problem.message)
    let place = problem.location.map(position) ?? problem.path.map(DisplayText.escape)
    return JUnitCase(
      name: problem.path.map(DisplayText.escape) ?? "linting", className: className,
      outcome: .error(
        type: problem.ruleID == nil ? "input" : "rule", message: message,
        body: (place.map { "\($0)\n" } ?? "") + message),
      location: problem.location)
  }
}
