import Documents
import Schema

/// What a page of a list says beside its items.
struct Page {
  var address: ListAddress?
  var type: Int?
  var isAggregated = false
  /// The path of a list of parts: `.../networkEndpointGroups/N/listNetworkEndpoints`.
  var parts: String?
  /// Whether a further page follows.
  var hasNext = false
  /// Whether something is missing that no page will bring.
  var lacksParts = false
  var offset: Int

  /// The list's own path; the input's where the page does not say which list it is of.
  func path(in scope: String? = nil, orFile file: String) -> String {
    if let parts { return parts }
    guard let address else { return file }
    if let scope { return "\(address.scope)/\(scope)/\(address.collection)" }
    return isAggregated
      ? "\(address.scope)/aggregated/\(address.collection)"
      : "\(address.scope)/\(address.collection)"
  }
}

extension FileImporter {
  /// Takes in a page of a list or of an aggregated list.
  func takeList(_ node: Node, type: Int?, _ place: Surroundings) {
    if type == nil, let list = memberList(in: node) {
      takeResponse(node, of: list, place)
      return
    }
    recognize(place.dialect ?? "REST")
    finishGrowingList()
    var page = Page(offset: node.offset)
    page.address =
      (node.text(Key.identifier).flatMap { ListAddress($0) }
        ?? node.text(Key.selfLink).flatMap { ListAddress($0) })
      ?? place.link.flatMap { ListAddress($0) }
    page.type = type ?? page.address.flatMap { CollectionName($0.collection)?.type }
    for member in node.members where member.name == Key.items {
      if isScopeMap(member.value) {
        page.isAggregated = true
        takeScopes(member.value, &page)
      }
    }
    if !page.isAggregated { takeItems(node, Key.items, &page) }
    noteEnd(of: node, &page)
    claim(page)
  }

  /// What a list without a kind holds, if that is endpoints or members, by its first item.
  private func memberList(in node: Node) -> MemberList? {
    var found: MemberList?
    var isFirst = true
    node.forEachItem(Key.items, isItem: isResource) { item in
      if isFirst, item[Key.networkEndpoint] != nil { found = .endpoints }
      if isFirst, isMember(item) { found = .members }
      isFirst = false
    }
    return found
  }

  /// Whether `items` has scopes instead of resources.
  private func isScopeMap(_ node: Node) -> Bool {
    guard node.kind == .object else { return false }
    if !node.isXML { return true }
    for member in node.members { if isScope(member.name) { return true } }
    return false
  }

  private func isScope(_ name: NameID) -> Bool {
    if name == Key.global { return true }
    return reader.names.withUTF8(of: name) { text in
      text.starts(with: "zones/".utf8) || text.starts(with: "regions/".utf8)
    }
  }

  /// Takes in the scopes of an aggregated list that is too large for the tape.
  func takeScopeMap(_ scopes: Node, _ page: inout Page) {
    recognize("REST")
    page.isAggregated = true
    takeScopes(scopes, &page)
  }

  /// Takes in an item of a list that is too large for the tape.
  func takeLargeItem(_ item: Node, _ page: inout Page) {
    guard item.kind == .object else {
      noteBroken(item)
      return
    }
    if let type = page.type {
      takeResource(item, type: type, context: page.address?.scope)
    } else {
      takeUntyped(item, context: page.address?.scope, &page)
    }
  }

  private func takeScopes(_ scopes: Node, _ page: inout Page) {
    for scope in scopes.members {
      let name = reader.names.name(of: scope.name)
      let context = page.address.map { "\($0.scope)/\(name)" } ?? name
      if scope.value.kind != .object && !scope.value.isUnset {
        note("the scope \(name) is no object; export again", at: scope.value.offset)
        page.lacksParts = true
        continue
      }
      var seen: NameID?
      for member in scope.value.members where member.name != seen {
        seen = member.name
        if member.name == Key.warning {
          noteWarning(member.value, of: name, &page)
        } else {
          takeCollection(scope.value, member.name, context: context, &page)
        }
      }
    }
  }

  /// Takes in the resources of a scope or snapshot that stand under a collection's name.
  private func takeCollection(
    _ node: Node, _ name: NameID, context: String?, _ page: inout Page
  ) {
    switch CollectionName(name) {
    case .modelled(let type):
      page.type = page.type ?? type
      takeResources(node, name, type: type, context: context)
    case .unmodelled, nil:
      let count = countItems(node, name)
      if count > 0 { skippedCollections[reader.names.name(of: name), default: 0] += count }
    }
  }

  private func takeItems(_ node: Node, _ name: NameID, _ page: inout Page) {
    let context = page.address?.scope
    if let type = page.type {
      takeResources(node, name, type: type, context: context)
      return
    }
    node.forEachItem(name, isItem: isResource) { item in
      guard item.kind == .object else {
        noteBroken(item)
        return
      }
      takeUntyped(item, context: context, &page)
    }
  }

  /// Takes in an item of a list that does not say what it lists.
  private func takeUntyped(_ item: Node, context: String?, _ page: inout Page) {
    if let kind = item[Key.kind], kind.kind == .string {
      let number = kinds.number(of: kind)
      if case .resource(let type) = kinds.entries[number].kind {
        page.type = type
        takeResource(item, type: type, context: context)
      } else {
        kinds.skip(number)
      }
    } else if let endpoint = item[Key.networkEndpoint], endpoint.kind == .object {
      takeEndpoint(endpoint, in: item)
    } else if isMember(item) {
      takeMember(item)
    } else {
      let collection = page.address.map { String($0.collection) } ?? "items without a kind"
      skippedCollections[collection, default: 0] += 1
    }
  }

  /// Takes in the resources of a type that stand under a name.
  func takeResources(_ node: Node, _ name: NameID, type: Int, context: String?) {
    let plan = plans.types[type]
    node.forEachItem(name, isItem: { plan.isItem($0) }) { item in
      if item.kind == .object {
        takeResource(item, type: type, context: context)
      } else {
        noteBroken(item)
      }
    }
  }

  func noteBroken(_ item: Node) {
    note("this record is no object, and is left out; export it again", at: item.offset)
  }

  private func isResource(_ node: Node) -> Bool {
    for member in node.members {
      if member.name == Key.networkEndpoint { return true }
      let isIdentity =
        member.name == Key.kind || member.name == Key.name || member.name == Key.selfLink
        || member.name == Key.identifier || member.name == Key.instance
      if isIdentity, member.value.kind != .object { return true }
    }
    return false
  }

  func countItems(_ node: Node, _ name: NameID) -> Int {
    var count = 0
    node.forEachItem(name, isItem: isResource) { _ in count += 1 }
    return count
  }

  // MARK: - Completeness

  /// Notes what a page says about parts that it lacks.
  func noteEnd(of node: Node, _ page: inout Page) {
    page.hasNext = node.has(Key.nextPageToken)
    if page.hasNext, let token = node[Key.nextPageToken] { page.offset = token.offset }
    if let warning = node[Key.warning] { noteWarning(warning, of: nil, &page) }
    guard node.has(Key.unreachables) else { return }
    var places: [String] = []
    node.forEachItem(Key.unreachables, isItem: { _ in false }) { places.append($0.text) }
    page.lacksParts = true
    noteRefusal(
      page.path(orFile: path), at: node[Key.unreachables]?.offset ?? node.offset,
      "the list lacks what the API could not reach (\(places.joined(separator: ", "))); "
        + "export it again")
  }

  func noteWarning(_ warning: Node, of scope: String?, _ page: inout Page) {
    guard warning.kind == .object, let code = warning.text(Key.code) else { return }
    if code == "NO_RESULTS_ON_PAGE" { return }
    page.lacksParts = true
    let place = scope.map { " of \($0)" } ?? ""
    let message = warning.text(Key.message).map { ": \($0)" } ?? ""
    noteRefusal(
      page.path(in: scope, orFile: path), at: warning.offset,
      "the list\(place) may lack resources (\(code)\(message)); export it again")
  }

  /// Says how complete the list of a page is; nobody asks that of unmodelled resources.
  func claim(_ page: Page) {
    guard let type = page.type, let collection = Schema.types[type].collection,
      page.address != nil || page.isAggregated
    else { return }
    let scope = page.address?.scope ?? ""
    claims.append(
      ListClaim(
        list: ListClaim.List(collection: collection, scope: scope), file: file,
        isOpen: page.hasNext, lacksParts: page.lacksParts,
        page: (page.path(orFile: path), page.offset)))
  }

  /// Notes, when a file ends, that a list's last page is not in it.
  func noteOpenLists(from first: Int) {
    for index in claims.indices.dropFirst(first) where claims[index].isOpen {
      let list = claims[index].list
      if index + 1 < claims.count, claims[index + 1].list == list { continue }
      let page = claims[index].page ?? (path, 0)
      notePartial(page.path, at: page.offset)
    }
  }
}
