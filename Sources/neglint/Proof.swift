import CEL
import Resources
import Rules
import Schema

/// Why a rule says what it says of one resource: what `neglint explain --resource` shows.
struct Proof {
  /// The outcomes of a rule, in the words of reports.
  enum Outcome: String {
    case satisfied, violated
    case notEvaluated = "not evaluated"
    case notApplicable = "not applicable"
    case failed = "error"
  }

  /// One evaluation of the conditions.
  struct Unit {
    /// The item or the key of the group; nil without `forEach`.
    var item: String?
    var outcome: Outcome
    var when: ProofCondition?
    var require: ProofCondition?
    /// The rule's variables that the conditions read, with their values.
    var variables: [ProofClause]
  }

  /// A subject of the rule: the resource or a part of it.
  struct Subject {
    var locator: String?
    var units: [Unit]
    /// Why the items of `forEach` are not all known.
    var missingItems: [MissingThing] = []
  }

  let rule: Rule
  let resource: String
  let subjects: [Subject]

  /// Evaluates a rule step by step on a resource and its parts.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - resource: The resource's canonical key.
  ///   - graph: The export.
  ///   - data: The figures that rules read.
  init(_ rule: Rule, on resource: String, in graph: ResourceGraph, data: DataSet) {
    self.rule = rule
    self.resource = resource
    let context = Context(host: graph)
    data.install(in: context)
    let prover = Prover(
      rule: rule, reader: ValueReader(graph: graph, context: context),
      programs: rule.linkVariables(to: graph))
    subjects = Proof.subjects(of: rule, on: resource, in: graph).map(prover.subject)
      .sorted { ($0.locator ?? "") < ($1.locator ?? "") }
  }

  private static func subjects(
    of rule: Rule, on resource: String, in graph: ResourceGraph
  ) -> [Value] {
    let types = rule.resourceTypes ?? Array(Schema.types.indices)
    return types.flatMap { type in
      (0..<graph.rowCount(ofType: type)).compactMap { graph.subject(type: type, row: $0) }
        .filter { graph.path(of: $0) == resource }
    }
  }
}

/// Evaluates the conditions of a rule on one subject after another.
private struct Prover {
  let rule: Rule
  let reader: ValueReader
  let programs: [String: Program]

  private var context: Context { reader.context }

  func subject(_ subject: Value) -> Proof.Subject {
    context.reset()
    context.setSlot(0, subject)
    let locator = reader.graph.locator(of: subject)
    guard let forEach = rule.forEach, let slot = rule.slots.item else {
      return Proof.Subject(locator: locator, units: [unit(item: nil)])
    }
    let list = forEach.list.link(to: reader.graph, lazy: programs).evaluate(context)
    let items = context.elements(of: list) ?? []
    let open = (list.causes ?? list.openBecause).map { reader.missing($0) } ?? []
    let units = rule.groupBy.isEmpty ? self.units(items, slot) : groups(items, slot)
    return Proof.Subject(locator: locator, units: units, missingItems: open)
  }

  private func units(_ items: [Value], _ slot: Int) -> [Proof.Unit] {
    items.map { item in
      context.restart()
      context.setSlot(slot, item)
      return unit(item: reader.name(of: item))
    }
  }

  /// A unit for each key that items have in common; groups of the same items count once.
  private func groups(_ items: [Value], _ slot: Int) -> [Proof.Unit] {
    var keys: [(key: Value, text: String)] = []
    var members: [String: [Int]] = [:]
    for (index, item) in items.enumerated() {
      context.restart()
      context.setSlot(slot, item)
      for (number, expression) in rule.groupBy.enumerated() {
        let key = expression.link(to: reader.graph, lazy: programs).evaluate(context)
        for key in key.isList ? context.elements(of: key) ?? [] : [key] where key.isKnown {
          let text = "\(number) \(context.describe(key)) \(key.recordID.map { String($0) } ?? "")"
          if members[text] == nil { keys.append((key, text)) }
          members[text, default: []].append(index)
        }
      }
    }
    var seen: Set<[Int]> = []
    return keys.compactMap { key, text in
      let group = members[text] ?? []
      guard seen.insert(group).inserted, let groupSlot = rule.slots.group,
        let keySlot = rule.slots.key
      else { return nil }
      context.restart()
      context.setSlot(slot, items[group.count > 1 ? group[1] : group[0]])
      context.setSlot(groupSlot, context.list(group.map { items[$0] }))
      context.setSlot(keySlot, key)
      return unit(item: "\(reader.name(of: key)) (\(group.count) of \(items.count) items)")
    }
  }

  private func unit(item: String?) -> Proof.Unit {
    let clauses = ClauseReader(reader: reader)
    let when = rule.when.map { clauses.condition($0, lazy: programs) }
    var unit = Proof.Unit(
      item: item, outcome: .notApplicable, when: when, require: nil, variables: [])
    if when?.value.isFalse != true, let require = rule.require {
      if when.map(\.value.isTrue) ?? true {
        let condition = clauses.condition(require, lazy: programs)
        unit.require = condition
        unit.outcome =
          condition.value.isTrue
          ? .satisfied : condition.value.isFalse ? .violated : Prover.undecided(condition.value)
      } else {
        unit.outcome = Prover.undecided(when?.value ?? .null)
      }
    }
    unit.variables = variables(read: [
      unit.when == nil ? nil : rule.when, unit.require == nil ? nil : rule.require,
    ])
    return unit
  }

  private static func undecided(_ value: Value) -> Proof.Outcome {
    value.isUnknown ? .notEvaluated : .failed
  }

  /// The variables that conditions read, directly or through others, in the rule's order.
  private func variables(read conditions: [RuleExpression?]) -> [ProofClause] {
    var names = conditions.compactMap(\.self).reduce(into: Set<String>()) {
      $0.formUnion($1.variablesRead)
    }
    for variable in rule.variables.reversed() where names.contains(variable.name) {
      names.formUnion(variable.expression.variablesRead)
    }
    return rule.variables.filter { names.contains($0.name) }.map { variable in
      let value = programs[variable.name]?.evaluate(context) ?? .null
      return ProofClause(
        text: variable.name, variables: "", depth: 0, value: reader.shown(value),
        missing: value.causes.map { reader.missing($0) } ?? [])
    }
  }
}
