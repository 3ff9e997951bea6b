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
  private let landmarks: [Landmarks]
  private let open: (Int) throws(ReadingProblem) -> Source

  /// Makes a locator.
  ///
  /// - Parameters:
  ///   - paths: The files as the user knows them, by number.
  ///   - limits: What reading a file may cost.
  ///   - jobs: How many threads may work, each on a file of its own.
  ///   - landmarks: What reading each file left behind, by number; a file may have none.
  ///   - open: Gives the bytes of a file by its number: those kept of standard input, or the file
  ///     opened again. Called by several threads at once.
  public init(
    paths: [String], limits: Limits = Limits(), jobs: Int = 1, landmarks: [Landmarks] = [],
    open: @escaping (Int) throws(ReadingProblem) -> Source
  ) {
    self.paths = paths
    self.limits = limits
    self.jobs = jobs
    self.landmarks = landmarks
    self.open = open
  }

  /// What locating gave.
  public struct Result: Sendable {
    /// The places of the anchors, in their order; nil for those that were not found.
    public var locations: [Location?] = []
    /// Files that could not be read again.
    public var problems: [Report.Problem] = []
  }

  /// The anchors in one file, by their numbers, and what became of them.
  private struct File: Sendable {
    var number: Int
    var anchors: ArraySlice<Int>
    var locations: [(anchor: Int, location: Location)] = []
    var problem: Report.Problem?
  }

  /// Locates anchors.
  ///
  /// O(size of the files named + n log n in the anchors); of files with landmarks, the bytes around
  /// the records alone are read.
  ///
  /// - Parameter anchors: The anchors, in any order.
  /// - Returns: The location of each, and the files that have changed or gone meanwhile.
  public func locate(_ anchors: [Anchor]) -> Result {
    let files = Mutex(files(of: anchors))
    let count = files.withLock(\.count)
    let next = Atomic<Int>(0)
    // Each thread reads whole files with a reader of its own; what `open` needs is only read.
    nonisolated(unsafe) let locator = self
    DispatchQueue.concurrentPerform(iterations: max(1, min(jobs, count))) { _ in
      let reader = DocumentReader(names: NameTable(), limits: locator.limits)
      while true {
        let place = next.add(1, ordering: .relaxed).oldValue
        guard place < count else { return }
        var file = files.withLock { $0[place] }
        locator.locate(anchors, in: &file, reader)
        files.withLock { [file] in $0[place] = file }
      }
    }
    var result = Result(locations: Array(repeating: nil, count: anchors.count))
    for file in files.withLock({ $0 }) {
      for (anchor, location) in file.locations { result.locations[anchor] = location }
      if let problem = file.problem { result.problems.append(problem) }
    }
    return result
  }

  /// The files that anchors name, in their order.
  private func files(of anchors: [Anchor]) -> [File] {
    let order = anchors.indices.filter { Int(anchors[$0].file) < paths.count }
      .sorted { anchors[$0].file < anchors[$1].file }
    var files: [File] = []
    var start = 0
    for end in order.indices.map({ $0 + 1 })
    where end == order.count || anchors[order[end]].file != anchors[order[start]].file {
      files.append(File(number: Int(anchors[order[start]].file), anchors: order[start..<end]))
      start = end
    }
    return files
  }

  private func locate(_ anchors: [Anchor], in file: inout File, _ reader: DocumentReader) {
    let path = paths[file.number]
    do {
      let marks = landmarks.indices.contains(file.number) ? landmarks[file.number] : Landmarks()
      let numbers = Array(file.anchors)
      let found = SourceLocator.locate(
        numbers.map { anchors[$0] }, in: try open(file.number), marks, path: path, reader)
      file.locations = found.map { (numbers[$0.number], $0.location) }
    } catch {
      file.problem = Report.Problem(
        message: "positions could not be found: the file \(error.message)", path: path)
    }
  }

  private static func locate(
    _ anchors: [Anchor], in source: Source, _ landmarks: Landmarks, path: String,
    _ reader: DocumentReader
  ) -> [(number: Int, location: Location)] {
    var search = PointerSearch(anchors, names: reader.names)
    search.run(in: source, reader, landmarks)
    let lines = LineIndex(source, landmarks)
    return search.targets.map { target in
      let position = lines.position(of: target.place)
      let location = Location(
        path: path, line: position.line, column: position.column,
        utf16Column: position.utf16Column, pointer: target.pointer,
        excerpt: SourceExcerpt(around: target.place, in: source))
      return (target.number, location)
    }
  }
}
