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

  /// Makes a problem.
  ///
  /// - Parameters:
  ///   - file: The number of the input.
  ///   - offset: The byte that the problem stands at.
  ///   - message: What is wrong and what to do about it.
  ///   - severity: What the problem does to the run.
  public init(
    file: UInt32?, offset: Int? = nil, message: String, severity: Severity = .degrades
  ) {
    self.file = file
    self.offset = offset
    self.message = message
    self.severity = severity
  }
}
