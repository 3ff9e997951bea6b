import Documents
import Schema

extension FileImporter {
  /// Takes in an object, whatever it is (exports.md, part 2, section 1).
  func takeObject(_ node: Node, _ place: Surroundings) throws(Refusal) {
    if let kind = node[Key.kind], kind.kind == .string {
      let number = kinds.number(of: kind)
      switch kinds.entries[number].kind {
      case .resource(let type):
        recognize(place.name)
        takeResource(node, type: type, context: nil)
        return
      case .list(let type):
        takeList(node, type: type, place)
        return
      case .endpoints:
        takeResponse(node, of: .endpoints, place)
        return
      case .members:
        takeResponse(node, of: .members, place)
        return
      case .manifest:
        takeManifest(node)
        return
      case .discovery:
        throw Refusal(
          message: "this is the description of an API (a discovery document), not an export; "
            + "export with gcloud compute ... list --format=json", offset: node.offset)
      case .other where node[Key.items] == nil:
        recognize(place.name)
        kinds.skip(number)
        return
      case .other, .project, .none: break
      }
    }
    try takeObjectWithoutKind(node, place)
  }

  private func takeObjectWithoutKind(_ node: Node, _ place: Surroundings) throws(Refusal) {
    if node.has(Key.headers), node[Key.body] != nil {
      try takeExchange(node, place)
      return
    }
    if takeAssets(in: node) { return }
    if try takeTerraform(node) { return }
    try refuseForeign(node)
    if let error = node[Key.error], error.kind == .object {
      takeError(error, status: nil, at: node.offset)
    } else if node.has(Key.operationType) {
      skip("operation", place)
    } else if let items = node[Key.items], items.kind != .string {
      takeList(node, type: nil, place)
    } else if isEffectiveFirewalls(node) {
      skip("getEffectiveFirewalls", place)
    } else if isMember(node) {
      takeMember(node)
    } else if node.has(Key.healthStatus) || node.has(Key.backend) && node.has(Key.status) {
      skip("getHealth", place)
    } else if node.has(Key.currentAction), node.has(Key.instance) {
      skip("managedInstance", place)
    } else if let result = node[Key.result], result.kind == .array {
      skip("natMappings", place)
    } else if let type = typeByLink(node) {
      recognize(place.name)
      takeResource(node, type: type, context: nil)
    } else if isSnapshot(node) {
      takeSnapshot(node, place)
    } else if let collection = unmodelledCollection(ofLink: node) {
      skip(collection, place)
    } else if node.count == 0, place.dialect == FileImporter.exchange {
      recognize(FileImporter.exchange)
    } else {
      noteStrange(strangeObject(node))
    }
  }

  /// Counts something that is recognised and holds no configuration that rules read.
  func skip(_ what: String, _ place: Surroundings, count: Int = 1) {
    recognize(place.name)
    skippedCollections[what, default: 0] += count
  }

  private func strangeObject(_ node: Node) -> Refusal {
    var names: [String] = []
    for member in node.members.lazy.prefix(8) { names.append(reader.names.name(of: member.name)) }
    let keys = names.isEmpty ? "an empty object" : "the keys \(names.joined(separator: ", "))"
    return Refusal(
      message: "this is \(node.isXML ? "XML" : "JSON"), but no export of Compute resources "
        + "(it has \(keys)); export with gcloud compute ... list --format=json",
      offset: node.offset)
  }

  // MARK: - Recorded exchanges and errors

  static let exchange = "recorded exchange"

  private func takeExchange(_ node: Node, _ place: Surroundings) throws(Refusal) {
    guard let body = node[Key.body], let headers = node[Key.headers] else { return }
    recognize(FileImporter.exchange)
    let status = headers[Key.status].flatMap { $0.text.isEmpty ? nil : $0.text }
    if let error = body[Key.error], error.kind == .object {
      takeError(error, status: status, at: body.offset)
    } else if let status, !status.hasPrefix("2") {
      note(
        "the recorded request failed (status \(status)): the export lacks what it asked for; "
          + "export it again", at: body.offset)
    } else {
      let link = headers.member("content-location")?.setText
      try takeValue(body, place.inside(FileImporter.exchange, link: link))
    }
  }

  private func takeError(_ error: Node, status: String?, at offset: Int) {
    recognize("REST")
    let code = status ?? error[Key.code].map(\.text)
    let message = error.text(Key.message).map { ": \($0)" } ?? ""
    note(
      "the API answered with an error (\(code ?? "no code")\(message)) instead of data; "
        + "grant what it lacks and export again", at: offset)
  }

  // MARK: - Telling objects apart

  private func refuseForeign(_ node: Node) throws(Refusal) {
    if let results = node[Key.results], let first = firstItem(results),
      first[Key.assetType] != nil
    {
      throw Refusal(
        message: "this is a search of assets (searchAllResources), which has no resource bodies; "
          + "export with gcloud compute ... list --format=json", offset: node.offset)
    }
  }

  private func firstItem(_ node: Node) -> Node? {
    for element in node.elements { return element }
    for member in node.members where member.value.kind == .object { return member.value }
    return node.kind == .object ? node : nil
  }

  private func isEffectiveFirewalls(_ node: Node) -> Bool {
    guard node[Key.firewalls] != nil || node[Key.firewallPolicys] != nil else { return false }
    for member in node.members
    where member.name != Key.firewalls && member.name != Key.firewallPolicys {
      if reader.names.name(of: member.name) != "organizationFirewalls" { return false }
    }
    return true
  }

  private func typeByLink(_ node: Node) -> Int? {
    guard let link = node.text(Key.selfLink) else { return nil }
    let parts = link.split(separator: "/")
    return parts.count < 2 ? nil : CollectionName(parts[parts.count - 2])?.type
  }

  private func unmodelledCollection(ofLink node: Node) -> String? {
    guard let link = node.text(Key.selfLink), link.contains("projects/") else { return nil }
    let parts = link.split(separator: "/")
    return parts.count < 2 ? nil : String(parts[parts.count - 2])
  }

  /// Whether the object has collections of the API with lists of objects in them, or the project.
  private func isSnapshot(_ node: Node) -> Bool {
    if let project = node[Key.project], project.kind == .object {
      if node.count == 1 || project.text(Key.kind) == "compute#project" { return true }
    }
    for member in node.members where CollectionName(member.name) != nil {
      switch member.value.kind {
      case .array:
        guard let first = firstItem(member.value) else { return true }
        if first.kind == .object { return true }
      case .object, .null: if node.isXML { return true }
      default: break
      }
    }
    return false
  }
}
