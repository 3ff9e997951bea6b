/// A bit for each record of a block.
///
/// It borrows its memory from whoever made it.
public struct Mask {
  private let words: UnsafeMutablePointer<UInt64>

  fileprivate init(words: UnsafeMutablePointer<UInt64>) { self.words = words }

  /// Makes a mask without bits; to be deallocated.
  public static func allocate() -> Mask {
    let words = UnsafeMutablePointer<UInt64>.allocate(capacity: ConditionTable.wordCount)
    words.initialize(repeating: 0, count: ConditionTable.wordCount)
    return Mask(words: words)
  }

  /// Frees the memory.
  public func deallocate() { words.deallocate() }

  /// Whether a record's bit is set.
  @inline(__always) public subscript(row: Int) -> Bool {
    words[row &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1 == 1
  }

  /// Sets a record's bit.
  @inline(__always) public func set(_ row: Int) {
    words[row &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: row & 63)
  }

  /// Unsets a record's bit.
  @inline(__always) public func unset(_ row: Int) {
    words[row &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: row & 63))
  }

  /// Sets the bits of records that follow one another.
  public func set(_ rows: Range<Int>) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let end = min((row | 63) &+ 1, rows.upperBound)
      let bits = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- (end &- row))
      words[row &>> 6] |= bits &<< UInt64(truncatingIfNeeded: row & 63)
      row = end
    }
  }

  /// The first record behind another whose bit is set.
  func next(after row: Int) -> Int? {
    let next = row &+ 1
    var index = next &>> 6
    guard index < ConditionTable.wordCount else { return nil }
    var word = words[index] & (UInt64.max &<< UInt64(truncatingIfNeeded: next & 63))
    while word == 0 {
      index &+= 1
      guard index < ConditionTable.wordCount else { return nil }
      word = words[index]
    }
    return index &<< 6 | word.trailingZeroBitCount
  }

  /// Whether no bit is set.
  public var isEmpty: Bool {
    var all: UInt64 = 0
    for index in 0..<ConditionTable.wordCount { all |= words[index] }
    return all == 0
  }

  /// How many bits are set.
  public var count: Int {
    var sum = 0
    for index in 0..<ConditionTable.wordCount { sum &+= words[index].nonzeroBitCount }
    return sum
  }

  /// Calls a function with each record whose bit is set, in order.
  @inline(__always) public func forEachRow(_ body: (Int) -> Void) {
    for index in 0..<ConditionTable.wordCount {
      var word = words[index]
      while word != 0 {
        body(index &<< 6 | word.trailingZeroBitCount)
        word &= word &- 1
      }
    }
  }

  /// Unsets all bits.
  public func clear() { for index in 0..<ConditionTable.wordCount { words[index] = 0 } }

  /// Makes it the same as another.
  public func copy(_ other: Mask) {
    for index in 0..<ConditionTable.wordCount { words[index] = other.words[index] }
  }

  /// Makes it what two others have in common.
  public func set(_ first: Mask, and second: Mask) {
    for index in 0..<ConditionTable.wordCount {
      words[index] = first.words[index] & second.words[index]
    }
  }

  /// Unsets the bits that another does not have.
  public func keep(_ other: Mask) {
    for index in 0..<ConditionTable.wordCount { words[index] &= other.words[index] }
  }

  /// Sets the bits of another.
  public func add(_ other: Mask) {
    for index in 0..<ConditionTable.wordCount { words[index] |= other.words[index] }
  }

  /// Unsets the bits of another.
  public func remove(_ other: Mask) {
    for index in 0..<ConditionTable.wordCount { words[index] &= ~other.words[index] }
  }

  /// Whether all bits of another are set.
  public func contains(_ other: Mask) -> Bool {
    var missing: UInt64 = 0
    for index in 0..<ConditionTable.wordCount { missing |= other.words[index] & ~words[index] }
    return missing == 0
  }
}

/// Masks, and values of a block's records, that are needed for as long as a call runs.
struct MaskStack {
  private var masks: [Mask] = []
  private var values: [Int: UnsafeMutablePointer<Value>] = [:]
  /// How many are in use.
  var depth = 0

  mutating func push() -> Mask {
    if depth == masks.count { masks.append(.allocate()) }
    depth += 1
    return masks[depth - 1]
  }

  /// Values to go with the mask that was pushed last.
  mutating func pushValues() -> UnsafeMutablePointer<Value> {
    if let known = values[depth] { return known }
    let made = UnsafeMutablePointer<Value>.allocate(capacity: ConditionTable.blockSize)
    values[depth] = made
    return made
  }

  func deallocate() {
    for mask in masks { mask.deallocate() }
    for values in values.values { values.deallocate() }
  }
}
