import Documents

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Texts that stand for a value that nobody can tell: `REDACTED`, and placeholders of templates,
/// `{{ name }}` and `${name}`.
enum Placeholder {
  /// Whether a text is or holds a placeholder.
  static func isOne(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count > 2, let base = text.baseAddress else { return false }
    if let brace = memchr(base, 0x7B, text.count) {
      let index = UnsafeRawPointer(brace) - UnsafeRawPointer(base)
      let before = index > 0 ? text[index - 1] : 0
      let after = index + 1 < text.count ? text[index + 1] : 0
      return before == UInt8(ascii: "$") || after == UInt8(ascii: "{")
    }
    return text.count == 8 && text[0] == UInt8(ascii: "R") && text.elementsEqual("REDACTED".utf8)
  }
}

extension Node {
  /// Whether the node is text that is or holds a placeholder.
  var isPlaceholder: Bool { kind == .string && withUTF8(Placeholder.isOne) }
}

/// Whether two texts have the same bytes.
func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) -> Bool {
  guard text.count == other.count else { return false }
  guard let base = text.baseAddress else { return true }
  return memcmp(base, other, other.count) == 0
}
