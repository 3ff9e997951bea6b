/// Whether text is an address or a range, strictly: no leading zeros, no blanks, no zones.
enum AddressText {
  typealias Text = UnsafeBufferPointer<UInt8>

  /// Whether the text is an IPv4 or IPv6 address.
  static func isAddress(_ text: Text) -> Bool { width(text[...]) != nil }

  /// Whether the text is `ADDRESS/LENGTH` or, where `orShort` says so, one of both alone.
  static func isRange(_ text: Text, orShort: Bool) -> Bool {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else {
      return orShort && isAddress(text)
    }
    guard let length = decimal(text[(slash + 1)...], upTo: 128) else { return false }
    if slash == 0 { return orShort && length <= 32 }
    return width(text[..<slash]).map { length <= $0 } ?? false
  }

  /// Whether the text is an address, perhaps with `/LENGTH` or `%ZONE` behind it.
  static func isAddressOrMore(_ text: Text) -> Bool {
    let end = text.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }
    return width(text[..<(end ?? text.count)]) != nil
  }

  /// Whether an IPv4 range is written with another address than its first one.
  static func hasHostBits(_ text: Text) -> Bool {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")),
      let length = decimal(text[(slash + 1)...], upTo: 32)
    else { return false }
    var address: UInt32 = 0
    for part in text[..<slash].split(separator: UInt8(ascii: ".")) {
      guard let byte = decimal(part, upTo: 255) else { return false }
      address = address << 8 | UInt32(byte)
    }
    return length < 32 && address << UInt32(length) != 0
  }

  /// 32 or 128; nil for what is no address.
  private static func width(_ text: Slice<Text>) -> Int? {
    if isIPv4(text) { return 32 }
    return text.contains(UInt8(ascii: ":")) && isIPv6(text) ? 128 : nil
  }

  private static func isIPv4(_ text: Slice<Text>) -> Bool {
    var value = 0
    var digits = 0
    var dots = 0
    for byte in UnsafeBufferPointer(rebasing: text) {
      let digit = byte &- 0x30
      if digit < 10 {
        if digits > 0 && value == 0 { return false }
        value = value &* 10 &+ Int(digit)
        digits &+= 1
        if value > 255 { return false }
      } else {
        guard byte == UInt8(ascii: "."), digits > 0, dots < 3 else { return false }
        dots &+= 1
        digits = 0
        value = 0
      }
    }
    return dots == 3 && digits > 0
  }

  private static func isIPv6(_ text: Slice<Text>) -> Bool {
    let colon = UInt8(ascii: ":")
    var groups = 0
    var hasGap = false
    var index = text.startIndex
    if text.count >= 2, text[index] == colon {
      guard text[index + 1] == colon else { return false }
      hasGap = true
      index += 2
      if index == text.endIndex { return true }
    }
    while index < text.endIndex {
      var end = index
      while end < text.endIndex, text[end] != colon { end += 1 }
      let group = text[index..<end]
      if end == text.endIndex, group.contains(UInt8(ascii: ".")) {
        guard isIPv4(group) else { return false }
        groups += 2
        break
      }
      guard (1...4).contains(group.count), group.allSatisfy(isHex) else { return false }
      groups += 1
      if end == text.endIndex { break }
      index = end + 1
      if index == text.endIndex { return false }
      if text[index] == colon {
        if hasGap { return false }
        hasGap = true
        index += 1
        if index == text.endIndex { break }
      }
    }
    return hasGap ? groups < 8 : groups == 8
  }

  /// The value of digits without a leading zero; nil for anything else or more than a limit.
  private static func decimal(_ text: Slice<Text>, upTo limit: Int) -> Int? {
    guard (1...3).contains(text.count) else { return nil }
    if text.count > 1, text[text.startIndex] == UInt8(ascii: "0") { return nil }
    var value = 0
    for byte in text {
      guard byte &- 0x30 < 10 else { return nil }
      value = value * 10 + Int(byte &- 0x30)
    }
    return value <= limit ? value : nil
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
  }
}
