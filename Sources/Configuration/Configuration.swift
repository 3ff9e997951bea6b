public import Linting
public import Rules

/// What a configuration file says; what it leaves out is nil or empty.
///
/// Rules are named by texts with their places, since which rules there are is known only when the
/// folders of rules have been read: `check(against:)` then tells of the names that name none.
public struct Configuration: Sendable {
  /// The level of some rules.
  public struct LevelChange: Sendable {
    /// The rules: an id or a glob.
    public let rule: RuleScalar
    /// The level of their findings.
    public let level: Level
  }

  /// A suppression with the place of the name of its rules.
  public struct SuppressionEntry: Sendable {
    /// The suppression.
    public let suppression: Suppression
    /// The rules: an id or a glob.
    public let rule: RuleScalar
  }

  /// A report that is to be written.
  public struct Output: Sendable, Hashable {
    /// The format's name.
    public let format: String
    /// The file, from the working directory.
    public let path: String
  }

  /// Figures that replace those of a built-in data file.
  public struct DataOverride: Sendable {
    /// The data file's name.
    public let name: String
    /// What a data file holds.
    public let node: RuleNode
  }

  /// The file.
  public let source: RuleSource
  /// The rule set that the rules are pinned to.
  public internal(set) var ruleSet: RuleSetVersion?
  /// Where the rule set is named.
  var ruleSetText: RuleScalar?
  /// Which rules to run: ids, globs or tags; empty for all.
  public internal(set) var select: [RuleScalar] = []
  /// Which rules to leave out.
  public internal(set) var ignore: [RuleScalar] = []
  /// The levels of some rules, later entries over earlier ones.
  public internal(set) var levels: [LevelChange] = []
  /// What makes a run fail.
  public internal(set) var failOn: FailureThreshold?
  /// Folders of rules, from the working directory.
  public internal(set) var rules: [String] = []
  /// Figures that replace built-in ones.
  public internal(set) var data: [DataOverride] = []
  /// What to lint, from the working directory.
  public internal(set) var inputs: [String] = []
  /// Reports to write.
  public internal(set) var outputs: [Output] = []
  /// The baseline, from the working directory.
  public internal(set) var baseline: String?
  /// What hides findings.
  public internal(set) var suppressions: [SuppressionEntry] = []

  init(source: RuleSource) { self.source = source }
}

extension Configuration {
  /// Looks for names of rules that name none.
  ///
  /// - Parameter library: All rules, those of the configuration's folders too.
  /// - Throws: All names that name no rule, a rule set that there is not yet, and suppressions of
  ///   rules that cannot be suppressed.
  public func check(against library: RuleLibrary) throws(RuleProblems) {
    var problems: [RuleProblem] = []
    if let ruleSet, let text = ruleSetText, let newest = library.newestRuleSet, ruleSet > newest {
      problems.append(
        problem(
          text, "the newest rule set of this program is \(newest); update it or pin that", nil))
    }
    for word in select + ignore {
      do {
        _ = try library.ids(of: RuleSelection(select: [word.text]))
      } catch {
        problems.append(problem(word, "no rule or tag '\(word.text)'", error.suggestion))
      }
    }
    for rule in levels.map(\.rule) + suppressions.map(\.rule)
    where library.ids(matching: rule.text).isEmpty {
      problems.append(
        problem(rule, "there is no rule '\(rule.text)'", closest(to: rule.text, in: library.ids)))
    }
    for rule in suppressions.map(\.rule) {
      guard let definition = try library.definition(rule.text), !definition.isSuppressible else {
        continue
      }
      problems.append(problem(rule, "the rule '\(rule.text)' cannot be suppressed", nil))
    }
    guard problems.isEmpty else { throw RuleProblems(problems) }
  }

  private func problem(
    _ text: RuleScalar, _ message: String, _ suggestion: String?
  ) -> RuleProblem {
    source.problem(
      at: text.mark(at: 0), length: text.text.unicodeScalars.count, message,
      suggestion: suggestion)
  }

  /// The level of each rule that has another one than its own.
  ///
  /// - Parameter library: All rules.
  /// - Returns: The levels by rule id.
  public func levels(in library: RuleLibrary) -> [String: Level] {
    var levels: [String: Level] = [:]
    for change in self.levels {
      for id in library.ids(matching: change.rule.text) { levels[id] = change.level }
    }
    return levels
  }
}
