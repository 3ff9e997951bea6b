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
    /// Its name, place or project is known only once a plan is applied.
    static let unapplied = Flags(rawValue: 8)
    /// A plan makes or changes it: it counts instead of any other record of its key.
    static let planned = Flags(rawValue: 16)
    /// A plan leaves it as it is: any other record of its key counts instead.
    static let unchanged = Flags(rawValue: 32)
    /// A plan removes it: no record of its key counts, but for a planned one.
    static let removed = Flags(rawValue: 64)
  }

  let type: ResourceType
  /// A column for each field of the type that is kept; nil for the others and for derived ones.
  var columns: [Column?]
  var files: [UInt32] = []
  var offsets: [Int] = []
  var flags: [Flags] = []
  /// Resources only: the identity as read.
  var identities: [Identity] = []
  /// A resource's key, or the key of the resource that a part belongs to.
  var keys: [KeyID] = []
  /// Resources only: the API's numbers; 0 where there is none.
  var ids: [UInt64] = []
  /// Parts only: the owner's row and type.
  var owners: [UInt32] = []
  var ownerTypes: [UInt8] = []
  /// What Terraform calls records and fields, by `noteKey`; of few, or of none.
  var notes: [UInt64: UInt32] = [:]
  /// The fields that have a column.
  let kept: [Int]

  var count: Int { files.count }

  init(_ type: ResourceType, fields: FieldSet) {
    self.type = type
    let columns: [Column?] = type.fields.map { field in
      let isIdentity =
        ["name", "zone"].contains(field.name)
        || field.name == "region" && type.collection != "zones"
      let isKept = !field.isDerived && (type.isPart || !isIdentity)
      return isKept && fields.contains(field.name, of: type.name) ? Column(for: field.kind) : nil
    }
    self.columns = columns
    kept = columns.indices.filter { columns[$0] != nil }
  }

  /// The key of what Terraform calls a row or, of a field unknown until apply, the attribute.
  static func noteKey(row: Int, field: Int? = nil) -> UInt64 {
    UInt64(truncatingIfNeeded: row) | UInt64(truncatingIfNeeded: (field ?? -1) + 1) << 48
  }

  /// Appends a copy of a part's row; its own parts are shared with the original.
  mutating func duplicate(_ row: Int) {
    if !notes.isEmpty { copyNotes(of: row, to: count) }
    files.append(files[row])
    offsets.append(offsets[row])
    flags.append(flags[row])
    keys.append(keys[row])
    owners.append(owners[row])
    ownerTypes.append(ownerTypes[row])
    for index in kept { columns[index]?.duplicate(row) }
  }

  private mutating func copyNotes(of row: Int, to copy: Int) {
    for field in [nil] + kept.map(Optional.some) {
      notes[Self.noteKey(row: copy, field: field)] = notes[Self.noteKey(row: row, field: field)]
    }
  }
}

/// What a record says of its own identity, before the project is known for certain.
///
/// Symbols; the empty one where the record says nothing.
struct Identity {
  /// selfLink, or an asset's name, up to the last slash; empty where there is none in it.
  var linkPrefix = SymbolTable.empty
  /// What follows that slash: the name.
  var linkName = SymbolTable.empty
  var name = SymbolTable.empty
  var zone = SymbolTable.empty
  var region = SymbolTable.empty
  /// What surrounds the record says: an aggregated list's scope, a list's id, the path.
  var context = SymbolTable.empty
}

extension Identity {
  /// Whether the record has a link.
  var hasLink: Bool { linkName != SymbolTable.empty }

  /// The link's bytes.
  func link(in symbols: SymbolTable) -> [UInt8] {
    let name = Array(symbols.utf8(of: linkName))
    if linkPrefix == SymbolTable.empty { return name }
    return Array(symbols.utf8(of: linkPrefix)) + [UInt8(ascii: "/")] + name
  }
}
