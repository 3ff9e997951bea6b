public import Rules

/// A finding of an earlier run: what is kept of it to know it again.
public struct KnownFinding: Hashable, Sendable, Comparable {
  /// The rule's id.
  public var ruleID: String
  /// The canonical key of the resource.
  public var resource: String
  /// The part of the resource; nil for the whole.
  public var locator: String?
  /// What identifies it.
  public var fingerprint: String

  /// Makes a known finding.
  public init(ruleID: String, resource: String, locator: String?, fingerprint: String) {
    self.ruleID = ruleID
    self.resource = resource
    self.locator = locator
    self.fingerprint = fingerprint
  }

  /// What is kept of a finding.
  public init(_ finding: Finding) {
    self.init(
      ruleID: finding.ruleID, resource: finding.resource, locator: finding.locator,
      fingerprint: finding.fingerprint)
  }

  /// By rule, resource and locator, so that a file of them changes little.
  public static func < (left: KnownFinding, right: KnownFinding) -> Bool {
    (left.ruleID, left.resource, left.locator ?? "", left.fingerprint)
      < (right.ruleID, right.resource, right.locator ?? "", right.fingerprint)
  }
}

/// How the findings of a run compare with a baseline.
public struct BaselineComparison: Sendable {
  /// What the findings are compared with.
  public enum Origin: String, Sendable {
    /// An earlier run.
    case baseline
    /// The export without the plan that is laid over it.
    case export
  }

  /// What the findings are compared with.
  public var origin = Origin.baseline
  /// How many findings the baseline lacks, suppressed ones aside.
  public var new: Int
  /// How many findings the baseline has too.
  public var unchanged: Int
  /// What the baseline has and the run would have found, had it been there.
  public var fixed: [KnownFinding]
  /// What the baseline has and the run could not decide.
  public var undecided: [KnownFinding]

  /// Makes a comparison.
  public init(new: Int, unchanged: Int, fixed: [KnownFinding], undecided: [KnownFinding]) {
    self.new = new
    self.unchanged = unchanged
    self.fixed = fixed
    self.undecided = undecided
  }
}

extension LintResult {
  /// Marks the findings that a baseline has, and those that it lacks.
  ///
  /// The not-evaluated entries should list all resources. O(n).
  ///
  /// - Parameters:
  ///   - baseline: The findings of an earlier run, or of the export without a plan.
  ///   - origin: Which of both.
  public mutating func compare(
    with baseline: [KnownFinding], origin: BaselineComparison.Origin = .baseline
  ) {
    let comparison = FindingComparison(
      old: baseline.map(\.fingerprint), new: findings.map(\.fingerprint))
    for place in comparison.introduced { findings[place].baselineState = .new }
    for place in comparison.unchanged { findings[place].baselineState = .unchanged }
    let undecided = UndecidedChecks(
      notEvaluated: notEvaluated, failedRules: Set(problems.compactMap(\.ruleID)),
      rules: Set(counts.keys))
    let gone = comparison.gone.map { baseline[$0] }
    func isUndecided(_ known: KnownFinding) -> Bool {
      undecided.contains(rule: known.ruleID, resource: known.resource)
    }
    self.baseline = BaselineComparison(
      new: findings.lazy.filter { $0.baselineState == .new && $0.suppression == nil }.count,
      unchanged: findings.lazy.filter { $0.baselineState == .unchanged }.count,
      fixed: gone.filter { !isUndecided($0) }.sorted(),
      undecided: gone.filter(isUndecided).sorted())
    self.baseline?.origin = origin
  }

  /// What a baseline is to hold after the run.
  ///
  /// Without an old baseline all findings that nothing hides. With one, only what of it is still
  /// there or could not be decided: a new finding gets in by writing the baseline anew.
  public var nextBaseline: [KnownFinding] {
    let kept = findings.filter { finding in
      baseline == nil ? finding.suppression == nil : finding.baselineState == .unchanged
    }
    return (kept.map { KnownFinding($0) } + (baseline?.undecided ?? [])).sorted()
  }

  /// Leaves the first resources of each not-evaluated entry alone.
  public mutating func cutNotEvaluated() {
    for index in notEvaluated.indices {
      let rest = notEvaluated[index].resources.count - NotEvaluated.listed
      if rest > 0 { notEvaluated[index].resources.removeLast(rest) }
    }
  }

  /// Gives the findings of some rules other levels.
  ///
  /// - Parameter levels: The level of each rule that has another one than its own.
  public mutating func set(levels: [String: Level]) {
    guard !levels.isEmpty else { return }
    for index in findings.indices {
      if let level = levels[findings[index].ruleID] { findings[index].level = level }
    }
  }
}
