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

  /// The last single cause of each hash: conditions on one record name the same one in turn.
  private struct Recent {
    var cause: UInt64 = 0
    var number: UInt32 = 0
  }

  private static let recentCount = 1024

  /// The members of all sets, one set behind the other, and where each begins.
  private var members: [Cause] = []
  private var starts: [Int] = [0, 0]
  private var numbers: [[Cause]: UInt32] = [:]
  private var unions: [Pair: UInt32] = [:]
  private var singles: [Cause: UInt32] = [:]
  private var recent: [Recent] = []

  mutating func number(of cause: Cause) -> UInt32 {
    if recent.isEmpty { recent = Array(repeating: Recent(), count: Self.recentCount) }
    let place = Int((cause.rawValue &* 0x9E37_79B9_7F4A_7C15) &>> 54)
    let last = recent[place]
    if last.cause == cause.rawValue, last.number != 0 { return last.number }
    let number = singles[cause] ?? append(CollectionOfOne(cause))
    singles[cause] = number
    recent[place] = Recent(cause: cause.rawValue, number: number)
    return number
  }

  mutating func number(of causes: [Cause]) -> UInt32 {
    if causes.isEmpty { return 0 }
    let sorted = Set(causes).sorted()
    if sorted.count == 1 { return number(of: sorted[0]) }
    if let known = numbers[sorted] { return known }
    let number = append(sorted)
    numbers[sorted] = number
    return number
  }

  private mutating func append(_ causes: some Collection<Cause>) -> UInt32 {
    members.append(contentsOf: causes)
    starts.append(members.count)
    return UInt32(truncatingIfNeeded: starts.count - 2)
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
    return index + 1 < starts.count ? Array(members[starts[index]..<starts[index + 1]]) : []
  }
}
