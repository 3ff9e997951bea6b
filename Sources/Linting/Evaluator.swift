import CEL

/// Evaluates rules on subjects, one after another; each thread has its own.
///
/// A class, so that the context lies where nobody can change it: no call counts references.
final class Evaluator {
  let context: Context
  /// The cost of all evaluations since somebody took it.
  @exclusivity(unchecked) var cost: UInt64 = 0
  @exclusivity(unchecked) private var groups = GroupTable()

  init(context: Context) { self.context = context }

  /// Evaluates a rule on a subject.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - subject: The record that is `self`.
  ///   - onViolation: Called for each violated unit with the record that it stands at (the
  ///     subject, the item, or the second item of the group) while the context holds the unit.
  /// - Returns: The verdict on the subject.
  func evaluate(
    _ rule: LinkedRule, on subject: Value, onViolation: (Value) -> Void
  ) -> Verdict {
    context.reset()
    context.setSlot(0, subject)
    if let iteration = rule.iteration {
      return evaluate(rule, over: iteration, onViolation: onViolation)
    }
    let verdict = unit(rule)
    if verdict.kind == .violated { onViolation(subject) }
    return verdict
  }

  /// Evaluates a rule without items on a subject.
  @inline(__always)
  func verdict(of rule: LinkedRule, on subject: Value) -> Verdict {
    context.reset()
    context.setSlot(0, subject)
    return unit(rule)
  }

  /// Evaluates the conditions with what is in the slots.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - applies: Whether `when` is known to be true.
  /// - Returns: The verdict.
  @inline(__always)
  private func unit(_ rule: LinkedRule, applies: Bool = false) -> Verdict {
    defer { cost &+= context.cost }
    if !applies, let when = rule.when {
      let applies = when.evaluate(context)
      if applies.isFalse { return Verdict(.notApplicable) }
      if !applies.isTrue { return Verdict(undecided: applies, at: .when) }
    }
    let holds = rule.require.evaluate(context)
    if holds.isTrue { return Verdict(.satisfied) }
    if holds.isFalse { return Verdict(.violated) }
    return Verdict(undecided: holds, at: .require)
  }

  private func evaluate(
    _ rule: LinkedRule, over iteration: LinkedRule.Iteration, onViolation: (Value) -> Void
  ) -> Verdict {
    var applies = rule.when == nil
    if iteration.sharesWhen, let when = rule.when {
      let value = when.evaluate(context)
      if value.isFalse {
        cost &+= context.cost
        return Verdict(.notApplicable)
      }
      applies = value.isTrue
    }
    let list = iteration.list.evaluate(context)
    cost &+= context.cost
    if list.isError { return Verdict(undecided: list, at: .list) }
    let open = list.causes ?? list.openBecause
    let count = context.count(of: list) ?? 0
    if count == 0, open == nil { return Verdict(.notApplicable) }
    if applies, let shared = rule.shared, shared.evaluate(context).isTrue,
      let hasUnits = hasUnits(iteration, of: list, isOpen: open != nil)
    {
      // What holds for every item needs no groups.
      return Verdict(hasUnits ? .satisfied : .notApplicable)
    }
    var total = Verdict(.notApplicable)
    if iteration.keys.isEmpty {
      for index in 0..<count {
        guard let item = context.element(at: index, of: list) else { continue }
        context.restart()
        context.setSlot(iteration.itemSlot, item)
        let verdict = unit(rule, applies: applies)
        if verdict.kind == .violated { onViolation(item) }
        total.add(verdict, in: context)
      }
    } else {
      // Where groups of one are no finding, they need not be told apart.
      let ignoresSingles = applies && isSatisfiedBySingle(rule, iteration)
      evaluateGroups(
        rule, iteration, of: list, isOpen: open != nil, ignoresSingles: ignoresSingles,
        into: &total, onViolation: onViolation)
    }
    if let open {
      addUnseenItems(rule, iteration, open, to: &total)
    }
    return total
  }

  /// Whether there is an item or group to evaluate; nil where finding out ends in an error.
  ///
  /// Looks no further than to the first one.
  private func hasUnits(
    _ iteration: LinkedRule.Iteration, of list: Value, isOpen: Bool
  ) -> Bool? {
    let count = context.count(of: list) ?? 0
    if isOpen || (iteration.keys.isEmpty && count > 0) { return true }
    for index in 0..<count {
      guard let item = context.element(at: index, of: list) else { continue }
      context.restart()
      context.setSlot(iteration.itemSlot, item)
      var hasKey = false
      for program in iteration.keys {
        let key = program.evaluate(context)
        if key.isError { return nil }
        let isNone = key.isNull || (key.tag == .optional && context.unwrapped(key) == nil)
        let isEmpty = key.isList && context.count(of: key) == 0 && key.openBecause == nil
        hasKey = hasKey || !(isNone || isEmpty)
      }
      if hasKey { return true }
    }
    return false
  }

  /// What the items that the list may have besides those known could still change.
  private func addUnseenItems(
    _ rule: LinkedRule, _ iteration: LinkedRule.Iteration, _ causes: CauseSetID,
    to total: inout Verdict
  ) {
    context.restart()
    if !iteration.keys.isEmpty {
      context.setSlot(iteration.groupSlot, context.emptyList(openBecause: causes))
      context.setSlot(iteration.keySlot, .unknown(causes))
    }
    context.setSlot(iteration.itemSlot, .unknown(causes))
    var verdict = unit(rule)
    // Nobody has seen the item: it can be no finding.
    if verdict.kind == .violated {
      verdict = Verdict(.notEvaluated)
      verdict.causes = causes
    }
    total.add(verdict, in: context)
  }
}

extension Evaluator {
  /// Whether a rule is satisfied with all groups of one item.
  private func isSatisfiedBySingle(_ rule: LinkedRule, _ iteration: LinkedRule.Iteration) -> Bool {
    guard let single = rule.single else { return false }
    context.restart()
    context.setSlot(iteration.groupSlot, .records(type: 0, start: 0, count: 1))
    defer { cost &+= context.cost }
    return single.evaluate(context).isTrue
  }

  /// Evaluates a rule on each group of items that have a key in common.
  private func evaluateGroups(
    _ rule: LinkedRule, _ iteration: LinkedRule.Iteration, of list: Value, isOpen: Bool,
    ignoresSingles: Bool, into total: inout Verdict, onViolation: (Value) -> Void
  ) {
    let count = context.count(of: list) ?? 0
    var doubtful: [(Int, CauseSetID)] = []
    groups.removeAll(expecting: count, isSieve: ignoresSingles)
    for index in 0..<count {
      sort(item: index, of: list, iteration, into: &total, &doubtful)
    }
    if ignoresSingles {
      if groups.hasSingles { total.add(Verdict(.satisfied), in: context) }
      let repeated = groups.repeatedItems
      if !repeated.isEmpty { sortAgain(repeated, of: list, iteration) }
    }
    groups.dropEqualGroups()
    for group in 0..<groups.count where groups.sizes[group] > 0 {
      let members = members(ofGroup: group, of: list)
      let place = members.place
      context.restart()
      context.setSlot(iteration.itemSlot, place)
      context.setSlot(iteration.groupSlot, members.list)
      context.setSlot(iteration.keySlot, groups.keys[group])
      let verdict = unit(rule)
      if verdict.kind == .violated { onViolation(place) }
      total.add(verdict, in: context)
    }
    for (index, causes) in doubtful {
      guard let item = context.element(at: index, of: list) else { continue }
      context.restart()
      // An item that is alone in its list has nobody to share its key with.
      let isAlone = count == 1 && !isOpen
      context.setSlot(iteration.itemSlot, item)
      context.setSlot(
        iteration.groupSlot, context.list([item], openBecause: isAlone ? nil : causes))
      context.setSlot(iteration.keySlot, .unknown(causes))
      let verdict = unit(rule)
      if verdict.kind == .violated { onViolation(item) }
      total.add(verdict, in: context)
    }
  }

  /// Puts an item into the groups of its keys.
  ///
  /// - Parameters:
  ///   - index: The item's place in the list.
  ///   - list: The list.
  ///   - iteration: The keys.
  ///   - total: Gets the errors of keys.
  ///   - doubtful: Gets the item, with the causes, where a key is unknown.
  @inline(__always)
  private func sort(
    item index: Int, of list: Value, _ iteration: LinkedRule.Iteration,
    into total: inout Verdict, _ doubtful: inout [(Int, CauseSetID)]
  ) {
    guard let item = context.element(at: index, of: list) else { return }
    context.restart()
    context.setSlot(iteration.itemSlot, item)
    var doubt: CauseSetID?
    for program in iteration.keys {
      let key = program.evaluate(context)
      if key.isError {
        total.add(Verdict(undecided: key, at: .key), in: context)
      } else {
        add(key, ofItem: index, &doubt)
      }
    }
    cost &+= context.cost
    if let doubt { doubtful.append((index, doubt)) }
  }

  /// Puts the items into groups that have a key in common with another one, if hashes tell.
  private func sortAgain(
    _ items: [Int], of list: Value, _ iteration: LinkedRule.Iteration
  ) {
    // Errors and doubts are known from the first time.
    var (total, doubtful) = (Verdict(.notApplicable), [(Int, CauseSetID)]())
    groups.removeAll(expecting: items.count, isSieve: false)
    for index in items { sort(item: index, of: list, iteration, into: &total, &doubtful) }
  }

  /// Puts an item into the group of its key, or the groups of its keys if it is a list of them.
  private func add(_ key: Value, ofItem item: Int, _ doubt: inout CauseSetID?) {
    if let causes = key.causes ?? key.openBecause {
      doubt = doubt.map { context.union($0, causes) } ?? causes
    }
    if key.isUnknown || key.isNull { return }
    if key.tag == .optional {
      if let value = context.unwrapped(key) { add(value, ofItem: item, &doubt) }
      return
    }
    guard key.isList else { return groups.add(key, item: item, in: context) }
    for index in 0..<(context.count(of: key) ?? 0) {
      guard let value = context.element(at: index, of: key) else { continue }
      if let causes = value.causes {
        doubt = doubt.map { context.union($0, causes) } ?? causes
      } else {
        groups.add(value, item: item, in: context)
      }
    }
  }

  /// A group's items as a list, and the second of them (the first where it is alone).
  private func members(ofGroup group: Int, of list: Value) -> (list: Value, place: Value) {
    let items = groups.items(of: group)
    if items.count == 1, let item = context.element(at: items[0], of: list) {
      // A list of one record needs no memory.
      if let type = item.recordType, let id = item.recordID, id < UInt64(UInt32.max) {
        let start = UInt32(truncatingIfNeeded: id)
        return (context.records(type: type, start: start, count: 1), item)
      }
      return (context.list([item]), item)
    }
    let values = items.compactMap { context.element(at: $0, of: list) }
    return (context.list(values), values.count > 1 ? values[1] : .null)
  }
}
