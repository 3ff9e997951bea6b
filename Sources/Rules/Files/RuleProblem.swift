/// A place in a rule file, as editors count: lines and columns (Unicode scalars) from 1.
public struct RulePosition: Hashable, Sendable, CustomStringConvertible {
  /// The file's path as it is shown.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The column in Unicode scalars, from 1.
  public let column: Int

  /// Makes a position.
  public init(path: String, line: Int, column: Int) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// `path:line:column`.
  public var description: String { "\(path):\(line):\(column)" }
}

/// One fault of a rule or data file; it stops the run, and several are reported in one go.
public struct RuleProblem: Error, Hashable, Sendable {
  /// Where the fault is.
  public let position: RulePosition
  /// How many Unicode scalars from the position on are at fault; at least 1.
  public let length: Int
  /// What is wrong, one sentence without a full stop.
  public let message: String
  /// A name that may have been meant.
  public let suggestion: String?
  /// The line of the file, where its text is at hand (it is not for embedded rules).
  public let excerpt: String?

  /// Makes a problem.
  ///
  /// - Parameters:
  ///   - position: Where the fault is.
  ///   - length: How many Unicode scalars are at fault.
  ///   - message: What is wrong.
  ///   - suggestion: A name that may have been meant.
  ///   - excerpt: The line of the file.
  public init(
    position: RulePosition, length: Int = 1, message: String, suggestion: String? = nil,
    excerpt: String? = nil
  ) {
    self.position = position
    self.length = max(1, length)
    self.message = message
    self.suggestion = suggestion
    self.excerpt = excerpt
  }
}

extension RuleProblem: CustomStringConvertible {
  /// The problem as a compiler prints it: position, message, and the line with a caret below.
  public var description: String {
    var text = "\(position): error: \(message)"
    if let suggestion { text += "; did you mean '\(suggestion)'?" }
    guard let excerpt else { return text }
    let scalars = Array(excerpt.unicodeScalars)
    // Tabs are repeated under themselves, so that the caret stands right at any tab width.
    let indent = scalars.prefix(position.column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    let room = max(1, scalars.count - (position.column - 1))
    let marks = "^" + String(repeating: "~", count: min(length, room) - 1)
    return text + "\n  \(excerpt)\n  \(indent)\(marks)"
  }
}

/// All faults that were found in rule and data files; at least one, sorted by position.
public struct RuleProblems: Error, Sendable, CustomStringConvertible {
  /// The faults, sorted by path, line and column.
  public let problems: [RuleProblem]

  /// Sorts the faults by position.
  public init(_ problems: [RuleProblem]) {
    self.problems = problems.sorted {
      ($0.position.path, $0.position.line, $0.position.column, $0.message)
        < ($1.position.path, $1.position.line, $1.position.column, $1.message)
    }
  }

  /// The faults, one after another.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
