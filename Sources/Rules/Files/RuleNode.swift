/// A line and a column of a rule file, both from 1; columns count Unicode scalars.
public struct RuleMark: Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// The column in Unicode scalars, from 1.
  public let column: Int

  /// Makes a mark.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The first character of a file.
  public static let start = RuleMark(line: 1, column: 1)
}

/// A value of a rule file with its place: what both YAML and the embedded rules are read into.
public struct RuleNode: Hashable, Sendable {
  /// What a node holds.
  public enum Content: Hashable, Sendable {
    /// A text, however it was written.
    case scalar(RuleScalar)
    /// A list.
    case list([RuleNode])
    /// A mapping with text keys, in the file's order.
    case mapping([RuleEntry])
  }

  /// Where the value starts.
  public let mark: RuleMark
  /// What it holds.
  public let content: Content

  /// Makes a node.
  public init(mark: RuleMark, content: Content) {
    self.mark = mark
    self.content = content
  }

  /// The value of a key where the node is a mapping that has it.
  public subscript(key: String) -> RuleNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The text where the node is a scalar.
  public var scalar: RuleScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }
}

/// A key of a mapping with its value.
public struct RuleEntry: Hashable, Sendable {
  /// The key's text.
  public let key: String
  /// Where the key starts.
  public let mark: RuleMark
  /// The key's value.
  public let value: RuleNode

  /// Makes an entry.
  public init(key: String, mark: RuleMark, value: RuleNode) {
    self.key = key
    self.mark = mark
    self.value = value
  }
}

/// A text of a rule file, with what is needed to find the place of each of its characters.
public struct RuleScalar: Hashable, Sendable {
  /// How the text was written in YAML.
  public enum Style: Int, Hashable, Sendable {
    /// Without quotes; the only style that can be a number, a bool or null.
    case plain
    /// In single or double quotes.
    case quoted
    /// A block after `|`.
    case literal
    /// A block after `>`, whose lines are lost.
    case folded
  }

  /// A run of the text whose characters stand one after another on one line of the file.
  public struct Run: Hashable, Sendable {
    /// The UTF-8 offset in the text where the run starts.
    public let offset: Int
    /// Where the run's first character stands in the file.
    public let mark: RuleMark

    /// Makes a run.
    public init(offset: Int, mark: RuleMark) {
      self.offset = offset
      self.mark = mark
    }
  }

  /// The text.
  public let text: String
  /// How it was written.
  public let style: Style
  /// Where the value starts: the first character, the quote, or the `|`.
  public let mark: RuleMark
  /// For a literal block: how far its lines are indented.
  public let indentation: Int
  /// For other styles: the runs after the first, which starts at the mark (behind a quote).
  public let runs: [Run]

  /// Makes a scalar.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - style: How it was written.
  ///   - mark: Where the value starts.
  ///   - indentation: For a literal block, how far its lines are indented.
  ///   - runs: For other styles, the runs after the first.
  public init(
    _ text: String, style: Style = .plain, mark: RuleMark, indentation: Int = 0, runs: [Run] = []
  ) {
    self.text = text
    self.style = style
    self.mark = mark
    self.indentation = indentation
    self.runs = runs
  }

  /// Where a character of the text stands in the file.
  ///
  /// - Parameter offset: The character's UTF-8 offset in the text; clamped to the text.
  /// - Returns: The place.
  public func mark(at offset: Int) -> RuleMark {
    let bytes = text.utf8
    let end = bytes.index(
      bytes.startIndex, offsetBy: min(max(0, offset), bytes.count), limitedBy: bytes.endIndex)
    let before = text.unicodeScalars[..<(end ?? bytes.endIndex)]
    if style == .literal {
      let lines = before.reduce(0) { $0 + ($1 == "\n" ? 1 : 0) }
      let lineStart = before.lastIndex(of: "\n").map { before.index(after: $0) }
      let column = before[(lineStart ?? before.startIndex)...].count
      return RuleMark(line: mark.line + 1 + lines, column: indentation + 1 + column)
    }
    let quote = style == .quoted ? 1 : 0
    let first = Run(
      offset: 0, mark: RuleMark(line: mark.line, column: mark.column + quote))
    let run = runs.last { $0.offset <= offset } ?? first
    let runStart = bytes.index(
      bytes.startIndex, offsetBy: run.offset, limitedBy: bytes.endIndex)
    let column = before[(min(runStart ?? before.endIndex, before.endIndex))...].count
    return RuleMark(line: run.mark.line, column: run.mark.column + column)
  }
}
