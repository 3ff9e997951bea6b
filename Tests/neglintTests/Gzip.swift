/// Files as gzip writes them, but for the saving of space.
enum Gzip {
  /// The bytes in a gzip file of stored blocks (RFC 1951, section 3.2.4; RFC 1952).
  static func file(of bytes: [UInt8]) -> [UInt8] {
    var file: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(0xFFFF)
      rest = rest.dropFirst(block.count)
      file.append(rest.isEmpty ? 1 : 0)
      file += littleEndian(UInt32(block.count) | ~UInt32(block.count) << 16)
      file += block
    } while !rest.isEmpty
    return file + littleEndian(checksum(of: bytes)) + littleEndian(UInt32(bytes.count))
  }

  private static func littleEndian(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
  }

  /// CRC-32 (RFC 1952, section 8).
  private static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum >> 1 ^ (sum & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
  }
}
