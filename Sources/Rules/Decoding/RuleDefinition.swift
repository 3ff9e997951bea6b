/// A rule as its file says it, decoded but not compiled: what lists and documentation need.
public struct RuleDefinition: Sendable {
  /// The file that the rule stands in.
  public let source: RuleSource
  /// The rule's name, equal to its file's.
  public let id: String
  /// What is wrong where the rule is violated, in a few words.
  public let title: String
  /// The levels: the first case whose condition holds, else the last.
  public internal(set) var levels: [LevelDefinition]
  /// The name of the type whose records the rule looks at; `Resource` is every type.
  public let resource: String
  /// Words that rules can be selected by.
  public let tags: [String]
  /// The rule set that the rule came with; nil for a rule that is in every one.
  public let since: RuleSetVersion?
  /// Where Google says so.
  public let references: [RuleReference]
  /// Rules that silence this one where they are violated on the same subject.
  public let supersededBy: [String]
  /// Whether Importing makes the findings (`by: importer`), so that there is no condition.
  public let isImporterRule: Bool
  /// Whether the rule came with the program.
  public let isBuiltIn: Bool
  /// Whether the file says that the outcome is never "not evaluated" (`notEvaluated: never`), so
  /// that no example of it is asked for.
  public let isAlwaysEvaluated: Bool
  /// Whether findings can be suppressed (`suppressible`, true where the file says nothing).
  public let isSuppressible: Bool

  let position: RuleMark
  let resourceText: RuleScalar?
  let supersededByTexts: [RuleScalar]
  var variables: [NamedExpression]
  var forEach: NamedExpression?
  var groupBy: [RuleScalar]
  var when: RuleScalar?
  var require: RuleScalar?
  let message: RuleScalar?
  let anchor: RuleScalar?
  let related: [RuleScalar]
  let remediation: RuleScalar?
  let detailsText: DetailsText

  /// The most severe level that the rule can give.
  public var maximumLevel: Level { levels.map(\.level).max() ?? .warning }

  /// The condition's text where the rule has one, as `rules explain` shows it.
  public var conditionText: (when: String?, require: String?) { (when?.text, require?.text) }

  /// The template of a finding's message; nil for rules by the importer that leave it to them.
  public var messageText: String? { message?.text }

  /// The templates of the commands that mend it, a line each; nil without.
  public var remediationText: String? { remediation?.text }

  /// The description and the examples; decoded anew at each call.
  ///
  /// - Throws: The faults of the examples.
  public func details() throws(RuleProblems) -> RuleDetails {
    try detailsText.details(source: source, position: position)
  }
}

/// A level with the condition's text under which it is taken.
public struct LevelDefinition: Hashable, Sendable {
  /// The condition; nil for "always".
  public internal(set) var when: RuleScalar?
  /// The level.
  public let level: Level
}

/// A name and the expression that gives its value.
struct NamedExpression: Hashable, Sendable {
  let name: String
  let mark: RuleMark
  var text: RuleScalar
}

/// How grave a finding is, in SARIF's words.
public enum Level: String, Sendable, CaseIterable, Comparable, Hashable {
  /// Worth knowing.
  case note
  /// Likely a mistake.
  case warning
  /// Wrong: the API refuses it, or it does not serve.
  case error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// `note` < `warning` < `error`.
  public static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }
}

/// A source that a rule rests on.
public struct RuleReference: Hashable, Sendable {
  /// The number of the sentence of the seed document, such as `S14`.
  public let statement: String?
  /// The page's address.
  public let url: String
  /// When the page was read: `2026-04` or `2026-04-30`.
  public let asOf: String
  /// A further source in a catalogue's words, such as `API:NetworkEndpoint.ipAddress`.
  public let source: String?
}
