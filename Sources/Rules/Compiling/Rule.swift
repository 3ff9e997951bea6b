public import CEL
import Schema

/// A compiled rule: checked expressions, ready to be linked to a host's data.
///
/// An evaluation unit is one subject (or, with `forEach`, one item or group). Before it, the
/// context is reset and the slots are set: `self`, `data` and, with `forEach`, the item, the group
/// and the key. Variables are linked as lazy programs, each over those before it.
public struct Rule: Sendable {
  /// The rule as its file says it: id, title, tags, references, description, examples.
  public let definition: RuleDefinition
  /// The numbers of the types in the schema; nil for every type (`Resource`).
  public let resourceTypes: [Int]?
  /// The variables in order; each may use earlier ones.
  public let variables: [RuleVariable]
  /// Whether the rule applies; nil for always.
  public let when: RuleExpression?
  /// What has to be true; nil for rules by the importer.
  public let require: RuleExpression?
  /// What of `require` is the same for all items: of `a || b || c`, the operands that read none.
  ///
  /// Where it is true, so is `require`, whatever the item. Nil where there is nothing of the kind.
  public let sharedCondition: RuleExpression?
  /// What of `require` asks for nothing but a group's size, beside what all items share.
  ///
  /// Where it is true for groups of one, so is `require`. Nil where there is nothing of the kind.
  public let singleCondition: RuleExpression?
  /// The variables that are the same for all items: `self`, `data`, and those of the rule that read
  /// no item.
  public let subjectVariables: Set<String>
  /// The items that the rest is evaluated for; nil for once per subject.
  public let forEach: RuleIteration?
  /// The keys that items are grouped by; empty for no groups.
  ///
  /// Where an expression's type is a list, its elements are the item's keys; otherwise its value
  /// is the one key. A group is evaluated with the item that its finding stands at: the second
  /// (the first where there is one only).
  public let groupBy: [RuleExpression]
  /// The slots of the variables that Linting sets.
  public let slots: RuleSlots

  let findings: FindingTexts

  /// What findings are written with, and what is known of it.
  enum FindingTexts: Sendable {
    /// Compiled with the rest of the rule; all fields that the rule reads.
    case compiled(RuleWording, fieldsRead: Set<FieldName>)
    /// Of a built-in rule, compiled where it has a finding; the fields to keep, as embedded.
    case pending(RuleCompiler, fields: StaticString)
  }

  /// The rule's name.
  public var id: String { definition.id }
  /// What is wrong where the rule is violated, in a few words.
  public var title: String { definition.title }
  /// Words that rules can be selected by.
  public var tags: [String] { definition.tags }
  /// Where Google says so.
  public var references: [RuleReference] { definition.references }
  /// Whether Importing makes the findings.
  public var isImporterRule: Bool { definition.isImporterRule }
  /// The ids of the rules that silence this one, as written; `RuleSet` has the closure.
  public var supersededBy: [String] { definition.supersededBy }

  /// What findings are written with.
  ///
  /// For a built-in rule it is compiled anew with each call.
  ///
  /// - Throws: The faults of an embedded rule: the program was built wrongly.
  public func wording() throws(RuleProblems) -> RuleWording {
    switch findings {
    case .compiled(let wording, _): return wording
    case .pending(let compiler, _): return try compiler.compiledWording()
    }
  }

  /// Links the variables, in order, as lazy programs for all other expressions.
  ///
  /// - Parameter host: Hands out the readers of fields.
  /// - Returns: The programs by variable.
  public func linkVariables(to host: any Host) -> [String: Program] {
    var programs: [String: Program] = [:]
    for variable in variables {
      programs[variable.name] = variable.expression.link(to: host, lazy: programs)
    }
    return programs
  }
}

/// A variable of a rule.
public struct RuleVariable: Sendable {
  /// The name.
  public let name: String
  /// Its slot in the context.
  public let slot: Int
  /// What it stands for.
  public let expression: RuleExpression
}

/// The list that a rule is evaluated over.
public struct RuleIteration: Sendable {
  /// The name that each item has.
  public let name: String
  /// The list.
  public let list: RuleExpression
}

/// Where a rule's variables lie in the context.
public struct RuleSlots: Sendable, Hashable {
  /// `self`: the subject.
  public let subject = 0
  /// `data`: set to `DataSet.root`.
  public let data = 1
  /// The item of `forEach`; nil without.
  public let item: Int?
  /// `group`, the list of the group's items; nil without `groupBy`.
  public let group: Int?
  /// `key`, what the group has in common; nil without `groupBy`.
  public let key: Int?
}
