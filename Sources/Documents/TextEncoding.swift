/// How the characters of an input are encoded, as far as positions need to know.
enum TextEncoding: Hashable, Sendable {
  /// UTF-8 or ASCII.
  case utf8
  /// One byte a character, as in ISO-8859-1.
  case singleByte
  /// UTF-16, the high byte first or last.
  case utf16(isBigEndian: Bool)

  /// The bytes of the smallest unit.
  var unitLength: Int {
    if case .utf16 = self { 2 } else { 1 }
  }
}

extension Source {
  /// The encoding by the byte order mark or the declaration of XML; UTF-8 if neither says another.
  var textEncoding: TextEncoding {
    func starts(_ bytes: UInt8...) -> Bool {
      count >= bytes.count && bytes.indices.allSatisfy { base[$0] == bytes[$0] }
    }
    if starts(0xFE, 0xFF) || starts(0x00, 0x3C, 0x00) { return .utf16(isBigEndian: true) }
    if starts(0xFF, 0xFE) || starts(0x3C, 0x00) { return .utf16(isBigEndian: false) }
    guard starts(0x3C, 0x3F, 0x78, 0x6D, 0x6C) else { return .utf8 }
    // `<?xml version="1.0" encoding="ISO-8859-1"?>`
    let start = withBytes(in: 0..<256) { String(decoding: $0, as: UTF8.self) }
    let declaration = start.prefix { $0 != ">" }.lowercased()
    guard let equals = declaration.firstMatch(after: "encoding") else { return .utf8 }
    let name = equals.drop { "= \t\r\n\"'".contains($0) }.prefix { !"\"'".contains($0) }
    return ["utf-8", "utf8", "us-ascii", "ascii"].contains(String(name)) ? .utf8 : .singleByte
  }
}

extension String {
  /// The rest of the string after the first place of a text.
  fileprivate func firstMatch(after text: String) -> Substring? {
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(text) { return rest.dropFirst(text.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
