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

/// Interns sets of causes.
///
/// The sets lie one after another in one array, each sorted: without instances an export has
/// millions of them, mostly of one or two causes, and an array for each would cost more than all
/// else.
struct CauseSets {
  private var causes: [Cause] = []
  /// Where each set starts, and the one before it ends.
  private var starts: [UInt32] = [0, 0]
  /// The numbers of the sets of several causes by their hashes, in an open table; 0 for a free
  /// place.
  private var slots = [UInt32](repeating: 0, count: 64)
  private var severalCount = 0
  /// The sets of one cause in a table of their own, with the cause beside the number.
  private var singles = [Single](repeating: Single(), count: 64)
  private var singleCount = 0
  private var lastUnion: (pair: UInt64, number: UInt32) = (0, 0)

  private struct Single {
    var cause: UInt64 = 0
    var number: UInt32 = 0
  }

  mutating func number(of cause: Cause) -> UInt32 {
    let slot = slot(of: cause.rawValue)
    if singles[slot].number != 0 { return singles[slot].number }
    causes.append(cause)
    let number = numberOfNewSet()
    singles[slot] = Single(cause: cause.rawValue, number: number)
    singleCount += 1
    if singleCount * 2 > singles.count { growSingles() }
    return number
  }

  /// The place of a set of one cause, or the free one where it goes.
  ///
  /// Causes that follow one another are first looked for side by side, as they are asked for in
  /// their order and the table is larger than any cache; then at distances of their own.
  private func slot(of cause: UInt64) -> Int {
    let mask = singles.count - 1
    let hash = Self.mix(cause)
    var slot = Int(truncatingIfNeeded: cause ^ Self.mix(cause >> 32)) & mask
    while singles[slot].number != 0, singles[slot].cause != cause {
      slot = (slot + (Int(truncatingIfNeeded: hash) | 1)) & mask
    }
    return slot
  }

  mutating func number(of list: [Cause]) -> UInt32 {
    let start = causes.count
    for cause in list.sorted() where causes.count == start || causes[causes.count - 1] != cause {
      causes.append(cause)
    }
    return intern(from: start)
  }

  mutating func union(_ left: UInt32, _ right: UInt32) -> UInt32 {
    if left == right || right == 0 { return left }
    if left == 0 { return right }
    let pair = UInt64(min(left, right)) << 32 | UInt64(max(left, right))
    if lastUnion.pair == pair { return lastUnion.number }
    let start = causes.count
    let (one, other) = (places(of: left), places(of: right))
    var (first, second) = (one.lowerBound, other.lowerBound)
    while first < one.upperBound, second < other.upperBound {
      let (cause, next) = (causes[first], causes[second])
      causes.append(min(cause, next))
      if cause <= next { first += 1 }
      if next <= cause { second += 1 }
    }
    for index in first..<one.upperBound { causes.append(causes[index]) }
    for index in second..<other.upperBound { causes.append(causes[index]) }
    let number = intern(from: start)
    lastUnion = (pair, number)
    return number
  }

  func causes(of number: UInt32) -> [Cause] { Array(slice(of: number)) }

  func slice(of number: UInt32) -> ArraySlice<Cause> { causes[places(of: number)] }

  private func places(of number: UInt32) -> Range<Int> {
    let index = Int(number)
    return index + 1 < starts.count ? Int(starts[index])..<Int(starts[index + 1]) : 0..<0
  }

  /// The number of the set that was just appended, which is taken back where it is known.
  private mutating func intern(from start: Int) -> UInt32 {
    let count = causes.count - start
    if count == 0 { return 0 }
    if count == 1 { return number(of: causes.removeLast()) }
    var slot = Int(truncatingIfNeeded: hash(start..<causes.count)) & (slots.count - 1)
    while slots[slot] != 0 {
      if isEqual(slots[slot], start, count) {
        causes.removeLast(count)
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = numberOfNewSet()
    slots[slot] = number
    severalCount += 1
    if severalCount * 2 > slots.count { growSlots() }
    return number
  }

  private mutating func numberOfNewSet() -> UInt32 {
    starts.append(UInt32(truncatingIfNeeded: causes.count))
    return UInt32(truncatingIfNeeded: starts.count - 2)
  }

  private func isEqual(_ set: UInt32, _ start: Int, _ count: Int) -> Bool {
    let known = places(of: set)
    guard known.count == count else { return false }
    for index in 0..<count where causes[known.lowerBound + index] != causes[start + index] {
      return false
    }
    return true
  }

  private mutating func growSlots() {
    let (old, mask) = (slots, slots.count * 4 - 1)
    slots = [UInt32](repeating: 0, count: mask + 1)
    for number in old where number != 0 {
      var slot = Int(truncatingIfNeeded: hash(places(of: number))) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = number
    }
  }

  private mutating func growSingles() {
    let old = singles
    singles = [Single](repeating: Single(), count: old.count * 4)
    for single in old where single.number != 0 { singles[slot(of: single.cause)] = single }
  }

  private func hash(_ places: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: places.count)
    for index in places { hash = Self.mix(hash ^ causes[index].rawValue) }
    return hash
  }

  private static func mix(_ bits: UInt64) -> UInt64 {
    var hash = bits &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    return hash &* 0xFF51_AFD7_ED55_8CCD
  }
}
