public import CEL
import Schema

/// All resources of a run and the references between them, readable as CEL records.
///
/// Built once of what the importers took in; immutable afterwards but for look-ups that lock, so
/// that several threads may read it once all programs are linked. A resource's record is its key's
/// number; a part's is its row.
public final class ResourceGraph: Host, @unchecked Sendable {
  /// What a project that no input names is called.
  public static let unknownProject = "-"

  /// Something in the data that could not be used; the rest was.
  public struct Problem: Sendable {
    /// Where it stands.
    public var anchor: Anchor
    /// What happened and what to do about it.
    public var message: String
  }

  /// A list of parts in a record.
  struct ListPlace: Hashable {
    var type: Int
    var field: Int
    var row: Int
  }

  let symbols: SymbolTable
  @exclusivity(unchecked) var keys = KeyTable()
  @exclusivity(unchecked) var tables: [Table]
  @exclusivity(unchecked) var pool: [UInt32] = []
  /// Whether a type is that of parts, by its number.
  let isPart: [Bool]
  /// For each type the fields that tell parts apart.
  let identityFields: [[IdentityField]]
  /// For each type the fields that hold parts.
  let partFields: [[Int]]
  /// For each type the fields that name backend services.
  let serviceFields: [[Int]]
  let assumesCompleteness: Bool
  /// The projects that own at least one record.
  @exclusivity(unchecked) var loadedProjects: Set<UInt32> = []
  var completeScopes: Set<ResourceKey> = []
  /// Projects and collections with a record that lacks its zone or region.
  var misplaced: Set<UInt64> = []
  /// For each key the type that its collection holds, or `noType`.
  @exclusivity(unchecked) var keyTypes: [UInt16] = []
  /// For each scope the collections of which nothing is missing there, a bit for each; and the keys
  /// of its project, zone and region.
  @exclusivity(unchecked) var completeTypes: [UInt64] = []
  @exclusivity(unchecked) var projectKeys: [KeyID] = []
  @exclusivity(unchecked) var zoneKeys: [KeyID] = []
  @exclusivity(unchecked) var regionKeys: [KeyID] = []
  var inferredSubnetworks: [UInt32: KeyID] = [:]
  @exclusivity(unchecked) var indices = DerivedIndices()
  /// The alias ranges of all interfaces; nil while the graph is built.
  @exclusivity(unchecked) var aliasRanges: AliasRanges?
  /// Tables that derived fields share; nil while the graph is built.
  var derivedTables: DerivedTables?
  /// Which NEGs have endpoints that were not loaded; nil while the graph is built.
  var endpointLists: EndpointLists?
  var extraReaders: [String: (String) -> FieldReader] = [:]
  /// Lists of which parts are known to be missing.
  var partialLists: Set<ListPlace> = []
  /// The keys of resources whose identity is known only once a plan is applied, by their names.
  @exclusivity(unchecked) var unapplied: [UInt32: KeyID] = [:]
  /// The keys of resources that a plan removes.
  @exclusivity(unchecked) var removed: Set<KeyID> = []
  /// What stands for an unknown zone, region or project.
  let unappliedPlace: UInt32
  /// For each builder and type the row of its first record.
  var firstRows: [[Int]] = []
  /// Where parts were copied to while lists were merged, by type and row.
  var copies: [UInt64: Int] = [:]

  /// Data that could not be used.
  public internal(set) var problems: [Problem] = []
  /// What the importer's rules found, by place.
  public internal(set) var importerFindings: [ImporterFinding] = []

  /// The record type of a reference into a collection that the schema does not model.
  static let noType = UInt16.max
  static let noKey = KeyID.max

  /// The number of rows of a type, records included that another one of the same key replaces.
  ///
  /// O(1).
  public func rowCount(ofType type: Int) -> Int { tables[type].count }

  /// The record in a row; nil where another record of the same key counts instead, and for parts
  /// that belong to nothing.
  ///
  /// O(1).
  public func subject(type: Int, row: Int) -> Value? {
    if tables[type].flags[row].contains(.shadowed) { return nil }
    let key = tables[type].keys[row]
    if key == Self.noKey { return nil }
    return .record(
      type: UInt16(truncatingIfNeeded: type), id: isPart[type] ? UInt64(row) : UInt64(key))
  }

  /// The numbers of the types that there are records of, or that may have records in lists of those
  /// that were not loaded.
  public var presentTypes: Set<Int> {
    var present: Set<Int> = []
    for type in tables.indices where tables[type].count > 0 {
      present.insert(type)
      for field in partFields[type] { present.insert(partType(ofField: field, type: type)) }
    }
    return present
  }

  /// Writes the records in some rows, without those that do not count.
  ///
  /// O(rows).
  ///
  /// - Parameters:
  ///   - type: The records' type.
  ///   - rows: The rows.
  ///   - records: Where the records go; as long as the rows at least.
  /// - Returns: How many records there are.
  public func subjects(
    type: Int, rows: Range<Int>, into records: UnsafeMutableBufferPointer<Value>
  ) -> Int {
    let number = UInt16(truncatingIfNeeded: type)
    let isPart = isPart[type]
    var count = 0
    for row in rows {
      let key = tables[type].keys[row]
      if tables[type].flags[row].contains(.shadowed) || key == Self.noKey { continue }
      records[count] = .record(type: number, id: isPart ? UInt64(row) : UInt64(key))
      count += 1
    }
    return count
  }

  func record(type: Int, row: Int) -> Value {
    .record(
      type: UInt16(truncatingIfNeeded: type),
      id: isPart[type] ? UInt64(row) : UInt64(tables[type].keys[row]))
  }

  /// The number of resources that count, for the summary.
  public var resourceCount: Int {
    tables.reduce(0) { sum, table in
      table.type.isPart ? sum : sum + table.flags.lazy.filter { !$0.contains(.shadowed) }.count
    }
  }

  /// Whether a resource of that key was loaded: the row, or -1.
  func row(ofKey key: KeyID) -> Int { Int(keys.rows[Int(key)]) - 1 }

  init(fields: FieldSet, symbols: SymbolTable, assumesCompleteness: Bool) {
    self.symbols = symbols
    unappliedPlace = symbols.intern(Unapplied.place)
    tables = Schema.types.map { Table($0, fields: fields) }
    identityFields = tables.map { IdentityField.all(of: $0) }
    partFields = Schema.types.map { type in
      type.fields.indices.filter {
        type.fields[$0].kind.partType != nil && !type.fields[$0].isDerived
      }
    }
    serviceFields = Schema.types.map { type in
      type.fields.indices.filter { type.fields[$0].namesBackendServices }
    }
    isPart = Schema.types.map(\.isPart)
    self.assumesCompleteness = assumesCompleteness
  }
}

extension Field {
  /// Whether the export has references to backend services in the field.
  var namesBackendServices: Bool {
    !isDerived && kind.referenceCollections?.contains("backendServices") == true
  }
}
