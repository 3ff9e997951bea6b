import Documents
import Resources
import Schema

extension FileImporter {
  /// Takes in a list of parts: all members of a name, of which one is given.
  func takeParts(_ owner: Node, _ member: Member, _ cell: Cell) {
    let part = cell.field.detail
    let plan = plans.types[part]
    let isEndpoint = part == plans.endpointType
    var broken: Node?
    forEachItem(of: owner, member, isItem: { plan.isItem($0) }) { item in
      if item.kind != .object, !item.isXML || item.kind != .null { broken = broken ?? item }
    }
    if let broken {
      setUnreadable(cell, broken)
      if !broken.isPlaceholder {
        report(.unexpectedType, broken, cell, expected: "a list of objects")
      }
      return
    }
    let start = builder.rowCount(ofType: part)
    forEachItem(of: owner, member, isItem: { plan.isItem($0) }) { item in
      if isEndpoint, let inner = item[Key.networkEndpoint], inner.kind == .object {
        let row = takePart(inner, type: part)
        builder.setResolved(ofType: part, row: row)
        takeHealths(of: item, row: row)
      } else {
        _ = takePart(item, type: part)
      }
    }
    let count = builder.rowCount(ofType: part) - start
    if count == 0 && !cell.field.isOpenList { return }
    builder.set(
      cell.field.field, ofType: cell.type, row: cell.row, partsFrom: start, count: count)
  }

  /// Takes in a list of texts, enumerations or references: all members of a name, of which one is
  /// given.
  func takeTexts(_ owner: Node, _ member: Member, _ cell: Cell) {
    let isKept = builder.wants(field: cell.field.field, ofType: cell.type)
    let start = builder.textCount
    var count = 0
    var isReadable = true
    var placeholder: Node?
    var index = -1
    forEachItem(of: owner, member, isItem: { _ in false }) { item in
      index += 1
      if item.isUnset { return }
      if item.kind == .object || item.kind == .array || item.kind == .bool {
        report(.unexpectedType, item, cell, index: index, expected: "text")
        isReadable = false
      } else if item.isPlaceholder {
        isReadable = false
        placeholder = placeholder ?? item
      } else {
        if cell.field.conversion == .portRanges { checkPortRange(item, cell, index: index) }
        if isKept { item.withUTF8 { builder.add(text: $0) } }
        count += 1
      }
    }
    guard isReadable else {
      builder.removeTexts(from: start)
      if let placeholder { setUnreadable(cell, placeholder) } else { builder.setUnreadable(cell) }
      return
    }
    if count == 0 && !cell.field.isOpenList { return }
    builder.set(
      cell.field.field, ofType: cell.type, row: cell.row, partsFrom: start, count: count)
  }

  /// Calls a closure with each item of the list that all members of a name are.
  ///
  /// - Parameters:
  ///   - owner: The object that has the members.
  ///   - member: The first of them; the owner is looked through only where it may have more.
  ///   - isItem: Whether an element of XML with children is an item.
  ///   - body: Gets each item.
  @inline(__always)
  private func forEachItem(
    of owner: Node, _ member: Member, isItem: (Node) -> Bool, _ body: (Node) -> Void
  ) {
    if reader.mayRepeatNames(in: owner) {
      owner.forEachItem(member.name, isItem: isItem, body)
    } else {
      member.value.forEachItem(isItem: isItem, body)
    }
  }
}
