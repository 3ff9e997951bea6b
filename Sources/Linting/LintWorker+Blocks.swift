import CEL
import Resources
import Rules

extension LintWorker {
  /// Evaluates the plain rules on the records in some rows, rule by rule.
  func evaluateBlock(_ block: BlockRules, type: Int, rows: Range<Int>, _ others: ViolatedRecords) {
    block.begin(type: type, rows: rows, of: graph, context)
    defer { block.table.end(context) }
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
    let (table, values) = (block.table, block.values)
    let (applies, isTrue, isFalse, open) = (block.applies, block.isTrue, block.isFalse, block.open)
    applies.copy(block.all)
    open.clear()
    if let when = conditions.when {
      table.evaluate(when, on: block.all, isTrue: isTrue, isFalse: isFalse, context)
      noteNotApplicable(entry.rule, count: isFalse.count)
      open.copy(block.all)
      open.remove(isTrue)
      open.remove(isFalse)
      table.undecided(when, on: open, into: values, context)
      applies.copy(isTrue)
    }
    table.evaluate(conditions.require, on: applies, isTrue: isTrue, isFalse: isFalse, context)
    takeCost(entry.rule, table.cost)
    table.cost = 0
    noteSatisfied(entry.rule, isTrue, of: block.subjects)
    isFalse.forEachRow { noteViolation(entry, block, $0, others) }
    applies.remove(isTrue)
    applies.remove(isFalse)
    table.undecided(conditions.require, on: applies, into: values, context)
    open.add(applies)
    open.forEachRow { row in
      // What ends in an error is evaluated once more, as a whole: its message is needed.
      if let causes = values[row].causes {
        noteDoubt(entry, block, row, causes, others)
      } else {
        evaluateWhole(entry, block, row, others)
      }
    }
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
