import ArgumentParser
import Configuration
import Linting
import Reporting
import Rules

/// `neglint config check|show`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Check and show the configuration.",
    discussion: """
      A configuration is the file .neglint.yaml of the working directory or of
      the nearest folder above. docs/schemas/configuration.schema.json describes
      it; editors check by it what starts with the line

        # yaml-language-server: $schema=PATH/configuration.schema.json

      Examples:

        neglint config check
        neglint config show
      """,
    subcommands: [Check.self, Show.self])

  /// `neglint config check`.
  struct Check: Subcommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Tell what is wrong with the configuration.",
      discussion: """
        Every key, rule, level, date and figure is looked at, and the rules of its
        folders are compiled. Exit status 2 means that something is wrong.
        """)

    @OptionGroup var configuration: ConfigurationOptions

    func run(_ console: Console) throws -> ExitStatus {
      guard let configuration = try configuration.configuration() else {
        throw Failure.usage(
          "there is no \(ConfigurationFile.name) here or in a folder above; name one by --config")
      }
      let rules = try RuleOptions.none.choice(configuration)
      _ = try rules.compiled()
      try console.write(
        "\(configuration.source.path): in order, \(DisplayText.count(rules.ids.count, "rule")) and "
          + "\(DisplayText.count(configuration.suppressions.count, "suppression"))\n")
      return .clean
    }
  }

  /// `neglint config show`.
  struct Show: Subcommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show what counts, as JSON.",
      discussion: """
        The configuration with the options given here over it, and the defaults
        where neither says anything.

        Example:

          neglint config show --select 'neg-*'
        """)

    @OptionGroup(title: "Rules")
    var rules: RuleOptions

    @OptionGroup var configuration: ConfigurationOptions

    func run(_ console: Console) throws -> ExitStatus {
      let configuration = try configuration.configuration()
      let choice = try rules.choice(configuration)
      var writer = JSONWriter()
      writer.object { json in
        json.member("file", configuration?.source.path)
        json.member(
          "ruleSet", choice.pin?.description ?? choice.library.newestRuleSet?.description)
        json.list("select", choice.selection.select.isEmpty ? ["all"] : choice.selection.select)
        json.list("ignore", choice.selection.ignore)
        json.object("levels") { json in
          for (rule, level) in choice.levels.sorted(by: { $0.key < $1.key }) {
            json.member(rule, level.rawValue)
          }
        }
        json.member("failOn", (configuration?.failOn ?? .error).rawValue)
        json.list("rules", choice.folders)
        json.list("data", configuration?.data.map(\.name) ?? [])
        json.list("inputs", configuration?.inputs ?? [])
        json.object("outputs") { json in
          for output in configuration?.outputs ?? [] { json.member(output.format, output.path) }
        }
        json.member("baseline", configuration?.baseline)
        json.list("suppressions", configuration?.suppressions.map(\.suppression) ?? []) {
          json, suppression in
          json.object {
            $0.member("rule", suppression.rule)
            $0.member("resource", suppression.resource)
            $0.member("reason", suppression.reason)
            $0.member("until", suppression.until?.description)
            $0.member("owner", suppression.owner)
          }
        }
        json.list("runs", choice.ids.sorted())
      }
      try console.write(writer.finish())
      return .clean
    }
  }
}
