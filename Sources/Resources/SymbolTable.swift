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
  @exclusivity(unchecked) private var texts: UnsafeMutablePointer<Text>
  @exclusivity(unchecked) private var textCapacity: Int
  /// Hash in the upper half, the symbol plus one in the lower; 0 where the slot is free.
  @exclusivity(unchecked) private var slots: UnsafeMutablePointer<UInt64>
  @exclusivity(unchecked) private var mask: Int
  @exclusivity(unchecked) private var chunks: [UnsafeMutableRawBufferPointer] = []
  @exclusivity(unchecked) private var free: UnsafeMutableRawPointer?
  @exclusivity(unchecked) private var freeCount = 0

  init(capacity: Int = 1 << 9) {
    var size = 1 << 10
    while size < capacity * 2 { size <<= 1 }
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    mask = size - 1
    textCapacity = size / 2
    texts = .allocate(capacity: textCapacity)
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
    return index < count ? texts[index] : Text(start: nil, count: 0)
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
        numbers.initializeElement(at: index, to: intern(other.texts[index]))
      }
      count = other.count
    }
  }

  private func intern(_ text: Text, hash: UInt32) -> UInt32 {
    var slot = Int(hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if UInt32(truncatingIfNeeded: entry &>> 32) == hash {
        let symbol = UInt32(truncatingIfNeeded: entry) &- 1
        if Self.equal(texts[Int(symbol)], text) { return symbol }
      }
      slot = (slot &+ 1) & mask
    }
    let symbol = UInt32(truncatingIfNeeded: count)
    slots[slot] = UInt64(hash) &<< 32 | UInt64(symbol &+ 1)
    (texts + count).initialize(to: copy(text))
    count += 1
    if count == textCapacity { grow() }
    return symbol
  }

  private func grow() {
    let size = (mask + 1) * 2
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    larger.initialize(repeating: 0, count: size)
    for index in 0...mask where slots[index] != 0 {
      var slot = Int(slots[index] &>> 32) & (size - 1)
      while larger[slot] != 0 { slot = (slot &+ 1) & (size - 1) }
      larger[slot] = slots[index]
    }
    slots.deallocate()
    slots = larger
    mask = size - 1
    let more = UnsafeMutablePointer<Text>.allocate(capacity: size / 2)
    more.moveInitialize(from: texts, count: count)
    texts.deallocate()
    texts = more
    textCapacity = size / 2
  }

  private func copy(_ text: Text) -> Text {
    guard let source = text.baseAddress, text.count > 0 else { return Text(start: nil, count: 0) }
    if text.count > freeCount || free == nil {
      let chunk = UnsafeMutableRawBufferPointer.allocate(
        byteCount: max(text.count, 1 << 16), alignment: 8)
      chunks.append(chunk)
      free = chunk.baseAddress
      freeCount = chunk.count
    }
    guard let target = free?.bindMemory(to: UInt8.self, capacity: text.count) else {
      return Text(start: nil, count: 0)
    }
    target.update(from: source, count: text.count)
    free = UnsafeMutableRawPointer(target + text.count)
    freeCount -= text.count
    return Text(start: target, count: text.count)
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
