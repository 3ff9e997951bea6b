import Schema

/// The records of one type, column by column.
struct Table {
  /// Bits that a record has beside its fields.
  struct Flags: OptionSet {
    let rawValue: UInt8
    /// The API has filled the record in (constraints H15).
    static let resolved = Flags(rawValue: 1)
    /// A GKE controller made it.
    static let gkeManaged = Flags(rawValue: 2)
    /// Another record of the same key counts instead.
    static let shadowed = Flags(rawValue: 4)
  }

  let type: ResourceType
  /// A column for each field of the type that is kept; nil for the others and for derived ones.
  var columns: [Column?]
  var files: [UInt32] = []
  var offsets: [Int] = []
  var flags: [Flags] = []
  /// Resources: the identity as read, then its key. Parts: the owner's row and type.
  var identities: [Identity] = []
  var keys: [KeyID] = []
  var ids: [UInt64] = []
  var owners: [UInt32] = []
  var ownerTypes: [UInt8] = []
  private let kept: [Int]

  var count: Int { files.count }

  init(_ type: ResourceType, fields: FieldSet) {
    self.type = type
    columns = type.fields.map { field in
      let isKept =
        !field.isDerived && field.name != "zone" && field.name != "region"
        || type.collection == "zones"
      return isKept && fields.contains(field.name, of: type.name) ? Column(for: field.kind) : nil
    }
    kept = columns.indices.filter { index in columns[index] != nil }
  }

  mutating func appendRow(file: UInt32, offset: Int) -> Int {
    files.append(file)
    offsets.append(offset)
    flags.append([])
    for index in kept { columns[index]?.appendUnset() }
    if type.isPart {
      owners.append(0)
      ownerTypes.append(0)
    } else {
      identities.append(Identity())
      ids.append(0)
    }
    return files.count - 1
  }
}

/// What a record says of its own identity, before the project is known for certain.
struct Identity {
  /// The canonical part of selfLink, as a symbol; nil where there is none.
  var link: UInt32?
  var name: UInt32?
  var zone: UInt32?
  var region: UInt32?
  /// What surrounds the record says: an aggregated list's scope, a list's id, the path.
  var context: UInt32?
}
