/// One thing that is missing, such as a collection or a field; its coding is the host's.
public struct Cause: Hashable, Comparable, Sendable {
  /// The host's number of the thing.
  public var rawValue: UInt64

  /// Wraps the host's number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// Orders causes by their numbers.
  public static func < (left: Cause, right: Cause) -> Bool { left.rawValue < right.rawValue }
}

/// A set of causes, interned in a `Context`; number 0 is the empty set.
@frozen public struct CauseSetID: Hashable, Sendable {
  /// The context's number of the set.
  public var rawValue: UInt32

  /// Wraps a context's number.
  @inlinable public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }
}

/// Interns sets of causes and remembers their unions.
struct CauseSets {
  private struct Pair: Hashable {
    let first: UInt32
    let second: UInt32
  }

  private var sets: [[Cause]] = [[]]
  private var numbers: [[Cause]: UInt32] = [[]: 0]
  private var unions: [Pair: UInt32] = [:]
  private var singles: [Cause: UInt32] = [:]

  mutating func number(of cause: Cause) -> UInt32 {
    if let known = singles[cause] { return known }
    let number = number(ofSorted: [cause])
    singles[cause] = number
    return number
  }

  mutating func number(of causes: [Cause]) -> UInt32 {
    number(ofSorted: Set(causes).sorted())
  }

  private mutating func number(ofSorted causes: [Cause]) -> UInt32 {
    if let known = numbers[causes] { return known }
    let number = UInt32(truncatingIfNeeded: sets.count)
    sets.append(causes)
    numbers[causes] = number
    return number
  }

  mutating func union(_ left: UInt32, _ right: UInt32) -> UInt32 {
    if left == right || right == 0 { return left }
    if left == 0 { return right }
    let pair = Pair(first: min(left, right), second: max(left, right))
    if let known = unions[pair] { return known }
    let number = number(of: causes(of: left) + causes(of: right))
    unions[pair] = number
    return number
  }

  func causes(of number: UInt32) -> [Cause] {
    let index = Int(number)
    return index < sets.count ? sets[index] : []
  }
}
