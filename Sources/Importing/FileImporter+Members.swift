import Documents
import Resources
import Schema

/// A list of endpoints or members that grows while its elements or pages come.
struct GrowingList {
  let list: MemberList
  /// Whose list it is; nil where nothing says so.
  let owner: String?
  let start: Int
  let offset: Int
  var count = 0
  /// Whether the last page said that another one follows.
  var isOpen = false
  /// Whether something is missing that no page will bring.
  var lacksParts = false
}

extension FileImporter {
  /// Takes in a page of a listNetworkEndpoints or listInstances response.
  func takeResponse(_ node: Node, of list: MemberList, _ place: Surroundings) {
    recognize(place.dialect ?? "REST")
    let owner =
      (node.text(Key.identifier).flatMap { list.owner(inLink: $0) }
        ?? node.text(Key.selfLink).flatMap { list.owner(inLink: $0) })
      ?? place.link.flatMap { list.owner(inLink: $0) } ?? owners.owner(of: list, path: path)
    grow(list, owner: owner, at: node.offset)
    node.forEachItem(Key.items, isItem: isListed) { item in
      switch list {
      case .endpoints:
        if let inner = item[Key.networkEndpoint], inner.kind == .object {
          takeEndpoint(inner, in: item)
        } else {
          takeEndpoint(item, isResponse: true, at: item.offset)
        }
      case .members: takeMember(item)
      }
    }
    var page = Page(offset: node.offset)
    page.parts = owner.map { "\($0)/\(list.response)" }
    noteEnd(of: node, &page)
    growing?.isOpen = page.hasNext
    if page.lacksParts { growing?.lacksParts = true }
  }

  private func isListed(_ node: Node) -> Bool {
    for member in node.members {
      if member.name == Key.networkEndpoint || member.name == Key.healths { return true }
      if member.name == Key.instance, member.value.kind != .object { return true }
      if member.name == Key.status, member.value.kind != .object { return true }
    }
    return false
  }

  /// Whether an object is a member of an instance group: a VM, its state, and perhaps ports.
  func isMember(_ node: Node) -> Bool {
    guard let instance = node[Key.instance], instance.kind == .string else { return false }
    guard let status = node[Key.status], status.kind == .string else { return false }
    return node.isXML || node.count <= 3
  }

  /// Takes in an endpoint; the first one of a file's array starts a list.
  func takeEndpoint(_ node: Node, isResponse: Bool, at offset: Int) {
    _ = takeListed(.endpoints, node, isResponse: isResponse, at: offset)
  }

  /// Takes in an endpoint of a response, which stands in an object beside its healths.
  func takeEndpoint(_ node: Node, in wrapper: Node) {
    guard let row = takeListed(.endpoints, node, isResponse: true, at: wrapper.offset) else {
      return
    }
    takeHealths(of: wrapper, row: row)
  }

  /// Says that an element of an array is taken in next: the texts of endpoints, of which there are
  /// the most, are all over the table of texts.
  func prepare(_ node: Node) {
    guard node.count == 1, let endpoint = node[Key.networkEndpoint] else { return }
    for member in endpoint.members where member.value.kind == .string {
      member.value.withUTF8 { builder.prepare(text: $0) }
    }
  }

  /// Takes in what health checks say of an endpoint.
  func takeHealths(of wrapper: Node, row: Int) {
    guard wrapper.count > 1,
      let healths = wrapper.members.first(where: { $0.name == Key.healths })
    else { return }
    recorder?.addHealths(of: wrapper, row: row)
    let plan = plans.types[plans.endpointType]
    let slot = plan.slot(Key.healths)
    if slot.field == 0 { return }
    let cell = Cell(field: plan.field(slot), type: plans.endpointType, row: row)
    takeParts(wrapper, healths, cell)
  }

  /// Takes in a member of an instance group; the first one of a file's array starts a list.
  func takeMember(_ node: Node) {
    _ = takeListed(.members, node, isResponse: true, at: node.offset)
  }

  /// Takes in an element of a list; returns its row, or nil where it is left out.
  private func takeListed(
    _ list: MemberList, _ node: Node, isResponse: Bool, at offset: Int
  ) -> Int? {
    if growing?.list != list {
      recognize("gcloud")
      grow(list, owner: owners.owner(of: list, path: path), at: offset)
    }
    guard node.kind == .object else {
      note("this record is no object, and is left out; export it again", at: node.offset)
      growing?.lacksParts = true
      return nil
    }
    growing?.count += 1
    guard growing?.owner != nil else { return nil }
    let part = list == .endpoints ? plans.endpointType : plans.memberType
    let row = takePart(node, type: part)
    if isResponse { builder.setResolved(ofType: part, row: row) }
    return row
  }

  /// Starts a list, or goes on with the one of which the last page has a next one.
  private func grow(_ list: MemberList, owner: String?, at offset: Int) {
    if let last = growing, last.list == list, last.isOpen, last.owner == owner, owner != nil {
      growing?.isOpen = false
      return
    }
    finishGrowingList()
    let part = list == .endpoints ? plans.endpointType : plans.memberType
    growing = GrowingList(
      list: list, owner: owner, start: builder.rowCount(ofType: part), offset: offset)
  }

  /// Gives the list that was growing to its owner.
  func finishGrowingList() {
    guard let list = growing else { return }
    growing = nil
    guard let owner = list.owner else {
      noteUnowned(list)
      return
    }
    if list.isOpen {
      notePartial("\(owner)/\(list.list.response)", at: list.offset)
    }
    attach(
      list.list, to: owner, from: list.start, at: list.offset,
      isPartial: list.isOpen || list.lacksParts)
  }

  /// Gives the rows from `start` on to an owner.
  func attach(
    _ list: MemberList, to owner: String, from start: Int, at offset: Int,
    isPartial: Bool = false, change: PlannedChange? = nil
  ) {
    let place = list.place
    builder.attach(
      toField: place.field, ofType: place.type, owner: owner, partsFrom: start,
      count: builder.rowCount(ofType: place.part) - start, offset: offset, isPartial: isPartial,
      change: change)
  }

  private func noteUnowned(_ list: GrowingList) {
    let words = list.list.words
    let advice =
      list.list == .endpoints
      ? ", or name the group with --endpoints NEG_SELFLINK=FILE" : ""
    note(
      "these are \(words.items) of \(words.owner == "instance group" ? "an" : "a") \(words.owner), "
        + "and nothing says of which; save the file as "
        + "zones/ZONE/\(list.list.collection)/NAME.json below any directory\(advice)",
      at: list.offset)
  }
}
