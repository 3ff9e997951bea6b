import CEL
import Resources
import Rules

/// Evaluates rules on rows of records; one for each thread.
final class LintWorker {
  private let graph: ResourceGraph
  private let rules: RuleSet
  private let plan: LintPlan
  private let options: LintOptions
  private let isSelected: [Bool]
  private let linked: [LinkedRule?]
  private var evaluator: Evaluator
  private var rowsLeft = LintWorker.rowsPerContext
  private var violatedBits: [UInt64]

  private(set) var counts: [OutcomeCounts]
  private(set) var costs: [UInt64]
  private(set) var violations: [Violation] = []
  private(set) var doubts: [Doubt] = []
  private(set) var sums: NotEvaluatedSums
  private(set) var failures = RuleFailures()
  /// The subjects that selected rules are satisfied with, if they are wanted.
  private(set) var satisfied: [(rule: Int, subject: Value)] = []

  /// A context keeps every cause set that it ever made: a new one now and then forgets them.
  private static let rowsPerContext = 1 << 16

  /// Links all rules that have conditions; not to be done by several threads at once.
  init(_ graph: ResourceGraph, _ rules: RuleSet, _ plan: LintPlan, _ options: LintOptions) {
    self.graph = graph
    self.rules = rules
    self.plan = plan
    self.options = options
    isSelected = rules.rules.map { rules.selected.contains($0.id) }
    linked = rules.rules.enumerated().map { LinkedRule($1, index: $0, to: graph) }
    evaluator = Evaluator(context: Self.context(graph, rules, options))
    violatedBits = [UInt64](repeating: 0, count: (rules.rules.count + 63) / 64 + 1)
    counts = Array(repeating: OutcomeCounts(), count: rules.rules.count)
    costs = Array(repeating: 0, count: rules.rules.count)
    sums = NotEvaluatedSums(
      ruleCount: rules.rules.count, foldsCauses: options.foldsCauses)
  }

  static func context(
    _ graph: ResourceGraph, _ rules: RuleSet, _ options: LintOptions
  ) -> Context {
    let context = Context(host: graph, budget: options.evaluationBudget)
    rules.data.install(in: context)
    return context
  }

  private func renewContext(after rows: Int) {
    rowsLeft -= rows
    guard rowsLeft < 0 else { return }
    rowsLeft = Self.rowsPerContext
    evaluator = Evaluator(context: Self.context(graph, rules, options))
    sums.forgetCauseSets()
  }

  /// Takes what a rule cost since the last evaluation.
  @inline(__always) private func takeCost(_ rule: Int) {
    costs[rule] = costs[rule] &+ evaluator.cost
    evaluator.cost = 0
  }

  @inline(__always) private func noteSatisfied(_ rule: Int, _ subject: Value) {
    counts[rule].satisfied += 1
    if options.listsSatisfied, isSelected[rule] { satisfied.append((rule, subject)) }
  }

  private func noteFailure(_ verdict: Verdict, _ rule: Int, _ subject: Value) {
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
      ? evaluator.context.errorMessage(of: verdict.failure)
      : "a condition that is not true or false"
    failures.add(
      RuleFailures.Key(rule: rule, position: place?.position, message: message), on: subject,
      graph: graph)
  }
}

extension LintWorker {
  /// Evaluates the rules over items on the records in some rows.
  func evaluateItems(ofType type: Int, rows: Range<Int>) {
    renewContext(after: rows.count)
    for row in rows {
      guard let subject = graph.subject(type: type, row: row) else { continue }
      for rule in plan.iterating[type] { evaluateItems(rule, on: subject, unseen: nil) }
      for list in plan.openLists[type] where !plan.iterating[list.partType].isEmpty {
        guard let (part, causes) = unseenPart(of: subject, list, type: type, row: row)
        else { continue }
        for rule in plan.iterating[list.partType] {
          evaluateItems(rule, on: part, unseen: causes)
        }
      }
    }
  }

  /// Evaluates a rule over items.
  ///
  /// - Parameters:
  ///   - index: The rule's place in the rule set.
  ///   - subject: The record.
  ///   - unseen: Where the subject stands for parts that were not loaded, why.
  private func evaluateItems(_ index: Int, on subject: Value, unseen: [Cause]?) {
    guard let rule = linked[index] else { return }
    let start = violations.count
    let verdict = evaluator.evaluate(rule, on: subject) { place in
      guard unseen == nil else { return }
      violations.append(
        Violation(
          rule: index, subject: subject, place: place, ordinal: violations.count - start,
          isSuperseded: false))
    }
    takeCost(index)
    if !verdict.failure.isNull { noteFailure(verdict, index, subject) }
    switch verdict.kind {
    case .notEvaluated:
      let causes = evaluator.context.causes(of: verdict.causes)
      doubts.append(Doubt(rule: index, subject: subject, causes: causes))
    case .violated:
      if let unseen { doubts.append(Doubt(rule: index, subject: subject, causes: unseen)) }
    case .satisfied: if unseen == nil { noteSatisfied(index, subject) }
    case .notApplicable: if unseen == nil { counts[index].notApplicable += 1 }
    case .failed: break
    }
  }

  /// The stand-in for the parts of a list that was not loaded, and why; nil where it was.
  private func unseenPart(
    of owner: Value, _ list: LintPlan.OpenList, type: Int, row: Int
  ) -> (Value, [Cause])? {
    guard let part = graph.phantom(ofPartType: list.partType, ownerType: type, row: row)
    else { return nil }
    let context = evaluator.context
    context.reset()
    guard let causes = list.reader.get(context, owner).openBecause else { return nil }
    return (part, context.causes(of: causes))
  }
}

extension LintWorker {
  /// Evaluates the rules on the records in some rows.
  ///
  /// - Parameters:
  ///   - type: The records' type.
  ///   - rows: The rows.
  ///   - others: What rules over items and the importer's rules found.
  func evaluate(type: Int, rows: Range<Int>, others: ViolatedRecords) {
    renewContext(after: rows.count)
    for row in rows {
      guard let subject = graph.subject(type: type, row: row) else { continue }
      evaluate(plan.plain[type], on: subject, unseen: nil, others)
      for list in plan.openLists[type] where !plan.plain[list.partType].isEmpty {
        guard let (part, causes) = unseenPart(of: subject, list, type: type, row: row)
        else { continue }
        evaluate(plan.plain[list.partType], on: part, unseen: causes, others)
      }
    }
  }

  private func evaluate(
    _ plain: [LintPlan.PlainRule], on subject: Value, unseen: [Cause]?, _ others: ViolatedRecords
  ) {
    for index in violatedBits.indices { violatedBits[index] = 0 }
    var resource: UInt32?
    for place in plain.indices {
      let index = plain[place].rule
      guard let rule = linked[index] else { continue }
      let verdict = evaluator.evaluate(rule, on: subject) { _ in }
      takeCost(index)
      switch verdict.kind {
      case .satisfied: if unseen == nil { noteSatisfied(index, subject) }
      case .notApplicable: if unseen == nil { counts[index].notApplicable += 1 }
      case .failed: noteFailure(verdict, index, subject)
      case .violated where unseen == nil:
        violatedBits[place / 64] |= 1 << UInt64(place % 64)
        let isSuperseded = isSuperseded(plain[place], subject, others)
        violations.append(
          Violation(
            rule: index, subject: subject, place: subject, ordinal: 0,
            isSuperseded: isSuperseded))
      case .notEvaluated, .violated:
        guard isSelected[index] else { continue }
        if isSuperseded(plain[place], subject, others) {
          counts[index].notApplicable += 1
          continue
        }
        counts[index].notEvaluated += 1
        let number = resource ?? graph.resourceNumber(of: subject) ?? 0
        resource = number
        if let unseen, verdict.kind == .violated {
          sums.add(rule: index, resource: number, causes: unseen, graph: graph)
        } else {
          sums.add(
            rule: index, resource: number, causes: verdict.causes, context: evaluator.context,
            graph: graph)
        }
      }
    }
  }

  private func isSuperseded(
    _ rule: LintPlan.PlainRule, _ subject: Value, _ others: ViolatedRecords
  ) -> Bool {
    guard options.appliesSuperseding else { return false }
    for index in rule.superseders.indices where rule.superseders[index] & violatedBits[index] != 0 {
      return true
    }
    return rule.otherSuperseders.contains { others.contains($0, subject) }
  }
}
