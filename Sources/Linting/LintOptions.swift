/// How to lint.
public struct LintOptions: Sendable {
  /// How many threads may work (at least one does); the result does not depend on it.
  public var jobs: Int
  /// Whether not-evaluated entries list all resources concerned rather than the first ten.
  public var listsAllResources: Bool
  /// Whether missing things of one kind, collection and project are reported as one.
  public var foldsCauses: Bool
  /// Whether the result lists the subjects that rules are satisfied with, which may be many.
  public var listsSatisfied: Bool
  /// Whether a violated rule silences those that it supersedes; tests of soundness turn it off.
  public var appliesSuperseding: Bool
  /// What one evaluation of a rule may cost, in the units of `CEL`; more is an error.
  public var evaluationBudget: UInt64
  /// What all evaluations of one rule may cost together; a rule that costs more gives nothing but
  /// a problem.
  public var ruleBudget: UInt64

  /// How many records a type must have before its rules are evaluated block by block, which only
  /// pays for many; the result does not depend on it.
  public var blockThreshold: Int
  /// Whether the result tells how long each rule took.
  public var measuresRules: Bool

  /// Makes options.
  ///
  /// - Parameters:
  ///   - jobs: How many threads may work.
  ///   - listsAllResources: Whether not-evaluated entries list all resources concerned.
  ///   - foldsCauses: Whether missing things of one collection and project are reported as one.
  ///   - listsSatisfied: Whether the subjects that rules are satisfied with are listed.
  ///   - appliesSuperseding: Whether a violated rule silences those that it supersedes.
  ///   - evaluationBudget: What one evaluation of a rule may cost.
  ///   - ruleBudget: What all evaluations of one rule may cost together.
  ///   - blockThreshold: How many records a type must have to be evaluated block by block.
  ///   - measuresRules: Whether the time that each rule took is measured.
  public init(
    jobs: Int = 1, listsAllResources: Bool = false, foldsCauses: Bool = true,
    listsSatisfied: Bool = false, appliesSuperseding: Bool = true,
    evaluationBudget: UInt64 = 1_000_000, ruleBudget: UInt64 = 1_000_000_000_000,
    blockThreshold: Int = 128, measuresRules: Bool = false
  ) {
    self.jobs = jobs
    self.listsAllResources = listsAllResources
    self.foldsCauses = foldsCauses
    self.listsSatisfied = listsSatisfied
    self.appliesSuperseding = appliesSuperseding
    self.evaluationBudget = evaluationBudget
    self.ruleBudget = ruleBudget
    self.blockThreshold = blockThreshold
    self.measuresRules = measuresRules
  }
}
