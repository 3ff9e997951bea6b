extension RuleLibrary {
  /// The newest rule set that a rule is of; nil where no rule says.
  public var newestRuleSet: RuleSetVersion? { entries.values.compactMap(\.since).max() }

  /// The ids that a selection means.
  ///
  /// - Parameters:
  ///   - selection: What to select and to leave out.
  ///   - ruleSet: The rule set that the rules are pinned to; nil for the newest.
  /// - Returns: The ids, without those of rules that are newer than the rule set.
  /// - Throws: An error for a word that names nothing, with a suggestion.
  public func ids(
    of selection: RuleSelection, pinnedTo ruleSet: RuleSetVersion? = nil
  ) throws(RuleSelectionError) -> Set<String> {
    let sorted = entries.values.sorted { $0.id < $1.id }
    let ids = try selection.ids(in: sorted.map { ($0.id, $0.tags) })
    guard let ruleSet else { return ids }
    return ids.filter { id in entries[id]?.since.map { $0 <= ruleSet } ?? true }
  }

  /// The ids that an id or a glob matches, sorted.
  ///
  /// - Parameter word: An id, or a glob with `*` and `?`.
  /// - Returns: The ids; none where it matches none.
  public func ids(matching word: String) -> [String] {
    let glob = Array(word.utf8)
    return ids.filter { matchesGlob(Array($0.utf8), glob) }
  }
}
