import Glibc

/// The content of a time zone file (TZif, RFC 8536).
struct TimeZoneFile: Sendable {
  /// When the offset changes, ascending, in seconds since 1970.
  private var transitions: [Int64] = []
  /// The offset from each transition on.
  private var offsets: [Int64] = []
  /// The offset before the first transition.
  private var firstOffset: Int64 = 0
  /// What holds behind the last transition.
  private var rule: TimeZoneRule?

  /// Reads a file; nil when it is absent or no TZif file.
  init?(path: String) {
    guard let bytes = TimeZoneFile.read(path), let file = TimeZoneFile(bytes) else { return nil }
    self = file
  }

  private static func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = fread(&bytes, 1, bytes.count, file)
    // No zone file comes near the size of the buffer.
    guard count > 0, count < bytes.count else { return nil }
    return Array(bytes[..<count])
  }

  /// Reads the content of a file; nil when it is malformed.
  init?(_ bytes: [UInt8]) {
    guard let first = Header(bytes, at: 0) else { return nil }
    var header = first
    var timeSize = 4
    if first.version >= UInt8(ascii: "2") {
      // The 64-bit data stand behind the 32-bit data, with a header of their own.
      guard let second = Header(bytes, at: first.end(timeSize: 4)) else { return nil }
      header = second
      timeSize = 8
    }
    let end = header.end(timeSize: timeSize)
    guard header.typeCount > 0, end <= bytes.count else { return nil }
    let typeIndexes = header.start + header.timeCount * timeSize
    let types = typeIndexes + header.timeCount
    for number in 0..<header.timeCount {
      let type = Int(bytes[typeIndexes + number])
      guard type < header.typeCount else { return nil }
      transitions.append(bigEndian(bytes, at: header.start + number * timeSize, size: timeSize))
      offsets.append(bigEndian(bytes, at: types + type * 6, size: 4))
    }
    firstOffset = bigEndian(bytes, at: types, size: 4)
    if timeSize == 8, end < bytes.count, bytes[end] == UInt8(ascii: "\n") {
      let footer = bytes[(end + 1)...].prefix { $0 != UInt8(ascii: "\n") }
      rule = TimeZoneRule(String(decoding: footer, as: UTF8.self))
    }
  }

  /// The seconds to add to UTC to get local time at an instant.
  func offset(at seconds: Int64) -> Int64 {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == transitions.count, let rule { return rule.offset(at: seconds) }
    return low == 0 ? firstOffset : offsets[low - 1]
  }

  private struct Header {
    let version: UInt8
    let start: Int
    let timeCount: Int
    let typeCount: Int
    private let nameLength: Int
    private let leapCount: Int
    private let indicatorCount: Int

    init?(_ bytes: [UInt8], at offset: Int) {
      guard bytes.count - offset >= 44, Array(bytes[offset..<offset + 4]) == Array("TZif".utf8)
      else { return nil }
      version = bytes[offset + 4]
      start = offset + 44
      func count(_ number: Int) -> Int {
        Int(UInt32(truncatingIfNeeded: bigEndian(bytes, at: offset + 20 + number * 4, size: 4)))
      }
      indicatorCount = count(0) + count(1)
      leapCount = count(2)
      timeCount = count(3)
      typeCount = count(4)
      nameLength = count(5)
    }

    func end(timeSize: Int) -> Int {
      start + timeCount * (timeSize + 1) + typeCount * 6 + nameLength
        + leapCount * (timeSize + 4) + indicatorCount
    }
  }
}

/// The signed number of `size` bytes (4 or 8), the highest byte in front.
private func bigEndian(_ bytes: [UInt8], at offset: Int, size: Int) -> Int64 {
  var value: Int64 = size == 4 && bytes[offset] >= 0x80 ? -1 : 0
  for byte in bytes[offset..<offset + size] { value = value << 8 | Int64(byte) }
  return value
}
