/// Tells which items have keys of their own by the keys' hashes alone.
///
/// Different hashes mean different keys; of items with the same hash nobody knows.
struct KeySieve {
  /// The hashes in an open table; 0 for a free place.
  private var hashes: [UInt64] = []
  /// For each hash its first item, or `~item` where another one has it, too.
  private var owners: [Int32] = []
  private var mask = 0
  private var hashCount = 0
  private var isRepeated: [Bool] = []
  private var hasRepeated = false
  /// How many hashes only one item has.
  private(set) var singleCount = 0

  /// Forgets everything.
  ///
  /// - Parameter expecting: How many keys are likely to come.
  mutating func removeAll(expecting: Int) {
    (hashCount, singleCount, hasRepeated) = (0, 0, false)
    isRepeated.removeAll(keepingCapacity: true)
    var size = 8
    while size < expecting * 2 { size *= 2 }
    if size > hashes.count {
      hashes = Array(repeating: 0, count: size)
      owners = Array(repeating: 0, count: size)
    } else {
      for index in 0..<size { hashes[index] = 0 }
    }
    mask = size - 1
  }

  /// Notes a key of an item; items come in ascending order.
  mutating func add(_ hash: UInt64, item: Int) {
    let hash = max(1, hash)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while hashes[slot] != 0 {
      if hashes[slot] == hash { return noteRepetition(slot, item) }
      slot = (slot + 1) & mask
    }
    hashes[slot] = hash
    owners[slot] = Int32(truncatingIfNeeded: item)
    hashCount += 1
    singleCount += 1
    if hashCount * 2 > mask { grow() }
  }

  @inline(never) private mutating func noteRepetition(_ slot: Int, _ item: Int) {
    let owner = owners[slot]
    if Int(owner) == item { return }
    if owner >= 0 {
      markRepeated(Int(owner))
      owners[slot] = ~owner
      singleCount -= 1
    }
    markRepeated(item)
  }

  private mutating func markRepeated(_ item: Int) {
    hasRepeated = true
    while isRepeated.count <= item { isRepeated.append(false) }
    isRepeated[item] = true
  }

  private mutating func grow() {
    let (oldHashes, oldOwners, size) = (hashes, owners, (mask + 1) * 4)
    let oldSize = mask + 1
    hashes = Array(repeating: 0, count: size)
    owners = Array(repeating: 0, count: size)
    mask = size - 1
    for index in 0..<oldSize where oldHashes[index] != 0 {
      var slot = Int(truncatingIfNeeded: oldHashes[index]) & mask
      while hashes[slot] != 0 { slot = (slot + 1) & mask }
      hashes[slot] = oldHashes[index]
      owners[slot] = oldOwners[index]
    }
  }

  /// The items that have a hash in common with another one, ascending.
  var repeatedItems: [Int] {
    hasRepeated ? isRepeated.indices.filter { isRepeated[$0] } : []
  }
}
