import CEL
import Schema

extension ResourceGraph {
  /// Turns the text of every reference into its target's key.
  ///
  /// O(references), one parse for each distinct text.
  func resolveReferences() {
    var resolver = ReferenceResolver(graph: self)
    for type in tables.indices {
      for (field, description) in tables[type].type.fields.enumerated() {
        guard let collections = description.kind.referenceCollections else { continue }
        resolver.resolve(field: field, type: type, collections: collections)
      }
    }
    indices.isBare = resolver.isBare
    extendKeyTypes()
  }

  /// The type and row of a loaded record.
  func place(of record: Value) -> (type: Int, row: Int)? {
    guard let type = record.recordType, Int(type) < tables.count, let id = record.recordID,
      id < UInt64(Self.noKey)
    else { return nil }
    if isPart[Int(type)] {
      return Int(id) < tables[Int(type)].count ? (Int(type), Int(id)) : nil
    }
    guard id < UInt64(keys.count) else { return nil }
    let row = row(ofKey: KeyID(truncatingIfNeeded: id))
    return row < 0 ? nil : (Int(type), row)
  }

  /// Notes the types of keys that were added since the last call.
  func extendKeyTypes() {
    keyTypes.reserveCapacity(keys.count)
    while keyTypes.count < keys.count {
      keyTypes.append(type(ofCollection: keys.keys[keyTypes.count].collection))
    }
  }

  func type(ofCollection collection: UInt32) -> UInt16 {
    if let known = indices.collectionTypes[collection] { return known }
    let type = Schema.index(ofCollection: symbols.text(of: collection))
    let number = type.map { UInt16(truncatingIfNeeded: $0) } ?? Self.noType
    indices.collectionTypes[collection] = number
    return number
  }
}
