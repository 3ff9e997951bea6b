public import Documents
public import Resources

/// Finds lines, columns and pointers of anchors, by reading each file that one names once more.
///
/// The way in keeps byte offsets only; the few files that a report speaks of are read again here,
/// each in one pass for all of its anchors.
public struct SourceLocator {
  private let paths: [String]
  private let limits: Limits
  private let open: (Int) throws(ReadingProblem) -> Source

  /// Makes a locator.
  ///
  /// - Parameters:
  ///   - paths: The files as the user knows them, by number.
  ///   - limits: What reading a file may cost.
  ///   - open: Gives the bytes of a file by its number: those kept of standard input, or the file
  ///     opened again.
  public init(
    paths: [String], limits: Limits = Limits(),
    open: @escaping (Int) throws(ReadingProblem) -> Source
  ) {
    self.paths = paths
    self.limits = limits
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
    var result = Result()
    let reader = DocumentReader(names: NameTable(), limits: limits)
    for (file, anchors) in byFile.sorted(by: { $0.key < $1.key }) {
      let number = Int(file)
      guard paths.indices.contains(number) else { continue }
      do {
        let source = try open(number)
        let found = SourceLocator.locate(
          Array(anchors), in: source, path: paths[number], reader)
        result.locations.merge(found) { first, _ in first }
      } catch {
        result.problems.append(
          Report.Problem(
            message: "positions could not be found: the file \(error.message)",
            path: paths[number]))
      }
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
