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

  /// Interns every text of another table; element n of the result is the number of its symbol n.
  func merge(_ other: SymbolTable) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: other.count) { numbers, count in
      for index in 0..<other.count {
        numbers.initializeElement(at: index, to: intern(other.text(at: index)))
      }
      count = other.count
    }
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
    if count == texts.capacity { growTexts() }
    texts[count] = store(text, as: symbol)
    count += 1
    if count &* 8 > slots.capacity &* 5 { growSlots() }
    return symbol
  }

  /// A hash's place among any number of slots.
  @inline(__always) private static func slot(_ hash: UInt32, of capacity: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(truncatingIfNeeded: capacity)) &>> 32)
  }

  private func growTexts() {
    let more = Pages<UInt64>(capacity: texts.capacity + texts.capacity / 2)
    more.base.update(from: texts.base, count: count)
    texts.deallocate()
    texts = more
  }

  private func growSlots() {
    let more = Pages<UInt64>(capacity: slots.capacity + slots.capacity * 3 / 4)
    for index in 0..<slots.capacity where slots[index] != 0 {
      var slot = Self.slot(UInt32(truncatingIfNeeded: slots[index] &>> 32), of: more.capacity)
      while more[slot] != 0 {
        slot += 1
        if slot == more.capacity { slot = 0 }
      }
      more[slot] = slots[index]
    }
    slots.deallocate()
    slots = more
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

  @inline(__always) private static func equal(_ left: Text, _ right: Text) -> Bool {
    guard left.count == right.count else { return false }
    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
    let first64 = UnsafeRawPointer(first)
    let second64 = UnsafeRawPointer(second)
    var offset = 0
    while offset &+ 8 <= left.count {
      if first64.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        != second64.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      {
        return false
      }
      offset &+= 8
    }
    while offset < left.count {
      if first[offset] != second[offset] { return false }
      offset &+= 1
    }
    return true
  }

  @inline(__always) private static func hash(_ text: Text) -> UInt32 {
    var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    guard let base = text.baseAddress else { return UInt32(truncatingIfNeeded: hash &>> 32) }
    let raw = UnsafeRawPointer(base)
    var offset = 0
    while offset &+ 8 <= text.count {
      hash ^= raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      hash = hash &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash &>> 32
      offset &+= 8
    }
    var tail: UInt64 = 0
    while offset < text.count {
      tail = (tail &<< 8) | UInt64(base[offset])
      offset &+= 1
    }
    hash = (hash ^ tail) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash &>> 29
    return UInt32(truncatingIfNeeded: hash &>> 16)
  }
}
