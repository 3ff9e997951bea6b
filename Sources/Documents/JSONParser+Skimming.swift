import CByteScan

// The end of a value that was read before, found without looking closer.
extension JSONParser {
  /// The offset behind the object or array at `start`; nil where there is none or it has no end.
  ///
  /// Counts brackets and passes over strings, many bytes at a time; whether what stands between
  /// them is JSON is not checked.
  func skim(from start: Int) -> Int? {
    let base = tree.source.base
    let end = base + tree.source.count
    var p = base + start
    guard p.pointee == UInt8(ascii: "{") || p.pointee == UInt8(ascii: "[") else { return nil }
    var depth = 0
    while p < end {
      let count = scan_structure(p)
      p += count
      if count == Int(SCAN_WIDTH) { continue }
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
      let count = scan_string(p)
      p += count
      if count == Int(SCAN_WIDTH) { continue }
      if p.pointee == UInt8(ascii: "\"") { return p + 1 }
      p += 2
    }
    return p
  }
}
