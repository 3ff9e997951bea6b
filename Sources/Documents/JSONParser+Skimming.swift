// The end of a value that was read before, found without looking closer.
extension JSONParser {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// The offset behind the object or array at `start`; nil where there is none or it has no end.
  ///
  /// Counts brackets and passes over strings, eight bytes at a time; whether what stands between
  /// them is JSON is not checked.
  func skim(from start: Int) -> Int? {
    let base = tree.source.base
    let end = base + tree.source.count
    var p = base + start
    guard p.pointee == UInt8(ascii: "{") || p.pointee == UInt8(ascii: "[") else { return nil }
    var depth = 0
    while p < end {
      let word = load(p)
      // Opening brackets are one bit away from each other, and so are closing ones.
      let folded = word | 0x2020_2020_2020_2020
      let found =
        JSONParser.zeros(word ^ 0x2222_2222_2222_2222)
        | JSONParser.zeros(folded ^ 0x7B7B_7B7B_7B7B_7B7B)
        | JSONParser.zeros(folded ^ 0x7D7D_7D7D_7D7D_7D7D)
      if found == 0 {
        p += 8
        continue
      }
      p += found.trailingZeroBitCount &>> 3
      let byte = p.pointee
      p += 1
      if byte == UInt8(ascii: "\"") {
        p = JSONParser.skimString(p, end)
      } else if byte | 0x20 == UInt8(ascii: "{") {
        depth &+= 1
      } else {
        depth &-= 1
        if depth == 0 { return p <= end ? p - base : nil }
      }
    }
    return nil
  }

  /// The byte behind the string whose text begins at `start`; at least `end` where it has no end.
  @inline(__always)
  private static func skimString(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8> {
    var p = start
    while p < end {
      let word = load(p)
      let found = zeros(word ^ 0x2222_2222_2222_2222) | zeros(word ^ 0x5C5C_5C5C_5C5C_5C5C)
      if found == 0 {
        p += 8
        continue
      }
      p += found.trailingZeroBitCount &>> 3
      if p.pointee == UInt8(ascii: "\"") { return p + 1 }
      p += 2
    }
    return p
  }

  /// The high bits of the bytes that are zero, and perhaps of some above the first one.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & highBits }
}
