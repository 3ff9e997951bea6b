import ArgumentParser
import BuiltinRules
import Rules

/// `neglint rules list|check|test|docs`.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List, check, test and document rules.",
    discussion: """
      Examples:

        neglint rules list --select 'neg-*'   some of the built-in rules
        neglint rules check my-rules/         lint your own rules
        neglint rules test my-rules/          run their examples
      """,
    subcommands: [List.self, Check.self, Test.self, Docs.self])
}

/// Which rules `rules check` and `rules test` look at.
struct RuleFolderOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A folder of rules; without it, the built-in rules are looked at.", valueName: "dir"))
  var directory: String?

  @Option(
    help: ArgumentHelp(
      "Only these rules: ids, globs or tags, separated by commas (repeatable).",
      valueName: "rules"))
  var select: [String] = []

  /// The rules at hand, and the ids of those to look at.
  ///
  /// A folder that has a built-in rule's id is a working copy of the built-in rules: it stands for
  /// itself. Any other folder's rules come on top of the built-in ones.
  func library() throws(Failure) -> (library: RuleLibrary, ids: [String]) {
    var library = RuleLibrary.builtin
    var own = Set(library.ids)
    do {
      if let directory {
        var alone = RuleLibrary()
        try alone.addDirectory(directory, isBuiltIn: true)
        let isWorkingCopy = !own.isDisjoint(with: alone.ids)
        own = Set(alone.ids)
        if isWorkingCopy { library = alone } else { try library.addDirectory(directory) }
      }
    } catch {
      throw Failure(error)
    }
    guard !own.isEmpty else { throw .usage("\(directory ?? "") holds no rule files (*.yaml)") }
    let words = select.flatMap { $0.split(separator: ",").map(String.init) }
    do {
      let selected = try library.ids(of: RuleSelection(select: words))
      return (library, own.intersection(selected).sorted())
    } catch {
      throw .usage(error.description)
    }
  }
}
