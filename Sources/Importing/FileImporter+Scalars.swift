import Documents
import Resources
import Schema

extension FileImporter {
  /// Takes in the value of a field that is no list.
  ///
  /// null, an empty text and, where the schema says so, zero are not set (constraints 4.3).
  @inline(__always)
  func takeScalar(_ node: Node, _ cell: Cell) {
    switch cell.field.conversion {
    case .text, .reference: takeText(node, cell)
    case .enumeration: takeEnumeration(node, cell)
    case .address, .range: takeAddress(node, cell)
    case .int: takeInt(node, cell)
    case .port: takePort(node, cell)
    case .portRange: takePortRange(node, cell)
    case .double: takeDouble(node, cell)
    case .bool: takeBool(node, cell)
    case .object, .part: takeObjectField(node, cell)
    case .texts, .enumerations, .references, .portRanges, .parts: return
    }
  }

  /// Whether a node is a text or number; says so if it should be one and is not.
  @inline(__always)
  func isText(_ node: Node, _ cell: Cell, expected: StaticString) -> Bool {
    let kind = node.kind
    if kind == .string || kind == .number { return true }
    if kind != .null { noteContainer(node, cell, expected: expected) }
    return false
  }

  private func noteContainer(_ node: Node, _ cell: Cell, expected: StaticString) {
    if node.kind == .array, node.count == 0 { return }
    report(.unexpectedType, node, cell, expected: expected)
    builder.setUnreadable(cell)
  }

  private func takeText(_ node: Node, _ cell: Cell) {
    guard isText(node, cell, expected: "text") else { return }
    let isSound = node.withUTF8 { text in
      if text.isEmpty { return true }
      if Placeholder.isOne(text) {
        setUnreadable(cell, text)
        return true
      }
      builder.set(cell, text: text)
      return !cell.field.isAddressText || AddressText.isAddressOrMore(text)
    }
    if !isSound { report(.malformedAddress, node, cell, expected: "an IPv6 address") }
  }

  private func takeEnumeration(_ node: Node, _ cell: Cell) {
    guard isText(node, cell, expected: "text") else { return }
    let isKnown = node.withUTF8 { text in
      if text.isEmpty || builder.repeats(cell, text: text) { return true }
      for value in plans.enumerations[cell.field.detail] where isEqual(text, value) {
        builder.set(cell, text: text)
        return true
      }
      return takeForeignValue(text, cell)
    }
    if !isKnown {
      report(.unknownEnumValue, node, cell, expected: "one of the values that neglint knows")
    }
  }

  /// Takes in a value of an enumeration that is not spelt as the API does.
  ///
  /// - Returns: False for a value that the API does not have.
  private func takeForeignValue(_ text: UnsafeBufferPointer<UInt8>, _ cell: Cell) -> Bool {
    let upper = text.map(FileImporter.upperSnake)
    for value in plans.enumerations[cell.field.detail] where upper == value {
      value.withUnsafeBufferPointer { builder.set(cell, text: $0) }
      return true
    }
    setUnreadable(cell, text)
    let word = String(decoding: upper, as: UTF8.self)
    return word.hasSuffix("_UNSPECIFIED") || word.hasPrefix("INVALID") || Placeholder.isOne(text)
  }

  /// gcloud's flags are in lower case with hyphens: `gce-vm-ip`.
  private static func upperSnake(_ byte: UInt8) -> UInt8 {
    if byte == UInt8(ascii: "-") { return UInt8(ascii: "_") }
    return byte &- UInt8(ascii: "a") < 26 ? byte &- 0x20 : byte
  }

  private func takeAddress(_ node: Node, _ cell: Cell) {
    let isRange = cell.field.conversion == .range
    let expected: StaticString =
      isRange ? "a range such as 10.0.0.0/24" : "an IPv4 or IPv6 address"
    guard isText(node, cell, expected: expected) else { return }
    let isSound = node.withUTF8 { text in
      if text.isEmpty { return true }
      let isSound =
        isRange
        ? AddressText.isRange(text, orShort: cell.field.takesShortRange)
        : AddressText.isAddress(text)
      if isSound { builder.set(cell, text: text) } else { setUnreadable(cell, text) }
      return isSound || Placeholder.isOne(text)
    }
    if !isSound {
      report(.malformedAddress, node, cell, expected: expected)
    } else if cell.field.isWholeRange, node.withUTF8(AddressText.hasHostBits) {
      report(
        .malformedAddress, node, cell, expected: "written with the first address of its range",
        isMinor: true)
    }
  }

  private func takeInt(_ node: Node, _ cell: Cell) {
    if let value = node.int ?? (node.kind == .string ? NumberText.int(node) : nil) {
      if value == 0 && cell.field.zeroIsUnset { return }
      builder.set(cell.field.field, ofType: cell.type, row: cell.row, int: value)
    } else {
      noteNoNumber(node, cell, expected: "a whole number")
    }
  }

  private func takeDouble(_ node: Node, _ cell: Cell) {
    if let value = node.double ?? (node.kind == .string ? NumberText.double(node) : nil),
      value.isFinite
    {
      if value == 0 && cell.field.zeroIsUnset { return }
      builder.set(cell.field.field, ofType: cell.type, row: cell.row, double: value)
    } else {
      noteNoNumber(node, cell, expected: "a number")
    }
  }

  private func noteNoNumber(_ node: Node, _ cell: Cell, expected: StaticString) {
    guard isText(node, cell, expected: expected), !node.isUnset else { return }
    setUnreadable(cell, node)
    if !node.isPlaceholder { report(.unexpectedType, node, cell, expected: expected) }
  }

  private func takeBool(_ node: Node, _ cell: Cell) {
    if node.isUnset { return }
    var value = node.bool
    if value == nil, node.kind == .string {
      if node.equals("true") || node.equals("True") { value = true }
      if node.equals("false") || node.equals("False") { value = false }
    }
    if let value {
      builder.set(cell.field.field, ofType: cell.type, row: cell.row, bool: value)
    } else {
      setUnreadable(cell, node)
      if !node.isPlaceholder {
        report(.unexpectedType, node, cell, expected: "true or false")
      }
    }
  }

  private func takeObjectField(_ node: Node, _ cell: Cell) {
    if node.isPlaceholder {
      setUnreadable(cell, node)
      return
    }
    guard cell.field.conversion == .part else {
      if node.isUnset { return }
      builder.set(cell.field.field, ofType: cell.type, row: cell.row, bool: true)
      return
    }
    // An empty object says something: `appEngine: {}` is a target.
    guard node.kind == .object else {
      if node.isUnset { return }
      report(.unexpectedType, node, cell, expected: "an object")
      builder.setUnreadable(cell)
      return
    }
    let part = takePart(node, type: cell.field.detail)
    builder.set(cell.field.field, ofType: cell.type, row: cell.row, part: part)
  }
}

/// Numbers that JSON writes as strings, as the API does with those of 64 bits.
enum NumberText {
  /// The value of digits, perhaps with a minus ahead or a fraction of zeros behind.
  static func int(_ node: Node) -> Int64? {
    node.withUTF8 { text in
      let whole = text.firstIndex(of: UInt8(ascii: ".")) ?? text.count
      guard whole > 0, text.count < 64 else { return nil }
      let zeros = text.dropFirst(whole + 1)
      guard zeros.allSatisfy({ $0 == UInt8(ascii: "0") }), whole == text.count || !zeros.isEmpty
      else { return nil }
      let digits = UnsafeBufferPointer(rebasing: text[..<whole])
      guard digits.first != UInt8(ascii: "+") else { return nil }
      return Int64(String(decoding: digits, as: UTF8.self))
    }
  }

  /// The value of a number in JSON's grammar.
  static func double(_ node: Node) -> Double? {
    node.withUTF8 { text in
      let isPlain = text.allSatisfy {
        $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
          || $0 == UInt8(ascii: "+") || $0 | 0x20 == UInt8(ascii: "e")
      }
      return isPlain && text.count < 64 ? Double(String(decoding: text, as: UTF8.self)) : nil
    }
  }
}
