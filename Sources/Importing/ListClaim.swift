import Resources

/// What one page says about how complete its list is (constraints H11).
struct ListClaim {
  /// The collection and the scope of the list: `projects/P/zones/Z`; empty for all projects of the
  /// file's records.
  struct List: Hashable {
    var collection: String
    var scope: String
  }

  var list: List
  /// The number of the input that has the page.
  var file: UInt32
  /// Whether a further page is known to follow.
  var isOpen: Bool
  /// Whether something is missing that no page will bring.
  var lacksParts = false
  /// The path of the input that holds the list, where the claim stands in another one.
  var source: String?
  /// The list's own path, and where the page says that another one follows.
  var page: (path: String, offset: Int)?
}

extension ListClaim {
  /// Tells the builders which collections are complete.
  ///
  /// Pages count as one list where they stand in one file one after the other. A list of which any
  /// file has an open end is not complete, since its last page alone looks like a whole list.
  ///
  /// - Parameters:
  ///   - importers: What the threads read.
  ///   - files: The inputs.
  /// - Returns: Notices about lists that are not among the inputs.
  static func settle(_ importers: [FileImporter], files: [InputFile]) -> [ImportProblem] {
    var broken: Set<List> = []
    var absent: [UInt32: [String]] = [:]
    let sources = SoundSources(importers, files: files)
    for importer in importers {
      for (index, claim) in importer.claims.enumerated() {
        let next = index + 1 < importer.claims.count ? importer.claims[index + 1] : nil
        let goesOn = next?.file == claim.file && next?.list == claim.list
        if claim.lacksParts || claim.isOpen && !goesOn { broken.insert(claim.list) }
        guard let source = claim.source, !claim.lacksParts else { continue }
        if !sources.contains(source) { broken.insert(claim.list) }
        if !sources.isInput(source) { absent[claim.file, default: []].append(source) }
      }
    }
    for importer in importers {
      for claim in importer.claims where !claim.isOpen && !broken.contains(claim.list) {
        importer.resumeFile(claim.file, files[Int(claim.file)])
        importer.builder.setComplete(claim.list.collection, in: claim.list.scope)
      }
    }
    return absent.map { file, paths in
      let others = paths.count == 1 ? "" : " and \(paths.count - 1) more"
      return ImportProblem(
        file: file,
        message: "\(paths.min() ?? "")\(others) of this export are not among the inputs, so that "
          + "their collections may lack resources; name the export's directory",
        severity: .notice)
    }
  }
}

/// The inputs that were read whole.
private struct SoundSources {
  private var sound: Set<String> = []
  private var all: Set<String> = []

  init(_ importers: [FileImporter], files: [InputFile]) {
    guard importers.contains(where: { $0.claims.contains { $0.source != nil } }) else { return }
    var broken: Set<UInt32> = []
    for importer in importers {
      for problem in importer.problems where problem.severity == .degrades {
        if let file = problem.file { broken.insert(file) }
      }
      for summary in importer.summaries where summary.refusal != nil {
        broken.insert(summary.file)
      }
    }
    for (number, file) in files.enumerated() {
      let path = file.path.hasSuffix(".gz") ? String(file.path.dropLast(3)) : file.path
      all.insert(path)
      if !broken.contains(UInt32(truncatingIfNeeded: number)) { sound.insert(path) }
    }
  }

  func contains(_ path: String) -> Bool { sound.contains(path) }

  func isInput(_ path: String) -> Bool { all.contains(path) }
}
