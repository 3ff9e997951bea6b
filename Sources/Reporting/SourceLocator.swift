import Dispatch
public import Documents
public import Resources
import Synchronization

/// Finds lines, columns and pointers of anchors, by reading each file that one names once more.
///
/// The way in keeps byte offsets only; the few files that a report speaks of are read again here,
/// each in one pass for all of its anchors.
public struct SourceLocator {
  private let paths: [String]
  private let limits: Limits
  private let jobs: Int
  private let open: (Int) throws(ReadingProblem) -> Source

  /// Makes a locator.
  ///
  /// - Parameters:
  ///   - paths: The files as the user knows them, by number.
  ///   - limits: What reading a file may cost.
  ///   - jobs: How many threads may work, each on a file of its own.
  ///   - open: Gives the bytes of a file by its number: those kept of standard input, or the file
  ///     opened again. Called by several threads at once.
  public init(
    paths: [String], limits: Limits = Limits(), jobs: Int = 1,
    open: @escaping (Int) throws(ReadingProblem) -> Source
  ) {
    self.paths = paths
    self.limits = limits
    self.jobs = jobs
    self.open = open
  }

  /// What locating gave.
  public struct Result: Sendable {
    /// The places of the anchors that were found.
    public var locations: [Anchor: Location] = [:]
    /// Files that could not be read again.
    public var problems: [Report.Problem] = []
  }

  /// Locates anchors.
  ///
  /// O(size of the files named + n log n in the anchors).
  ///
  /// - Parameter anchors: The anchors, in any order; repeated ones cost nothing.
  /// - Returns: The location of each, and the files that have changed or gone meanwhile.
  public func locate(_ anchors: some Sequence<Anchor>) -> Result {
    var byFile: [UInt32: Set<Anchor>] = [:]
    for anchor in anchors { byFile[anchor.file, default: []].insert(anchor) }
    let files = byFile.filter { paths.indices.contains(Int($0.key)) }.sorted { $0.key < $1.key }
    let found = Mutex([Int: Result]())
    let next = Atomic<Int>(0)
    // Each thread reads whole files with a reader of its own; what `open` needs is only read.
    nonisolated(unsafe) let locator = self
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, files.count))) { _ in
      let reader = DocumentReader(names: NameTable(), limits: locator.limits)
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < files.count else { return }
        let result = locator.locate(files[place].value, in: Int(files[place].key), reader)
        found.withLock { $0[place] = result }
      }
    }
    var result = Result()
    for (_, part) in found.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      result.locations.merge(part.locations) { first, _ in first }
      result.problems += part.problems
    }
    return result
  }

  private func locate(_ anchors: Set<Anchor>, in file: Int, _ reader: DocumentReader) -> Result {
    var result = Result()
    do {
      result.locations = SourceLocator.locate(
        Array(anchors), in: try open(file), path: paths[file], reader)
    } catch {
      result.problems.append(
        Report.Problem(
          message: "positions could not be found: the file \(error.message)", path: paths[file]))
    }
    return result
  }

  private static func locate(
    _ anchors: [Anchor], in source: Source, path: String, _ reader: DocumentReader
  ) -> [Anchor: Location] {
    var search = PointerSearch(anchors, names: reader.names)
    search.run(in: source, reader)
    let lines = LineIndex(source)
    var locations: [Anchor: Location] = [:]
    locations.reserveCapacity(anchors.count)
    // In order of place, since a position is found fastest from the one before.
    for target in search.targets.sorted(by: { $0.place < $1.place }) {
      let position = lines.position(of: target.place)
      locations[target.anchor] = Location(
        path: path, line: position.line, column: position.column,
        utf16Column: position.utf16Column, pointer: target.pointer,
        excerpt: SourceExcerpt(around: target.place, in: source))
    }
    return locations
  }
}
