import Linting

extension Report {
  /// The rules on one type of resource.
  struct MatrixGroup {
    /// The type's name; `Resource` for rules on all types.
    var resourceType: String
    /// The rules, sorted by id.
    var rows: [RuleEntry]

    /// The outcomes of all these rules.
    var total: OutcomeCounts { rows.reduce(OutcomeCounts()) { $0 + $1.counts } }
  }

  /// Rules by the type that they look at, types sorted by name: what an auditor asks for.
  var matrix: [MatrixGroup] {
    Dictionary(grouping: rules, by: \.resourceType).sorted { $0.key < $1.key }.map {
      MatrixGroup(resourceType: $0.key, rows: $0.value)
    }
  }
}

extension OutcomeCounts {
  /// Satisfied, violated, not evaluated, suppressed, not applicable.
  var columns: [Int] { [satisfied, violated, notEvaluated, suppressed, notApplicable] }
}
