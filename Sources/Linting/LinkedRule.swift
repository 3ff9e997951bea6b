import CEL
import Resources
import Rules

/// A rule's conditions, linked to a graph: what the loop over all records runs.
///
/// Each thread has its own, so that no two touch the same reference counts.
final class LinkedRule {
  /// The items that a rule is evaluated over.
  final class Iteration {
    let list: Program
    let keys: [Program]
    let itemSlot: Int
    let groupSlot: Int
    let keySlot: Int
    /// Whether all items share `when`.
    let sharesWhen: Bool

    init(_ rule: Rule, _ forEach: RuleIteration, to graph: ResourceGraph, _ lazy: [String: Program])
    {
      list = forEach.list.link(to: graph, lazy: lazy)
      keys = rule.groupBy.map { $0.link(to: graph, lazy: lazy) }
      let slot = rule.slots.item ?? 0
      (itemSlot, groupSlot, keySlot) = (slot, rule.slots.group ?? slot, rule.slots.key ?? slot)
      sharesWhen = rule.when.map { $0.variablesRead.isSubset(of: rule.subjectVariables) } ?? true
    }
  }

  /// The rule's place in the rule set.
  let index: Int
  let when: Program?
  let require: Program
  let iteration: Iteration?
  /// What of `require` all items share; nil for nothing.
  let shared: Program?
  /// What of `require` groups of one share; nil for nothing.
  let single: Program?
  /// The programs of the rule's variables, for the texts that are linked later.
  let variables: [String: Program]

  /// Links a rule; nil for a rule without a condition, whose findings the importer makes.
  init?(_ rule: Rule, index: Int, to graph: ResourceGraph) {
    guard let require = rule.require else { return nil }
    self.index = index
    variables = rule.linkVariables(to: graph)
    when = rule.when?.link(to: graph, lazy: variables)
    self.require = require.link(to: graph, lazy: variables)
    shared = rule.sharedCondition?.link(to: graph, lazy: variables)
    single = rule.singleCondition?.link(to: graph, lazy: variables)
    iteration = rule.forEach.map { [variables] in Iteration(rule, $0, to: graph, variables) }
  }
}

extension ResourceGraph {
  /// Lets expressions read the data files; to be called before rules are linked.
  func install(_ data: DataSet) {
    for name in data.recordTypes {
      setReader(ofRecordType: name) { data.reader(of: $0, in: name) }
    }
  }
}
