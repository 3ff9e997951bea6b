public import Rules

/// What running one example of a rule gave.
public struct ExampleResult: Sendable {
  /// The rule's id.
  public let ruleID: String
  /// What the example shows, in a few words.
  public let name: String
  /// What the rule is expected to say.
  public let kind: Example.Kind
  /// Where the example starts in the rule file.
  public let position: RulePosition
  /// What differs from what the example expects, a line each: `expected ...`, `actual ...`.
  public let differences: [String]

  /// Whether the rule says what the example expects.
  public var passed: Bool { differences.isEmpty }
}
