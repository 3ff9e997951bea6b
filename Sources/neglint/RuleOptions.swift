import ArgumentParser
import BuiltinRules
import Resources
import Reporting
import Rules

/// Which rules there are, and which of them are to run.
struct RuleOptions: ParsableArguments {
  @Option(
    name: .customLong("rules"),
    help: ArgumentHelp(
      "Add the rules of a folder (repeatable).",
      discussion: "Rule files at any depth; files in its data/ override built-in figures.",
      valueName: "dir"))
  var directories: [String] = []

  @Option(
    help: ArgumentHelp(
      "Run only these rules: ids, globs ('neg-*') or tags, separated by commas (repeatable).",
      valueName: "rules"))
  var select: [String] = []

  @Option(
    help: ArgumentHelp(
      "Leave these rules out: ids, globs or tags (repeatable).", valueName: "rules"))
  var ignore: [String] = []

  /// The built-in rules and those of the folders.
  func library() throws(Failure) -> RuleLibrary {
    var library = RuleLibrary.builtin
    for directory in directories {
      do {
        try library.addDirectory(directory)
      } catch {
        throw Failure(error)
      }
    }
    return library
  }

  /// The ids of the rules that are to run.
  func ids(in library: RuleLibrary) throws(Failure) -> Set<String> {
    let selection = RuleSelection(
      select: RuleOptions.words(select), ignore: RuleOptions.words(ignore))
    do {
      return try library.ids(of: selection)
    } catch {
      throw .usage("\(error); `neglint rules list` shows all")
    }
  }

  /// What reports call the rules that were at hand.
  var ruleSetName: String {
    (["builtin \(Product.version)"] + directories).joined(separator: " + ")
  }

  private static func words(_ texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",").map(String.init) }
  }
}

extension Failure {
  /// Faults of rule files, one below the other.
  init(_ problems: RuleProblems) {
    let faults = DisplayText.count(problems.problems.count, "fault")
    self = .usage("\(faults) in rule files; nothing was linted\n\(problems.description)")
  }
}
