#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Node {
  /// The truth value; nil when the node is none.
  ///
  /// XML: `true`, `True` and `1` are true, `false`, `False` and `0` false, blanks around ignored.
  @inlinable
  public var bool: Bool? {
    switch Word.tag(word.pointee) {
    case Tag.true: true
    case Tag.false: false
    case Tag.xmlText: boolOfText
    default: nil
    }
  }

  @usableFromInline var boolOfText: Bool? {
    withTrimmedText { text in
      if isEqual(text, "true") || isEqual(text, "True") || isEqual(text, "1") { return true }
      if isEqual(text, "false") || isEqual(text, "False") || isEqual(text, "0") { return false }
      return nil
    }
  }

  /// The number as an integer; nil when it is not integral, out of range or no number.
  ///
  /// The conversion is exact and never goes through floating point: `1.0` and `1e2` are integers,
  /// `1.5` and `1e30` are not. XML: the text's value, blanks around ignored.
  @inlinable
  public var int: Int64? {
    switch Word.tag(word.pointee) {
    case Tag.integer: plainText.flatMap(plainInteger)
    case Tag.decimal: plainText.flatMap(integerOfDecimal)
    case Tag.xmlText: intOfText
    default: nil
    }
  }

  @usableFromInline var intOfText: Int64? {
    withTrimmedText { isNumber($0) ? plainInteger($0) ?? integerOfDecimal($0) : nil }
  }

  /// The number as the nearest `Double`; nil when the node is no number.
  ///
  /// A number too large for `Double` is infinite, as IEEE 754 rounds it. XML: the text's value if
  /// it is a number by JSON's grammar, blanks around ignored.
  public var double: Double? {
    switch Word.tag(word.pointee) {
    case Tag.integer, Tag.decimal: withUTF8(doubleValue)
    case Tag.xmlText: withTrimmedText { isNumber($0) ? doubleValue($0) : nil }
    default: nil
    }
  }

  /// Calls a closure with the text of a string, without escapes, or the digits of a number.
  ///
  /// Other nodes have no bytes. The text is copied only when it holds escapes.
  ///
  /// - Parameter body: Gets the text in UTF-8, valid during the call.
  /// - Returns: What the closure returns.
  @inlinable
  public func withUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    if let text = plainText { return body(text) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: rawLength) { buffer in
      body(UnsafeBufferPointer(rebasing: buffer[..<unescape(into: buffer)]))
    }
  }

  /// The text as it stands in memory; nil for a string with escapes.
  @inlinable
  var plainText: UnsafeBufferPointer<UInt8>? {
    switch Word.tag(word.pointee) {
    case Tag.string:
      UnsafeBufferPointer(start: context.pointee.bytes + offset + 1, count: rawLength)
    case Tag.integer, Tag.decimal:
      UnsafeBufferPointer(start: context.pointee.bytes + offset, count: rawLength)
    case Tag.escapedString: nil
    case Tag.xmlText:
      UnsafeBufferPointer(
        start: context.pointee.texts + Int(truncatingIfNeeded: word[1]),
        count: Int(truncatingIfNeeded: word[2]))
    default: UnsafeBufferPointer(start: nil, count: 0)
    }
  }

  /// Writes the text of a string with escapes into a buffer of its raw length.
  ///
  /// - Returns: How many bytes the text has.
  @usableFromInline
  func unescape(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    return Documents.unescape(context.pointee.bytes + offset + 1, rawLength, into: base)
  }

  /// The text of a string, without escapes, or the digits of a number; empty for other nodes.
  public var text: String { withUTF8 { String(decoding: $0, as: UTF8.self) } }

  /// Whether the text of a string is that of a literal, byte by byte.
  ///
  /// - Parameter text: The literal.
  /// - Returns: False for anything but a string.
  public func equals(_ text: StaticString) -> Bool {
    kind == .string && withUTF8 { isEqual($0, text) }
  }

  private func withTrimmedText<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    withUTF8 { text in
      var range = 0..<text.count
      while let first = range.first, isBlank(text[first]) { range.removeFirst() }
      while let last = range.last, isBlank(text[last]) { range.removeLast() }
      return body(UnsafeBufferPointer(rebasing: text[range]))
    }
  }
}

/// Whether the whole text is a number by JSON's grammar.
private func isNumber(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
  var index = 0
  func digits() -> Int {
    let start = index
    while index < text.count && isDigit(text[index]) { index += 1 }
    return index - start
  }
  func take(_ bytes: UInt8...) -> Bool {
    guard index < text.count, bytes.contains(text[index]) else { return false }
    index += 1
    return true
  }
  _ = take(UInt8(ascii: "-"))
  let first = index
  let integral = digits()
  if integral == 0 || (integral > 1 && text[first] == UInt8(ascii: "0")) { return false }
  if take(UInt8(ascii: ".")) && digits() == 0 { return false }
  if take(UInt8(ascii: "e"), UInt8(ascii: "E")) {
    _ = take(UInt8(ascii: "-"), UInt8(ascii: "+"))
    if digits() == 0 { return false }
  }
  return index == text.count
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

/// An optional minus and digits as an integer; nil if there is anything else or no room.
@usableFromInline
func plainInteger(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
  let negative = text.first == UInt8(ascii: "-")
  var value: Int64 = 0
  for byte in text.dropFirst(negative ? 1 : 0) {
    guard isDigit(byte) else { return nil }
    let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
    let (next, overflow2) = tens.subtractingReportingOverflow(Int64(byte &- 0x30))
    if overflow || overflow2 { return nil }
    value = next
  }
  // Digits are summed below zero, where there is room for one more value.
  if negative { return value }
  return value == .min ? nil : -value
}

/// The value of a number with a fraction or exponent, if that is an integer.
@usableFromInline
func integerOfDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
  let negative = text.first == UInt8(ascii: "-")
  var digits: [UInt8] = []
  var exponent = 0
  var index = negative ? 1 : 0
  var isFraction = false
  // Zeros at the end are counted, not kept, so that any length of them is no cost.
  var zeros = 0
  while index < text.count, text[index] != UInt8(ascii: "e"), text[index] != UInt8(ascii: "E") {
    let byte = text[index]
    index += 1
    if byte == UInt8(ascii: ".") {
      isFraction = true
      continue
    }
    if isFraction { exponent -= 1 }
    if byte == UInt8(ascii: "0") {
      zeros += 1
    } else {
      if !digits.isEmpty { digits.append(contentsOf: repeatElement(0x30, count: zeros)) }
      zeros = 0
      digits.append(byte)
      if digits.count > 20 { return nil }
    }
  }
  if digits.isEmpty { return 0 }
  exponent += zeros
  if index < text.count {
    index += 1
    if text[index] == UInt8(ascii: "+") { index += 1 }
    let written = UnsafeBufferPointer(rebasing: text[index...])
    guard let value = plainInteger(written), value.magnitude < 1 << 40 else { return nil }
    exponent += Int(value)
  }
  guard exponent >= 0, exponent + digits.count <= 19 else { return nil }
  digits.append(contentsOf: repeatElement(0x30, count: exponent))
  if negative { digits.insert(UInt8(ascii: "-"), at: 0) }
  return digits.withUnsafeBufferPointer(plainInteger)
}

private func doubleValue(_ text: UnsafeBufferPointer<UInt8>) -> Double {
  // The text is a number by JSON's grammar, all of which strtod knows in the C locale.
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: text.count + 1) { buffer in
    for index in text.indices { buffer[index] = CChar(bitPattern: text[index]) }
    buffer[text.count] = 0
    guard let base = buffer.baseAddress else { return 0 }
    return strtod(base, nil)
  }
}

/// Copies the inside of a checked JSON string and replaces its escapes.
///
/// - Returns: How many bytes were written, at most `length`.
func unescape(
  _ start: UnsafePointer<UInt8>, _ length: Int, into out: UnsafeMutablePointer<UInt8>
) -> Int {
  var index = 0
  var count = 0
  func put(_ byte: UInt8) {
    out[count] = byte
    count += 1
  }
  while index < length {
    let byte = start[index]
    index += 1
    if byte != UInt8(ascii: "\\") {
      put(byte)
      continue
    }
    let escape = start[index]
    index += 1
    switch escape {
    case UInt8(ascii: "n"): put(0x0A)
    case UInt8(ascii: "t"): put(0x09)
    case UInt8(ascii: "r"): put(0x0D)
    case UInt8(ascii: "b"): put(0x08)
    case UInt8(ascii: "f"): put(0x0C)
    case UInt8(ascii: "u"):
      var scalar = hexQuad(start + index) ?? 0xFFFD
      index += 4
      if scalar & 0xFC00 == 0xD800 {
        let low = hexQuad(start + index + 2) ?? 0xDC00
        scalar = 0x10000 &+ (scalar & 0x3FF) &<< 10 &+ (low & 0x3FF)
        index += 6
      }
      if scalar < 0x80 {
        put(UInt8(truncatingIfNeeded: scalar))
      } else if scalar < 0x800 {
        put(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
        put(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      } else if scalar < 0x10000 {
        put(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
        put(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        put(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      } else {
        put(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
        put(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
        put(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        put(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      }
    default: put(escape)
    }
  }
  return count
}

/// The value of four hexadecimal digits, or nil if they are not all digits.
@inline(__always)
func hexQuad(_ start: UnsafePointer<UInt8>) -> UInt32? {
  var value: UInt32 = 0
  for index in 0..<4 {
    let byte = start[index]
    let digit: UInt8
    switch byte {
    case 0x30...0x39: digit = byte &- 0x30
    case 0x41...0x46: digit = byte &- 0x37
    case 0x61...0x66: digit = byte &- 0x57
    default: return nil
    }
    value = value &<< 4 | UInt32(digit)
  }
  return value
}
