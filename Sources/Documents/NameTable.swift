#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The number of a field name in a `NameTable`.
@frozen
public struct NameID: Hashable, Sendable {
  /// The number; names of the seed count from zero in the seed's order.
  public var rawValue: UInt32

  /// Makes the identifier of a number.
  ///
  /// - Parameter rawValue: A number that a table gave out.
  @inlinable
  public init(rawValue: UInt32) {
    self.rawValue = rawValue
  }
}

/// Field names as small numbers.
///
/// Names are compared byte by byte, never by Unicode equivalence. Tables made from the same seed
/// give the seed's names the same numbers; all others are numbered as they come. A table is not
/// safe to share: use one per thread.
public final class NameTable {
  /// One place of the hash table.
  ///
  /// The first and last eight bytes verify a name of up to sixteen.
  struct Slot: BitwiseCopyable {
    var first: UInt64
    var last: UInt64
    var length: UInt32
    var id: UInt32
    var text: UnsafePointer<UInt8>
  }

  struct Text: BitwiseCopyable {
    var start: UnsafePointer<UInt8>
    var length: Int
  }

  /// A slot of this length is free.
  static let free = UInt32.max
  /// Names that find no free place after so many steps go to `crowded`: input cannot make the
  /// table slow by choosing names with equal hashes.
  static let longestProbe = 16
  /// Bytes behind every text that may be read, so that texts are compared by words.
  static let padding = 16

  // Exclusivity is checked by hand: one thread uses a table, and no access outlives a call.
  @exclusivity(unchecked) private(set) var slots: UnsafeMutablePointer<Slot>
  @exclusivity(unchecked) private(set) var shift: UInt64
  @exclusivity(unchecked) private var texts: [Text] = []
  private var crowded: [[UInt8]: UInt32] = [:]
  private var blocks: [UnsafeMutablePointer<UInt8>] = []
  private var blockRest = 0

  /// Makes a table that knows the names of a seed.
  ///
  /// - Parameter seed: Names that get the numbers 0, 1, 2, ...; a repeated name takes no number.
  public init(seed: [String] = []) {
    var bits: UInt64 = 10
    while (1 << bits) < seed.count * 4 { bits += 1 }
    shift = 64 - bits
    slots = NameTable.emptySlots(1 << Int(bits))
    for name in seed { _ = intern(name) }
  }

  deinit {
    slots.deallocate()
    for block in blocks { block.deallocate() }
  }

  /// How many names the table knows.
  public var count: Int { texts.count }

  /// The text of a name.
  ///
  /// - Parameter id: A number that this table gave out.
  /// - Returns: The name; empty for a number that this table never gave out.
  public func name(of id: NameID) -> String {
    withUTF8(of: id) { String(decoding: $0, as: UTF8.self) }
  }

  /// Calls a closure with the bytes of a name.
  ///
  /// - Parameters:
  ///   - id: A number that this table gave out; any other has no bytes.
  ///   - body: Gets the name in UTF-8.
  /// - Returns: What the closure returns.
  public func withUTF8<R>(of id: NameID, _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    guard id.rawValue < UInt32(truncatingIfNeeded: texts.count) else {
      return body(UnsafeBufferPointer(start: nil, count: 0))
    }
    let text = texts[Int(id.rawValue)]
    return body(UnsafeBufferPointer(start: text.start, count: text.length))
  }

  /// The number of a name that the table already knows.
  ///
  /// - Parameter name: The name, compared byte by byte.
  /// - Returns: Its number, or nil when the table does not know it.
  public func id(of name: String) -> NameID? {
    withPaddedBytes(of: name) { find($0, $1) }.map { NameID(rawValue: $0) }
  }

  /// The number of a name, which the table learns if it is new.
  ///
  /// - Parameter name: The name, compared byte by byte.
  /// - Returns: Its number.
  public func intern(_ name: String) -> NameID {
    NameID(rawValue: withPaddedBytes(of: name) { intern($0, $1) })
  }

  /// The number of a name of `length` bytes at `start`, behind which `padding` bytes are readable.
  @inline(__always)
  func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    let (first, last) = NameTable.ends(start, length)
    let slot = slots[NameTable.place(first, last, length, shift)]
    if slot.first == first && slot.last == last && slot.length == UInt32(truncatingIfNeeded: length)
      && (length <= 16 || NameTable.areEqual(slot.text, start, length))
    {
      return slot.id
    }
    return internSlowly(start, length)
  }

  @inline(never)
  private func internSlowly(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    if let id = find(start, length) { return id }
    let copy = keep(start, length)
    let id = UInt32(truncatingIfNeeded: texts.count)
    texts.append(Text(start: copy, length: length))
    if texts.count * 2 > 1 << Int(64 - shift) { grow() } else { place(id) }
    return id
  }

  private func find(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32? {
    let (first, last) = NameTable.ends(start, length)
    let mask = (1 << Int(64 - shift)) - 1
    var index = NameTable.place(first, last, length, shift)
    for _ in 0..<NameTable.longestProbe {
      let slot = slots[index]
      if slot.length == NameTable.free { return nil }
      if slot.first == first && slot.last == last && Int(slot.length) == length
        && (length <= 16 || NameTable.areEqual(slot.text, start, length))
      {
        return slot.id
      }
      index = (index + 1) & mask
    }
    return crowded[Array(UnsafeBufferPointer(start: start, count: length))]
  }

  /// Puts a name that is in `texts` and nowhere else into the hash table.
  private func place(_ id: UInt32) {
    let text = texts[Int(id)]
    let (first, last) = NameTable.ends(text.start, text.length)
    let mask = (1 << Int(64 - shift)) - 1
    var index = NameTable.place(first, last, text.length, shift)
    for _ in 0..<NameTable.longestProbe {
      if slots[index].length == NameTable.free {
        slots[index] = Slot(
          first: first, last: last, length: UInt32(truncatingIfNeeded: text.length), id: id,
          text: text.start)
        return
      }
      index = (index + 1) & mask
    }
    crowded[Array(UnsafeBufferPointer(start: text.start, count: text.length))] = id
  }

  private func grow() {
    slots.deallocate()
    shift -= 1
    slots = NameTable.emptySlots(1 << Int(64 - shift))
    crowded = [:]
    for id in texts.indices { place(UInt32(truncatingIfNeeded: id)) }
  }

  /// Copies a text to memory that lives as long as the table.
  private func keep(_ start: UnsafePointer<UInt8>, _ length: Int) -> UnsafePointer<UInt8> {
    let needed = length + NameTable.padding
    if blocks.isEmpty || blockRest < needed {
      let size = max(needed, 1 << 16)
      let block = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
      block.initialize(repeating: 0, count: size)
      blocks.append(block)
      blockNext = block
      blockRest = size
    }
    let copy = blockNext
    copy.update(from: start, count: length)
    blockNext += needed
    blockRest -= needed
    return UnsafePointer(copy)
  }

  private var blockNext = UnsafeMutablePointer<UInt8>(mutating: Source.empty.base)

  private func withPaddedBytes<R>(
    of name: String, _ body: (UnsafePointer<UInt8>, Int) -> R
  ) -> R {
    let bytes = Array(name.utf8) + [UInt8](repeating: 0, count: NameTable.padding)
    return bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return body(Source.empty.base, 0) }
      return body(start, buffer.count - NameTable.padding)
    }
  }

  private static func emptySlots(_ count: Int) -> UnsafeMutablePointer<Slot> {
    let slots = UnsafeMutablePointer<Slot>.allocate(capacity: count)
    slots.initialize(
      repeating: Slot(first: 0, last: 0, length: free, id: 0, text: Source.empty.base),
      count: count)
    return slots
  }

  /// The first and the last eight bytes of a name; a shorter name is padded with zeros.
  @inline(__always)
  static func ends(_ start: UnsafePointer<UInt8>, _ length: Int) -> (UInt64, UInt64) {
    let first = load(start)
    if length >= 8 { return (first, load(start + (length &- 8))) }
    let short = first & ((1 &<< UInt64(truncatingIfNeeded: length &* 8)) &- 1)
    return (short, short)
  }

  /// Whether two names of the same first and last eight bytes are the same between them.
  @inline(__always)
  static func areEqual(
    _ name: UnsafePointer<UInt8>, _ other: UnsafePointer<UInt8>, _ length: Int
  ) -> Bool {
    memcmp(name + 8, other + 8, length - 16) == 0
  }

  @inline(__always)
  private static func place(_ first: UInt64, _ last: UInt64, _ length: Int, _ shift: UInt64) -> Int
  {
    let mixed = first ^ (last &<< 29 | last &>> 35) ^ UInt64(truncatingIfNeeded: length)
    let hash = (mixed &* 0x9E37_79B9_7F4A_7C15) &>> shift
    return Int(truncatingIfNeeded: hash)
  }
}

/// Eight bytes from memory, the first in the lowest bits.
@inline(__always)
func load(_ start: UnsafePointer<UInt8>) -> UInt64 {
  UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
}
