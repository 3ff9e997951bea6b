import Yams

extension RuleNode {
  /// Reads a rule or data file.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - path: Its path as it is shown.
  /// - Returns: The positioned tree, and the source with the lines for carets.
  /// - Throws: One problem where the text is not one YAML document of mappings, lists and texts.
  public static func read(yaml: String, path: String) throws(RuleProblems) -> (
    node: RuleNode, source: RuleSource
  ) {
    let lines = yaml.lines.map { line in
      line.utf8.last == UInt8(ascii: "\r") ? String(line.unicodeScalars.dropLast()) : String(line)
    }
    let source = RuleSource(path: path, lines: lines)
    let root: Node?
    do {
      // Texts alone are read: which of them would be numbers or dates takes long to find out. The
      // encoding that Yams would take is looked up in the environment.
      root = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8).singleRoot()
    } catch let error as YamlError {
      throw RuleProblems([problem(of: error, in: source)])
    } catch {
      throw RuleProblems([source.problem(at: .start, "not readable as YAML: \(error)")])
    }
    guard let root else { throw RuleProblems([source.problem(at: .start, "the file is empty")]) }
    var reader = YAMLNodeReader(source: source, lines: lines)
    do {
      return (try reader.node(root, depth: 0), source)
    } catch {
      throw RuleProblems([error])
    }
  }

  private static func problem(of error: YamlError, in source: RuleSource) -> RuleProblem {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let text = context.map { "\(problem) \($0.text)" } ?? problem
      return source.problem(
        at: RuleMark(line: mark.line, column: mark.column), "not valid YAML: \(text)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      let names = duplicates.sorted().joined(separator: ", ")
      return source.problem(
        at: RuleMark(line: context.mark.line, column: context.mark.column),
        "a mapping has a key twice: \(names)")
    case .reader(let problem, _, _, _):
      return source.problem(at: .start, "not readable as YAML: \(problem)")
    default:
      return source.problem(at: .start, "not readable as YAML: \(error)")
    }
  }
}

/// Turns the tree of Yams into ours.
private struct YAMLNodeReader {
  let source: RuleSource
  let lines: [String]
  // Aliases repeat whole trees: a small file could grow without end.
  private var remaining = 200_000

  init(source: RuleSource, lines: [String]) {
    self.source = source
    self.lines = lines
  }

  mutating func node(_ node: Node, depth: Int) throws(RuleProblem) -> RuleNode {
    let mark = node.mark.map { RuleMark(line: $0.line, column: $0.column) }
    let start = mark ?? .start
    remaining -= 1
    guard depth < 100, remaining > 0 else {
      throw source.problem(at: start, "the file is nested too deeply or holds too many values")
    }
    switch node {
    case .scalar(let scalar):
      return RuleNode(mark: start, content: .scalar(self.scalar(scalar, start)))
    case .sequence(let sequence):
      var items: [RuleNode] = []
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return RuleNode(mark: start, content: .list(items))
    case .mapping(let mapping):
      var entries: [RuleEntry] = []
      for (key, value) in mapping {
        let keyMark = key.mark.map { RuleMark(line: $0.line, column: $0.column) } ?? start
        guard let text = key.scalar?.string else {
          throw source.problem(at: keyMark, "a key must be a text")
        }
        entries.append(
          RuleEntry(key: text, mark: keyMark, value: try self.node(value, depth: depth + 1)))
      }
      return RuleNode(mark: start, content: .mapping(entries))
    case .alias:
      throw source.problem(at: start, "an alias names nothing")
    }
  }

  private func scalar(_ scalar: Node.Scalar, _ mark: RuleMark) -> RuleScalar {
    let style: RuleScalar.Style =
      switch scalar.style {
      case .literal: .literal
      case .folded: .folded
      case .singleQuoted, .doubleQuoted: .quoted
      case .any, .plain: .plain
      }
    if style == .literal {
      return RuleScalar(
        scalar.string, style: style, mark: mark,
        indentation: indentation(of: scalar.string, below: mark.line))
    }
    let runs =
      style == .folded
      ? [] : ScalarRuns.runs(of: scalar.string, style: style, at: mark, in: lines)
    return RuleScalar(scalar.string, style: style, mark: mark, runs: runs)
  }

  /// How far a literal block is indented: what its first line with text has more than the text.
  private func indentation(of text: String, below line: Int) -> Int {
    var number = line
    for inText in text.lines {
      guard lines.indices.contains(number) else { return 0 }
      if !inText.isEmpty {
        return max(0, lines[number].unicodeScalars.count - inText.unicodeScalars.count)
      }
      number += 1
    }
    return 0
  }
}

extension String {
  /// The texts between line feeds.
  fileprivate var lines: [Substring] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { Substring($0) }
  }
}
