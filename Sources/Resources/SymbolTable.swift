/// Interned text: each distinct string of bytes has one number.
///
/// Bytes lie in chunks that never move, so that a pointer to a text holds for the table's life.
/// Not Sendable while it grows; a finished table may be read from several threads.
final class SymbolTable {
  /// The number of the empty text, which every table has.
  static let empty: UInt32 = 0

  private var texts: [UnsafeBufferPointer<UInt8>] = []
  private var hashes: [UInt32] = []
  private var slots: [UInt32]
  private var mask: Int
  private var chunks: [UnsafeMutableRawBufferPointer] = []
  private var chunkUsed = 0

  init(capacity: Int = 1 << 12) {
    var size = 1 << 10
    while size < capacity * 2 { size <<= 1 }
    slots = [UInt32](repeating: 0, count: size)
    mask = size - 1
    _ = intern(UnsafeBufferPointer(start: nil, count: 0))
  }

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// The number of texts.
  var count: Int { texts.count }

  /// The text's bytes; empty for a number that the table did not give.
  func utf8(of symbol: UInt32) -> UnsafeBufferPointer<UInt8> {
    let index = Int(symbol)
    return index < texts.count ? texts[index] : UnsafeBufferPointer(start: nil, count: 0)
  }

  /// The text of a symbol.
  func text(of symbol: UInt32) -> String { String(decoding: utf8(of: symbol), as: UTF8.self) }

  /// The number of a text, given anew if need be.
  ///
  /// O(length).
  func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    intern(text, hash: Self.hash(text))
  }

  /// The number of a text, given anew if need be.
  func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// The number of a text that is in the table; nil otherwise.
  func symbol(of text: String) -> UInt32? {
    var text = text
    return text.withUTF8 { bytes in
      let found = slots[find(bytes, hash: Self.hash(bytes))]
      return found == 0 ? nil : found - 1
    }
  }

  /// Interns every text of another table; element n of the result is the number of its symbol n.
  func merge(_ other: SymbolTable) -> [UInt32] {
    var numbers = [UInt32](repeating: 0, count: other.count)
    for index in 0..<other.count {
      numbers[index] = intern(other.texts[index], hash: other.hashes[index])
    }
    return numbers
  }

  private func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> UInt32 {
    let slot = find(text, hash: hash)
    if slots[slot] != 0 { return slots[slot] - 1 }
    let symbol = UInt32(truncatingIfNeeded: texts.count)
    texts.append(copy(text))
    hashes.append(hash)
    slots[slot] = symbol + 1
    if texts.count * 2 > slots.count { grow() }
    return symbol
  }

  private func find(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
    var slot = Int(hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return slot }
      let index = Int(entry - 1)
      if hashes[index] == hash, Self.equal(texts[index], text) { return slot }
      slot = (slot &+ 1) & mask
    }
  }

  private func grow() {
    let size = slots.count * 2
    slots = [UInt32](repeating: 0, count: size)
    mask = size - 1
    for (index, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: index + 1)
    }
  }

  private func copy(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let source = text.baseAddress, text.count > 0 else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    if chunks.isEmpty || chunkUsed + text.count > (chunks.last?.count ?? 0) {
      let size = max(text.count, 1 << 16)
      chunks.append(UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8))
      chunkUsed = 0
    }
    guard let base = chunks.last?.baseAddress else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    let target = (base + chunkUsed).bindMemory(to: UInt8.self, capacity: text.count)
    target.update(from: source, count: text.count)
    chunkUsed += text.count
    return UnsafeBufferPointer(start: target, count: text.count)
  }

  private static func equal(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
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

  private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
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
