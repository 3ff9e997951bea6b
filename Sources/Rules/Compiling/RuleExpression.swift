public import CEL

/// An expression of a rule: checked, and able to say where in the rule file it stands.
public struct RuleExpression: Sendable {
  /// The checked expression.
  public let checked: CheckedExpression
  /// Where it starts in the rule file.
  public let position: RulePosition

  /// The text.
  public var text: String { checked.text }
  /// The type of its result.
  public var resultType: Type { checked.resultType }
  /// The record fields that it may read.
  public var fieldsRead: Set<FieldName> { checked.fieldsRead }
  /// The variables that it may read.
  public var variablesRead: Set<String> { checked.variablesRead }

  /// Compiles the expression for a host's data.
  ///
  /// - Parameters:
  ///   - host: Hands out the readers of fields.
  ///   - lazy: The programs of the rule's variables by name.
  /// - Returns: The program.
  public func link(to host: any Host, lazy: [String: Program] = [:]) -> Program {
    checked.link(to: host, lazy: lazy)
  }
}

/// A place in a record: what a finding points at.
public struct RuleAnchor: Sendable {
  /// The record.
  public let base: RuleExpression
  /// The path of the field below the record; empty for the record itself.
  public let fieldPath: [String]
}
