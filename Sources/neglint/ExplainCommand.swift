import ArgumentParser
import Rules

/// `neglint explain RULE`.
struct ExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule checks and why.",
    discussion: """
      Examples:

        neglint explain neg-gce-vm-ip-alias-address
        neglint explain my-rule --rules my-rules/
      """)

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"))
  var id: String

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("Add the rules of a folder (repeatable).", valueName: "dir"))
  var directories: [String] = []

  func run(_ console: Console) throws -> ExitStatus {
    var options = RuleOptions()
    options.directories = directories
    options.select = [id]
    options.ignore = []
    let library = try options.library()
    do {
      guard let rule = try library.definition(id) else {
        _ = try options.ids(in: library)
        throw Failure.usage("'\(id)' names several rules; `neglint rules list --select \(id)`")
      }
      try console.write(ExplainCommand.text(of: rule, try rule.details()))
      return .clean
    } catch let problems as RuleProblems {
      throw Failure(problems)
    }
  }

  private static func text(of rule: RuleDefinition, _ details: RuleDetails) -> String {
    var text = """
      \(rule.id): \(rule.title)

      Level:     \(rule.levels.map(\.level.rawValue).joined(separator: ", else "))
      Looks at:  \(rule.resource) (`neglint schema \(rule.resource)`)
      Tags:      \(rule.tags.joined(separator: ", "))
      File:      \(rule.source.path)

      """
    if !rule.supersededBy.isEmpty {
      text += "Silent where violated: \(rule.supersededBy.joined(separator: ", "))\n"
    }
    text += "\n\(details.description)\n"
    let condition = rule.conditionText
    if let when = condition.when { text += "Applies when:\n\(indented(when))\n" }
    if let require = condition.require { text += "Requires:\n\(indented(require))\n" }
    text += "Sources:\n"
    for reference in rule.references {
      let words = [reference.statement, reference.source, reference.url].compactMap(\.self)
      text += "  \(words.joined(separator: " ")) (as of \(reference.asOf))\n"
    }
    text += "\nExamples (`neglint rules test` runs them):\n"
    for example in details.examples { text += "  \(word(for: example.kind)): \(example.name)\n" }
    return text
  }

  private static func word(for kind: Example.Kind) -> String {
    switch kind {
    case .violating: "violating    "
    case .passing: "passing      "
    case .notEvaluated: "not evaluated"
    }
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}
