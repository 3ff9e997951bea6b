import Schema

extension ResourceGraph {
  /// Of a list that all types have, the types with a record that has something in it.
  ///
  /// For others nobody needs to ask each record. O(references), once.
  ///
  /// - Parameter list: The name of the field.
  /// - Returns: The numbers of the types; nil for a list of which that is not known.
  public func typesWithElements(in list: String) -> Set<Int>? {
    switch list {
    case "references": Set(tables.indices.filter { hasReferenceColumns(type: $0) })
    case "misdirectedReferences":
      Set((derivedTables?.misdirections.get() ?? [:]).keys.map { Int($0 >> 32) })
    default: nil
    }
  }

  /// Whether parts that were not loaded may have something in a list that all types have.
  ///
  /// - Parameters:
  ///   - list: The name of the field.
  ///   - type: The number of the parts' type.
  /// - Returns: False where it is known that none has.
  public func mayHaveElements(in list: String, ofUnseen type: Int) -> Bool {
    switch list {
    case "references": isReferring(type: type)
    case "misdirectedReferences": isReferring(type: type, toSomeOnly: true)
    default: true
    }
  }

  private func hasReferenceColumns(type: Int) -> Bool {
    let fields = tables[type].type.fields
    return fields.indices.contains {
      fields[$0].kind.referenceCollections != nil && tables[type].columns[$0] != nil
    }
  }

  /// Whether the export has references in records of a type.
  ///
  /// - Parameters:
  ///   - type: The type's number.
  ///   - toSomeOnly: Whether fields that take resources of any collection count for nothing.
  /// - Returns: Whether a field refers to resources.
  func isReferring(type: Int, toSomeOnly: Bool = false) -> Bool {
    Schema.types[type].fields.contains { field in
      guard !field.isDerived, let collections = field.kind.referenceCollections else {
        return false
      }
      return !toSomeOnly || !collections.isEmpty
    }
  }
}
