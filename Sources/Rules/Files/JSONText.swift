/// Writes JSON texts.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  /// Appends bytes as they are.
  mutating func append(raw text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends a string literal; beyond ASCII everything is written as it is.
  mutating func append(string text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append(raw: "\\\"")
      case UInt8(ascii: "\\"): append(raw: "\\\\")
      case 0x0A: append(raw: "\\n")
      case 0x09: append(raw: "\\t")
      case 0x0D: append(raw: "\\r")
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        append(raw: "\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends items with commas between them.
  mutating func append<Items: Sequence>(
    list items: Items, open: String = "[", close: String = "]",
    _ body: (inout JSONText, Items.Element) -> Void
  ) {
    append(raw: open)
    for (index, item) in items.enumerated() {
      if index > 0 { append(raw: ",") }
      body(&self, item)
    }
    append(raw: close)
  }

  /// Appends a YAML value as the JSON that it means (YAML 1.2's core schema: `yes` is a text).
  mutating func append(_ node: RuleNode) {
    switch node.content {
    case .scalar(let scalar):
      if let plain = scalar.jsonLiteral { append(raw: plain) } else { append(string: scalar.text) }
    case .list(let items):
      append(list: items) { $0.append($1) }
    case .mapping(let entries):
      append(list: entries, open: "{", close: "}") { text, entry in
        text.append(string: entry.key)
        text.append(raw: ":")
        text.append(entry.value)
      }
    }
  }
}

extension RuleScalar {
  /// The JSON literal that a plain scalar stands for; nil for texts.
  var jsonLiteral: String? {
    guard style == .plain else { return nil }
    switch text {
    case "", "~", "null", "Null", "NULL": return "null"
    case "true", "True", "TRUE": return "true"
    case "false", "False", "FALSE": return "false"
    default: return isJSONNumber ? text : nil
    }
  }

  /// Whether the text is a number as JSON writes it; others (`0x1F`, `.5`, `+1`) are texts.
  var isJSONNumber: Bool {
    var rest = Substring(text).utf8
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
    let whole = rest.prefix(while: isDigit)
    guard let first = whole.first, whole.count == 1 || first != 0x30 else { return false }
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      if fraction.isEmpty { return false }
      rest = rest.dropFirst(fraction.count + 1)
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      let exponent = rest.prefix(while: isDigit)
      if exponent.isEmpty { return false }
      rest = rest.dropFirst(exponent.count)
    }
    return rest.isEmpty
  }
}
