import Rules

/// The documentation page of one rule, in Markdown.
struct RulePage {
  let rule: RuleDefinition
  let details: RuleDetails

  /// The page's text.
  var text: String {
    """
    # \(rule.id)

    \(rule.title).

    | | |
    | --- | --- |
    | Level | \(rule.levels.map(\.level.rawValue).joined(separator: ", else ")) |
    | Looks at | \(rule.resource) |
    | Tags | \(rule.tags.joined(separator: ", ")) |
    | Rule set | \(rule.since?.description ?? "every one") |
    | Silent where violated | \(links(rule.supersededBy)) |
    | File | [\(rule.source.path)](../../\(rule.source.path)) |

    \(details.description.trimmingNewlines)

    \(condition)\(message)\(remediation)## Examples

    The rule file has each with its snapshot; `neglint rules test --select \(rule.id)` runs them.

    \(examples)
    ## Sources

    \(sources)
    """
  }

  private var condition: String {
    if rule.isImporterRule {
      return "The check is made while an export is read, on every field that it is about.\n\n"
    }
    let (when, require) = rule.conditionText
    var text = "## Condition\n\n"
    if let when { text += "Applies when\n\n\(code(when, "cel"))Requires\n\n" }
    return text + code(require ?? "", "cel")
  }

  private var message: String {
    rule.messageText.map { "## Message\n\n\(code($0, "text"))" } ?? ""
  }

  private var remediation: String {
    rule.remediationText.map { "## Remediation\n\n\(code($0, "sh"))" } ?? ""
  }

  private var examples: String {
    details.examples.map { example in
      let statements =
        example.statements.isEmpty ? "" : " (\(example.statements.joined(separator: ", ")))"
      return "- \(word(for: example.kind)): \(Markdown.inline(example.name))\(statements)\n"
    }.joined()
  }

  private var sources: String {
    rule.references.map { reference in
      let words = [reference.statement, reference.source].compactMap(\.self)
      let name = words.isEmpty ? "" : words.map(Markdown.inline).joined(separator: ", ") + ": "
      return "- \(name)<\(reference.url)> (as of \(reference.asOf))\n"
    }.joined()
  }

  private func links(_ ids: [String]) -> String {
    ids.isEmpty ? "–" : ids.map { "[\($0)](\($0).md)" }.joined(separator: ", ")
  }

  private func code(_ text: String, _ language: String) -> String {
    "```\(language)\n\(text.trimmingNewlines)\n```\n\n"
  }

  private func word(for kind: Example.Kind) -> String {
    switch kind {
    case .violating: "violating"
    case .passing: "passing"
    case .notEvaluated: "not evaluated"
    }
  }
}
