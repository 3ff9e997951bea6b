/// A name followed by field names: `self.instance.name`.
struct FieldPath: Hashable {
  /// The name in front.
  let root: String
  /// The fields.
  let steps: [String]

  /// Takes a text apart; nil for anything but names with dots between.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for part in parts {
      guard let first = part.utf8.first, !(0x30...0x39).contains(first) else { return nil }
      let isName = part.utf8.allSatisfy { byte in
        byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
      if !isName { return nil }
    }
    root = parts[0]
    steps = Array(parts.dropFirst())
  }

  /// The path without its last field.
  var parent: String { ([root] + steps.dropLast()).joined(separator: ".") }

  /// The paths with one field, with two, and so on to all.
  var prefixes: [String] {
    steps.indices.map { ([root] + steps[...$0]).joined(separator: ".") }
  }
}

extension String {
  /// The text without white space at both ends.
  var trimmed: String {
    let isBlank = { (character: Character) in character.isWhitespace }
    let start = drop(while: isBlank)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
