import Documents
import Schema

extension FileImporter {
  /// Takes in a whole project in one object: collections by their names.
  func takeSnapshot(_ node: Node, _ place: Surroundings) {
    recognize(place.dialect ?? "snapshot")
    finishGrowingList()
    let project = snapshotProject(node)
    let isExplicit = node[Key.completeCollections] != nil
    node.forEachItem(Key.completeCollections, isItem: { _ in false }) { claimComplete($0) }
    var seen: [NameID] = []
    for member in node.members where !seen.contains(member.name) {
      seen.append(member.name)
      if member.name == Key.project || member.name == Key.completeCollections { continue }
      guard let collection = CollectionName(member.name) else {
        noteForeign(member)
        continue
      }
      takeSnapshotCollection(node, member.name, collection, project: project)
      if !isExplicit, let type = collection.type { claimSnapshot(type, project: project) }
    }
  }

  /// Says that a collection is complete, which a member of `completeCollections` names:
  /// `projects/P/aggregated/instances`, `projects/P/zones/Z/instances`.
  func claimComplete(_ node: Node) {
    guard let text = node.setText, let address = ListAddress(text),
      CollectionName(address.collection) != nil
    else {
      note(
        "this names no collection that could be complete; write it as "
          + "projects/P/aggregated/instances", at: node.offset)
      return
    }
    claims.append(
      ListClaim(
        list: ListClaim.List(collection: String(address.collection), scope: address.scope),
        file: file, isOpen: false))
  }

  private func takeSnapshotCollection(
    _ node: Node, _ name: NameID, _ collection: CollectionName, project: String?
  ) {
    guard case .modelled(let type) = collection else {
      let count = countItems(node, name)
      if count > 0 { skippedCollections[reader.names.name(of: name), default: 0] += count }
      return
    }
    takeResources(node, name, type: type, context: project)
  }

  /// Says that a collection of a snapshot is complete.
  func claimSnapshot(_ type: Int, project: String?) {
    guard let collection = Schema.types[type].collection else { return }
    claims.append(
      ListClaim(
        list: ListClaim.List(collection: collection, scope: project ?? ""), file: file,
        isOpen: false))
  }

  private func noteForeign(_ member: Member) {
    let name = reader.names.name(of: member.name)
    if member.value.kind == .array || member.value.kind == .object, !member.value.isUnset {
      note(
        "\(name) is no collection of the Compute API and is left out; compare its spelling",
        at: member.nameOffset, severity: .notice)
    }
  }

  /// The scope of a snapshot's project, `projects/P`; nil where it names none.
  private func snapshotProject(_ node: Node) -> String? {
    guard let project = node[Key.project] else { return nil }
    if project.kind == .object {
      if let type = Schema.index(of: "Project") {
        takeResource(project, type: type, context: nil)
      }
      return project.text(Key.name).map { "projects/\($0)" }
    }
    return project.setText.map { text in
      text.contains("projects/")
        ? "projects/\(text.split(separator: "/").last ?? "")" : "projects/\(text)"
    }
  }
}
