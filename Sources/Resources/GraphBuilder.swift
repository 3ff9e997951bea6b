public import Schema

/// Takes in records, field by field, and keeps those fields that someone reads.
///
/// One builder for each thread; `ResourceGraph.init(merging:)` makes one graph of all. Texts are
/// interned, references stay text until every file is in. Rows are numbered by type.
public final class GraphBuilder {
  /// A list of parts that came in a file of its own: its owner is found when all files are in.
  struct Attachment {
    var ownerType: Int
    var field: Int
    /// The owner's path from `zones/`, `regions/` or `global/` on, or a full reference.
    var owner: UInt32
    var start: Int
    var count: Int
    var file: UInt32
    var offset: Int
    var isPartial: Bool
    var change: PlannedChange?
  }

  /// A collection that is known to be complete in a scope (constraints H11).
  struct Coverage {
    var collection: UInt32
    /// The scope's path, `projects/P/zones/Z`; `projects/P` for all scopes of the project.
    var scope: UInt32
    var file: UInt32
  }

  /// What a file is known by: its number, and the parts of its path, for the project.
  struct File {
    var number: UInt32
    var pathParts: [UInt32]
    var project: UInt32?
  }

  @exclusivity(unchecked) private(set) var symbols = SymbolTable()
  // Exclusivity is checked by hand: one thread fills a builder, and no access outlives a call.
  @exclusivity(unchecked) var tables: [Table]
  @exclusivity(unchecked) var pool: [UInt32] = []
  var attachments: [Attachment] = []
  var coverage: [Coverage] = []
  var files: [File] = []
  /// Numbers of projects and the ids of the same projects.
  var projectNumbers: [(number: UInt32, id: UInt32)] = []
  @exclusivity(unchecked) private var file: UInt32 = 0
  private let wanted: [[Bool]]
  private let fields: FieldSet

  /// Makes an empty builder.
  ///
  /// - Parameter fields: The fields to keep.
  public init(fields: FieldSet) {
    let fields = FieldDependencies.closure(of: fields)
    self.fields = fields
    tables = Schema.types.map { Table($0, fields: fields) }
    wanted = tables.map { $0.columns.map { $0 != nil } }
  }

  /// Hands a table over; the builder's is empty afterwards.
  func takeTable(ofType type: Int) -> Table {
    let taken = tables[type]
    tables[type] = Table(Schema.types[type], fields: fields)
    return taken
  }

  /// Drops what was taken in beside the tables.
  func forget() {
    symbols = SymbolTable()
    pool = []
    attachments = []
    coverage = []
    files = []
    projectNumbers = []
  }

  /// Whether a field is kept; a caller need not convert the others.
  ///
  /// O(1).
  public func wants(field: Int, ofType type: Int) -> Bool { wanted[type][field] }

  /// Says which file the following records come from.
  ///
  /// - Parameters:
  ///   - number: The file's number in the order of the inputs; the order decides which of two
  ///     records of one key counts.
  ///   - pathParts: The parts of its path, among which the project may be.
  ///   - project: The project that the file itself names (a snapshot's `project`).
  public func beginFile(_ number: UInt32, pathParts: [String], project: String? = nil) {
    file = number
    files.append(
      File(
        number: number, pathParts: pathParts.map { symbols.intern($0) },
        project: project.map { symbols.intern($0) }))
  }

  /// Starts a resource's row.
  ///
  /// - Parameters:
  ///   - type: The type's number in `Schema.types`.
  ///   - offset: The record's byte offset in its file.
  /// - Returns: The row.
  public func addResource(ofType type: Int, offset: Int) -> Int {
    tables[type].appendRow(file: file, offset: offset)
  }

  /// Starts a part's row; the parts of one list are added one after another.
  ///
  /// - Parameters:
  ///   - type: The part type's number in `Schema.types`.
  ///   - offset: The part's byte offset in its file.
  /// - Returns: The row.
  public func addPart(ofType type: Int, offset: Int) -> Int {
    tables[type].appendRow(file: file, offset: offset)
  }

  /// The number of rows of a type so far: where the next list of parts will start.
  public func rowCount(ofType type: Int) -> Int { tables[type].count }

  /// Sets a text field: string, enumeration, address, range, or reference as written.
  public func set(_ field: Int, ofType type: Int, row: Int, text: UnsafeBufferPointer<UInt8>) {
    tables[type].columns[field]?.words[row] = symbols.intern(text)
  }

  /// Sets a whole number.
  public func set(_ field: Int, ofType type: Int, row: Int, int: Int64) {
    tables[type].columns[field]?.ints[row] = max(int, Column.unreadableInt + 1)
  }

  /// Sets a floating point number.
  public func set(_ field: Int, ofType type: Int, row: Int, double: Double) {
    tables[type].columns[field]?.doubles[row] = double
  }

  /// Sets a truth value; also how an `object` field is said to be set.
  public func set(_ field: Int, ofType type: Int, row: Int, bool: Bool) {
    tables[type].columns[field]?.words[row] = bool ? 1 : 0
  }

  /// Sets a single part.
  public func set(_ field: Int, ofType type: Int, row: Int, part: Int) {
    tables[type].columns[field]?.words[row] = UInt32(truncatingIfNeeded: part)
  }

  /// Sets a list of parts: the rows `start ..< start + count` of the part type.
  ///
  /// An empty list is one that is not set, but for lists that the API gives by a method of their
  /// own: those are loaded.
  public func set(_ field: Int, ofType type: Int, row: Int, partsFrom start: Int, count: Int) {
    if count == 0, Schema.types[type].fields[field].listMethod == nil { return }
    tables[type].columns[field]?.words[row] = UInt32(truncatingIfNeeded: start)
    tables[type].columns[field]?.counts[row] = UInt32(truncatingIfNeeded: count)
  }

  /// Sets a list of texts or references.
  public func set(_ field: Int, ofType type: Int, row: Int, texts: [UnsafeBufferPointer<UInt8>]) {
    guard tables[type].columns[field] != nil else { return }
    let start = pool.count
    for text in texts { pool.append(symbols.intern(text)) }
    set(field, ofType: type, row: row, partsFrom: start, count: texts.count)
  }

  /// Says that a field is there, but that nobody can tell its value: it is unknown to rules.
  public func setUnreadable(_ field: Int, ofType type: Int, row: Int) {
    tables[type].columns[field]?.setUnreadable(row)
  }

  /// Says that the value of a field is known only once a plan is applied; it may be unset then.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - type: The type's number in `Schema.types`.
  ///   - row: The record's row.
  ///   - attribute: The attribute's address in the plan.
  public func setUnapplied(_ field: Int, ofType type: Int, row: Int, attribute: String) {
    setUnreadable(field, ofType: type, row: row)
    tables[type].notes[Table.noteKey(row: row, field: field)] = symbols.intern(attribute)
  }

  /// Says which address a record has in a plan or state of Terraform.
  ///
  /// - Parameters:
  ///   - address: The address: `module.m.google_compute_network.n[0]`.
  ///   - type: The type's number in `Schema.types`.
  ///   - row: The record's row.
  ///   - isUnapplied: Whether its name, zone or project is known only once the plan is applied:
  ///     it was given the name of `Unapplied.name(of:)` then.
  ///   - change: What a plan that is laid over other records does to them; nil for all else.
  public func setAddress(
    _ address: String, ofType type: Int, row: Int, isUnapplied: Bool = false,
    change: PlannedChange? = nil
  ) {
    tables[type].notes[Table.noteKey(row: row)] = symbols.intern(address)
    if isUnapplied { tables[type].flags[row].insert(.unapplied) }
    switch change {
    case .planned: tables[type].flags[row].insert(.planned)
    case .unchanged: tables[type].flags[row].insert(.unchanged)
    case .removed: tables[type].flags[row].insert(.removed)
    case nil: return
    }
  }

  /// What a record says of its own identity; each text is optional.
  ///
  /// - Parameters:
  ///   - type: The type's number in `Schema.types`.
  ///   - row: The record's row.
  ///   - link: selfLink, or an asset's name.
  ///   - name: The name.
  ///   - zone: The zone, as a name or a reference.
  ///   - region: The region, as a name or a reference.
  ///   - context: The scope or resource path that surrounds the record: an aggregated list's key
  ///     (`zones/z`), or a list's own id without the collection.
  public func identify(
    ofType type: Int, row: Int, link: UnsafeBufferPointer<UInt8>? = nil,
    name: UnsafeBufferPointer<UInt8>? = nil, zone: UnsafeBufferPointer<UInt8>? = nil,
    region: UnsafeBufferPointer<UInt8>? = nil, context: UnsafeBufferPointer<UInt8>? = nil
  ) {
    guard tables[type].identities.indices.contains(row) else { return }
    tables[type].identities[row] = Identity(
      link: symbol(of: link), name: symbol(of: name), zone: symbol(of: zone),
      region: symbol(of: region), context: symbol(of: context))
  }

  /// Says that a project number and a project id name one project (constraints 4.1).
  public func noteProject(number: String, id: String) {
    projectNumbers.append((symbols.intern(number), symbols.intern(id)))
  }

  private func symbol(of text: UnsafeBufferPointer<UInt8>?) -> UInt32 {
    text.map { symbols.intern($0) } ?? SymbolTable.empty
  }

  /// The API's number of a resource, for references that name it by number.
  public func setID(_ id: UInt64, ofType type: Int, row: Int) { tables[type].ids[row] = id }

  /// Says that the API has filled the record in (constraints H15).
  public func setResolved(ofType type: Int, row: Int) {
    tables[type].flags[row].insert(.resolved)
  }

  /// Says that a GKE controller made the resource.
  public func setGKEManaged(ofType type: Int, row: Int) {
    tables[type].flags[row].insert(.gkeManaged)
  }

  /// Gives a list of parts to an owner that stands elsewhere: endpoints, group members.
  ///
  /// - Parameters:
  ///   - field: The owner's field that the list belongs to.
  ///   - type: The number of the owner's type.
  ///   - owner: The owner's path, with or without `projects/P/` ahead.
  ///   - start: The first row of the parts.
  ///   - count: How many.
  ///   - offset: Where the list starts in the current file.
  ///   - isPartial: Whether parts are known to be missing: the list is open then.
  ///   - change: What a plan does with them: a whole planned list counts instead of others.
  public func attach(
    toField field: Int, ofType type: Int, owner: String, partsFrom start: Int, count: Int,
    offset: Int, isPartial: Bool = false, change: PlannedChange? = nil
  ) {
    attachments.append(
      Attachment(
        ownerType: type, field: field, owner: symbols.intern(owner), start: start, count: count,
        file: file, offset: offset, isPartial: isPartial, change: change))
  }

  /// Says that a collection is complete in a scope.
  ///
  /// - Parameters:
  ///   - collection: The collection's name in REST paths.
  ///   - scope: `projects/P/zones/Z`, `projects/P/global`; `projects/P` for all scopes; without a
  ///     project, the file's; the empty text, all projects of the file's records.
  public func setComplete(_ collection: String, in scope: String) {
    coverage.append(
      Coverage(
        collection: symbols.intern(collection), scope: symbols.intern(scope), file: file))
  }
}
