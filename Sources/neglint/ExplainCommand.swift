import ArgumentParser
import Configuration
import Linting
import Reporting
import Resources
import Rules

/// `neglint explain RULE`.
struct ExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a rule checks and why.",
    discussion: """
      Examples:

        neglint explain neg-gce-vm-ip-alias-address
        neglint explain my-rule --rules my-rules/

      With --resource, the proof on that resource: each part of the conditions
      with its value, the part that decided, what is missing where a value is
      unknown.

        neglint explain neg-legacy-network export/ \\
          --resource projects/p/zones/us-central1-a/networkEndpointGroups/web
      """)

  @Argument(help: ArgumentHelp("The rule's id.", valueName: "rule"))
  var id: String

  @Argument(help: ArgumentHelp("The export (with --resource).", valueName: "path"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Prove what the rule says of a resource, named by its path or selfLink.", valueName: "key"))
  var resource: String?

  @Option(help: "The format of the proof.")
  var format = EvalCommand.Format.text

  @OptionGroup(title: "Input")
  var export: ExportOptions

  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp("Add the rules of a folder (repeatable).", valueName: "dir"))
  var directories: [String] = []

  @OptionGroup var configuration: ConfigurationOptions

  func validate() throws {
    if resource == nil, !paths.isEmpty { throw ValidationError("name a --resource of the export") }
    if resource != nil, paths.isEmpty { throw ValidationError("name the export's files") }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let configuration = try configuration.configuration()
    let library = try RuleChoice.library(
      of: directories.isEmpty ? configuration?.rules ?? [] : directories, configuration)
    do {
      guard let rule = try library.definition(id) else {
        _ = try library.ids(of: RuleSelection(select: [id]))
        throw Failure.usage("'\(id)' names several rules; `neglint rules list --select \(id)`")
      }
      guard let resource else {
        try console.write(ExplainCommand.text(of: rule, try rule.details()))
        return .clean
      }
      return try prove(resource, library, console)
    } catch let problems as RuleProblems {
      throw Failure(problems)
    } catch let error as RuleSelectionError {
      throw Failure.usage("\(error); `neglint rules list` shows all")
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

extension ExplainCommand {
  /// Shows the proof on a resource.
  private func prove(
    _ resource: String, _ library: RuleLibrary, _ console: Console
  ) throws -> ExitStatus {
    let rules = try library.ruleSet(selecting: [id], functions: HostFunctions.implementations)
    guard let rule = rules[id] else { return .failure }
    guard rule.require != nil else {
      throw Failure.usage("\(id) is checked while an export is read; it has no conditions to prove")
    }
    let key = ExplainCommand.key(resource)
    let (graph, isComplete) = try export.graph(of: paths, fields: rules.fields, console)
    let result = lint(graph, rules, options: LintOptions(jobs: 1, listsAllResources: true))
    let proof = Proof(rule, on: key, in: graph, data: rules.data)
    guard
      !proof.subjects.isEmpty || result.notEvaluated.contains(where: { $0.resources.contains(key) })
    else {
      throw Failure.usage(
        "\(id) looks at nothing of \(key): it is not in the export, or no \(rule.definition.resource)"
      )
    }
    let verdict = ExplainCommand.verdict(on: key, result, proof)
    switch format {
    case .text: try console.write(proof.text(verdict: verdict))
    case .json: try console.write(proof.json(verdict: verdict))
    }
    return isComplete ? .clean : .incomplete
  }

  /// A resource's key out of a path or selfLink.
  private static func key(_ text: String) -> String {
    text.firstRange(of: "projects/").map { String(text[$0.lowerBound...]) } ?? text
  }

  /// What linting says in the end, where a violated rule may be silenced by another.
  private static func verdict(on key: String, _ result: LintResult, _ proof: Proof) -> String {
    let findings = result.findings.filter { $0.resource == key }.count
    if findings > 0 { return DisplayText.count(findings, "finding") }
    let units = proof.subjects.flatMap(\.units)
    if units.contains(where: { $0.outcome == .violated }) {
      let others = proof.rule.supersededBy.joined(separator: ", ")
      return "no finding, since a graver rule speaks (\(others))"
    }
    if result.notEvaluated.contains(where: { $0.resources.contains(key) }) {
      return "not evaluated"
    }
    return "no finding"
  }
}
