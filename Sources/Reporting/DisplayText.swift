/// Text of an export made safe to show on a terminal: names in a dump are hostile input.
public enum DisplayText {
  /// The text with control characters, line breaks, and the characters that change the order of
  /// their neighbours written as `\u001b`.
  ///
  /// Tabs become spaces. O(n).
  public static func escape(_ text: String) -> String {
    if isPlain(text) { return text }
    var shown = ""
    shown.reserveCapacity(text.utf8.count + 8)
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        shown.append(" ")
      } else if isHarmful(scalar) {
        let digits = String(scalar.value, radix: 16)
        shown += "\\u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Whether a text has nothing but the visible characters of ASCII and blanks.
  private static func isPlain(_ text: String) -> Bool {
    let isPlain = text.utf8.withContiguousStorageIfAvailable { bytes in
      // Whether any byte is below 0x20 or above 0x7E, without a branch for each.
      var strange: UInt8 = 0
      for byte in bytes { strange |= (byte &- 0x20) | (byte &+ 1) }
      return strange < 0x80
    }
    return isPlain ?? text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }

  /// Control and formatting characters (Unicode general categories Cc, Cf, Zl, Zp).
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// A number and its noun, with the plural's `s` where there are not exactly one.
  public static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
