import Resources
import Schema

/// Everything that inputs hold, in one object: what `neglint convert` writes.
///
/// Resources stand in the order of their paths, endpoints and members in that of their inputs, and
/// fields in that of the schema.
public struct Snapshot: Sendable {
  /// The snapshot: `project`, `completeCollections`, and the collections.
  public let value: SnapshotValue
  /// How many resources it has.
  public let resourceCount: Int
  /// What went wrong with the inputs, and what the snapshot cannot say.
  public let problems: [ImportProblem]
  /// How many records were left out, since no rule reads them, by kind or collection.
  public let leftOut: [String: Int]

  /// Reads inputs.
  ///
  /// O(bytes + records · log records).
  ///
  /// - Parameters:
  ///   - files: The inputs.
  ///   - options: Whose endpoints files hold, limits and threads; all fields are kept.
  ///   - assumesCompleteness: Whether every collection of the loaded projects counts as complete.
  ///   - project: The project of what names none.
  public init(
    of files: [InputFile], options: ImportOptions, assumesCompleteness: Bool = false,
    project: String? = nil
  ) {
    var options = options
    options.fields = Snapshot.identityFields
    options.keepsRecords = true
    let imported = importFiles(files, options: options)
    let graph = ResourceGraph(
      merging: imported.builders, fields: options.fields,
      assumesCompleteness: assumesCompleteness, project: project)
    var assembly = SnapshotAssembly(graph, imported.recorders)
    value = assembly.value()
    resourceCount = assembly.resourceCount
    problems =
      imported.problems
      + graph.problems.map {
        ImportProblem(file: $0.anchor.file, offset: $0.anchor.offset, message: $0.message)
      } + assembly.problems
    leftOut = imported.summaries.reduce(into: [:]) { sums, summary in
      sums.merge(summary.skippedByKind, uniquingKeysWith: +)
    }
  }

  /// What tells lists of parts apart, and whether they are open.
  private static let identityFields: FieldSet = {
    var fields = FieldSet.none
    for type in Schema.types {
      for field in type.fields where field.listMethod != nil {
        fields.insert(field.name, of: type.name)
        for name in field.kind.partType.flatMap({ Schema.type($0) })?.identity ?? [] {
          fields.insert(name, of: field.kind.partType ?? "")
        }
      }
    }
    return fields
  }()
}

/// Puts the records of all threads in order.
private struct SnapshotAssembly {
  let graph: ResourceGraph
  var problems: [ImportProblem] = []
  var resourceCount = 0
  private var resources: [(type: Int, path: String, record: LoadedRecord, value: SnapshotValue)] =
    []
  /// Endpoints and members of groups.
  private var parts: [LoadedRecord: SnapshotValue] = [:]
  private let projects: [String]
  private let coverage: [CollectionCoverage]

  init(_ graph: ResourceGraph, _ recorders: [SnapshotRecorder]) {
    self.graph = graph
    coverage = graph.coverage()
    var known: Set<String> = []
    projects = coverage.filter { $0.state != .missing }.map(\.project)
      .filter { $0 != ResourceGraph.unknownProject && known.insert($0).inserted }
    for (builder, recorder) in recorders.enumerated() {
      for part in recorder.parts {
        guard let record = graph.loadedRecord(ofType: part.type, row: part.row, inBuilder: builder)
        else { continue }
        parts[record] = Self.item(
          part.value, graph.isResolved(record), recorder.healths[part.row], part.type)
      }
      for resource in recorder.resources {
        guard
          let record = graph.loadedRecord(
            ofType: resource.type, row: resource.row, inBuilder: builder)
        else { continue }
        resources.append((resource.type, graph.path(of: record), record, resource.value))
      }
    }
    resources.sort { ($0.type, $0.path) < ($1.type, $1.path) }
  }

  /// An endpoint as a response has it, if the API filled it in (constraints H15).
  private static func item(
    _ value: SnapshotValue, _ isResolved: Bool, _ healths: SnapshotValue?, _ type: Int
  ) -> SnapshotValue {
    guard isResolved, Schema.types[type].name == "NetworkEndpoint" else { return value }
    return .object(
      [SnapshotMember("networkEndpoint", value)]
        + (healths.map { [SnapshotMember("healths", $0)] } ?? []))
  }

  mutating func value() -> SnapshotValue {
    var members: [SnapshotMember] = []
    if projects.count == 1 { members.append(SnapshotMember("project", .text(projects[0]))) }
    members.append(SnapshotMember("completeCollections", .list(completeCollections)))
    var collections: [Int: [SnapshotValue]] = [:]
    for resource in resources {
      resourceCount += 1
      collections[resource.type, default: []].append(finished(resource))
    }
    for (type, resource) in Schema.types.enumerated() {
      guard let collection = resource.collection else { continue }
      let isRead = coverage.contains { $0.collection == collection && $0.state != .missing }
      // An empty snapshot, too, has to be known for one.
      if let items = collections[type] {
        members.append(SnapshotMember(collection, .list(items)))
      } else if isRead || resources.isEmpty && type == 0 {
        members.append(SnapshotMember(collection, .list([])))
      }
    }
    return .object(members)
  }

  private var completeCollections: [SnapshotValue] {
    coverage.flatMap { entry -> [String] in
      if entry.project == ResourceGraph.unknownProject || entry.collection == "projects" {
        return []
      }
      return entry.state == .complete
        ? ["projects/\(entry.project)/aggregated/\(entry.collection)"]
        : entry.completeScopes.map { "projects/\(entry.project)/\($0)/\(entry.collection)" }
    }.map { .text($0) }
  }

  /// The resource with its place, where it does not say that itself, and its list of parts.
  private mutating func finished(
    _ resource: (type: Int, path: String, record: LoadedRecord, value: SnapshotValue)
  ) -> SnapshotValue {
    var members = resource.value.members
    if resource.value["selfLink"] == nil { place(resource.path, &members) }
    for (index, field) in Schema.types[resource.type].fields.enumerated()
    where field.listMethod != nil {
      let items = graph.parts(ofField: index, of: resource.record)
      let isOpen = graph.isOpenList(field: index, of: resource.record)
      // A size that says that there are more keeps the list open.
      let isShort =
        if let size = resource.value["size"]?.text.flatMap({ Int($0) }) {
          size > items?.count ?? 0
        } else {
          false
        }
      if let items, !isOpen || isShort {
        members.append(SnapshotMember(field.name, .list(inOrder(items).compactMap { parts[$0] })))
      } else if let items, !items.isEmpty {
        problems.append(
          ImportProblem(
            file: nil,
            message: "\(resource.path): its \(field.name) are left out, since some of them are "
              + "missing and a snapshot's lists are whole; export them whole", severity: .notice))
      }
    }
    return .object(members)
  }

  /// Parts in the order of the inputs and their bytes.
  private func inOrder(_ records: [LoadedRecord]) -> [LoadedRecord] {
    records.map { (graph.anchor(of: $0), $0) }.sorted { left, right in
      (left.0.file, left.0.offset, left.1.row) < (right.0.file, right.0.offset, right.1.row)
    }.map(\.1)
  }

  /// Gives a record without a link the scope of its path.
  private mutating func place(_ path: String, _ members: inout [SnapshotMember]) {
    let parts = path.split(separator: "/")
    guard parts.count > 3, parts[0] == "projects", parts[1] != ResourceGraph.unknownProject[...]
    else { return }
    let scopes = ["zones": "zone", "regions": "region"]
    if let name = scopes[String(parts[2])], parts.count > 4 {
      members.removeAll { $0.name == name }
      members.append(SnapshotMember(name, .text(parts[0..<4].joined(separator: "/"))))
    } else if projects.count > 1 {
      problems.append(
        ImportProblem(
          file: nil,
          message: "\(path): this record has no selfLink, so that a snapshot of several projects "
            + "cannot say whose it is; convert each project alone", severity: .notice))
    }
  }
}
