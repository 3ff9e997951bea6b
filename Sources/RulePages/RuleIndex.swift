import Rules

/// The index of rules: by the resource that they look at, and by load balancer.
struct RuleIndex {
  let rules: [RuleDefinition]

  /// The families of load balancers, by the tag of the rules that are about these only.
  static let families = [
    ("application", "Application Load Balancers"),
    ("proxy-network", "proxy Network Load Balancers"),
    ("passthrough", "passthrough Network Load Balancers"),
    ("mesh", "Cloud Service Mesh"),
  ]

  /// The index's text.
  var text: String {
    let resources = Set(rules.map(\.resource)).sorted()
    return """
      # Rules

      \(rules.count) rules: \(counts). `neglint rules list` prints them, `neglint explain RULE` one of them. The pages are
      made of the files in [rules/](../../rules); `make docs` makes them anew. [statements.md](statements.md) says which rule
      checks which sentence of Google's page on zonal NEGs.

      ## By resource

      \(resources.map { section($0, rules: rules(of: $0)) }.joined(separator: "\n"))
      ## By load balancer

      Rules that are about some load balancers only. All other rules are about every one.

      \(RuleIndex.families.map { section($0.1, rules: rules(tagged: $0.0)) }.joined(separator: "\n"))
      """
  }

  private var counts: String {
    Level.allCases.reversed().map { level in
      "\(rules.count { $0.maximumLevel == level }) that can give \(level.rawValue)"
    }.joined(separator: ", ")
  }

  private func rules(of resource: String) -> [RuleDefinition] {
    rules.filter { $0.resource == resource }
  }

  private func rules(tagged tag: String) -> [RuleDefinition] {
    rules.filter { $0.tags.contains(tag) }
  }

  private func section(_ title: String, rules: [RuleDefinition]) -> String {
    let rows = rules.map { rule in
      ["[\(rule.id)](\(rule.id).md)", rule.maximumLevel.rawValue, Markdown.inline(rule.title)]
    }
    return "### \(title)\n\n" + Markdown.table(["rule", "level", "what is wrong"], rows)
  }
}
