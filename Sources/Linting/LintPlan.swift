import CEL
import Resources
import Rules
import Schema

/// Which rules look at which records, and which rules silence which.
struct LintPlan {
  /// A rule that is evaluated once for each record of a type.
  struct PlainRule {
    /// The rule's place in the rule set.
    let rule: Int
    /// The places of the rules that silence it among the type's plain rules.
    let superseders: [Int]
    /// The rules that silence it by findings at items, or that the importer checks.
    let otherSuperseders: [Int]
  }

  /// A list of parts that may not have been loaded.
  struct OpenList {
    let partType: Int
    /// The field's place in the owner's type.
    let field: Int
    let reader: FieldReader
  }

  /// For each type its plain rules; a rule comes after those that silence it.
  let plain: [[PlainRule]]
  /// For each type its rules over items, as far as any record has some.
  let iterating: [[Int]]
  /// For each type its other rules over items: those whose list is empty for all records.
  let idle: [[Int]]
  /// For each type its rules over items of parts that may not have been loaded.
  let iteratingUnseen: [[Int]]
  /// For each type the lists of parts that some rule looks at.
  let openLists: [[OpenList]]
  /// Whether a rule has records to look at, or what stands for records.
  let hasSubjects: [Bool]

  init(_ rules: RuleSet, graph: ResourceGraph) {
    let types = Schema.types.indices
    // A rule is silenced by more rules than each of those that silence it.
    let order = rules.rules.indices.sorted {
      (rules.supersededBy[$0].count, $0) < (rules.supersededBy[$1].count, $1)
    }
    let conditions = order.filter { rules.rules[$0].require != nil }
    let kinds = Dictionary(grouping: conditions) { rules.rules[$0].forEach != nil }
    func rulesOn(_ type: Int, _ indices: [Int]) -> [Int] {
      indices.filter { rules.rules[$0].resourceTypes?.contains(type) ?? true }
    }
    plain = types.map { type in
      Self.plainRules(rulesOn(type, kinds[false] ?? []), rules)
    }
    let lists = rules.rules.map { $0.forEach?.list.checked.field(of: "self") }
    var busy: [String: Set<Int>] = [:]
    for case let list? in Set(lists) { busy[list] = graph.typesWithElements(in: list) }
    let all = types.map { rulesOn($0, kinds[true] ?? []) }
    iterating = types.map { type in
      all[type].filter { rule in lists[rule].flatMap { busy[$0]?.contains(type) } ?? true }
    }
    idle = types.map { type in
      all[type].filter { rule in lists[rule].flatMap { busy[$0]?.contains(type) } == false }
    }
    iteratingUnseen = types.map { type in
      all[type].filter { rule in
        lists[rule].map { graph.mayHaveElements(in: $0, ofUnseen: type) } ?? true
      }
    }
    let hasRules = zip(plain, all).map { !$0.isEmpty || !$1.isEmpty }
    let openLists = types.map { type in
      Schema.types[type].fields.enumerated().compactMap { index, field -> OpenList? in
        guard field.absence == .unknown, field.kind.isList, !field.isDerived,
          let name = field.kind.partType,
          let part = Schema.index(of: name), hasRules[part]
        else { return nil }
        return OpenList(
          partType: part, field: index,
          reader: graph.reader(of: field.name, in: Schema.types[type].name))
      }
    }
    self.openLists = openLists
    hasSubjects = Self.hasSubjects(rules, graph, openLists)
  }

  /// Whether there are records for a rule, or lists of such records that may not be loaded.
  private static func hasSubjects(
    _ rules: RuleSet, _ graph: ResourceGraph, _ openLists: [[OpenList]]
  ) -> [Bool] {
    let hasRows = Schema.types.indices.map { graph.rowCount(ofType: $0) > 0 }
    var isPresent = hasRows
    for (type, lists) in openLists.enumerated() where hasRows[type] {
      for list in lists { isPresent[list.partType] = true }
    }
    let isAny = isPresent.contains(true)
    return rules.rules.map { rule in
      rule.resourceTypes.map { $0.contains { isPresent[$0] } } ?? isAny
    }
  }

  private static func plainRules(_ indices: [Int], _ rules: RuleSet) -> [PlainRule] {
    let places = Dictionary(
      indices.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return indices.map { rule in
      let superseders = rules.supersededBy[rule]
      return PlainRule(
        rule: rule, superseders: superseders.compactMap { places[$0] },
        otherSuperseders: superseders.filter { places[$0] == nil })
    }
  }

  /// Whether any rule looks at records of a type or at parts that its records may lack.
  func hasWork(onType type: Int, iterating isIterating: Bool) -> Bool {
    let parts = openLists[type].map(\.partType)
    if !isIterating { return ([type] + parts).contains { !plain[$0].isEmpty } }
    return !iterating[type].isEmpty || !idle[type].isEmpty
      || parts.contains { !iteratingUnseen[$0].isEmpty }
  }
}
