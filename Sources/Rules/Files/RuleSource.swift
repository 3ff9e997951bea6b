/// The file that a rule or data node came from: its path and, if it was read now, its lines.
public struct RuleSource: Sendable {
  /// The path as it is shown, such as `rules/neg/neg-endpoint-not-found.yaml`.
  public let path: String
  /// The file's lines; nil for embedded rules, whose text is not in the program.
  public let lines: [String]?

  /// Makes a source.
  public init(path: String, lines: [String]? = nil) {
    self.path = path
    self.lines = lines
  }

  /// The file's name without folders and extension: the id of a rule, the name of a data file.
  public var name: String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".yaml", ".yml"] where file.hasSuffix(ending) {
      return String(file.dropLast(ending.count))
    }
    return file
  }

  /// A position of the file.
  public func position(_ mark: RuleMark) -> RulePosition {
    RulePosition(path: path, line: mark.line, column: mark.column)
  }

  /// A problem at a place of the file, with its line.
  ///
  /// - Parameters:
  ///   - mark: Where the fault is.
  ///   - length: How many Unicode scalars are at fault.
  ///   - message: What is wrong.
  ///   - suggestion: A name that may have been meant.
  /// - Returns: The problem.
  public func problem(
    at mark: RuleMark, length: Int = 1, _ message: String, suggestion: String? = nil
  ) -> RuleProblem {
    let index = mark.line - 1
    let excerpt = lines.flatMap { $0.indices.contains(index) ? $0[index] : nil }
    return RuleProblem(
      position: position(mark), length: length, message: message, suggestion: suggestion,
      excerpt: excerpt)
  }
}
