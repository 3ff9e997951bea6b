import CEL
import Resources
import Rules

extension LintWorker {
  /// Evaluates the plain rules on the records in some rows, rule by rule.
  func evaluateBlock(_ block: BlockRules, type: Int, rows: Range<Int>, _ others: ViolatedRecords) {
    block.begin(type: type, rows: rows, of: graph)
    for entry in block.entries {
      measured(entry.rule) {
        if let conditions = entry.conditions {
          evaluate(conditions, entry, block, others)
        } else {
          block.all.forEachRow { row in evaluateWhole(entry, block, row, others) }
        }
      }
    }
  }

  private func evaluate(
    _ conditions: BlockRules.Conditions, _ entry: BlockRules.Entry, _ block: BlockRules,
    _ others: ViolatedRecords
  ) {
    let table = block.table
    let (applies, isTrue, isFalse, open) = (block.applies, block.isTrue, block.isFalse, block.open)
    open.copy(block.all)
    applies.copy(block.all)
    if let when = conditions.when {
      table.evaluate(when, on: block.all, isTrue: isTrue, isFalse: isFalse, context)
      noteNotApplicable(entry.rule, count: isFalse.count)
      applies.copy(isTrue)
      open.remove(isFalse)
    }
    table.evaluate(conditions.require, on: applies, isTrue: isTrue, isFalse: isFalse, context)
    takeCost(entry.rule, table.cost)
    table.cost = 0
    noteSatisfied(entry.rule, isTrue, of: block.subjects)
    open.remove(isTrue)
    open.remove(isFalse)
    isFalse.forEachRow { noteViolation(entry, block, $0, others) }
    open.forEachRow { row in evaluateOpen(conditions, entry, block, row, others) }
  }

  /// A record on which the conditions are neither true nor false.
  private func evaluateOpen(
    _ conditions: BlockRules.Conditions, _ entry: BlockRules.Entry, _ block: BlockRules,
    _ row: Int, _ others: ViolatedRecords
  ) {
    var value = Value.bool(true)
    if let when = conditions.when { value = block.table.value(of: when, row: row, context) }
    if value.isTrue { value = block.table.value(of: conditions.require, row: row, context) }
    // What ends in an error is evaluated once more, as a whole: its message is needed.
    guard let causes = value.causes else { return evaluateWhole(entry, block, row, others) }
    noteDoubt(entry, block, row, causes, others)
  }

  /// Evaluates a rule on a record as a whole.
  private func evaluateWhole(
    _ entry: BlockRules.Entry, _ block: BlockRules, _ row: Int, _ others: ViolatedRecords
  ) {
    let subject = block.subjects[row]
    let verdict = verdict(of: entry.linked, on: subject)
    switch verdict.kind {
    case .satisfied: noteSatisfied(entry.rule, subject)
    case .notApplicable: noteNotApplicable(entry.rule)
    case .failed: noteFailure(verdict, entry.rule, subject)
    case .violated: noteViolation(entry, block, row, others)
    case .notEvaluated: noteDoubt(entry, block, row, verdict.causes, others)
    }
  }

  private func noteViolation(
    _ entry: BlockRules.Entry, _ block: BlockRules, _ row: Int, _ others: ViolatedRecords
  ) {
    entry.violated.set(row)
    noteViolation(
      entry.rule, block.subjects[row], isSuperseded: isSuperseded(entry, block, row, others))
  }

  private func noteDoubt(
    _ entry: BlockRules.Entry, _ block: BlockRules, _ row: Int, _ causes: CauseSetID,
    _ others: ViolatedRecords
  ) {
    guard isSelected[entry.rule] else { return }
    if isSuperseded(entry, block, row, others) {
      noteNotApplicable(entry.rule)
    } else {
      noteDoubt(entry.rule, block.subjects[row], causes)
    }
  }

  private func isSuperseded(
    _ entry: BlockRules.Entry, _ block: BlockRules, _ row: Int, _ others: ViolatedRecords
  ) -> Bool {
    guard appliesSuperseding else { return false }
    return entry.superseders.contains { block.entries[$0].violated[row] }
      || entry.otherSuperseders.contains { others.contains($0, block.subjects[row]) }
  }
}
