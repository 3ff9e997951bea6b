import Documents
import Resources

extension FileImporter {
  /// Takes in a port: a whole number like any other, which is a finding where it is no port.
  ///
  /// Zero is not set; other numbers keep their value, so that rules that compare them still can.
  func takePort(_ node: Node, _ cell: Cell) {
    if let value = node.int ?? (node.kind == .string ? NumberText.int(node) : nil) {
      if value == 0 && cell.field.zeroIsUnset { return }
      builder.set(cell.field.field, ofType: cell.type, row: cell.row, int: value)
      if !PortText.isPort(value) { reportPort(node, cell) }
    } else {
      guard isText(node, cell, expected: "a port"), !node.isUnset else { return }
      if !node.isPlaceholder { reportPort(node, cell) }
      setUnreadable(cell, node)
    }
  }

  /// Takes in the text of a port or of a range of ports.
  func takePortRange(_ node: Node, _ cell: Cell) {
    guard isText(node, cell, expected: "a port or a range of ports") else { return }
    node.withUTF8 { text in
      if Placeholder.isOne(text) {
        setUnreadable(cell, text)
      } else if !text.isEmpty {
        builder.set(cell, text: text)
        checkPortRange(node, cell)
      }
    }
  }

  /// Makes a finding of a text that is neither a port nor a range of ports.
  func checkPortRange(_ node: Node, _ cell: Cell, index: Int? = nil) {
    if node.withUTF8(PortText.isPortOrRange) { return }
    report(
      .portOutOfRange, node, cell, index: index,
      expected: "a port from 1 to 65535, or a range of them")
  }

  private func reportPort(_ node: Node, _ cell: Cell) {
    report(.portOutOfRange, node, cell, expected: "a port from 1 to 65535")
  }
}

/// Port numbers and ranges of them (RFC 6335, section 6: 16 bits, of which 0 is reserved).
enum PortText {
  /// Whether a number is a port.
  static func isPort(_ number: Int64) -> Bool { (1...65535).contains(number) }

  /// Whether a text is a port, or two with a hyphen between, the second not below the first.
  ///
  /// The API takes ranges that start at 0 (firewalls).
  static func isPortOrRange(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let hyphen = text.firstIndex(of: UInt8(ascii: "-")) else {
      return number(text[...]).map { isPort($0) } ?? false
    }
    guard let low = number(text[..<hyphen]), let high = number(text[(hyphen + 1)...]) else {
      return false
    }
    return low <= high && isPort(high)
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    guard (1...5).contains(digits.count) else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard byte &- 0x30 < 10 else { return nil }
      value = value * 10 + Int64(byte &- 0x30)
    }
    return value
  }
}
