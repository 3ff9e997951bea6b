import ArgumentParser
import Reporting
import Rules

extension RulesCommand {
  /// `neglint rules list`.
  struct List: Subcommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List rules.",
      discussion: """
        Examples:

          neglint rules list
          neglint rules list --select 'neg-gce-vm-ip-*'
          neglint rules list --format json | jq -r '.rules[] | .id + " " + .title'
        """)

    /// How the list is written.
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    @OptionGroup var rules: RuleOptions

    @OptionGroup var configuration: ConfigurationOptions

    @Option(help: "The format: text or json.") var format = Format.text

    func run(_ console: Console) throws -> ExitStatus {
      let choice = try rules.choice(configuration.configuration())
      let definitions: [RuleDefinition]
      do {
        definitions = try choice.library.definitions().filter { choice.ids.contains($0.id) }
      } catch {
        throw Failure(error)
      }
      switch format {
      case .text: try console.write(List.text(of: definitions))
      case .json: try console.write(List.json(of: definitions))
      }
      return .clean
    }

    private static func text(of rules: [RuleDefinition]) -> String {
      let width = rules.map(\.id.utf8.count).max() ?? 0
      return rules.map { rule in
        let level = rule.maximumLevel.rawValue
        return rule.id + String(repeating: " ", count: width + 2 - rule.id.utf8.count) + level
          + String(repeating: " ", count: 9 - level.utf8.count) + rule.title + "\n"
      }.joined() + DisplayText.count(rules.count, "rule") + "\n"
    }

    private static func json(of rules: [RuleDefinition]) -> [UInt8] {
      var writer = JSONWriter()
      writer.object { json in
        json.list("rules", rules) { json, rule in json.object { write(rule, to: &$0) } }
      }
      return writer.finish()
    }

    private static func write(_ rule: RuleDefinition, to json: inout JSONWriter) {
      json.member("id", rule.id)
      json.member("title", rule.title)
      json.member("level", rule.maximumLevel.rawValue)
      json.member("resource", rule.resource)
      json.list("tags", rule.tags)
      json.member("since", rule.since?.description)
      json.member("isSuppressible", rule.isSuppressible)
      json.list("supersededBy", rule.supersededBy)
      json.member("isBuiltIn", rule.isBuiltIn)
      json.member("path", rule.source.path)
      json.list("references", rule.references) { json, reference in
        json.object {
          $0.member("statement", reference.statement)
          $0.member("url", reference.url)
          $0.member("asOf", reference.asOf)
          $0.member("source", reference.source)
        }
      }
    }
  }
}
