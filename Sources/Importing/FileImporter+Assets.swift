import Documents
import Resources
import Schema

/// How many assets a file has, with and without what they hold.
struct AssetCount {
  var withResource = 0
  var withoutResource = 0
  /// Whether the last page of a list says that another one follows.
  var isOpen = false
}

extension FileImporter {
  static let assetInventory = "Cloud Asset Inventory"

  /// Takes in an asset, a list of assets, or the message of a feed.
  ///
  /// Keys are in camel case as `gcloud asset list` prints them, or in snake case as
  /// `gcloud asset export` writes them.
  ///
  /// - Returns: False for an object that is none of these.
  func takeAssets(in node: Node) -> Bool {
    if let type = Self.assetType(of: node) {
      takeAsset(node, type: type)
      return true
    }
    var isFound = false
    node.forEachItem(Key.asset, isItem: { Self.assetType(of: $0) != nil }) { asset in
      guard let type = Self.assetType(of: asset) else { return }
      isFound = true
      if node.member("deleted")?.bool == true {
        recognize(Self.assetInventory)
        skippedCollections["deleted assets", default: 0] += 1
      } else {
        takeAsset(asset, type: type)
      }
    }
    if isFound { return true }
    // A list without assets has the time alone.
    let isEmpty = node.count == 1 && node.has(Key.readTime)
    guard node[Key.assets] != nil || isEmpty else { return false }
    var isForeign = false
    node.forEachItem(Key.assets, isItem: { Self.assetType(of: $0) != nil }) { asset in
      guard let type = Self.assetType(of: asset) else {
        isForeign = true
        return
      }
      isFound = true
      takeAsset(asset, type: type)
    }
    guard isFound || !isForeign && !node.has(Key.assets) else { return false }
    recognize(Self.assetInventory)
    self.assets.isOpen = node.has(Key.nextPageToken)
    return true
  }

  /// The type of an asset; nil for what is no asset.
  static func assetType(of node: Node) -> Node? {
    guard let type = node[Key.assetType] ?? node[Key.snakeAssetType], type.kind == .string else {
      return nil
    }
    return type
  }

  /// Takes in an asset; those of other services and of types that no rule reads are counted.
  func takeAsset(_ node: Node, type: Node) {
    recognize(Self.assetInventory)
    let number = kinds.number(of: type)
    let resource = node[Key.resource]
    let data = resource?[Key.data]
    if resource == nil { assets.withoutResource += 1 } else { assets.withResource += 1 }
    noteProject(of: node)
    switch kinds.entries[number].kind {
    case .resource(let schemaType):
      guard let data, data.kind == .object else {
        kinds.skip(number)
        return
      }
      let name = node[Key.name]
      let context = data.has(Key.selfLink) ? nil : name.flatMap(Self.scope)
      let record = rewriter.rewrite(data, type: schemaType)
      takeResource(record, type: schemaType, context: context, link: name)
    case .project:
      kinds.skip(number)
      if let id = data?.text(Key.projectId),
        let number = data?[Key.projectNumber]?.text, !number.isEmpty
      {
        builder.noteProject(number: number, id: id)
      }
    default: kinds.skip(number)
    }
  }

  /// The path ahead of the collection in the name of an asset:
  /// `//compute.googleapis.com/projects/P/zones/Z/instances/I`.
  private static func scope(of name: Node) -> String? {
    let parts = name.text.split(separator: "/")
    guard let start = parts.firstIndex(of: "projects"), parts.count - start > 3 else {
      return parts.count >= 2 ? parts.suffix(2).joined(separator: "/") : nil
    }
    return parts[start..<parts.count - 2].joined(separator: "/")
  }

  /// An asset's first ancestor is its project, by number; its name has the id (constraints 4.1).
  private func noteProject(of node: Node) {
    var first: Node?
    node.forEachItem(Key.ancestors, isItem: { _ in false }) { first = first ?? $0 }
    guard let first, first.kind == .string else { return }
    let isKnown = first.withUTF8 { isEqual($0, lastAncestor) }
    if isKnown { return }
    lastAncestor = first.withUTF8 { Array($0) }
    let ancestor = first.text.split(separator: "/")
    let name = node.text(Key.name)?.split(separator: "/") ?? []
    guard ancestor.count == 2, ancestor[0] == "projects", ancestor[1].allSatisfy(\.isNumber),
      let place = name.firstIndex(of: "projects"), place + 1 < name.count,
      !name[place + 1].allSatisfy(\.isNumber)
    else { return }
    builder.noteProject(number: String(ancestor[1]), id: String(name[place + 1]))
  }

  /// Says, when a file ends, what its assets lack.
  ///
  /// - Throws: A refusal where no asset says what it holds.
  func settleAssets() throws(Refusal) {
    if assets.isOpen {
      notePartial(path, at: 0, "the list of assets")
    }
    if assets.withoutResource == 0 { return }
    let advice =
      "export them again with gcloud asset list (or export) --content-type=resource, or with "
      + "gcloud compute ... list --format=json, which has the endpoints as well"
    if assets.withResource == 0 {
      recognized = 0
      let words =
        assets.withoutResource == 1
        ? "its one asset has a name alone" : "its \(assets.withoutResource) assets have names alone"
      throw Refusal(
        message: "this Cloud Asset Inventory export has no resource data (\(words)); \(advice)",
        dialect: Self.assetInventory)
    }
    note(
      "\(assets.withoutResource) of the assets have no resource data and are left out; \(advice)",
      at: nil, severity: .notice)
  }
}
