import CEL
public import Schema

/// Compiled rules, ready for Linting: the selected ones and those that can silence them.
public struct RuleSet: Sendable {
  /// The rules, sorted by id.
  public let rules: [Rule]
  /// The ids of the rules whose outcomes are to be reported.
  public let selected: Set<String>
  /// The fields that the rules' expressions read.
  ///
  /// What derived fields are computed from, and what
  /// identifies records, the room that knows has to add.
  public let fields: FieldSet
  /// The data files, overrides applied.
  public let data: DataSet
  /// For each rule, the indices of all rules that silence it, directly or not; ascending.
  public let supersededBy: [[Int]]

  private let indices: [String: Int]

  /// Makes a set; the rules' `supersededBy` must be without cycles.
  ///
  /// - Parameters:
  ///   - rules: The compiled rules.
  ///   - selected: The ids of the rules to report.
  ///   - data: The data files.
  init(rules: [Rule], selected: Set<String>, data: DataSet) {
    let rules = rules.sorted { $0.id < $1.id }
    self.rules = rules
    self.selected = selected
    self.data = data
    var fields = FieldSet.none
    for name in rules.lazy.flatMap(\.fieldsRead) where !DataSet.owns(recordType: name.record) {
      fields.insert(name.field, of: name.record)
    }
    // The importer's rules on every resource look at its references.
    for rule in rules where rule.isImporterRule && rule.resourceType == nil {
      fields.insert("references", of: Schema.anyType)
    }
    self.fields = fields
    let indices = Dictionary(
      rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.indices = indices
    supersededBy = rules.indices.map { start in
      var found: Set<Int> = []
      var open = [start]
      while let index = open.popLast() {
        for id in rules[index].supersededBy {
          if let next = indices[id], found.insert(next).inserted { open.append(next) }
        }
      }
      return found.sorted()
    }
  }

  /// The set with another rule in the place of the one of its id.
  func replacing(_ rule: Rule) -> RuleSet {
    RuleSet(rules: rules.map { $0.id == rule.id ? rule : $0 }, selected: selected, data: data)
  }

  /// The rule of that id; nil where it is not among the compiled ones.
  public subscript(id: String) -> Rule? { indices[id].map { rules[$0] } }

  /// The index of the rule of that id.
  public func index(of id: String) -> Int? { indices[id] }
}
