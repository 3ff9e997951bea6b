/// What went wrong with an input, or what about it a reader of the report should know.
public struct ImportProblem: Hashable, Sendable {
  /// What a problem does to the run.
  public enum Severity: Hashable, Sendable {
    /// Something that the user gave was not read: the run is not clean (exit status 3).
    case degrades
    /// Everything was read; something about it is worth knowing.
    case notice
  }

  /// The number of the input; nil where no input could be made of what the user named.
  public let file: UInt32?
  /// The byte that the problem stands at; nil for the input as a whole.
  public let offset: Int?
  /// What is wrong and what to do about it, without the path and the position.
  public let message: String
  /// What the problem does to the run.
  public let severity: Severity
  /// The rule of the importer that speaks (`dump-partial`); nil for plain problems.
  public let ruleID: String?

  /// Makes a problem.
  ///
  /// - Parameters:
  ///   - file: The number of the input.
  ///   - offset: The byte that the problem stands at.
  ///   - message: What is wrong and what to do about it.
  ///   - severity: What the problem does to the run.
  ///   - ruleID: The rule of the importer that speaks.
  public init(
    file: UInt32?, offset: Int? = nil, message: String, severity: Severity = .degrades,
    ruleID: String? = nil
  ) {
    self.file = file
    self.offset = offset
    self.message = message
    self.severity = severity
    self.ruleID = ruleID
  }
}

/// A field that could not be read for what the schema says it is.
///
/// These are the findings of the rules that are checked while importing (constraints 2.3). The
/// field is unknown to all other rules.
public struct ImporterFinding: Hashable, Sendable {
  /// The rules that are checked while importing.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// An address or range does not parse.
    case malformedAddress = "ip-malformed"
    /// A value is none of an enumeration's.
    case unknownEnumValue = "enum-unknown"
    /// A value has a type that cannot be converted to the field's.
    case unexpectedType = "field-type-unexpected"
    /// A port is none from 1 to 65535.
    case portOutOfRange = "port-out-of-range"
  }

  /// The rule.
  public let rule: Rule
  /// The number of the input.
  public let file: UInt32
  /// The byte offset of the record (resource or part) that has the field.
  public let offset: Int
  /// The field's name and, of a list's element, its index.
  public let path: [String]
  /// The number of the record's type in `Schema.types`.
  public let type: Int
  /// The index of the builder in `Imported.builders` that took the record in.
  public let builder: Int
  /// The record's row in that builder.
  public let row: Int
  /// The value as written, shortened; empty for lists and objects.
  public let value: String
  /// What was expected instead, as the end of a sentence: `an IPv4 or IPv6 address`.
  public let expected: String
}
