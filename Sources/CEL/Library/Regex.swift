/// A compiled regular expression: RE2 syntax, UTF-8 bytes, linear time.
struct Regex: Sendable {
  /// The pattern as written.
  let pattern: String
  /// Names of the groups: index = group number, nil for the whole match (0) and for groups without name.
  let groupNames: [String?]
  /// How many capturing groups the pattern has, the whole match not counted.
  var numberOfGroups: Int { groupNames.count - 1 }

  /// Compiles `pattern`; `determinize` false skips the automaton (for patterns used once).
  init(_ pattern: String, determinize: Bool = true) throws(RegexError) {
    self.pattern = pattern
    groupNames = [nil]
  }

  /// Whether the pattern matches anywhere in `text`.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool { false }

  /// The leftmost-first match at or after byte `from`: byte ranges of group 0, 1, …
  func firstMatch(in text: UnsafeBufferPointer<UInt8>, from: Int = 0) -> [Range<Int>?]? { nil }
}

/// Why a pattern is no regular expression.
struct RegexError: Error, Hashable, Sendable {
  /// Byte offset in the pattern.
  var offset: Int
  /// What is wrong there.
  var message: String
}
