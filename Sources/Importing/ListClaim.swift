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
  static func settle(_ importers: [FileImporter], files: [InputFile]) {
    var broken: Set<List> = []
    for importer in importers {
      for (index, claim) in importer.claims.enumerated() {
        let next = index + 1 < importer.claims.count ? importer.claims[index + 1] : nil
        let goesOn = next?.file == claim.file && next?.list == claim.list
        if claim.lacksParts || claim.isOpen && !goesOn { broken.insert(claim.list) }
      }
    }
    for importer in importers {
      for claim in importer.claims where !claim.isOpen && !broken.contains(claim.list) {
        importer.resumeFile(claim.file, files[Int(claim.file)])
        importer.builder.setComplete(claim.list.collection, in: claim.list.scope)
      }
    }
  }
}
