/// What a rule's findings are written with.
public struct RuleWording: Sendable {
  /// The levels: the first case whose condition is true, else the last.
  public let levels: [LevelCase]
  /// What a finding says; empty for rules by the importer that leave it to them.
  public let message: Template
  /// Where a finding stands; nil for the subject (the item with `forEach`).
  public let anchor: RuleAnchor?
  /// Further places: records, or lists of records.
  public let related: [RuleExpression]
  /// The commands that mend it, one template a line.
  public let remediation: [Template]
}

/// A level with its condition.
public struct LevelCase: Sendable {
  /// The condition, a bool; nil for always.
  public let when: RuleExpression?
  /// The level.
  public let level: Level
}
