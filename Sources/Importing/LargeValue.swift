import Documents

/// An object that is too large for the tape and comes member by member.
///
/// What its lists hold can only be told by what came before them.
struct LargeValue {
  let offset: Int
  private var page: Page
  private var isList = false
  private var isAssets = false
  private var isSnapshot = false
  private var project: String?
  /// Whether `completeCollections` says what is complete.
  private var isExplicit = false
  private var current: NameID?

  init(offset: Int) {
    self.offset = offset
    page = Page(offset: offset)
  }

  /// Takes in a member that is no list.
  mutating func take(
    _ name: NameID, _ node: Node, _ importer: FileImporter
  ) throws(Refusal) {
    switch name {
    case Key.kind:
      let number = importer.kinds.number(of: node)
      if case .list(let type) = importer.kinds.entries[number].kind {
        page.type = type ?? page.type
        isList = true
      }
    case Key.identifier, Key.selfLink:
      page.address = page.address ?? ListAddress(node.text)
      page.type = page.type ?? page.address.flatMap { CollectionName($0.collection)?.type }
    case Key.nextPageToken:
      page.hasNext = !node.isUnset
      page.offset = node.offset
    case Key.project:
      project = node.setText.map { "projects/\($0.split(separator: "/").last ?? "")" }
    case Key.items:
      isList = true
      importer.takeScopeMap(node, &page)
    case Key.warning: importer.noteWarning(node, of: nil, &page)
    case Key.formatVersion, Key.terraformVersion: throw Refusal.needsWhole
    default: return
    }
  }

  /// Begins with a member that is a list.
  mutating func begin(
    _ name: NameID, at offset: Int, _ importer: FileImporter
  ) throws(Refusal) {
    current = name
    if name == Key.assets {
      isAssets = true
      importer.recognize(FileImporter.assetInventory)
    } else if name == Key.items {
      isList = true
      importer.recognize("REST")
    } else if name == Key.completeCollections {
      isExplicit = true
    } else if let collection = CollectionName(name) {
      isSnapshot = true
      importer.recognize("snapshot")
      if !isExplicit, let type = collection.type {
        importer.claimSnapshot(type, project: project)
      }
    }
  }

  /// Takes in an element of the list.
  mutating func take(_ node: Node, _ importer: FileImporter) throws(Refusal) {
    guard let current else { return }
    if current == Key.items {
      importer.takeLargeItem(node, &page)
    } else if current == Key.completeCollections {
      importer.claimComplete(node)
    } else if current == Key.assets {
      if let type = FileImporter.assetType(of: node) { importer.takeAsset(node, type: type) }
    } else if let collection = CollectionName(current) {
      guard let type = collection.type else {
        importer.skippedCollections[importer.reader.names.name(of: current), default: 0] += 1
        return
      }
      if node.kind == .object {
        importer.takeResource(node, type: type, context: project)
      } else {
        importer.noteBroken(node)
      }
    }
  }

  /// Ends the object.
  func finish(_ importer: FileImporter) throws(Refusal) {
    if isList {
      importer.claim(page)
    } else if isAssets {
      importer.assets.isOpen = page.hasNext
    } else if !isSnapshot {
      importer.noteStrange(
        Refusal(
          message: "this is JSON, but no export of Compute resources; "
            + "export with gcloud compute ... list --format=json", offset: offset))
    }
  }
}
