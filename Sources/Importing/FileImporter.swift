import Documents
import Resources
import Schema

/// Reads inputs one after the other and takes their records in; one for each thread.
final class FileImporter: @unchecked Sendable {
  let number: Int
  let plans: RecordPlans
  let owners: EndpointOwners
  let options: ImportOptions
  let builder: GraphBuilder
  let reader: DocumentReader

  // Exclusivity is checked by hand: one thread uses an importer, and no access outlives a call.
  var summaries: [FileSummary] = []
  var problems: [ImportProblem] = []
  var claims: [ListClaim] = []
  /// The projects of the files that manifests list, by path.
  var projects: [String: String] = [:]
  @exclusivity(unchecked) var kinds = KindTable()

  // MARK: - The current file

  @exclusivity(unchecked) var file: UInt32 = 0
  var path = ""
  var isFound = false
  /// For each type the rows of the files before.
  private var firstRows: [Int] = []
  /// Records left out, by collection, where they have no kind.
  var skippedCollections: [String: Int] = [:]
  @exclusivity(unchecked) var dialects: [String] = []
  /// How many values were recognised as something, an empty list included.
  @exclusivity(unchecked) var recognized = 0
  /// The first value that was not recognised, and how many there are.
  var strange: (refusal: Refusal, count: Int)?
  /// How often each problem was noted, so that a million equal ones make no million lines.
  var noted: [String: (count: Int, severity: ImportProblem.Severity)] = [:]
  /// A list that grows while its elements or pages come.
  @exclusivity(unchecked) var growing: GrowingList?
  var assets = AssetCount()
  /// The first ancestor of the asset before.
  var lastAncestor: [UInt8] = []
  let rewriter: AssetRewriter
  let terraformRewriter: TerraformRewriter
  /// Whether placeholders name attributes of a plan that are known once it is applied.
  var isPlan = false
  /// Whether the file is laid over the others, and whether a plan was in it.
  var isOverlay = false
  var hasPlan = false
  /// Keeps records for a snapshot; nil where none is made.
  let recorder: SnapshotRecorder?

  init(
    number: Int, plans: RecordPlans, owners: EndpointOwners, options: ImportOptions,
    builder: GraphBuilder
  ) {
    self.number = number
    self.plans = plans
    self.owners = owners
    self.options = options
    self.builder = builder
    reader = DocumentReader(names: NameTable(seed: Key.seed), limits: options.limits)
    rewriter = AssetRewriter(names: reader.names, plans: plans)
    terraformRewriter = TerraformRewriter(names: reader.names)
    recorder =
      options.keepsRecords ? SnapshotRecorder(plans: plans, names: reader.names) : nil
  }

  /// Takes in one input.
  ///
  /// - Parameters:
  ///   - input: The input.
  ///   - number: Its place among the inputs.
  func read(_ input: InputFile, number: UInt32) {
    start(input, number)
    var summary = FileSummary(file: number, path: input.path)
    let before = problems.count
    let firstClaim = claims.count
    do {
      let source = try input.open(limits: options.limits)
      if let refusal = Appearance.refusal(of: source) { throw refusal }
      if let problem = try readValues(source) { summary.refusal = problem.message }
      summary.landmarks = reader.landmarks
      finishGrowingList()
      noteDuplicates()
      if let strange { try settle(strange.refusal, count: strange.count) }
      try settleAssets()
      if isOverlay, !hasPlan { throw Refusal.noPlan }
    } catch let problem as ReadingProblem {
      note(problem.message, at: problem.offset)
      summary.refusal = problem.message
    } catch let refusal as Refusal {
      finishGrowingList()
      refuse(refusal, in: &summary)
    } catch {
      note("\(error)", at: nil)
    }
    noteOpenLists(from: firstClaim)
    noteRest()
    complete(&summary)
    summary.problems = problems.count - before
    summaries.append(summary)
  }

  /// Says that the following claims are about records of a file that was read before.
  func resumeFile(_ number: UInt32, _ input: InputFile, project: String? = nil) {
    builder.beginFile(number, pathParts: Self.parts(of: input.path), project: project)
  }

  private func start(_ input: InputFile, _ number: UInt32) {
    file = number
    path = input.path
    isFound = input.directory != nil
    firstRows = Schema.types.indices.map { builder.rowCount(ofType: $0) }
    skippedCollections = [:]
    dialects = []
    recognized = 0
    strange = nil
    noted = [:]
    growing = nil
    assets = AssetCount()
    isOverlay = input.isOverlay
    hasPlan = false
    lastAncestor = []
    resumeFile(number, input)
  }

  private static func parts(of path: String) -> [String] {
    var parts = path.utf8.split(separator: UInt8(ascii: "/")).map { Substring($0) }
    if let last = parts.popLast() { parts.append(InputFile.stem(of: last)) }
    return parts.map(String.init)
  }

  private func complete(_ summary: inout FileSummary) {
    for (type, first) in firstRows.enumerated() where builder.rowCount(ofType: type) > first {
      let count = builder.rowCount(ofType: type) - first
      summary.recordsByType[Schema.types[type].name] = count
      if !Schema.types[type].isPart { summary.resources += count }
    }
    summary.skippedByKind = kinds.takeSkipped().merging(skippedCollections, uniquingKeysWith: +)
    if summary.dialect == nil, !dialects.isEmpty {
      summary.dialect = dialects.joined(separator: ", ")
    }
  }

  // MARK: - Bad news

  private static let mostEqual = 10

  /// Notes a problem of the current file; of equal ones the first ten by place.
  func note(
    _ message: String, at offset: Int?, severity: ImportProblem.Severity = .degrades
  ) {
    noted[message, default: (0, severity)].count += 1
    guard let known = noted[message], known.count <= FileImporter.mostEqual else { return }
    problems.append(
      ImportProblem(file: file, offset: offset, message: message, severity: severity))
  }

  private func noteRest() {
    for (message, known) in noted where known.count > FileImporter.mostEqual {
      problems.append(
        ImportProblem(
          file: file, message: "\(known.count - FileImporter.mostEqual) more times: \(message)",
          severity: known.severity))
    }
  }

  /// Notes which dialect the file has.
  func recognize(_ dialect: String) {
    recognized += 1
    if dialects.last != dialect, !dialects.contains(dialect) { dialects.append(dialect) }
  }

  /// Notes a value that is nothing known; the file is refused if there is nothing else in it.
  func noteStrange(_ refusal: @autoclosure () -> Refusal) {
    if let known = strange {
      strange = (known.refusal, known.count + 1)
    } else {
      strange = (refusal(), 1)
    }
  }

  private func settle(_ refusal: Refusal, count: Int) throws(Refusal) {
    if recognized == 0 { throw refusal }
    let others = count == 1 ? "" : " (and \(count - 1) more like it)"
    note("this record is left out: \(refusal.message)\(others)", at: refusal.offset)
  }

  /// A named file must be a dump that can be used; of those found in a directory the ones that are
  /// none are left out.
  private func refuse(_ refusal: Refusal, in summary: inout FileSummary) {
    summary.refusal = refusal.message
    if let dialect = refusal.dialect {
      summary.dialect = (dialects + [dialect]).joined(separator: ", ")
    }
    if recognized > 0 {
      note(refusal.message, at: refusal.offset)
      summary.refusal = nil
    } else if !isFound || refusal.dialect != nil {
      note(refusal.message, at: refusal.offset)
    }
  }

  private func noteDuplicates() {
    let listed = reader.duplicateNames
    for duplicate in listed.prefix(10) {
      note(
        "the name “\(reader.names.name(of: duplicate.name))” stands more than once in one object; "
          + "every value of it was read", at: duplicate.offset, severity: .notice)
    }
    let rest = reader.duplicateNameCount - min(10, listed.count)
    if rest > 0 {
      note("\(rest) more names are repeated in their objects", at: nil, severity: .notice)
    }
  }
}
