import Linting

extension Report {
  /// The findings, the gravest first, else in their order.
  var findingsByGravity: [LocatedFinding] {
    findings.enumerated().sorted {
      ($1.element.finding.level, $0.offset) < ($0.element.finding.level, $1.offset)
    }.map(\.element)
  }
}

extension Finding {
  /// The resource's key and, after a blank, the locator.
  var subjectText: String { locator.map { "\(resource) \($0)" } ?? resource }
}

extension RelatedRecord {
  /// The resource's key and, after a blank, the locator.
  var subjectText: String { locator.map { "\(resource) \($0)" } ?? resource }
}

extension KnownFinding {
  /// The resource's key and, after a blank, the locator.
  var subjectText: String { locator.map { "\(resource) \($0)" } ?? resource }
}

extension BaselineComparison {
  /// What the baseline has and the run has not, with the reason.
  var gone: [(finding: KnownFinding, state: String)] {
    fixed.map { ($0, "fixed") } + undecided.map { ($0, "not evaluated now") }
  }
}

extension NotEvaluated {
  /// `4 checks not evaluated: A, B, C and 2 more missing`.
  var sentence: String {
    let shown = missing.prefix(3).joined(separator: ", ")
    let names = missing.count > 3 ? "\(shown) and \(missing.count - 3) more" : shown
    return "\(DisplayText.count(count, "check")) not evaluated: \(names) missing"
  }
}

extension Finding {
  /// What stands behind the message, whatever the rule: who manages the resource.
  var remark: String { tags.contains(Finding.gkeManaged) ? " (managed by GKE)" : "" }
}
