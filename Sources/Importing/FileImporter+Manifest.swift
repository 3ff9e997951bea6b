import Documents
import Schema

/// A file of an export, as the manifest lists it.
private struct ListedFile {
  var path: String
  var collection: String
  var scopes: [String]
  /// Why the file is not there; nil where the export has all of it.
  var reason: String?
  var offset: Int

  /// Reads an entry; nil where it names no path, collection or state.
  init?(_ node: Node) {
    guard let path = node.member("path")?.setText,
      let collection = node.member("collection")?.setText,
      let state = node.member("state")?.setText
    else { return nil }
    self.path = path
    self.collection = collection
    scopes = node.member("scopes")?.elements.compactMap(\.setText) ?? []
    if state != "complete" { reason = node.member("reason")?.setText ?? "no reason is given" }
    offset = node.offset
  }
}

extension FileImporter {
  /// Reads the manifest that the export script writes last (`docs/schemas/export-manifest.schema.json`).
  ///
  /// Collections are complete where the file that holds them is, is among the inputs, and was read
  /// without a problem. What failed is a problem, and its collection open.
  func takeManifest(_ node: Node) {
    recognize("export manifest")
    guard node.member("schemaVersion")?.setText?.hasPrefix("1.") == true,
      let project = node.text(Key.project),
      let files = node.member("files")
    else {
      note(
        "this manifest is not of version 1, or lacks its project or files; export again with "
          + "the script that neglint export-script prints", at: node.offset)
      return
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    var failures = 0
    for element in files.elements {
      guard let listed = ListedFile(element) else {
        note(
          "this entry of the manifest lacks its path, collection or state; export again",
          at: element.offset)
        continue
      }
      projects["\(folder)\(listed.path)"] = project
      claim(listed, in: folder)
      if listed.reason == nil { continue }
      failures += 1
      if failures <= FileImporter.mostFailures { noteFailure(listed) }
    }
    if failures > FileImporter.mostFailures {
      note(
        "\(failures - FileImporter.mostFailures) more parts of the export failed; run the export "
          + "script again with the same arguments", at: node.offset)
    }
  }

  private static let mostFailures = 10

  private func noteFailure(_ listed: ListedFile) {
    let what = listed.scopes.count == 1 ? " of \(listed.scopes[0])" : ""
    note(
      "the export lacks the \(listed.collection)\(what) (\(listed.reason ?? "")); correct that, and "
        + "run the export script again with the same arguments", at: listed.offset)
  }

  /// Says whether a collection is complete; endpoints and members are lists of one owner, which
  /// their files' paths name.
  private func claim(_ listed: ListedFile, in folder: String) {
    guard CollectionName(listed.collection[...]) != nil else { return }
    for scope in listed.scopes {
      claims.append(
        ListClaim(
          list: ListClaim.List(collection: listed.collection, scope: scope), file: file,
          isOpen: false, lacksParts: listed.reason != nil,
          source: "\(folder)\(listed.path)"))
    }
  }
}
