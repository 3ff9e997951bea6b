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
  /// The records of each type.
  let rows: UnsafeMutableBufferPointer<RowStore>
  @exclusivity(unchecked) var pool: [UInt32] = []
  var attachments: [Attachment] = []
  var coverage: [Coverage] = []
  var files: [File] = []
  /// What the importer's rules found.
  public private(set) var findings: [ImporterFinding] = []
  /// Numbers of projects and the ids of the same projects.
  var projectNumbers: [(number: UInt32, id: UInt32)] = []
  /// For each type what Terraform calls records and fields.
  private var notes: [[UInt64: UInt32]]
  @exclusivity(unchecked) private var file: UInt32 = 0
  let fields: FieldSet
  /// For each type and field how its cells are coded; nil where it is not kept.
  private let codings: [[Column.Coding?]]

  /// Makes an empty builder.
  ///
  /// - Parameter fields: The fields to keep.
  public convenience init(fields: FieldSet) {
    self.init(closed: FieldDependencies.closure(of: fields))
  }

  /// Makes an empty builder that keeps the fields that another one keeps.
  ///
  /// - Parameter other: The other builder.
  public convenience init(like other: GraphBuilder) { self.init(closed: other.fields) }

  private init(closed fields: FieldSet) {
    self.fields = fields
    codings = Schema.types.map { Table($0, fields: fields).columns.map { $0?.coding } }
    notes = Schema.types.map { _ in [:] }
    rows = .allocate(capacity: Schema.types.count)
    for (index, type) in Schema.types.enumerated() {
      rows.initializeElement(at: index, to: RowStore(type, codings: codings[index]))
    }
  }

  deinit {
    for store in rows { store.deallocate() }
    rows.deallocate()
  }

  /// Hands the records of a type over; the builder has none of them afterwards.
  func moveRows(to table: inout Table, _ type: Int, _ mapping: RowMapping) {
    let base = UInt64(truncatingIfNeeded: table.count)
    for (key, symbol) in notes[type] { table.notes[key + base] = mapping.symbol(symbol) }
    notes[type] = [:]
    table.append(rows[type], mapping: mapping, freeing: true)
    rows[type].forget()
  }

  /// Drops what was taken in beside the tables.
  func forget() {
    symbols = SymbolTable()
    pool = []
    attachments = []
    coverage = []
    files = []
    findings = []
    projectNumbers = []
  }

  /// Whether a field is kept; a caller need not convert the others.
  ///
  /// O(1).
  public func wants(field: Int, ofType type: Int) -> Bool { codings[type][field] != nil }

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
    rows[type].append(file: file, offset: offset)
  }

  /// Starts a part's row; the parts of one list are added one after another.
  ///
  /// - Parameters:
  ///   - type: The part type's number in `Schema.types`.
  ///   - offset: The part's byte offset in its file.
  /// - Returns: The row.
  public func addPart(ofType type: Int, offset: Int) -> Int {
    rows[type].append(file: file, offset: offset)
  }

  /// The number of rows of a type so far: where the next list of parts will start.
  public func rowCount(ofType type: Int) -> Int { rows[type].count }

  /// Sets a text field: string, enumeration, address, range, or reference as written.
  public func set(_ field: Int, ofType type: Int, row: Int, text: UnsafeBufferPointer<UInt8>) {
    guard let cell = rows[type].cell(field, row: row) else { return }
    // Many records in a row have the same network, zone or state.
    cell[0] = intern(text, guess: rows[type].cellBefore(cell, row: row)[0])
  }

  /// Sets a text field if the record before has the same text there.
  ///
  /// - Returns: Whether it has, and the field is set now.
  public func repeats(
    _ field: Int, ofType type: Int, row: Int, text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let cell = rows[type].cell(field, row: row) else { return false }
    let symbol = rows[type].cellBefore(cell, row: row)[0]
    guard symbols.isText(text, of: symbol) else { return false }
    cell[0] = symbol
    return true
  }

  /// Sets a whole number.
  public func set(_ field: Int, ofType type: Int, row: Int, int: Int64) {
    guard let cell = rows[type].cell(field, row: row) else { return }
    RowStore.store(UInt64(bitPattern: max(int, Column.unreadableInt + 1)), cell)
  }

  /// Sets a floating point number.
  public func set(_ field: Int, ofType type: Int, row: Int, double: Double) {
    guard let cell = rows[type].cell(field, row: row) else { return }
    RowStore.store(double.bitPattern, cell)
  }

  /// Sets a truth value; also how an `object` field is said to be set.
  public func set(_ field: Int, ofType type: Int, row: Int, bool: Bool) {
    rows[type].cell(field, row: row)?[0] = bool ? 1 : 0
  }

  /// Sets a single part.
  public func set(_ field: Int, ofType type: Int, row: Int, part: Int) {
    rows[type].cell(field, row: row)?[0] = UInt32(truncatingIfNeeded: part)
  }

  /// Sets a list of parts, the rows `start ..< start + count` of the part type, or of texts.
  ///
  /// An empty list is one that is not set, but for lists that the API gives by a method of their
  /// own: those are loaded.
  public func set(_ field: Int, ofType type: Int, row: Int, partsFrom start: Int, count: Int) {
    if count == 0, Schema.types[type].fields[field].listMethod == nil { return }
    guard let cell = rows[type].cell(field, row: row) else { return }
    cell[0] = UInt32(truncatingIfNeeded: start)
    cell[1] = UInt32(truncatingIfNeeded: count)
  }

  /// The number of texts in lists so far: where the next list of texts will start.
  public var textCount: Int { pool.count }

  /// Adds a text or reference to a list; the texts of one list are added one after another.
  public func add(text: UnsafeBufferPointer<UInt8>) {
    pool.append(intern(text, guess: SymbolTable.empty))
  }

  /// Takes back the texts of a list that cannot be read.
  ///
  /// - Parameter start: Where the list starts.
  public func removeTexts(from start: Int) { pool.removeSubrange(start...) }

  /// Says that a text is going to be set soon, so that the look-up need not wait for memory.
  public func prepare(text: UnsafeBufferPointer<UInt8>) {
    Unmanaged.passUnretained(symbols)._withUnsafeGuaranteedRef { $0.prepare(text) }
  }

  /// The number of a text, without counting a reference to the table for each.
  @inline(__always)
  func intern(_ text: UnsafeBufferPointer<UInt8>, guess: UInt32) -> UInt32 {
    Unmanaged.passUnretained(symbols)._withUnsafeGuaranteedRef { $0.intern(text, guess: guess) }
  }

  /// Says that a field is there, but that nobody can tell its value: it is unknown to rules.
  public func setUnreadable(_ field: Int, ofType type: Int, row: Int) {
    guard let cell = rows[type].cell(field, row: row), let coding = codings[type][field] else {
      return
    }
    for (index, word) in coding.unreadableWords.enumerated() { cell[index] = word }
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
    notes[type][Table.noteKey(row: row, field: field)] = symbols.intern(attribute)
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
    notes[type][Table.noteKey(row: row)] = symbols.intern(address)
    if isUnapplied { set(.unapplied, ofType: type, row: row) }
    switch change {
    case .planned: set(.planned, ofType: type, row: row)
    case .unchanged: set(.unchanged, ofType: type, row: row)
    case .removed: set(.removed, ofType: type, row: row)
    case nil: return
    }
  }

  /// Says that a project number and a project id name one project (constraints 4.1).
  public func noteProject(number: String, id: String) {
    projectNumbers.append((symbols.intern(number), symbols.intern(id)))
  }

  /// The API's number of a resource, for references that name it by number.
  public func setID(_ id: UInt64, ofType type: Int, row: Int) {
    guard let words = rows[type].identity(row) else { return }
    RowStore.store(id, words + RowLayout.Head.id)
  }

  /// Says that the API has filled the record in (constraints H15).
  public func setResolved(ofType type: Int, row: Int) { set(.resolved, ofType: type, row: row) }

  /// Says that a GKE controller made the resource.
  public func setGKEManaged(ofType type: Int, row: Int) {
    set(.gkeManaged, ofType: type, row: row)
  }

  private func set(_ flag: Table.Flags, ofType type: Int, row: Int) {
    guard row < rows[type].count else { return }
    rows[type].row(row)[RowLayout.Head.flags] |= UInt32(flag.rawValue)
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

  /// Notes what a rule of the importer found; rows are the builder's.
  public func note(_ finding: ImporterFinding) { findings.append(finding) }

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
