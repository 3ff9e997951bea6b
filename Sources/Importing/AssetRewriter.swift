import Documents
import Schema

/// Gives the data of assets the API's spelling.
///
/// Inventories of 2018, and tools that still write like them, name lists by one of them and
/// fields as protocol buffers do: `networkInterface`, `ipProtocol`.
final class AssetRewriter {
  private let writer: TreeWriter
  private let names: NameTable
  private let plans: RecordPlans
  private var spellings: [Int: FieldSpellings] = [:]
  /// For each type the names that are no fields of it, with the field that is meant, if any.
  private var meanings: [Int: [NameID: NameID?]] = [:]

  init(names: NameTable, plans: RecordPlans) {
    self.names = names
    self.plans = plans
    writer = TreeWriter(names: names)
  }

  /// The record in the API's spelling; the record itself where it has that already.
  ///
  /// O(size of the record).
  ///
  /// - Parameters:
  ///   - node: The record.
  ///   - type: The number of its type.
  /// - Returns: The record or a copy of it, valid until the next call.
  func rewrite(_ node: Node, type: Int) -> Node {
    guard isForeign(node, type) else { return node }
    writer.start(like: node)
    write(node, type)
    return writer.root
  }

  private func isForeign(_ node: Node, _ type: Int) -> Bool {
    for member in node.members {
      if plans.types[type].slot(member.name).shape == .foreign {
        if meaning(of: member.name, type) != nil { return true }
      } else if let part = plans.partType(member.name, of: type), parts(of: member.value, part) {
        return true
      }
    }
    return false
  }

  private func parts(of node: Node, _ type: Int) -> Bool {
    switch node.kind {
    case .object: return isForeign(node, type)
    case .array:
      for element in node.elements where element.kind == .object {
        if isForeign(element, type) { return true }
      }
      return false
    default: return false
    }
  }

  private func write(_ node: Node, _ type: Int) {
    writer.beginObject(at: node.offset)
    for member in node.members {
      var name = member.name
      if plans.types[type].slot(name).shape == .foreign, let other = meaning(of: name, type),
        node[other] == nil
      {
        name = other
      }
      writer.name(name, at: member.nameOffset)
      if let part = plans.partType(name, of: type) {
        writeParts(member.value, part)
      } else {
        writer.copy(member.value)
      }
    }
    writer.end()
  }

  private func writeParts(_ node: Node, _ type: Int) {
    switch node.kind {
    case .object: write(node, type)
    case .array:
      writer.beginArray(at: node.offset)
      for element in node.elements { writeParts(element, type) }
      writer.end()
    default: writer.copy(node)
    }
  }

  private func meaning(of name: NameID, _ type: Int) -> NameID? {
    if let known = meanings[type]?[name] { return known }
    let spellings = self.spellings[type] ?? FieldSpellings(Schema.types[type])
    self.spellings[type] = spellings
    let meaning = spellings[names.name(of: name)].map { Key.id($0) }
    meanings[type, default: [:]][name] = .some(meaning)
    return meaning
  }
}
