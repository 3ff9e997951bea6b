/// Takes the tree of a rule file or of a configuration apart and gathers what is wrong with it.
public struct NodeDecoder: Sendable {
  /// The file.
  public let source: RuleSource
  /// The faults so far.
  public private(set) var problems: [RuleProblem] = []

  /// Makes a decoder without faults.
  public init(source: RuleSource) { self.source = source }

  /// Notes a fault.
  ///
  /// - Parameters:
  ///   - mark: Where it is.
  ///   - length: How many Unicode scalars are at fault.
  ///   - message: What is wrong.
  ///   - suggestion: A name that may have been meant.
  public mutating func fail(
    _ mark: RuleMark, length: Int = 1, _ message: String, suggestion: String? = nil
  ) {
    problems.append(source.problem(at: mark, length: length, message, suggestion: suggestion))
  }

  /// The entries of a mapping; keys that are not among `keys` are faults.
  ///
  /// - Parameters:
  ///   - node: What should be a mapping.
  ///   - what: What the mapping stands for, for messages: `a rule`.
  ///   - keys: The keys that it may have; nil for any.
  /// - Returns: The entries; none where it is no mapping.
  public mutating func mapping(_ node: RuleNode, _ what: String, keys: [String]?) -> [RuleEntry] {
    guard case .mapping(let entries) = node.content else {
      fail(node.mark, "\(what) must be a mapping")
      return []
    }
    guard let keys else { return entries }
    for entry in entries where !keys.contains(entry.key) {
      fail(
        entry.mark, length: entry.key.unicodeScalars.count,
        "\(what) has no key '\(entry.key)'", suggestion: closest(to: entry.key, in: keys))
    }
    return entries
  }

  /// A text that is not empty; anything else is a fault.
  ///
  /// - Parameters:
  ///   - node: The value.
  ///   - what: What it stands for, for messages.
  /// - Returns: The text; nil where it is none.
  public mutating func text(_ node: RuleNode, _ what: String) -> RuleScalar? {
    guard let scalar = node.scalar else {
      fail(node.mark, "\(what) must be a text")
      return nil
    }
    if scalar.text.allSatisfy(\.isWhitespace) {
      fail(node.mark, "\(what) is empty")
      return nil
    }
    return scalar
  }

  /// An expression: a text that is not folded, since folding loses its lines.
  mutating func expression(_ node: RuleNode, _ what: String) -> RuleScalar? {
    guard let scalar = text(node, what) else { return nil }
    if scalar.style == .folded {
      fail(node.mark, "\(what) is folded ('>'), which loses its lines; use '|'")
      return nil
    }
    return scalar
  }

  /// `true` or `false` without quotes; anything else is a fault.
  mutating func bool(_ node: RuleNode, _ what: String) -> Bool? {
    if let scalar = node.scalar, scalar.style == .plain {
      if scalar.text == "true" { return true }
      if scalar.text == "false" { return false }
    }
    fail(node.mark, "\(what) must be true or false")
    return nil
  }

  /// The items of a list; anything else is a fault.
  ///
  /// - Parameters:
  ///   - node: The value.
  ///   - what: What it stands for, for messages.
  /// - Returns: The items; none where it is no list.
  public mutating func list(_ node: RuleNode, _ what: String) -> [RuleNode] {
    guard case .list(let items) = node.content else {
      fail(node.mark, "\(what) must be a list")
      return []
    }
    return items
  }

  /// The items of a list, or the one value that stands for a list of one.
  mutating func listOrOne(_ node: RuleNode) -> [RuleNode] {
    if case .list(let items) = node.content { items } else { [node] }
  }

  /// A list of texts; anything else is a fault.
  ///
  /// - Parameters:
  ///   - node: The value.
  ///   - what: What it stands for, for messages.
  /// - Returns: The texts.
  public mutating func texts(_ node: RuleNode, _ what: String) -> [RuleScalar] {
    list(node, what).compactMap { text($0, "an item of \(what)") }
  }
}

/// The candidate that a misspelt name was most likely meant to be; nil where none is near.
///
/// Near means that at most a third of the letters differ (insertions, deletions, replacements and
/// swaps of neighbours). O(candidates x length²).
///
/// - Parameters:
///   - name: The misspelt name.
///   - candidates: The names that there are.
/// - Returns: The nearest, or nil.
public func closest(to name: String, in candidates: some Sequence<String>) -> String? {
  let limit = max(1, name.unicodeScalars.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(Array(name.unicodeScalars), Array(candidate.unicodeScalars))
    guard distance <= limit else { continue }
    if let known = best, (known.distance, known.name) <= (distance, candidate) { continue }
    best = (candidate, distance)
  }
  return best?.name
}

private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  // The lengths bound the distance from below; far names need no table.
  if abs(left.count - right.count) > max(left.count, right.count) / 3 + 1 { return .max }
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var row = [i + 1]
    for (j, b) in right.enumerated() {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
      if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    beforeLast = last
    last = row
  }
  return last[right.count]
}
