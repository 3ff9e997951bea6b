import CEL

/// Sorts the items of one list into groups by equal keys, in linear time.
///
/// The memory is kept from list to list. A sieve keeps no groups, only which items may have a key
/// in common with others: hardly any list has some, and making groups of one costs most.
struct GroupTable {
  /// The key of each group, in the order in which groups appeared.
  private(set) var keys: [Value] = []
  /// How many items each group has; 0 for one that was dropped.
  private(set) var sizes: [Int] = []
  private var hashes: [UInt64] = []
  private var heads: [Int] = []
  private var tails: [Int] = []
  private var entryItems: [Int] = []
  private var entryNext: [Int] = []
  private var slots: [Int32] = []
  private var mask = 0
  private var hasItemsOfSeveralKeys = false
  private var isSieve = false
  private var sieve = KeySieve()

  /// The number of groups.
  var count: Int { keys.count }

  /// Forgets all groups.
  ///
  /// - Parameters:
  ///   - expecting: How many keys are likely to come.
  ///   - isSieve: Whether to keep no groups.
  mutating func removeAll(expecting: Int, isSieve: Bool) {
    keys.removeAll(keepingCapacity: true)
    sizes.removeAll(keepingCapacity: true)
    hashes.removeAll(keepingCapacity: true)
    heads.removeAll(keepingCapacity: true)
    tails.removeAll(keepingCapacity: true)
    entryItems.removeAll(keepingCapacity: true)
    entryNext.removeAll(keepingCapacity: true)
    hasItemsOfSeveralKeys = false
    self.isSieve = isSieve
    if isSieve { return sieve.removeAll(expecting: expecting) }
    var size = 16
    while size < expecting * 2 { size *= 2 }
    if size > slots.count {
      slots = [Int32](repeating: -1, count: size)
    } else {
      for index in 0..<size { slots[index] = -1 }
    }
    mask = size - 1
  }

  /// Of a sieve, whether an item has a key of its own for certain.
  var hasSingles: Bool { sieve.singleCount > 0 }

  /// Of a sieve, the items that may have a key in common with others, ascending.
  var repeatedItems: [Int] { sieve.repeatedItems }

  /// Puts an item into the group of a key; items come in ascending order.
  mutating func add(_ key: Value, item: Int, in context: Context) {
    let hash = Self.hash(key, in: context)
    if isSieve { return sieve.add(hash, item: item) }
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] >= 0 {
      let group = Int(slots[slot])
      if hashes[group] == hash, context.equals(keys[group], key).isTrue {
        return append(item, to: group)
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = Int32(truncatingIfNeeded: keys.count)
    keys.append(key)
    hashes.append(hash)
    sizes.append(0)
    heads.append(-1)
    tails.append(-1)
    append(item, to: keys.count - 1)
    if keys.count * 2 > mask { grow() }
  }

  private mutating func append(_ item: Int, to group: Int) {
    let tail = tails[group]
    if tail >= 0, entryItems[tail] == item { return }
    if entryItems.last == item { hasItemsOfSeveralKeys = true }
    let entry = entryItems.count
    entryItems.append(item)
    entryNext.append(-1)
    if tail >= 0 { entryNext[tail] = entry } else { heads[group] = entry }
    tails[group] = entry
    sizes[group] += 1
  }

  private mutating func grow() {
    let size = (mask + 1) * 4
    slots = [Int32](repeating: -1, count: size)
    mask = size - 1
    for group in keys.indices {
      var slot = Int(truncatingIfNeeded: hashes[group]) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(truncatingIfNeeded: group)
    }
  }

  /// The items of a group, ascending.
  func items(of group: Int) -> [Int] {
    var items: [Int] = []
    items.reserveCapacity(sizes[group])
    var entry = heads[group]
    while entry >= 0 {
      items.append(entryItems[entry])
      entry = entryNext[entry]
    }
    return items
  }

  /// Drops each group that has the same items as an earlier one.
  mutating func dropEqualGroups() {
    guard hasItemsOfSeveralKeys else { return }
    var seen: Set<[Int]> = []
    for group in sizes.indices where !seen.insert(items(of: group)).inserted { sizes[group] = 0 }
  }

  /// A hash that is equal for keys that are `==` in CEL.
  private static func hash(_ key: Value, in context: Context) -> UInt64 {
    switch key.tag {
    case .symbol, .text:
      return context.withUTF8(of: key) { bytes in
        // Eight bytes at a time; the length tells texts apart that end in zeros.
        let raw = UnsafeRawBufferPointer(bytes)
        var hash = UInt64(bytes.count)
        var index = 0
        while index + 8 <= raw.count {
          hash = mix(hash ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
          index += 8
        }
        var rest: UInt64 = 0
        while index < raw.count {
          rest = rest << 8 | UInt64(raw[index])
          index += 1
        }
        return mix(hash ^ rest)
      }
    case .record: return mix(key.bits)
    case .ipv4: return mix(key.bits ^ 0x5A5A)
    case .int: return mix(Double(key.asInt ?? 0).bitPattern)
    default:
      var hasher = Hasher()
      context.hash(key, into: &hasher)
      // Numbers of all types that are equal must meet in one slot.
      if let number = key.asUInt { return mix(Double(number).bitPattern) }
      if let number = key.asDouble { return mix((number == 0 ? 0 : number).bitPattern) }
      return UInt64(bitPattern: Int64(hasher.finalize()))
    }
  }

  private static func mix(_ bits: UInt64) -> UInt64 {
    var hash = bits &* 0x9E37_79B9_7F4A_7C15
    hash ^= hash >> 32
    return hash &* 0xFF51_AFD7_ED55_8CCD
  }
}
