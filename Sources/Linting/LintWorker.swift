import CEL
import Resources
import Rules

/// Evaluates rules on rows of records; one for each thread.
final class LintWorker {
  let graph: ResourceGraph
  let rules: RuleSet
  let plan: LintPlan
  let isSelected: [Bool]
  let listsSatisfied: Bool
  let appliesSuperseding: Bool
  let measuresRules: Bool
  private let options: LintOptions
  /// For each rule that has anything to look at its conditions.
  private let linked: [LinkedRule?]
  /// For each type with many records its rules.
  private let blocks: [BlockRules?]
  private let counters: UnsafeMutableBufferPointer<Counter>
  // One thread uses a worker, and none of its methods calls back: nothing to check at run time.
  @exclusivity(unchecked) private(set) var evaluator: Evaluator
  @exclusivity(unchecked) private var rowsLeft = LintWorker.rowsPerContext
  @exclusivity(unchecked) private(set) var violations: [Violation] = []
  @exclusivity(unchecked) private(set) var doubts = Doubts()
  @exclusivity(unchecked) private(set) var sums: NotEvaluatedSums
  @exclusivity(unchecked) private(set) var failures = RuleFailures()
  /// The subjects that selected rules are satisfied with, if they are wanted.
  @exclusivity(unchecked) private(set) var satisfied: [(rule: Int, subject: Value)] = []

  /// What is counted for a rule.
  struct Counter {
    /// The outcomes, violated ones aside.
    var outcomes = OutcomeCounts()
    var cost: UInt64 = 0
    /// Processor time, where it is measured.
    var nanoseconds: UInt64 = 0
  }

  /// What was counted, by rule.
  var counts: [Counter] { Array(counters) }

  /// A context keeps every cause set that it ever made: a new one now and then forgets them.
  private static let rowsPerContext = 1 << 16

  /// Links all rules that have anything to look at; not to be done by several threads at once.
  init(_ graph: ResourceGraph, _ rules: RuleSet, _ plan: LintPlan, _ options: LintOptions) {
    self.graph = graph
    self.rules = rules
    self.plan = plan
    self.options = options
    listsSatisfied = options.listsSatisfied
    appliesSuperseding = options.appliesSuperseding
    measuresRules = options.measuresRules
    isSelected = rules.rules.map { rules.selected.contains($0.id) }
    let linked = rules.rules.enumerated().map { index, rule in
      plan.hasSubjects[index] ? LinkedRule(rule, index: index, to: graph) : nil
    }
    self.linked = linked
    blocks = plan.plain.enumerated().map { type, plain in
      plain.isEmpty || graph.rowCount(ofType: type) < max(1, options.blockThreshold)
        ? nil : BlockRules(plain, linked, rules, graph)
    }
    counters = .allocate(capacity: rules.rules.count)
    counters.initialize(repeating: Counter())
    evaluator = Evaluator(context: Self.context(graph, rules, options))
    sums = NotEvaluatedSums(ruleCount: rules.rules.count, foldsCauses: options.foldsCauses)
  }

  deinit { counters.deallocate() }

  static func context(
    _ graph: ResourceGraph, _ rules: RuleSet, _ options: LintOptions
  ) -> Context {
    let context = Context(host: graph, budget: options.evaluationBudget)
    rules.data.install(in: context)
    return context
  }

  var context: Context { evaluator.context }

  func renewContext(after rows: Int) {
    rowsLeft -= rows
    guard rowsLeft < 0 else { return }
    rowsLeft = Self.rowsPerContext
    evaluator = Evaluator(context: Self.context(graph, rules, options))
    sums.forgetCauseSets()
  }
}

extension LintWorker {
  func linkedRule(_ rule: Int) -> LinkedRule? { linked[rule] }

  func block(ofType type: Int) -> BlockRules? { blocks[type] }

  /// Evaluates a rule without items.
  func verdict(of rule: LinkedRule, on subject: Value) -> Verdict {
    let verdict = evaluator.verdict(of: rule, on: subject)
    takeCost(rule.index, evaluator.cost)
    evaluator.cost = 0
    return verdict
  }

  /// Evaluates a rule over items.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - subject: The record.
  ///   - listsViolations: Whether what is violated counts.
  ///   - evaluator: The worker's, which sums the cost up.
  /// - Returns: The verdict on the subject.
  @inline(__always)
  func verdict(
    of rule: LinkedRule, on subject: Value, listsViolations: Bool, _ evaluator: Evaluator
  ) -> Verdict {
    let start = violations.count
    return evaluator.evaluate(rule, on: subject) { place in
      guard listsViolations else { return }
      violations.append(
        Violation(
          rule: rule.index, subject: subject, place: place, ordinal: violations.count - start,
          isSuperseded: false))
    }
  }

  /// Charges a rule with what the evaluator did since somebody took its cost.
  func takeCost(_ rule: Int, of evaluator: Evaluator) {
    takeCost(rule, evaluator.cost)
    evaluator.cost = 0
  }

  /// Keeps a doubt of a rule over items until what may silence it is known.
  func postponeDoubt(_ rule: Int, _ subject: Value, _ causes: [Cause]) {
    doubts.append(rule: rule, subject: subject, causes: causes)
  }

  /// The same, with a set of the context.
  func postponeDoubt(_ rule: Int, _ subject: Value, _ causes: CauseSetID) {
    context.withCauses(of: causes) { doubts.append(rule: rule, subject: subject, causes: $0) }
  }

  func takeCost(_ rule: Int, _ cost: UInt64) { counters[rule].cost &+= cost }

  func noteNotApplicable(_ rule: Int, count: Int = 1) {
    counters[rule].outcomes.notApplicable += count
  }

  func noteSatisfied(_ rule: Int, _ subject: Value) {
    counters[rule].outcomes.satisfied += 1
    if listsSatisfied, isSelected[rule] { satisfied.append((rule, subject)) }
  }

  func noteSatisfied(_ rule: Int, _ rows: Mask, of subjects: UnsafeMutableBufferPointer<Value>) {
    guard listsSatisfied else { return counters[rule].outcomes.satisfied += rows.count }
    rows.forEachRow { noteSatisfied(rule, subjects[$0]) }
  }

  func noteViolation(_ rule: Int, _ subject: Value, isSuperseded: Bool) {
    violations.append(
      Violation(
        rule: rule, subject: subject, place: subject, ordinal: 0, isSuperseded: isSuperseded))
  }

  func noteDoubt(_ rule: Int, _ subject: Value, _ causes: CauseSetID) {
    guard isSelected[rule] else { return }
    counters[rule].outcomes.notEvaluated += 1
    sums.add(
      rule: rule, resource: graph.resourceNumber(of: subject) ?? 0, causes: causes,
      context: context, graph: graph)
  }

  func noteDoubt(_ rule: Int, _ subject: Value, _ causes: [Cause]) {
    counters[rule].outcomes.notEvaluated += 1
    sums.add(
      rule: rule, resource: graph.resourceNumber(of: subject) ?? 0, causes: causes, graph: graph)
  }

  func noteFailure(_ verdict: Verdict, _ rule: Int, _ subject: Value) {
    guard isSelected[rule] else { return }
    let place: RuleExpression? =
      switch verdict.place {
      case .when: rules.rules[rule].when
      case .require: rules.rules[rule].require
      case .list: rules.rules[rule].forEach?.list
      case .key: rules.rules[rule].groupBy.first
      }
    let message =
      verdict.failure.isError
      ? context.errorMessage(of: verdict.failure)
      : "a condition that is not true or false"
    failures.add(
      RuleFailures.Key(rule: rule, position: place?.position, message: message), on: subject,
      graph: graph)
  }

  /// Does some of a rule's work, and notes how long that took where it is asked for.
  func measured(_ rule: Int, _ work: () -> Void) {
    guard measuresRules else { return work() }
    let start = ProcessorTime.ofThread
    work()
    counters[rule].nanoseconds &+= ProcessorTime.ofThread &- start
  }
}
