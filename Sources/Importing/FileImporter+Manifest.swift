import Documents
import Schema

extension FileImporter {
  /// Reads the manifest that the export script writes last.
  ///
  /// Its `errors` are what could not be exported; without any, the `collections` of its `project`
  /// are complete.
  func takeManifest(_ node: Node) {
    recognize("export manifest")
    var failures = 0
    if let errors = node.member("errors") {
      for element in errors.elements { noteFailure(element, &failures) }
      for member in errors.members { noteFailure(member.value, &failures) }
      if errors.setText != nil { noteFailure(errors, &failures) }
    }
    guard failures == 0, let project = node.text(Key.project),
      let collections = node.member("collections")
    else { return }
    for element in collections.elements { claimManifest(element, project) }
    for member in collections.members { claimManifest(member.value, project) }
  }

  private func noteFailure(_ node: Node, _ failures: inout Int) {
    failures += 1
    let what = node.setText ?? node.member("file")?.setText ?? node.text(Key.name)
    let reason = node.text(Key.message).map { " (\($0))" } ?? ""
    note(
      "the export's manifest says that \(what ?? "a part of it") failed\(reason); "
        + "run the export again", at: node.offset)
  }

  private func claimManifest(_ node: Node, _ project: String) {
    guard let name = node.setText else { return }
    claims.append(
      ListClaim(
        list: ListClaim.List(collection: name, scope: "projects/\(project)"), file: file,
        isOpen: false))
  }
}
