/// A plain reader of RFC 8259 that is only meant to be right, to compare the fast one with.
struct ReferenceJSON {
  private let bytes: [UInt8]
  private var index = 0

  /// Whether bytes are one value of JSON, a byte order mark before it allowed.
  static func accepts(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    var reader = ReferenceJSON(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.index = 3 }
    return reader.value() && reader.index == bytes.count
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  private mutating func blanks() { while [0x20, 0x09, 0x0A, 0x0D].contains(next) { index += 1 } }

  private mutating func value() -> Bool {
    blanks()
    let isValue =
      switch next {
      case UInt8(ascii: "{"): container("{", "}") { $0.member() }
      case UInt8(ascii: "["): container("[", "]") { $0.value() }
      case UInt8(ascii: "\""): string()
      case UInt8(ascii: "t"): take("true")
      case UInt8(ascii: "f"): take("false")
      case UInt8(ascii: "n"): take("null")
      default: number()
      }
    blanks()
    return isValue
  }

  private mutating func container(
    _ opening: String, _ closing: String, _ part: (inout ReferenceJSON) -> Bool
  ) -> Bool {
    guard take(opening) else { return false }
    blanks()
    if take(closing) { return true }
    repeat {
      if !part(&self) { return false }
    } while take(",")
    return take(closing)
  }

  private mutating func member() -> Bool {
    blanks()
    guard string() else { return false }
    blanks()
    return take(":") && value()
  }

  private mutating func digits() -> Bool {
    let start = index
    while (0x30...0x39).contains(next) { index += 1 }
    return index > start
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") && !digits() { return false }
    if take(".") && !digits() { return false }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      return digits()
    }
    return true
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    var halfPair = false
    while index < bytes.count {
      if halfPair && !bytes[index...].starts(with: [0x5C, 0x75]) { return false }
      let byte = next
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case 0x00..<0x20: return false
      case UInt8(ascii: "\\"):
        guard let unit = escape() else { return false }
        if halfPair != (unit & 0xFC00 == 0xDC00) { return false }
        halfPair = unit & 0xFC00 == 0xD800
      default: break
      }
    }
    return false
  }

  /// The code unit of an escape behind its backslash.
  private mutating func escape() -> Int? {
    let kind = next
    index += 1
    if "\"\\/bfnrt".utf8.contains(kind) { return 0 }
    guard kind == UInt8(ascii: "u"), index + 4 <= bytes.count else { return nil }
    let digits = String(decoding: bytes[index..<index + 4], as: UTF8.self)
    index += 4
    return digits.allSatisfy(\.isHexDigit) && digits.utf8.count == 4 ? Int(digits, radix: 16) : nil
  }
}
