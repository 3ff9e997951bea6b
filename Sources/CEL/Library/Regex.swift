/// A compiled regular expression in RE2's syntax, matched in time linear in the text.
///
/// Text is UTF-8; `.` and the classes match code points. Look-around and back-references, which no
/// engine matches in linear time, are errors. A value is immutable and can be shared by threads.
struct Regex: Sendable {
  /// The pattern as written.
  let pattern: String
  /// The names of the groups by number; nil for the whole match (0) and for groups without name.
  let groupNames: [String?]
  private let program: RegexProgram
  private let alphabet: RegexAlphabet
  private let automaton: RegexAutomaton?

  /// Compiles `pattern`.
  ///
  /// `determinize` false skips the automaton, which pays for patterns that are matched once.
  /// Fails for bad syntax and for patterns that need more than 50,000 instructions.
  init(_ pattern: String, determinize: Bool = true) throws(RegexError) {
    self.pattern = pattern
    var parser = RegexParser(pattern)
    let node = try parser.parse()
    groupNames = parser.groupNames
    program = try RegexProgram(node)
    alphabet = try RegexAlphabet(program)
    automaton = determinize ? RegexAutomaton(program, alphabet) : nil
  }

  /// Whether the pattern matches anywhere in `text`.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if let automaton { return automaton.matches(text) }
    var machine = RegexMachine(program, alphabet, groups: 0)
    return machine.run(text, from: 0) != nil
  }

  /// The byte ranges of the groups of the leftmost-first match, the whole match being group 0.
  ///
  /// The match begins at byte `from` or behind it; what stands before still counts for `^` and
  /// `\b`. Nil for a group that takes no part; nil for all when nothing matches.
  func firstMatch(in text: UnsafeBufferPointer<UInt8>, from: Int = 0) -> [Range<Int>?]? {
    guard from >= 0, from <= text.count else { return nil }
    var machine = RegexMachine(program, alphabet, groups: groupNames.count)
    guard let slots = machine.run(text, from: from) else { return nil }
    return stride(from: 0, to: slots.count, by: 2).map { slot in
      slots[slot] >= 0 && slots[slot + 1] >= slots[slot] ? slots[slot]..<slots[slot + 1] : nil
    }
  }
}

/// Why a pattern is not a regular expression.
struct RegexError: Error, Hashable, Sendable {
  /// Byte offset in the pattern.
  var offset: Int
  /// What is wrong there.
  var message: String
}
