import CEL
import Resources
import Rules

extension LintWorker {
  /// Evaluates the rules over items on the records in some rows.
  func evaluateItems(ofType type: Int, rows: Range<Int>) {
    renewContext(after: rows.count)
    withUnsafeTemporaryAllocation(of: Value.self, capacity: rows.count) { buffer in
      let count = graph.subjects(type: type, rows: rows, into: buffer)
      for rule in plan.idle[type] { noteNotApplicable(rule, count: count) }
      for index in plan.iterating[type] {
        guard let rule = linkedRule(index) else { continue }
        measured(index) {
          // Once for all records: each look at the worker's own counts references.
          let evaluator = evaluator
          for place in 0..<count {
            evaluateItems(rule, on: buffer[place], unseen: nil, evaluator)
          }
          takeCost(index, of: evaluator)
        }
      }
    }
    forEachUnseenPart(ofType: type, rows: rows, plan.iteratingUnseen) { part, type, causes in
      for index in plan.iteratingUnseen[type] {
        guard let rule = linkedRule(index) else { continue }
        evaluateItems(rule, on: part, unseen: causes, evaluator)
        takeCost(index, of: evaluator)
      }
    }
  }

  /// Evaluates a rule over items.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - subject: The record.
  ///   - unseen: Where the subject stands for parts that were not loaded, why.
  ///   - evaluator: The worker's.
  @inline(__always)
  private func evaluateItems(
    _ rule: LinkedRule, on subject: Value, unseen: [Cause]?, _ evaluator: Evaluator
  ) {
    let index = rule.index
    let verdict = verdict(of: rule, on: subject, listsViolations: unseen == nil, evaluator)
    if !verdict.failure.isNull { noteFailure(verdict, index, subject) }
    switch verdict.kind {
    case .notEvaluated:
      postponeDoubt(index, subject, verdict.causes)
    case .violated:
      if let unseen { postponeDoubt(index, subject, unseen) }
    case .satisfied: if unseen == nil { noteSatisfied(index, subject) }
    case .notApplicable: if unseen == nil { noteNotApplicable(index) }
    case .failed: break
    }
  }

  /// Calls a function with the stand-in for the parts of each list that was not loaded, the type
  /// of the parts, and why.
  private func forEachUnseenPart(
    ofType type: Int, rows: Range<Int>, _ rulesOfType: [[some Any]],
    _ body: (Value, Int, [Cause]) -> Void
  ) {
    for list in plan.openLists[type] where !rulesOfType[list.partType].isEmpty {
      for row in graph.openRows(in: rows, ofType: type, field: list.field) {
        guard let subject = graph.subject(type: type, row: row),
          let part = graph.phantom(
            ofPartType: list.partType, field: list.field, ownerType: type, row: row)
        else { continue }
        context.reset()
        guard let causes = list.reader.get(context, subject).openBecause else { continue }
        body(part, list.partType, context.causes(of: causes))
      }
    }
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
    if let block = block(ofType: type) {
      for start in stride(from: rows.lowerBound, to: rows.upperBound, by: ConditionTable.blockSize)
      {
        let end = min(start + ConditionTable.blockSize, rows.upperBound)
        evaluateBlock(block, type: type, rows: start..<end, others)
      }
    } else {
      for row in rows {
        guard let subject = graph.subject(type: type, row: row) else { continue }
        evaluate(onType: type, subject, others)
      }
    }
    forEachUnseenPart(ofType: type, rows: rows, plan.plain) { part, type, causes in
      evaluate(onType: type, unseen: part, causes, others)
    }
  }

  /// Evaluates all plain rules on a record, one after another.
  private func evaluate(onType type: Int, _ subject: Value, _ others: ViolatedRecords) {
    var isViolated = [Bool](repeating: false, count: plan.plain[type].count)
    for (place, rule) in plan.plain[type].enumerated() {
      guard let linked = linkedRule(rule.rule) else { continue }
      let verdict = verdict(of: linked, on: subject)
      let isSuperseded =
        appliesSuperseding
        && (rule.superseders.contains { isViolated[$0] }
          || rule.otherSuperseders.contains { others.contains($0, subject) })
      switch verdict.kind {
      case .satisfied: noteSatisfied(rule.rule, subject)
      case .notApplicable: noteNotApplicable(rule.rule)
      case .failed: noteFailure(verdict, rule.rule, subject)
      case .violated:
        isViolated[place] = true
        noteViolation(rule.rule, subject, isSuperseded: isSuperseded)
      case .notEvaluated where isSuperseded && isSelected[rule.rule]:
        noteNotApplicable(rule.rule)
      case .notEvaluated: noteDoubt(rule.rule, subject, verdict.causes)
      }
    }
  }

  /// Evaluates all plain rules on what stands for parts that were not loaded: nobody has seen
  /// them, so what would violate a rule is in doubt.
  private func evaluate(
    onType type: Int, unseen part: Value, _ causes: [Cause], _ others: ViolatedRecords
  ) {
    for rule in plan.plain[type] {
      guard let linked = linkedRule(rule.rule) else { continue }
      let verdict = verdict(of: linked, on: part)
      let isSuperseded =
        appliesSuperseding && rule.otherSuperseders.contains { others.contains($0, part) }
      switch verdict.kind {
      case .satisfied, .notApplicable: break
      case .failed: noteFailure(verdict, rule.rule, part)
      case .violated, .notEvaluated:
        guard isSelected[rule.rule] else { continue }
        if isSuperseded {
          noteNotApplicable(rule.rule)
        } else if verdict.kind == .notEvaluated {
          noteDoubt(rule.rule, part, verdict.causes)
        } else {
          noteDoubt(rule.rule, part, causes)
        }
      }
    }
  }

}
