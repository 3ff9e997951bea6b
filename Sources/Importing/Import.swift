import Dispatch
public import Resources
import Synchronization

/// What all inputs gave.
public struct Imported {
  /// The records, one builder for each thread that worked.
  public let builders: [GraphBuilder]
  /// What became of each input, in the order of the inputs.
  public let summaries: [FileSummary]
  /// What went wrong, in the order of the inputs and their bytes.
  public let problems: [ImportProblem]
  /// The records for a snapshot, one recorder for each builder; empty unless asked for.
  let recorders: [SnapshotRecorder]
}

/// Reads inputs and takes their records in.
///
/// The result does not depend on how the work falls to the threads, but for which builder has
/// which records. O(bytes).
///
/// - Parameters:
///   - files: The inputs; a file's number is its place here.
///   - options: What to keep, whose endpoints files hold, limits and threads.
/// - Returns: Records, summaries and problems.
public func importFiles(_ files: [InputFile], options: ImportOptions) -> Imported {
  let count = max(1, min(options.jobs, files.count))
  let first = GraphBuilder(fields: options.fields)
  let builders = [first] + (1..<count).map { _ in GraphBuilder(like: first) }
  let plans = RecordPlans(first, readsEveryField: !options.rules.isEmpty)
  let owners = EndpointOwners(options.endpoints)
  let importers = builders.enumerated().map { number, builder in
    FileImporter(
      number: number, plans: plans, owners: owners, options: options, builder: builder)
  }
  // Alone, a thread reads the files in their order.
  let weights = count > 1 ? files.map(\.weight) : files.map { _ in 0 }
  let order = files.indices.sorted { weights[$0] > weights[$1] }
  let next = Atomic<Int>(0)
  DispatchQueue.concurrentPerform(iterations: count) { worker in
    while true {
      let place = next.add(1, ordering: .relaxed).oldValue
      guard place < order.count else { return }
      let number = order[place]
      importers[worker].read(files[number], number: UInt32(truncatingIfNeeded: number))
    }
  }
  return finish(importers, files: files, owners: owners)
}

/// Puts the threads' results in order, and says what only all files together show.
private func finish(
  _ importers: [FileImporter], files: [InputFile], owners: EndpointOwners
) -> Imported {
  let summaries = importers.flatMap(\.summaries).sorted { $0.file < $1.file }
  var problems = importers.flatMap(\.problems) + ListClaim.settle(importers, files: files)
  giveProjects(importers, files: files)
  problems.sort {
    ($0.file ?? 0, $0.offset ?? -1, $0.message) < ($1.file ?? 0, $1.offset ?? -1, $1.message)
  }
  return Imported(
    builders: importers.map(\.builder), summaries: summaries,
    problems: owners.problems(files) + DirectoryCheck.problems(files, summaries) + problems,
    recorders: importers.compactMap(\.recorder))
}

/// Tells the builders of which project the files are that a manifest lists.
private func giveProjects(_ importers: [FileImporter], files: [InputFile]) {
  let projects = importers.reduce(into: [:]) { known, importer in
    known.merge(importer.projects) { first, _ in first }
  }
  guard !projects.isEmpty, let importer = importers.first else { return }
  for (number, file) in files.enumerated() {
    let path = file.path.hasSuffix(".gz") ? String(file.path.dropLast(3)) : file.path
    guard let project = projects[path] else { continue }
    importer.resumeFile(UInt32(truncatingIfNeeded: number), file, project: project)
  }
}
