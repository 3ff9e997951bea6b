import CByteScan

/// Interned text: each distinct string of bytes has one number.
///
/// Bytes lie in chunks that never move, so that a pointer to a text holds for the table's life.
/// Not Sendable while it grows; a finished table may be read from several threads.
final class SymbolTable {
  typealias Text = UnsafeBufferPointer<UInt8>

  /// The number of the empty text, which every table has.
  static let empty: UInt32 = 0

  // Exclusivity is checked by hand: one thread interns, and no access outlives a call.
  /// The number of texts.
  @exclusivity(unchecked) private(set) var count = 0
  /// Where each text lies, and its length in the upper 16 bits.
  @exclusivity(unchecked) private var texts: Pages<UInt64>
  /// The lengths of texts that are too long for 16 bits.
  @exclusivity(unchecked) private var longLengths: [UInt32: Int] = [:]
  /// Hash in the upper half, the symbol plus one in the lower; 0 where the slot is free.
  @exclusivity(unchecked) private var slots: Pages<UInt64>
  @exclusivity(unchecked) private var chunks: [Pages<UInt8>] = []
  @exclusivity(unchecked) private var free: UnsafeMutablePointer<UInt8>?
  @exclusivity(unchecked) private var freeCount = 0

  private static let lengthShift: UInt64 = 48
  private static let longLength: UInt64 = 0xFFFF

  init(capacity: Int = 1 << 8) {
    slots = Pages(capacity: capacity * 2)
    texts = Pages(capacity: capacity)
    _ = intern(Text(start: nil, count: 0))
  }

  deinit {
    slots.deallocate()
    texts.deallocate()
    for chunk in chunks { chunk.deallocate() }
  }

  /// The text's bytes; empty for a number that the table did not give.
  func utf8(of symbol: UInt32) -> Text {
    let index = Int(symbol)
    return index < count ? text(at: index) : Text(start: nil, count: 0)
  }

  @inline(__always) private func text(at index: Int) -> Text {
    let entry = texts[index]
    let length = entry &>> Self.lengthShift
    let address = UInt(truncatingIfNeeded: entry & ((1 &<< Self.lengthShift) &- 1))
    let start = UnsafePointer<UInt8>(bitPattern: address)
    if length != Self.longLength { return Text(start: start, count: Int(length)) }
    return Text(start: start, count: longLengths[UInt32(truncatingIfNeeded: index)] ?? 0)
  }

  /// The text of a symbol.
  func text(of symbol: UInt32) -> String { String(decoding: utf8(of: symbol), as: UTF8.self) }

  /// The number of a text, given anew if need be.
  ///
  /// O(length).
  func intern(_ text: Text) -> UInt32 { intern(text, hash: Self.hash(text)) }

  /// The number of a text, given anew if need be.
  func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// The number of a text, given anew if need be.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - guess: A number that it may have, or any other.
  /// - Returns: The number.
  @inline(__always)
  func intern(_ text: Text, guess: UInt32) -> UInt32 {
    isText(text, of: guess) ? guess : intern(text)
  }

  /// Whether a text is that of a number, which need not be one that the table gave.
  @inline(__always)
  func isText(_ text: Text, of symbol: UInt32) -> Bool {
    let index = Int(truncatingIfNeeded: symbol)
    return index < count && Self.equal(self.text(at: index), text)
  }

  /// Brings a text's place into the cache, which is going to be interned soon.
  @inline(__always)
  func prepare(_ text: Text) {
    scan_prefetch(slots.base + Self.slot(Self.hash(text), of: slots.capacity))
  }

  private func intern(_ text: Text, hash: UInt32) -> UInt32 {
    var slot = Self.slot(hash, of: slots.capacity)
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if UInt32(truncatingIfNeeded: entry &>> 32) == hash {
        let symbol = UInt32(truncatingIfNeeded: entry) &- 1
        if Self.equal(self.text(at: Int(symbol)), text) { return symbol }
      }
      slot &+= 1
      if slot == slots.capacity { slot = 0 }
    }
    let symbol = UInt32(truncatingIfNeeded: count)
    slots[slot] = UInt64(hash) &<< 32 | UInt64(symbol &+ 1)
    if count == texts.capacity { growTexts(to: count + count / 2) }
    texts[count] = store(text, as: symbol)
    count += 1
    if count &* 8 > slots.capacity &* 5 {
      growSlots(to: slots.capacity + slots.capacity * 3 / 4)
    }
    return symbol
  }

  /// A hash's place among any number of slots.
  @inline(__always) private static func slot(_ hash: UInt32, of capacity: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(truncatingIfNeeded: capacity)) &>> 32)
  }

  /// Takes in every text of another table; element n of the result is the number of its symbol n.
  ///
  /// The slots of both tables are in the order of hashes, so that one walk over them finds what both
  /// have. New texts get numbers in their order, and stay where they are: the other table must not
  /// be used any more. O(symbols of the other table).
  func merge(_ other: SymbolTable) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: other.count) { numbers, initialized in
      initialized = other.count
      var added = 0
      for slot in 0..<other.slots.capacity where other.slots[slot] != 0 {
        let index = Int(UInt32(truncatingIfNeeded: other.slots[slot]) &- 1)
        let hash = UInt32(truncatingIfNeeded: other.slots[slot] &>> 32)
        let known = find(other.text(at: index), hash: hash)
        numbers.initializeElement(at: index, to: known ?? .max)
        if known == nil { added += 1 }
      }
      let first = UInt32(truncatingIfNeeded: count)
      if count + added > texts.capacity { growTexts(to: count + added) }
      if (count + added) * 8 > slots.capacity * 5 { growSlots(to: (count + added) * 2) }
      for index in 0..<other.count where numbers[index] == .max {
        let symbol = UInt32(truncatingIfNeeded: count)
        texts[count] = other.texts[index]
        if texts[count] &>> Self.lengthShift == Self.longLength {
          longLengths[symbol] = other.longLengths[UInt32(truncatingIfNeeded: index)]
        }
        numbers[index] = symbol
        count += 1
      }
      for slot in 0..<other.slots.capacity where other.slots[slot] != 0 {
        let entry = other.slots[slot]
        let number = numbers[Int(UInt32(truncatingIfNeeded: entry) &- 1)]
        if number >= first { place((entry &>> 32) &<< 32 | UInt64(number &+ 1)) }
      }
      chunks = other.chunks + chunks
      other.chunks = []
    }
  }

  /// The number of a text that is in the table.
  private func find(_ text: Text, hash: UInt32) -> UInt32? {
    var slot = Self.slot(hash, of: slots.capacity)
    while slots[slot] != 0 {
      if UInt32(truncatingIfNeeded: slots[slot] &>> 32) == hash {
        let symbol = UInt32(truncatingIfNeeded: slots[slot]) &- 1
        if Self.equal(self.text(at: Int(symbol)), text) { return symbol }
      }
      slot &+= 1
      if slot == slots.capacity { slot = 0 }
    }
    return nil
  }

  private func growTexts(to capacity: Int) {
    let more = Pages<UInt64>(capacity: capacity)
    more.base.update(from: texts.base, count: count)
    texts.deallocate()
    texts = more
  }

  private func growSlots(to capacity: Int) {
    let fewer = slots
    slots = Pages<UInt64>(capacity: capacity)
    for index in 0..<fewer.capacity where fewer[index] != 0 { place(fewer[index]) }
    fewer.deallocate()
  }

  /// Puts the entry of a symbol, which is in no slot, into one.
  @inline(__always)
  private func place(_ entry: UInt64) {
    var slot = Self.slot(UInt32(truncatingIfNeeded: entry &>> 32), of: slots.capacity)
    while slots[slot] != 0 {
      slot &+= 1
      if slot == slots.capacity { slot = 0 }
    }
    slots[slot] = entry
  }

  /// Copies a text; gives its entry among the texts.
  private func store(_ text: Text, as symbol: UInt32) -> UInt64 {
    guard let source = text.baseAddress, text.count > 0 else { return 0 }
    if text.count > freeCount || free == nil {
      let size = max(text.count, min(chunks.last.map { $0.capacity * 2 } ?? 1 << 14, 1 << 22))
      let chunk = Pages<UInt8>(capacity: size)
      chunks.append(chunk)
      free = chunk.base
      freeCount = chunk.capacity
    }
    guard let target = free else { return 0 }
    target.update(from: source, count: text.count)
    free = target + text.count
    freeCount -= text.count
    var length = UInt64(text.count)
    if length >= Self.longLength {
      longLengths[symbol] = text.count
      length = Self.longLength
    }
    return UInt64(UInt(bitPattern: target)) | length &<< Self.lengthShift
  }

  /// Whether two texts have the same bytes.
  @inline(__always) static func equal(_ left: Text, _ right: Text) -> Bool {
    let count = left.count
    guard count == right.count else { return false }
    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
    if count < 8 {
      for offset in 0..<count where first[offset] != second[offset] { return false }
      return true
    }
    // The last word may overlap the one before it.
    let last = count &- 8
    if load(first, last) != load(second, last) { return false }
    var offset = 0
    while offset < last {
      if load(first, offset) != load(second, offset) { return false }
      offset &+= 8
    }
    return true
  }

  @inline(__always)
  private static func load(_ text: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
    UnsafeRawPointer(text + offset).loadUnaligned(as: UInt64.self)
  }

  /// Sixteen bytes a step, the last ones perhaps twice.
  @inline(__always) private static func hash(_ text: Text) -> UInt32 {
    let count = text.count
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = text.baseAddress else { return UInt32(truncatingIfNeeded: hash &>> 32) }
    if count >= 16 {
      let last = count &- 16
      var offset = 0
      // Two products at a time, which do not wait for each other.
      var other = hash
      while offset &+ 16 < last {
        hash = mix(load(base, offset) ^ 0xFF51_AFD7_ED55_8CCD, load(base, offset &+ 8) ^ hash)
        other = mix(
          load(base, offset &+ 16) ^ 0xC4CE_B9FE_1A85_EC53, load(base, offset &+ 24) ^ other)
        offset &+= 32
      }
      hash ^= other
      if offset < last {
        hash = mix(load(base, offset) ^ 0xFF51_AFD7_ED55_8CCD, load(base, offset &+ 8) ^ hash)
      }
      hash = mix(load(base, last) ^ 0xFF51_AFD7_ED55_8CCD, load(base, last &+ 8) ^ hash)
    } else if count >= 8 {
      hash = mix(load(base, 0) ^ 0xFF51_AFD7_ED55_8CCD, load(base, count &- 8) ^ hash)
    } else {
      var word: UInt64 = 0
      for offset in 0..<count { word = word &<< 8 | UInt64(base[offset]) }
      hash = mix(word ^ 0xFF51_AFD7_ED55_8CCD, hash)
    }
    return UInt32(truncatingIfNeeded: mix(hash, 0xC4CE_B9FE_1A85_EC53) &>> 16)
  }

  /// Both halves of a product as one.
  @inline(__always) private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
