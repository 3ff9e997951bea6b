import CByteScan

// Loops over bytes, many at a time.
extension JSONParser {
  /// The first byte of a string that is a quote, a backslash, a control character or not ASCII.
  @inline(__always)
  static func plainPart(of start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var p = start
    while true {
      let count = scan_plain(p)
      p += count
      if count < Int(SCAN_WIDTH) { return p }
    }
  }

  /// The first byte that is not white space.
  @inline(__always)
  static func skipBlanks(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var p = start
    if p.pointee > 0x20 { return p }
    while true {
      let count = scan_blanks(p)
      p += count
      if count == Int(SCAN_WIDTH) { continue }
      if p.pointee != 0x0D && p.pointee != 0x09 { return p }
      p += 1
    }
  }

  /// Whether the four bytes at `p` are those of a word.
  @inline(__always)
  static func matches(_ p: UnsafePointer<UInt8>, _ word: UInt32) -> Bool {
    UInt32(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt32.self)) == word
  }

  /// Writes a node of one word, or of two when the field is too long.
  @inline(__always)
  static func put(
    _ tag: UInt64, _ field: Int, _ offset: Int, _ tape: UnsafeMutablePointer<UInt64>, _ top: Int
  ) -> Int {
    let value = UInt64(truncatingIfNeeded: field)
    if value < Word.overflow {
      tape[top] = Word.make(tag, field: value, offset: offset)
      return top &+ 1
    }
    tape[top] = Word.make(tag, field: Word.overflow, offset: offset)
    tape[top &+ 1] = value
    return top &+ 2
  }

  /// Reads a number by its grammar; returns the byte behind it.
  @inline(__always)
  func number(
    _ start: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ isInteger: inout Bool
  ) throws(ReadingProblem) -> UnsafePointer<UInt8> {
    var p = start
    if p.pointee == UInt8(ascii: "-") { p += 1 }
    if p.pointee == UInt8(ascii: "0") {
      p += 1
      if isDigit(p.pointee) { throw leadingZero(at: p - base &- 1) }
    } else {
      if !isDigit(p.pointee) { throw noDigit(at: p - base, after: "a minus sign") }
      repeat { p += 1 } while isDigit(p.pointee)
    }
    if p.pointee == UInt8(ascii: ".") {
      isInteger = false
      p += 1
      if !isDigit(p.pointee) { throw noDigit(at: p - base, after: "a decimal point") }
      repeat { p += 1 } while isDigit(p.pointee)
    }
    if p.pointee | 0x20 == UInt8(ascii: "e") {
      isInteger = false
      p += 1
      if p.pointee == UInt8(ascii: "+") || p.pointee == UInt8(ascii: "-") { p += 1 }
      if !isDigit(p.pointee) { throw noDigit(at: p - base, after: "an exponent sign") }
      repeat { p += 1 } while isDigit(p.pointee)
    }
    return p
  }

  /// Reads a string on from a byte that `plainPart` stopped at, checking escapes and UTF-8.
  ///
  /// - Returns: The offset of the closing quote and whether there are escapes.
  @inline(never)
  func restOfString(
    _ stopped: UnsafePointer<UInt8>, from opening: Int
  ) throws(ReadingProblem) -> (end: Int, escaped: Bool) {
    let base = tree.source.base
    var p = stopped
    var escaped = false
    while true {
      let byte = p.pointee
      if byte == UInt8(ascii: "\"") { return (p - base, escaped) }
      if byte == UInt8(ascii: "\\") {
        escaped = true
        p = try escape(p, base, opening)
      } else if byte < 0x20 {
        throw controlCharacter(at: p - base, opening)
      } else {
        let length = JSONParser.scalarLength(p)
        if length == 0 { throw invalidUTF8(at: p - base) }
        p += length
      }
      // Text in other scripts comes in runs: look at single bytes as long as they are not ASCII.
      if p.pointee < 0x80 { p = JSONParser.plainPart(of: p) }
    }
  }

  private func escape(
    _ start: UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>, _ opening: Int
  ) throws(ReadingProblem) -> UnsafePointer<UInt8> {
    switch start[1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return start + 2
    case UInt8(ascii: "u"):
      guard let unit = hexQuad(start + 2) else { throw badEscape(at: start - base, opening) }
      if unit & 0xF800 != 0xD800 { return start + 6 }
      guard unit < 0xDC00, start[6] == UInt8(ascii: "\\"), start[7] == UInt8(ascii: "u"),
        let low = hexQuad(start + 8), low & 0xFC00 == 0xDC00
      else { throw loneSurrogate(at: start - base) }
      return start + 12
    default:
      throw badEscape(at: start - base, opening)
    }
  }

  /// The length of the well-formed UTF-8 sequence at `p` (Unicode, table 3-7); 0 if there is none.
  @inline(__always)
  static func scalarLength(_ p: UnsafePointer<UInt8>) -> Int {
    let first = p[0]
    func follows(_ index: Int) -> Bool { p[index] & 0xC0 == 0x80 }
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: return follows(1) ? 2 : 0
    case 0xE0: return p[1] >= 0xA0 && p[1] <= 0xBF && follows(2) ? 3 : 0
    case 0xED: return p[1] >= 0x80 && p[1] <= 0x9F && follows(2) ? 3 : 0
    case 0xE1...0xEF: return follows(1) && follows(2) ? 3 : 0
    case 0xF0: return p[1] >= 0x90 && p[1] <= 0xBF && follows(2) && follows(3) ? 4 : 0
    case 0xF4: return p[1] >= 0x80 && p[1] <= 0x8F && follows(2) && follows(3) ? 4 : 0
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? 4 : 0
    default: return 0
    }
  }
}
