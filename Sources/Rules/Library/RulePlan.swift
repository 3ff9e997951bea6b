import CEL
public import Schema

/// The rules of a run before any data is read: what they need, and the way to compile them.
///
/// Built-in rules were checked when the program was built: of them, only those are decoded and
/// compiled that there is data for. A user's rules are compiled at once, for they may have faults.
public struct RulePlan: Sendable {
  /// What a report says of a rule.
  public struct Heading: Sendable {
    /// The rule's name.
    public let id: String
    /// What is wrong where the rule is violated, in a few words.
    public let title: String
    /// The gravest level that the rule can give.
    public let level: Level
    /// The type whose records it looks at; `Resource` for all.
    public let resource: String
    /// Words that it can be selected by.
    public let tags: [String]
    /// The first of its references; nil where it has none.
    public let url: String?
  }

  /// The selected rules, sorted by id.
  public let headings: [Heading]
  /// The fields that the selected rules, and those that can silence them, read.
  ///
  /// What derived fields are computed from, and what identifies records, the room that knows has
  /// to add.
  public let fields: FieldSet
  private let rules: [PlannedRule]
  private let selected: Set<String>
  private let superseders: [String: [String]]
  private let data: DataSet
  private let declarations: Declarations

  /// A rule, compiled or not.
  enum PlannedRule: Sendable {
    case compiled(Rule)
    case embedded(EmbeddedRule)

    /// Whether the rule looks at records of some types.
    func looksAt(_ types: Set<Int>) -> Bool {
      let own =
        switch self {
        case .compiled(let rule): rule.resourceTypes
        case .embedded(let rule): Schema.types(named: rule.resource.string)
        }
      return own.map { !types.isDisjoint(with: $0) } ?? true
    }

    var heading: Heading {
      switch self {
      case .compiled(let rule):
        Heading(
          id: rule.id, title: rule.title, level: rule.definition.maximumLevel,
          resource: rule.definition.resource, tags: rule.tags, url: rule.references.first?.url)
      case .embedded(let rule):
        Heading(
          id: rule.id.string, title: rule.title.string,
          level: Level(rawValue: rule.level.string) ?? .error,
          resource: rule.resource.string, tags: rule.tags.words,
          url: rule.url.utf8CodeUnitCount == 0 ? nil : rule.url.string)
      }
    }

    func addFields(to fields: inout FieldSet) {
      switch self {
      case .compiled(let rule):
        for name in rule.fieldsToKeep { fields.insert(name.field, of: name.record) }
      case .embedded(let rule):
        rule.fields.forEachField { fields.insert($1, of: $0) }
      }
    }
  }

  init(
    _ rules: [PlannedRule], selected: Set<String>, superseders: [String: [String]],
    data: DataSet, declarations: Declarations
  ) {
    self.rules = rules
    self.selected = selected
    self.superseders = superseders
    self.data = data
    self.declarations = declarations
    headings = rules.map(\.heading).filter { selected.contains($0.id) }
    var fields = FieldSet.none
    for rule in rules { rule.addFields(to: &fields) }
    if fields.contains("references", of: Schema.anyType) { fields.formUnion(.parts) }
    self.fields = fields
  }

  /// Compiles the rules that look at records of some types; the others have nothing to say.
  ///
  /// - Parameters:
  ///   - types: The numbers of the types; nil for all.
  ///   - jobs: How many threads may work.
  /// - Returns: The compiled rules.
  /// - Throws: The faults of embedded rules: the program was built wrongly.
  public func ruleSet(
    onTypes types: Set<Int>? = nil, jobs: Int = 1
  ) throws(RuleProblems) -> RuleSet {
    let wanted = rules.filter { rule in types.map { rule.looksAt($0) } ?? true }
    let results = concurrentMap(wanted, jobs: jobs, state: { RuleNodeReader() }) {
      reader, rule -> Result<Rule, RuleProblems> in
      switch rule {
      case .compiled(let rule): return .success(rule)
      case .embedded(let rule):
        do throws(RuleProblems) {
          return .success(
            try RuleCompiler.compileConditions(
              of: rule.definition(reader), in: declarations, fields: rule.fields))
        } catch {
          return .failure(error)
        }
      }
    }
    var compiled: [Rule] = []
    for result in results { compiled.append(try result.get()) }
    return RuleSet(rules: compiled, selected: selected, data: data, superseders: superseders)
  }
}

extension Rule {
  /// The fields that have to be kept of records: those that expressions read, and for the
  /// importer's rules on every resource the references, which they look at.
  var fieldsToKeep: Set<FieldName> {
    switch findings {
    case .compiled(_, let fieldsRead):
      var fields = fieldsRead.filter { !DataSet.owns(recordType: $0.record) }
      if isImporterRule, resourceTypes == nil {
        fields.insert(FieldName(record: Schema.anyType, field: "references"))
      }
      return fields
    case .pending(_, let embedded):
      var fields: Set<FieldName> = []
      embedded.forEachField { fields.insert(FieldName(record: $0, field: $1)) }
      return fields
    }
  }
}

extension EmbeddedRule {
  /// The rule as its file says it.
  func definition(_ reader: RuleNodeReader) throws(RuleProblems) -> RuleDefinition {
    let path = path.string
    return try RuleDecoder.decode(
      reader.read(front, path: path), source: RuleSource(path: path),
      details: .embedded(details), isBuiltIn: true)
  }
}

extension RuleLibrary {
  /// Plans a run of rules and of those that can silence them.
  ///
  /// - Parameters:
  ///   - selected: The ids of the rules to report.
  ///   - functions: What the host of the data does for the functions that rules can call.
  ///   - jobs: How many threads may work.
  /// - Returns: The plan.
  /// - Throws: All faults of a user's rules: of their expressions, unknown ids in `supersededBy`,
  ///   cycles in it; and of data files.
  public func plan(
    selecting selected: Set<String>, functions: FunctionImplementations = [:], jobs: Int = 1
  ) throws(RuleProblems) -> RulePlan {
    let data = try dataSet()
    let declarations = RuleDeclarations.declarations(functions: functions, data: data)
    var rules: [RulePlan.PlannedRule] = []
    var problems: [RuleProblem] = []
    let ids = neededIDs(for: selected).sorted()
    let results = concurrentMap(ids, jobs: jobs, state: {}) { _, id in
      plannedRule(id, in: declarations)
    }
    for result in results {
      if let rule = result.rule { rules.append(rule) }
      problems += result.problems
    }
    guard problems.isEmpty else { throw RuleProblems(problems) }
    return RulePlan(
      rules, selected: selected, superseders: superseders, data: data, declarations: declarations)
  }

  /// Compiles rules and those that can silence them.
  ///
  /// - Parameters:
  ///   - selected: The ids of the rules to report.
  ///   - functions: What the host of the data does for the functions that rules can call.
  /// - Returns: The compiled rules.
  /// - Throws: All faults of all these rules: of their expressions, unknown ids in `supersededBy`,
  ///   cycles in it.
  public func ruleSet(
    selecting selected: Set<String>, functions: FunctionImplementations = [:]
  ) throws(RuleProblems) -> RuleSet {
    try plan(selecting: selected, functions: functions).ruleSet()
  }
}
