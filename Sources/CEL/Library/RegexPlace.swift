/// What the assertions of a pattern ask of a place between two code points.
struct RegexPlace: Hashable, Sendable {
  /// What stands before the place, as far as a program can ask.
  enum Before: UInt8, Sendable {
    case textStart
    case newline
    case word
    case other
  }

  /// Bit n: the assertion with the raw value n holds.
  private(set) var holds: UInt8 = 0

  init(before: Before, next: Int, in alphabet: RegexAlphabet) {
    let atEnd = next == alphabet.count
    let nextIsNewline = !atEnd && next == Int(alphabet.newlineClass)
    let nextIsWord = !atEnd && alphabet.isWord[next]
    set(.textStart, before == .textStart)
    set(.lineStart, before == .textStart || before == .newline)
    set(.textEnd, atEnd)
    set(.lineEnd, atEnd || nextIsNewline)
    set(.wordBoundary, (before == .word) != nextIsWord)
    set(.noWordBoundary, (before == .word) == nextIsWord)
  }

  private mutating func set(_ assertion: RegexAssertion, _ value: Bool) {
    if value { holds |= 1 << assertion.rawValue }
  }

  /// Whether the assertion with raw value `operand` holds.
  func allows(_ operand: Int32) -> Bool { holds >> UInt8(truncatingIfNeeded: operand) & 1 != 0 }

  /// What a code point of class `number` is to the place behind it.
  static func before(behind number: Int, in alphabet: RegexAlphabet) -> Before {
    if alphabet.isWord[number] { return .word }
    return number == Int(alphabet.newlineClass) ? .newline : .other
  }
}
