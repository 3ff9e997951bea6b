#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A place in a text as people count.
public struct LinePosition: Hashable, Sendable {
  /// The line, from 1; lines end with a line feed, a carriage return, or both together.
  public let line: Int
  /// The column in Unicode scalars, from 1; a byte order mark takes none.
  public let column: Int
  /// The column in UTF-16 code units, from 1.
  public let utf16Column: Int
}

/// Turns byte offsets of one input into lines and columns.
///
/// The input is looked through once, when the index is made. Then every position costs a look at
/// a few thousand bytes at most, however long the lines are: minified files have a single one.
public struct LineIndex: Sendable {
  /// The bytes between two entries.
  static let block = 8 << 10

  /// What was counted before a block.
  struct Entry: Hashable, BitwiseCopyable {
    var line = 1
    var scalars = 0
    var units = 0
  }

  private let source: Source
  private let encoding: TextEncoding
  /// Where counting begins, behind a byte order mark.
  private let start: Int
  private let entries: [Entry]

  /// Looks through what was not looked through yet of an input.
  ///
  /// Complexity: O(*n*) in the number of bytes; the index takes about a thousandth of their memory.
  ///
  /// - Parameters:
  ///   - source: The input, which the index keeps.
  ///   - landmarks: What reading the input left behind.
  public init(_ source: Source, _ landmarks: Landmarks = Landmarks()) {
    self.source = source
    encoding = source.textEncoding
    start = source.contentStart
    var entries = encoding == .utf8 ? landmarks.lines : [Entry()]
    LineIndex.count(&entries, in: source, encoding, upTo: source.count)
    self.entries = entries
  }

  /// Counts the lines ahead of all blocks that begin before an offset.
  static func count(
    _ entries: inout [Entry], in source: Source, _ encoding: TextEncoding, upTo end: Int
  ) {
    let start = source.contentStart
    while true {
      let offset = start + (entries.count - 1) * block
      guard end - offset > block else { return }
      var entry = entries[entries.count - 1]
      advance(&entry, source.base + offset, block, encoding)
      entries.append(entry)
    }
  }

  /// The line and the columns of a byte.
  ///
  /// Complexity: O(1).
  ///
  /// - Parameter offset: The byte; one outside of the input counts as its start or end.
  /// - Returns: The position of the character that the byte begins or is in.
  public func position(of offset: Int) -> LinePosition {
    let distance = min(max(offset, start), source.count) - start
    let index = min(distance / LineIndex.block, entries.count - 1)
    var entry = entries[index]
    let from = start + index * LineIndex.block
    LineIndex.advance(&entry, source.base + from, start + distance - from, encoding)
    return LinePosition(
      line: entry.line, column: entry.scalars + 1, utf16Column: entry.units + 1)
  }

  private static func advance(
    _ entry: inout Entry, _ bytes: UnsafePointer<UInt8>, _ count: Int, _ encoding: TextEncoding
  ) {
    if case .utf16(let isBigEndian) = encoding {
      advance(&entry, units: bytes, count / 2, highByte: isBigEndian ? 0 : 1)
      return
    }
    let lines = lineFeeds(bytes, count) + loneReturns(bytes, count)
    var first = 0
    if lines > 0 {
      first = count
      while !endsLine(bytes + (first - 1)) { first -= 1 }
      entry.line += lines
      entry.scalars = 0
      entry.units = 0
    }
    guard encoding == .utf8 else {
      entry.scalars += count - first
      entry.units += count - first
      return
    }
    var scalars = 0
    var pairs = 0
    for index in first..<count {
      scalars &+= bytes[index] & 0xC0 == 0x80 ? 0 : 1
      pairs &+= bytes[index] >= 0xF0 ? 1 : 0
    }
    entry.scalars += scalars
    entry.units += scalars + pairs
  }

  /// How many line feeds there are, eight bytes at a time.
  private static func lineFeeds(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let lows = ~(ones << 7)
    var lines = 0
    var index = 0
    while index &+ 8 <= count {
      // The high bit of each byte that is zero, and no other (Warren, "Hacker's Delight", 6-1).
      let word = load(bytes + index) ^ (ones &* 0x0A)
      lines &+= (~(((word & lows) &+ lows) | word | lows)).nonzeroBitCount
      index &+= 8
    }
    while index < count {
      lines &+= bytes[index] == 0x0A ? 1 : 0
      index &+= 1
    }
    return lines
  }

  /// How many carriage returns have no line feed behind them; there are hardly ever any.
  private static func loneReturns(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    var lines = 0
    var index = 0
    while index < count, let found = memchr(bytes + index, 0x0D, count - index) {
      index = UnsafeRawPointer(found) - UnsafeRawPointer(bytes) + 1
      lines += bytes[index] == 0x0A ? 0 : 1
    }
    return lines
  }

  /// Whether a line ends with a byte; the one behind it, in the padding at the input's end, counts.
  @inline(__always)
  private static func endsLine(_ byte: UnsafePointer<UInt8>) -> Bool {
    byte[0] == 0x0A || (byte[0] == 0x0D && byte[1] != 0x0A)
  }

  private static func advance(
    _ entry: inout Entry, units: UnsafePointer<UInt8>, _ count: Int, highByte: Int
  ) {
    func unit(_ index: Int) -> UInt16 {
      UInt16(units[index * 2 + highByte]) << 8 | UInt16(units[index * 2 + 1 - highByte])
    }
    for index in 0..<count {
      let this = unit(index)
      if this == 0x0A || (this == 0x0D && unit(index + 1) != 0x0A) {
        entry = Entry(line: entry.line + 1)
      } else {
        entry.units += 1
        // The second half of a surrogate pair belongs to the scalar of the first.
        entry.scalars += this & 0xFC00 == 0xDC00 ? 0 : 1
      }
    }
  }
}
