import Rules

/// Which rules check which statement of the source page, and which examples show it.
struct StatementTable {
  let rules: [(rule: RuleDefinition, details: RuleDetails)]

  /// The table's text.
  var text: String {
    var statements: [String: [String]] = [:]
    var examples: [String: [String]] = [:]
    for (rule, details) in rules {
      for statement in Set(rule.references.compactMap(\.statement)) {
        statements[statement, default: []].append(rule.id)
      }
      for example in details.examples {
        for statement in example.statements {
          let kind = example.kind == .violating ? "violating" : "passing"
          examples[statement, default: []].append(
            "\(rule.id), \(kind): \(Markdown.inline(example.name))")
        }
      }
    }
    let numbers = Set(statements.keys).union(examples.keys).sorted {
      (StatementTable.number($0), $0) < (StatementTable.number($1), $1)
    }
    let rows = numbers.map { statement in
      [
        statement,
        (statements[statement] ?? []).map { "[\($0)](\($0).md)" }.joined(separator: "<br>"),
        (examples[statement] ?? []).joined(separator: "<br>"),
      ]
    }
    return """
      # Statements

      The sentences of Google's page on zonal network endpoint groups, by their numbers, with the rules that rest on them and
      the examples that stand for them. A sentence that allows something has passing examples only: what it allows is not
      flagged. A sentence that is not listed says nothing that a configuration could violate.

      \(Markdown.table(["statement", "rules", "examples"], rows))
      """
  }

  private static func number(_ statement: String) -> Int { Int(statement.dropFirst()) ?? 0 }
}
