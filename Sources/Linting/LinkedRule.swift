import CEL
import Resources
import Rules

/// A rule's conditions, linked to a graph: what the loop over all records runs.
///
/// Each thread has its own, so that no two touch the same reference counts.
final class LinkedRule {
  /// The items that a rule is evaluated over.
  struct Iteration {
    let list: Program
    let keys: [Program]
    let itemSlot: Int
    let groupSlot: Int
    let keySlot: Int
  }

  /// The rule's place in the rule set.
  let index: Int
  let when: Program?
  let require: Program
  let iteration: Iteration?
  /// What of `require` all items share; nil for nothing.
  let shared: Program?
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
    if let forEach = rule.forEach, let slot = rule.slots.item {
      iteration = Iteration(
        list: forEach.list.link(to: graph, lazy: variables),
        keys: rule.groupBy.map { [variables] in $0.link(to: graph, lazy: variables) },
        itemSlot: slot, groupSlot: rule.slots.group ?? slot, keySlot: rule.slots.key ?? slot)
    } else {
      iteration = nil
    }
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
