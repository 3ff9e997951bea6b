import Documents
import Resources

extension FileImporter {
  /// Notes that a value cannot be told; of one that a plan leaves open, which attribute it is.
  func setUnreadable(_ cell: Cell, _ node: Node) { node.withUTF8 { setUnreadable(cell, $0) } }

  /// Notes that a value cannot be told; of one that a plan leaves open, which attribute it is.
  func setUnreadable(_ cell: Cell, _ text: UnsafeBufferPointer<UInt8>) {
    if isPlan, let attribute = Placeholder.attribute(in: text) {
      builder.setUnapplied(
        cell.field.field, ofType: cell.type, row: cell.row, attribute: attribute)
    } else {
      builder.setUnreadable(cell)
    }
  }
}

extension Placeholder {
  /// The text that stands for an attribute of a plan that is known once it is applied.
  static func text(of attribute: String) -> String { "${\(attribute)}" }

  /// The attribute that such a text stands for; nil for other placeholders.
  fileprivate static func attribute(in text: UnsafeBufferPointer<UInt8>) -> String? {
    guard text.count > 3, text.starts(with: "${".utf8), text.last == UInt8(ascii: "}") else {
      return nil
    }
    return String(decoding: text[2..<text.count - 1], as: UTF8.self)
  }
}
