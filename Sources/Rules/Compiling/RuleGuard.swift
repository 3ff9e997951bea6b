/// What of a rule's `require` has one value for many evaluations, so that it is evaluated once.
///
/// Of `a || b || c`, the operands that read nothing but the owner of a part, or nothing of the
/// items that a rule goes over. Where they are true, so is `require`, whatever the others give;
/// where they are false, the others decide.
public struct RuleGuard: Sendable {
  /// The operands that are shared.
  public let condition: RuleExpression
  /// The other operands.
  public let rest: RuleExpression
}
