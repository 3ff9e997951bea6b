import CEL
import Dispatch
public import Resources
public import Rules
import Schema
import Synchronization

/// Evaluates rules over all records of a graph.
///
/// The result is the same for any number of threads and any order in which files were read.
/// O(records x rules), rules over lists in addition O(items).
///
/// - Parameters:
///   - graph: The records; nobody else may use it meanwhile.
///   - rules: The rules, compiled with the graph's functions.
///   - options: How to lint.
/// - Returns: Findings, not-evaluated outcomes, problems and counts of the selected rules.
public func lint(
  _ graph: ResourceGraph, _ rules: RuleSet, options: LintOptions = LintOptions()
) -> LintResult {
  var run = LintRun(graph, rules, options)
  run.evaluate()
  return run.result()
}

/// The steps of linting: rules over items first, then those on whole records, then the texts.
struct LintRun {
  private let graph: ResourceGraph
  private let rules: RuleSet
  private let options: LintOptions
  private let plan: LintPlan
  private let workers: [LintWorker]
  private let overItems: [Bool]
  private let isSelected: [Bool]
  private var violations: [Violation] = []
  private var imported: [ImporterOutcome] = []
  private var sums: NotEvaluatedSums
  private var failures = RuleFailures()
  private var counts: [OutcomeCounts]
  private var nanoseconds: [UInt64]

  init(_ graph: ResourceGraph, _ rules: RuleSet, _ options: LintOptions) {
    self.graph = graph
    self.rules = rules
    self.options = options
    graph.install(rules.data)
    let plan = LintPlan(rules, graph: graph)
    self.plan = plan
    overItems = rules.rules.map { $0.forEach != nil }
    isSelected = rules.rules.map { rules.selected.contains($0.id) }
    let rows = Schema.types.indices.reduce(0) { $0 + graph.rowCount(ofType: $1) }
    // Threads cost more than they bring where there is little to do.
    let jobs = max(1, min(options.jobs, rows / 2048 + 1))
    workers = (0..<jobs).map { _ in LintWorker(graph, rules, plan, options) }
    sums = NotEvaluatedSums(
      ruleCount: rules.rules.count, foldsCauses: options.foldsCauses)
    counts = Array(repeating: OutcomeCounts(), count: rules.rules.count)
    nanoseconds = Array(repeating: 0, count: rules.rules.count)
  }

  mutating func evaluate() {
    runInParallel(chunks(iterating: true)) { $0.evaluateItems(ofType: $1.type, rows: $1.rows) }
    imported = Self.importerOutcomes(graph, rules, &counts)
    var others = ViolatedRecords(ruleCount: rules.rules.count)
    for violation in workers.flatMap(\.violations) { others.insert(violation, overItems: true) }
    for outcome in imported { others.insert(outcome.violation, overItems: false) }
    let found = others
    runInParallel(chunks(iterating: false)) {
      $0.evaluate(type: $1.type, rows: $1.rows, others: found)
    }
    settle(found)
  }
}

extension LintRun {
  private struct Chunk: Sendable {
    let type: Int
    let rows: Range<Int>
  }

  private func chunks(iterating: Bool) -> [Chunk] {
    let size = iterating ? 128 : 4096
    return Schema.types.indices.flatMap { type -> [Chunk] in
      guard plan.hasWork(onType: type, iterating: iterating) else { return [] }
      let count = graph.rowCount(ofType: type)
      return stride(from: 0, to: count, by: size).map {
        Chunk(type: type, rows: $0..<min($0 + size, count))
      }
    }
  }

  private func runInParallel(_ chunks: [Chunk], _ body: (LintWorker, Chunk) -> Void) {
    shareOut(chunks.count, among: workers.count) { body(workers[$0], chunks[$1]) }
  }

  /// Calls a function with each of some places, by several threads: with the thread's number, too,
  /// which no two threads have.
  private func shareOut(_ count: Int, among threads: Int, _ body: (Int, Int) -> Void) {
    let next = Atomic<Int>(0)
    // What a thread or a place has of its own is used by one thread only.
    nonisolated(unsafe) let body = body
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { thread in
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < count else { return }
        body(thread, place)
      }
    }
  }

  /// Brings the threads' results together and drops what is superseded.
  private mutating func settle(_ others: ViolatedRecords) {
    var all = others
    for worker in workers {
      violations += worker.violations
      sums.merge(worker.sums)
      failures.merge(worker.failures)
      for (rule, count) in worker.counts.enumerated() {
        counts[rule] = counts[rule] + count.outcomes
        nanoseconds[rule] &+= count.nanoseconds
      }
    }
    for violation in violations where !overItems[violation.rule] {
      all.insert(violation, overItems: false)
    }
    for index in violations.indices where overItems[violations[index].rule] {
      let violation = violations[index]
      violations[index].isSuperseded = isSuperseded(violation, all)
    }
    for index in imported.indices {
      imported[index].violation.isSuperseded = isSuperseded(imported[index].violation, all)
    }
    for worker in workers {
      worker.doubts.forEach { settle(rule: $0, subject: $1, causes: $2, all) }
    }
    countViolations()
    dropTooCostlyRules()
  }

  /// Counts a not-evaluated outcome of a rule over items, unless another rule silences it.
  private mutating func settle(
    rule: Int, subject: Value, causes: ArraySlice<Cause>, _ all: ViolatedRecords
  ) {
    guard isSelected[rule] else { return }
    if options.appliesSuperseding,
      rules.supersededBy[rule].contains(where: { all.contains($0, subject) })
    {
      counts[rule].notApplicable += 1
    } else {
      counts[rule].notEvaluated += 1
      sums.add(
        rule: rule, resource: graph.resourceNumber(of: subject) ?? 0, causes: causes, graph: graph)
    }
  }

  private func isSuperseded(_ violation: Violation, _ all: ViolatedRecords) -> Bool {
    guard options.appliesSuperseding else { return false }
    return rules.supersededBy[violation.rule].contains { superseder in
      all.silencesItem(
        superseder, overItems: overItems[superseder], at: violation.place, of: violation.subject)
    }
  }

  /// Counts each violated subject once; one whose findings are all silenced does not apply.
  private mutating func countViolations() {
    var isCounted: [[RecordKey: Bool]] = Array(repeating: [:], count: rules.rules.count)
    for violation in violations {
      guard let key = RecordKey(violation.subject) else { continue }
      let before = isCounted[violation.rule][key] ?? false
      isCounted[violation.rule][key] = before || !violation.isSuperseded
    }
    for rule in rules.rules.indices {
      let violated = isCounted[rule].values.reduce(0) { $0 + ($1 ? 1 : 0) }
      counts[rule].violated += violated
      counts[rule].notApplicable += isCounted[rule].count - violated
    }
  }

  /// A rule that cost too much gives a problem and nothing else, so that the result does not
  /// depend on where it would have stopped.
  private mutating func dropTooCostlyRules() {
    for rule in rules.rules.indices {
      let cost = workers.reduce(UInt64(0)) { sum, worker in
        let (next, isTooMuch) = sum.addingReportingOverflow(worker.counts[rule].cost)
        return isTooMuch ? .max : next
      }
      guard cost > options.ruleBudget, rules.selected.contains(rules.rules[rule].id) else {
        continue
      }
      violations.removeAll { $0.rule == rule }
      sums.removeAll(ofRule: rule)
      counts[rule] = OutcomeCounts()
      failures.add(
        RuleFailures.Key(
          rule: rule, position: rules.rules[rule].require?.position,
          message: "the rule costs \(cost) units in all, more than \(options.ruleBudget)"))
    }
  }
}

extension LintRun {
  /// Makes the texts of what is left.
  func result() -> LintResult {
    let ids = rules.rules.map(\.id)
    let isReported = ids.map { rules.selected.contains($0) }
    let reported = violations.filter { !$0.isSuperseded && isReported[$0.rule] }
    // One part after the other, and at last those of the importer.
    var (parts, failures) = texts(of: reported)
    parts.append([])
    var writer = FindingWriter(graph, rules, options)
    for outcome in imported where !outcome.violation.isSuperseded {
      guard isReported[outcome.violation.rule] else { continue }
      parts[parts.count - 1].append(writer.finding(outcome))
    }
    failures.merge(self.failures)
    failures.merge(writer.failures)
    var outcomes: [String: OutcomeCounts] = [:]
    for (index, id) in ids.enumerated() where rules.selected.contains(id) {
      outcomes[id] = counts[index]
    }
    // Findings are large: their places are sorted, and no list of all is made before.
    let places = parts.indices.flatMap { part in parts[part].indices.map { (part, $0) } }
      .sorted { Finding.precedes(parts[$0.0][$0.1], parts[$1.0][$1.1]) }
    return LintResult(
      findings: places.map { parts[$0.0][$0.1] },
      notEvaluated: sums.entries(ids: ids, graph: graph, listsAll: options.listsAllResources),
      problems: failures.problems(ids: ids, graph: graph), counts: outcomes,
      satisfied: satisfiedSubjects(ids),
      nanoseconds: options.measuresRules
        ? Dictionary(zip(ids, nanoseconds), uniquingKeysWith: { first, _ in first }) : [:])
  }

  /// Makes the findings of violations, by as many threads as there are workers.
  ///
  /// - Returns: The findings in parts, and what went wrong.
  private func texts(of violations: [Violation]) -> ([[Finding]], RuleFailures) {
    let parts = FindingWriter.parts(of: violations, atLeast: 256)
    let rulesAtHand = Set(violations.map(\.rule)).sorted()
    // Linking is not to be done by several threads at once.
    var writers = (0..<min(workers.count, max(1, parts.count))).map { _ in
      FindingWriter(graph, rules, options, for: workers.count > 1 ? rulesAtHand : [])
    }
    var made = Array(repeating: [Finding](), count: parts.count)
    made.withUnsafeMutableBufferPointer { made in
      writers.withUnsafeMutableBufferPointer { writers in
        shareOut(parts.count, among: writers.count) { thread, place in
          writers[thread].write(violations[parts[place]], to: &made[place])
        }
      }
    }
    var failures = RuleFailures()
    for writer in writers { failures.merge(writer.failures) }
    return (made, failures)
  }

  /// The subjects that rules are satisfied with, in an order that no thread decides.
  private func satisfiedSubjects(_ ids: [String]) -> [SatisfiedSubject] {
    workers.flatMap(\.satisfied).map { rule, subject in
      SatisfiedSubject(
        ruleID: ids[rule], resource: graph.path(of: subject), locator: graph.locator(of: subject))
    }
    .sorted {
      ($0.ruleID, $0.resource, $0.locator ?? "") < ($1.ruleID, $1.resource, $1.locator ?? "")
    }
  }
}
