import CEL
public import Schema

/// Compiled rules, ready for Linting: the selected ones and those that can silence them.
public struct RuleSet: Sendable {
  /// The rules, sorted by id.
  public let rules: [Rule]
  /// The ids of the rules whose outcomes are to be reported.
  public let selected: Set<String>
  /// The data files, overrides applied.
  public let data: DataSet
  /// For each rule, the indices of all rules that silence it, directly or not; ascending.
  public let supersededBy: [[Int]]

  private let indices: [String: Int]
  private let superseders: [String: [String]]

  /// Makes a set; the rules' `supersededBy` must be without cycles.
  ///
  /// - Parameters:
  ///   - rules: The compiled rules.
  ///   - selected: The ids of the rules to report.
  ///   - data: The data files.
  ///   - superseders: For each rule those that silence it directly, rules that are left out of the
  ///     set included.
  init(rules: [Rule], selected: Set<String>, data: DataSet, superseders: [String: [String]]) {
    let rules = rules.sorted { $0.id < $1.id }
    self.rules = rules
    self.selected = selected
    self.data = data
    let indices = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.indices = indices
    self.superseders = superseders
    supersededBy = rules.map { rule in
      var found: Set<String> = []
      var open = superseders[rule.id] ?? []
      while let id = open.popLast() {
        if found.insert(id).inserted { open += superseders[id] ?? [] }
      }
      return found.compactMap { indices[$0] }.sorted()
    }
  }

  /// The fields that the rules' expressions read.
  ///
  /// What derived fields are computed from, and what identifies records, the room that knows has to
  /// add. O(rules).
  public var fields: FieldSet {
    var fields = FieldSet.none
    for name in rules.flatMap(\.fieldsToKeep) { fields.insert(name.field, of: name.record) }
    if fields.contains("references", of: Schema.anyType) { fields.formUnion(.parts) }
    return fields
  }

  /// The set with another rule in the place of the one of its id.
  func replacing(_ rule: Rule) -> RuleSet {
    RuleSet(
      rules: rules.map { $0.id == rule.id ? rule : $0 }, selected: selected, data: data,
      superseders: superseders)
  }

  /// The rule of that id; nil where it is not among the compiled ones.
  public subscript(id: String) -> Rule? { indices[id].map { rules[$0] } }

  /// The index of the rule of that id.
  public func index(of id: String) -> Int? { indices[id] }
}
