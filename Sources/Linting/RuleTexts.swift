import CEL
import Resources
import Rules

/// What a rule's findings are written with, linked to a graph.
final class RuleTexts {
  struct Anchor {
    let base: Program
    let fieldPath: [String]
    let position: RulePosition
  }

  struct Case {
    let when: Program?
    let level: Level
    let position: RulePosition?
  }

  /// The rule's place in the rule set.
  let index: Int
  let id: String
  let title: String
  /// The conditions; nil for a rule that the importer checks.
  let rule: LinkedRule?
  let levels: [Case]
  let message: LinkedTemplate
  let remediation: [LinkedTemplate]
  let anchor: Anchor?
  let related: [(Program, RulePosition)]
  let groupSlot: Int?

  /// Links what a rule's findings are written with.
  ///
  /// - Throws: The faults of a rule that lies in the program: it was built wrongly.
  init(_ rule: Rule, index: Int, graph: ResourceGraph) throws(RuleProblems) {
    let wording = try rule.wording()
    let linked = LinkedRule(rule, index: index, to: graph)
    let lazy = linked?.variables ?? rule.linkVariables(to: graph)
    self.index = index
    id = rule.id
    title = rule.title
    self.rule = linked
    levels = wording.levels.map { level in
      Case(
        when: level.when?.link(to: graph, lazy: lazy), level: level.level,
        position: level.when?.position)
    }
    message = wording.message.link(to: graph, lazy: lazy)
    remediation = wording.remediation.map { $0.link(to: graph, lazy: lazy) }
    anchor = wording.anchor.map { anchor in
      Anchor(
        base: anchor.base.link(to: graph, lazy: lazy), fieldPath: anchor.fieldPath,
        position: anchor.base.position)
    }
    related = wording.related.map { ($0.link(to: graph, lazy: lazy), $0.position) }
    groupSlot = rule.slots.group
  }
}
