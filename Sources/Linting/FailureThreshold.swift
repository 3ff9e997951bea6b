public import Rules

/// What makes a run fail (exit status 1): the least grave thing that counts.
public enum FailureThreshold: String, Sendable, CaseIterable {
  /// Findings at level error.
  case error
  /// Findings at level warning or error.
  case warning
  /// Any finding.
  case note
  /// Any finding, and any outcome that could not be evaluated.
  case notEvaluated = "not-evaluated"
  /// Nothing.
  case never

  /// Whether a finding of the level makes the run fail.
  public func includes(_ level: Level) -> Bool {
    switch self {
    case .error: level >= .error
    case .warning: level >= .warning
    case .note, .notEvaluated: true
    case .never: false
    }
  }

  /// Whether an outcome that could not be evaluated makes the run fail.
  public var includesNotEvaluated: Bool { self == .notEvaluated }
}
