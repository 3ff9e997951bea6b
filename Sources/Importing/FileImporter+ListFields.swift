import Documents
import Resources
import Schema

extension FileImporter {
  /// Takes in a list of parts: all members of a name.
  func takeParts(_ owner: Node, _ name: NameID, _ cell: Cell) {
    let part = cell.field.detail
    let plan = plans.types[part]
    let isEndpoint = part == plans.endpointType
    var broken: Node?
    owner.forEachItem(name, isItem: { plan.isItem($0) }) { item in
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
    owner.forEachItem(name, isItem: { plan.isItem($0) }) { item in
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

  /// Takes in a list of texts, enumerations or references: all members of a name.
  func takeTexts(_ owner: Node, _ name: NameID, _ cell: Cell) {
    scratch.removeAll(keepingCapacity: true)
    var ends: [Int] = []
    var isReadable = true
    var placeholder: Node?
    var index = -1
    owner.forEachItem(name, isItem: { _ in false }) { item in
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
        item.withUTF8 { scratch.append(contentsOf: $0) }
        ends.append(scratch.count)
      }
    }
    guard isReadable else {
      if let placeholder { setUnreadable(cell, placeholder) } else { builder.setUnreadable(cell) }
      return
    }
    if ends.isEmpty && !cell.field.isOpenList { return }
    scratch.withUnsafeBufferPointer { bytes in
      var start = 0
      let texts = ends.map { end in
        defer { start = end }
        return UnsafeBufferPointer(rebasing: bytes[start..<end])
      }
      builder.set(cell.field.field, ofType: cell.type, row: cell.row, texts: texts)
    }
  }
}
