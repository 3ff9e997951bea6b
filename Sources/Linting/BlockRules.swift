import CEL
import Resources
import Rules

/// The plain rules on one type, taken apart into conditions that are evaluated once for a block of
/// records however many rules have them.
final class BlockRules {
  /// A rule.
  struct Entry {
    /// The rule's place in the rule set.
    let rule: Int
    let linked: LinkedRule
    /// The conditions; nil for a rule that has to be evaluated record by record.
    let conditions: Conditions?
    /// The places of those that silence it among the entries, all of them before it.
    let superseders: [Int]
    /// The rules that silence it by findings at items, or that the importer checks.
    let otherSuperseders: [Int]
    /// Where the block violates it.
    let violated: Mask
  }

  /// What decides a rule.
  struct Conditions {
    let when: Condition?
    let require: Condition
  }

  let table: ConditionTable
  let entries: [Entry]
  /// The records of the block.
  let subjects = UnsafeMutableBufferPointer<Value>.allocate(capacity: ConditionTable.blockSize)
  /// What a rule gives where it is undecided.
  let values = UnsafeMutablePointer<Value>.allocate(capacity: ConditionTable.blockSize)
  /// Room for what one rule gives.
  let (all, applies, isTrue, isFalse, open) = (
    Mask.allocate(), Mask.allocate(), Mask.allocate(), Mask.allocate(), Mask.allocate()
  )

  /// Takes rules apart; not to be done by several threads at once.
  init(
    _ plain: [LintPlan.PlainRule], _ linked: [LinkedRule?], _ rules: RuleSet, _ graph: ResourceGraph
  ) {
    let table = ConditionTable(host: graph)
    self.table = table
    entries = plain.compactMap { plain in
      guard let rule = linked[plain.rule] else { return nil }
      return Entry(
        rule: plain.rule, linked: rule,
        conditions: Self.conditions(rules.rules[plain.rule], rule.variables, table),
        superseders: plain.superseders, otherSuperseders: plain.otherSuperseders,
        violated: .allocate())
    }
  }

  deinit {
    subjects.deallocate()
    values.deallocate()
    for mask in [all, applies, isTrue, isFalse, open] { mask.deallocate() }
    for entry in entries { entry.violated.deallocate() }
  }

  private static func conditions(
    _ rule: Rule, _ lazy: [String: Program], _ table: ConditionTable
  ) -> Conditions? {
    let variables = Dictionary(
      rule.variables.map { ($0.name, $0.expression.checked) },
      uniquingKeysWith: { first, _ in first })
    func condition(_ expression: RuleExpression) -> Condition? {
      table.condition(expression.checked, variables: variables, lazy: lazy)
    }
    guard let require = rule.require.flatMap({ condition($0) }) else { return nil }
    guard let when = rule.when else { return Conditions(when: nil, require: require) }
    return condition(when).map { Conditions(when: $0, require: require) }
  }

  /// Begins a block with the records that are in rows.
  func begin(type: Int, rows: Range<Int>, of graph: ResourceGraph, _ context: Context) {
    let count = graph.subjects(type: type, rows: rows, into: subjects)
    table.begin(UnsafeMutableBufferPointer(rebasing: subjects[..<count]), context)
    all.clear()
    all.set(0..<count)
    for entry in entries { entry.violated.clear() }
  }
}
