/// What Markdown needs.
enum Markdown {
  /// A text as it stands in a line or a table's cell.
  static func inline(_ text: String) -> String {
    var result = ""
    for character in text {
      if "|<>*`[]".contains(character) { result.append("\\") }
      result.append(character.isNewline ? " " : character)
    }
    return result
  }

  /// A table.
  ///
  /// - Parameters:
  ///   - head: The columns' names.
  ///   - rows: The cells, Markdown already.
  /// - Returns: The table's lines.
  static func table(_ head: [String], _ rows: [[String]]) -> String {
    ([head, head.map { _ in "---" }] + rows)
      .map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }
}

extension String {
  /// The text without line breaks at its ends.
  var trimmingNewlines: String {
    var text = self[...]
    while text.last?.isNewline == true { text.removeLast() }
    while text.first?.isNewline == true { text.removeFirst() }
    return String(text)
  }
}
