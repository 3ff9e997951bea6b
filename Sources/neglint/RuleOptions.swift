import ArgumentParser
import BuiltinRules
import Configuration
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

  @Option(
    help: ArgumentHelp(
      "Leave out the rules that are newer than this rule set, such as 2026.1.",
      valueName: "year.number"),
    transform: RuleSetArgument.parse)
  var ruleSet: RuleSetVersion?

  /// Options that say nothing.
  static var none: RuleOptions {
    var options = RuleOptions()
    options.directories = []
    options.select = []
    options.ignore = []
    options.ruleSet = nil
    return options
  }

  /// The rules at hand and those that are to run; what is named here counts over a configuration.
  ///
  /// - Parameters:
  ///   - configuration: The configuration; nil for none.
  ///   - jobs: How many threads may work.
  /// - Returns: The rules.
  /// - Throws: A usage failure for faults of rule files and for names of no rules.
  func choice(_ configuration: Configuration?, jobs: Int = 1) throws(Failure) -> RuleChoice {
    let folders = directories.isEmpty ? configuration?.rules ?? [] : directories
    let library = try RuleChoice.library(of: folders, configuration, jobs: jobs)
    let pin = ruleSet ?? configuration?.ruleSet
    let selection = RuleSelection(
      select: select.isEmpty ? configuration?.select.map(\.text) ?? [] : RuleOptions.words(select),
      ignore: ignore.isEmpty ? configuration?.ignore.map(\.text) ?? [] : RuleOptions.words(ignore))
    do {
      return RuleChoice(
        library: library, ids: try library.ids(of: selection, pinnedTo: pin),
        levels: configuration?.levels(in: library) ?? [:], selection: selection, folders: folders,
        pin: pin)
    } catch {
      throw .usage("\(error); `neglint rules list` shows all")
    }
  }

  private static func words(_ texts: [String]) -> [String] {
    texts.flatMap { $0.split(separator: ",").map(String.init) }
  }
}

/// A rule set's name as an argument.
enum RuleSetArgument {
  static func parse(_ text: String) throws -> RuleSetVersion {
    guard let version = RuleSetVersion(text) else {
      throw ValidationError("'\(text)' is no rule set; write the year and a number, as in 2026.1")
    }
    return version
  }
}

/// The rules at hand, and which of them are to run.
struct RuleChoice {
  /// All rules.
  let library: RuleLibrary
  /// The ids of those that are to run.
  let ids: Set<String>
  /// The levels of rules that have others than their own.
  let levels: [String: Level]
  /// What was selected and left out.
  let selection: RuleSelection
  /// The folders of rules beside the built-in ones.
  let folders: [String]
  /// The rule set that the rules are pinned to.
  let pin: RuleSetVersion?

  /// The built-in rules, those of folders, and the figures of a configuration, whose names of rules
  /// are looked up on the way.
  static func library(
    of folders: [String], _ configuration: Configuration?, jobs: Int = 1
  ) throws(Failure) -> RuleLibrary {
    var library = RuleLibrary.builtin
    do {
      for folder in folders { try library.addDirectory(folder, jobs: jobs) }
    } catch {
      throw Failure(error)
    }
    guard let configuration else { return library }
    do {
      for data in configuration.data {
        try library.addData(data.node, name: data.name, source: configuration.source)
      }
      try configuration.check(against: library)
    } catch {
      throw .configuration(error)
    }
    return library
  }

  /// What reports call the rules that were at hand.
  var name: String {
    let names = ["builtin \(Product.version)"] + folders
    return names.joined(separator: " + ") + (pin.map { ", rule set \($0)" } ?? "")
  }

  /// The rules that are to run, and those that can silence them, before any data is read.
  func plan(jobs: Int = 1) throws(Failure) -> RulePlan {
    do {
      return try library.plan(
        selecting: ids, functions: HostFunctions.implementations, jobs: jobs)
    } catch {
      throw Failure(error)
    }
  }

  /// The planned rules that there is data for.
  func compiled(
    _ plan: RulePlan, on graph: ResourceGraph, jobs: Int = 1
  ) throws(Failure) -> RuleSet {
    do {
      return try plan.ruleSet(onTypes: graph.presentTypes, jobs: jobs)
    } catch {
      throw Failure(error)
    }
  }

  /// All rules that are to run, whatever data there is.
  func compiled() throws(Failure) -> RuleSet {
    let plan = try plan()
    do {
      return try plan.ruleSet()
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// Faults of rule files, one below the other.
  init(_ problems: RuleProblems) {
    let faults = DisplayText.count(problems.problems.count, "fault")
    self = .usage("\(faults) in rule files; nothing was linted\n\(problems.description)")
  }
}
