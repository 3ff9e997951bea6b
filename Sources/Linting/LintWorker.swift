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
  private let listsSatisfied: Bool
  private let linked: [LinkedRule?]
  /// For each type its plain rules; the loop over them must touch no reference count.
  private let plainRules: [UnsafeMutableBufferPointer<PlainEntry>]
  private let counters: UnsafeMutableBufferPointer<Counter>
  // One thread uses a worker, and none of its methods calls back: nothing to check at run time.
  @exclusivity(unchecked) private var evaluator: Evaluator
  @exclusivity(unchecked) private var rowsLeft = LintWorker.rowsPerContext
  @exclusivity(unchecked) private var violatedBits: [UInt64]
  /// For each type the resource that the last subject is or belongs to.
  @exclusivity(unchecked) private var owners: [UInt32?]
  @exclusivity(unchecked) private(set) var violations: [Violation] = []
  @exclusivity(unchecked) private(set) var doubts: [Doubt] = []
  @exclusivity(unchecked) private(set) var sums: NotEvaluatedSums
  @exclusivity(unchecked) private(set) var failures = RuleFailures()

  private struct PlainEntry {
    let index: Int
    let rule: Unmanaged<LinkedRule>
    let isShared: Bool
    /// What the owner of the last subject decides.
    var shared = SharedResult.open
  }

  private struct Counter {
    var outcomes = OutcomeCounts()
    var cost: UInt64 = 0
  }

  /// The outcomes of each rule, violated ones aside.
  var counts: [OutcomeCounts] { counters.map(\.outcomes) }
  /// The cost of each rule.
  var costs: [UInt64] { counters.map(\.cost) }
  /// The subjects that selected rules are satisfied with, if they are wanted.
  @exclusivity(unchecked) private(set) var satisfied: [(rule: Int, subject: Value)] = []

  /// A context keeps every cause set that it ever made: a new one now and then forgets them.
  private static let rowsPerContext = 1 << 16

  /// Links all rules that have conditions; not to be done by several threads at once.
  init(_ graph: ResourceGraph, _ rules: RuleSet, _ plan: LintPlan, _ options: LintOptions) {
    self.graph = graph
    self.rules = rules
    self.plan = plan
    self.options = options
    listsSatisfied = options.listsSatisfied
    isSelected = rules.rules.map { rules.selected.contains($0.id) }
    let linked = rules.rules.enumerated().map { LinkedRule($1, index: $0, to: graph) }
    self.linked = linked
    plainRules = plan.plain.map { rules in
      let entries = rules.compactMap { plain in
        linked[plain.rule].map {
          PlainEntry(
            index: plain.rule, rule: Unmanaged.passUnretained($0), isShared: $0.shared != nil)
        }
      }
      let buffer = UnsafeMutableBufferPointer<PlainEntry>.allocate(capacity: entries.count)
      _ = buffer.initialize(from: entries)
      return buffer
    }
    owners = Array(repeating: nil, count: plan.plain.count)
    counters = .allocate(capacity: rules.rules.count)
    counters.initialize(repeating: Counter())
    evaluator = Evaluator(context: Self.context(graph, rules, options))
    violatedBits = [UInt64](repeating: 0, count: (rules.rules.count + 63) / 64 + 1)
    sums = NotEvaluatedSums(
      ruleCount: rules.rules.count, foldsCauses: options.foldsCauses)
  }

  deinit {
    for buffer in plainRules { buffer.deallocate() }
    counters.deallocate()
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
    counters[rule].cost &+= evaluator.cost
    evaluator.cost = 0
  }

  @inline(__always) private func noteSatisfied(_ rule: Int, _ subject: Value) {
    counters[rule].outcomes.satisfied += 1
    if listsSatisfied, isSelected[rule] { satisfied.append((rule, subject)) }
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
    case .notApplicable: if unseen == nil { counters[index].outcomes.notApplicable += 1 }
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
      evaluate(onType: type, subject, unseen: nil, others)
      for list in plan.openLists[type] where !plan.plain[list.partType].isEmpty {
        guard let (part, causes) = unseenPart(of: subject, list, type: type, row: row)
        else { continue }
        evaluate(onType: list.partType, part, unseen: causes, others)
      }
    }
  }

  /// Evaluates all plain rules on a record.
  private func evaluate(
    onType type: Int, _ subject: Value, unseen: [Cause]?, _ others: ViolatedRecords
  ) {
    for index in violatedBits.indices { violatedBits[index] = 0 }
    let entries = plainRules[type]
    let resource = graph.resourceNumber(of: subject)
    if resource != owners[type] {
      owners[type] = resource
      for place in entries.indices { entries[place].shared = .open }
    }
    for place in entries.indices {
      let index = entries[place].index
      let verdict = verdict(of: &entries[place], on: subject)
      takeCost(index)
      switch verdict.kind {
      case .satisfied where unseen == nil: noteSatisfied(index, subject)
      case .notApplicable where unseen == nil: counters[index].outcomes.notApplicable += 1
      case .satisfied, .notApplicable: break
      case .failed: noteFailure(verdict, index, subject)
      case .violated where unseen == nil:
        violatedBits[place / 64] |= 1 << UInt64(place % 64)
        violations.append(
          Violation(
            rule: index, subject: subject, place: subject, ordinal: 0,
            isSuperseded: isSuperseded(plan.plain[type][place], subject, others)))
      case .notEvaluated, .violated:
        guard isSelected[index] else { continue }
        if isSuperseded(plan.plain[type][place], subject, others) {
          counters[index].outcomes.notApplicable += 1
        } else {
          noteDoubt(verdict, index, subject, unseen: unseen)
        }
      }
    }
  }

  @inline(__always)
  private func verdict(of entry: inout PlainEntry, on subject: Value) -> Verdict {
    guard entry.isShared else {
      return entry.rule._withUnsafeGuaranteedRef { evaluator.verdict(of: $0, on: subject) }
    }
    if entry.shared == .open {
      entry.shared = entry.rule._withUnsafeGuaranteedRef {
        evaluator.sharedResult(of: $0, on: subject)
      }
    }
    switch entry.shared {
    case .holds: return Verdict(.satisfied)
    case .leavesRest:
      return entry.rule._withUnsafeGuaranteedRef { evaluator.restVerdict(of: $0, on: subject) }
    case .open, .undecided:
      return entry.rule._withUnsafeGuaranteedRef { evaluator.verdict(of: $0, on: subject) }
    }
  }

  private func noteDoubt(
    _ verdict: Verdict, _ index: Int, _ subject: Value, unseen: [Cause]?
  ) {
    counters[index].outcomes.notEvaluated += 1
    let resource = graph.resourceNumber(of: subject) ?? 0
    if let unseen, verdict.kind == .violated {
      sums.add(rule: index, resource: resource, causes: unseen, graph: graph)
    } else {
      sums.add(
        rule: index, resource: resource, causes: verdict.causes, context: evaluator.context,
        graph: graph)
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
