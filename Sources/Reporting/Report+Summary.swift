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
    count { $0.counts && $0.level == level }
  }

  /// How many findings are suppressed.
  ///
  /// O(n) in the findings.
  public var suppressedCount: Int {
    count { $0.suppression != nil }
  }

  /// How many findings there are of a kind.
  ///
  /// O(n) in the findings.
  func count(where isWanted: (Finding) -> Bool) -> Int {
    findings.withUnsafeBufferPointer { findings in
      // Findings are large: through a pointer, they are not copied.
      guard let first = findings.baseAddress else { return 0 }
      return findings.indices.reduce(0) { $0 + (isWanted(first[$1].finding) ? 1 : 0) }
    }
  }

  /// Whether something could not be read or decided.
  public var isIncomplete: Bool { problems.contains { !$0.isNotice } }

  /// Whether the run fails: it has a finding to act on, or an outcome, that the threshold counts.
  public func fails(at threshold: FailureThreshold) -> Bool {
    count { $0.counts && threshold.includes($0.level) } > 0
      || threshold.includesNotEvaluated && !notEvaluated.isEmpty
  }
}
