public import Documents
import Schema

extension Snapshot {
  /// The canonical form in XML (`docs/schemas/snapshot.xsd`): lists are wrappers around items of the
  /// singular name.
  ///
  /// - Returns: A document in UTF-8.
  /// - Throws: A problem when there is no memory.
  public func xml() throws(ReadingProblem) -> [UInt8] {
    let writer = try XMLWriter()
    try writer.startDocument()
    try Snapshot.write(value, named: "snapshot", to: writer)
    return try writer.finish()
  }

  private static func write(
    _ value: SnapshotValue, named name: String, to writer: XMLWriter
  ) throws(ReadingProblem) {
    try writer.startElement(name)
    switch value {
    case .text(let text), .number(let text): try writer.text(text)
    case .bool(let value): try writer.text(value ? "true" : "false")
    case .list(let items):
      for item in items { try write(item, named: itemName(of: name), to: writer) }
    case .object(let members):
      // An empty element would be no object at all.
      if members.isEmpty { try writer.attribute("isSet", "true") }
      for member in members { try write(member.value, named: member.name, to: writer) }
    }
    try writer.endElement()
  }

  /// The name of a list's items: `networkInterface` of `networkInterfaces`.
  static func itemName(of list: String) -> String {
    if list.hasSuffix("ies") { return "\(list.dropLast(3))y" }
    if list.hasSuffix("sses") || list.hasSuffix("xes") { return String(list.dropLast(2)) }
    return list.hasSuffix("s") ? String(list.dropLast()) : "\(list)Item"
  }
}
