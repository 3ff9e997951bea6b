import Documents

extension RuleNode {
  /// The node as one line of JSON, positions included; `RuleNodeReader` reads it back.
  ///
  /// A scalar is `[0, line, column, style, text]` with the indentation (literal blocks) or the
  /// runs (`offset, line, column` each) behind, a list `[1, line, column, item, ...]`, a mapping
  /// `[2, line, column, key, keyLine, keyColumn, value, ...]`.
  public func embeddedText() -> String {
    var text = JSONText()
    write(to: &text)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private func write(to text: inout JSONText) {
    let kind =
      switch content {
      case .scalar: 0
      case .list: 1
      case .mapping: 2
      }
    text.append(raw: "[\(kind),\(mark.line),\(mark.column)")
    switch content {
    case .scalar(let scalar):
      text.append(raw: ",\(scalar.style.rawValue),")
      text.append(string: scalar.text)
      if scalar.style == .literal { text.append(raw: ",\(scalar.indentation)") }
      for run in scalar.runs {
        text.append(raw: ",\(run.offset),\(run.mark.line),\(run.mark.column)")
      }
    case .list(let items):
      for item in items {
        text.append(raw: ",")
        item.write(to: &text)
      }
    case .mapping(let entries):
      for entry in entries {
        text.append(raw: ",")
        text.append(string: entry.key)
        text.append(raw: ",\(entry.mark.line),\(entry.mark.column),")
        entry.value.write(to: &text)
      }
    }
    text.append(raw: "]")
  }
}

/// Reads nodes back from the JSON that `embeddedText()` wrote.
struct RuleNodeReader {
  private let reader = DocumentReader(names: NameTable(seed: []))

  /// Reads a node.
  ///
  /// - Parameters:
  ///   - text: The JSON text.
  ///   - path: The rule file's path, for messages.
  /// - Returns: The node.
  /// - Throws: A problem where the text is not such JSON: the program was built wrongly.
  func read(_ text: StaticString, path: String) throws(RuleProblems) -> RuleNode {
    try read(bytes: text.withUTF8Buffer { Array($0) }, path: path)
  }

  /// Reads a node from bytes.
  func read(bytes: [UInt8], path: String) throws(RuleProblems) -> RuleNode {
    let document: Document
    do {
      document = try reader.readValue(Source(path: path, bytes: bytes))
    } catch {
      throw damaged(path, error.message)
    }
    guard let node = node(document.root) else { throw damaged(path, "not a positioned value") }
    return node
  }

  private func damaged(_ path: String, _ reason: String) -> RuleProblems {
    RuleProblems([
      RuleSource(path: path).problem(at: .start, "the embedded rule is damaged: \(reason)")
    ])
  }

  private func node(_ value: Node) -> RuleNode? {
    var parts = value.elements.makeIterator()
    guard let kind = int(parts.next()), let mark = mark(&parts) else { return nil }
    switch kind {
    case 0: return scalar(&parts, mark)
    case 1:
      var items: [RuleNode] = []
      while let part = parts.next() {
        guard let item = node(part) else { return nil }
        items.append(item)
      }
      return RuleNode(mark: mark, content: .list(items))
    case 2:
      var entries: [RuleEntry] = []
      while let key = parts.next() {
        guard let keyMark = self.mark(&parts), let part = parts.next(), let value = node(part)
        else { return nil }
        entries.append(RuleEntry(key: key.text, mark: keyMark, value: value))
      }
      return RuleNode(mark: mark, content: .mapping(entries))
    default: return nil
    }
  }

  private func scalar(_ parts: inout Elements, _ mark: RuleMark) -> RuleNode? {
    guard let number = int(parts.next()), let style = RuleScalar.Style(rawValue: number),
      let text = parts.next()
    else { return nil }
    let indentation = style == .literal ? int(parts.next()) ?? 0 : 0
    var runs: [RuleScalar.Run] = []
    while let offset = int(parts.next()) {
      guard let runMark = self.mark(&parts) else { return nil }
      runs.append(RuleScalar.Run(offset: offset, mark: runMark))
    }
    let scalar = RuleScalar(
      text.text, style: style, mark: mark, indentation: indentation, runs: runs)
    return RuleNode(mark: mark, content: .scalar(scalar))
  }

  private func mark(_ parts: inout Elements) -> RuleMark? {
    guard let line = int(parts.next()), let column = int(parts.next()) else { return nil }
    return RuleMark(line: line, column: column)
  }

  private func int(_ node: Node?) -> Int? {
    node?.int.map { Int($0) }
  }
}
