public import Linting
public import Rules

extension Report {
  /// The outcomes of all rules together.
  public var evaluations: OutcomeCounts {
    rules.reduce(OutcomeCounts()) { $0 + $1.counts }
  }

  /// The findings to act on: nothing hides them, and the baseline does not have them.
  ///
  /// O(n) in the findings.
  public var countedFindings: [LocatedFinding] { findings.filter(\.finding.counts) }

  /// How many findings to act on have the level.
  ///
  /// O(n) in the findings.
  public func count(of level: Level) -> Int {
    findings.lazy.filter { $0.finding.counts && $0.finding.level == level }.count
  }

  /// How many findings are suppressed.
  ///
  /// O(n) in the findings.
  public var suppressedCount: Int {
    findings.lazy.filter { $0.finding.suppression != nil }.count
  }

  /// Whether something could not be read or decided.
  public var isIncomplete: Bool { problems.contains { !$0.isNotice } }

  /// Whether the run fails: it has a finding to act on, or an outcome, that the threshold counts.
  public func fails(at threshold: FailureThreshold) -> Bool {
    findings.contains { $0.finding.counts && threshold.includes($0.finding.level) }
      || threshold.includesNotEvaluated && !notEvaluated.isEmpty
  }
}
