/// Which rules are to run: by id, by glob (`neg-*`), by tag, or `all`.
public struct RuleSelection: Sendable, Hashable {
  /// What is selected; empty for all rules.
  public var select: [String]
  /// What is left out of it.
  public var ignore: [String]

  /// Makes a selection.
  ///
  /// - Parameters:
  ///   - select: Ids, globs or tags; empty for all rules.
  ///   - ignore: Ids, globs or tags to leave out.
  public init(select: [String] = [], ignore: [String] = []) {
    self.select = select
    self.ignore = ignore
  }

  /// The ids of the selected rules.
  ///
  /// - Parameter rules: The ids and tags of all rules.
  /// - Returns: The ids.
  /// - Throws: An error for a word that names no rule, glob match or tag.
  func ids(
    in rules: [(id: String, tags: [String])]
  ) throws(RuleSelectionError) -> Set<String> {
    var ids: Set<String> = []
    if select.isEmpty { ids = Set(rules.map(\.id)) }
    for word in select { ids.formUnion(try Self.matches(of: word, in: rules)) }
    for word in ignore { ids.subtract(try Self.matches(of: word, in: rules)) }
    return ids
  }

  private static func matches(
    of word: String, in rules: [(id: String, tags: [String])]
  ) throws(RuleSelectionError) -> [String] {
    if word == "all" { return rules.map(\.id) }
    let glob = Array(word.utf8)
    let isGlob = word.contains { $0 == "*" || $0 == "?" }
    let matches = rules.filter { rule in
      isGlob ? matchesGlob(Array(rule.id.utf8), glob) : rule.id == word
    }
    if !matches.isEmpty { return matches.map(\.id) }
    let tagged = rules.filter { $0.tags.contains(word) }
    if !tagged.isEmpty { return tagged.map(\.id) }
    let names = rules.map(\.id) + Set(rules.flatMap(\.tags)).sorted()
    throw RuleSelectionError(
      word: word, suggestion: isGlob ? nil : closest(to: word, in: names))
  }
}

/// A word of a selection that names no rule.
public struct RuleSelectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The word.
  public let word: String
  /// A rule or tag that may have been meant.
  public let suggestion: String?

  /// The error as it is shown.
  public var description: String {
    let text = "no rule or tag '\(word)'"
    return suggestion.map { "\(text); did you mean '\($0)'?" } ?? text
  }
}

/// Whether a text matches a glob where `*` is any text and `?` any one byte.
///
/// O(text x glob) at worst, without recursion.
///
/// - Parameters:
///   - text: The text in UTF-8.
///   - glob: The glob in UTF-8.
/// - Returns: Whether the whole text matches.
public func matchesGlob(_ text: [UInt8], _ glob: [UInt8]) -> Bool {
  var position = 0
  var next = 0
  var star: (glob: Int, text: Int)?
  while position < text.count {
    if next < glob.count, glob[next] == UInt8(ascii: "*") {
      star = (next, position)
      next += 1
    } else if next < glob.count, glob[next] == UInt8(ascii: "?") || glob[next] == text[position] {
      next += 1
      position += 1
    } else if let last = star {
      star = (last.glob, last.text + 1)
      next = last.glob + 1
      position = last.text + 1
    } else {
      return false
    }
  }
  return glob[next...].allSatisfy { $0 == UInt8(ascii: "*") }
}
