import Documents
import Resources
import Schema

/// The members of a record that say which resource it is.
private struct IdentityNodes {
  var link: Node?
  var name: Node?
  var zone: Node?
  var region: Node?
  var id: Node?
  var creationTimestamp: Node?
  var description: Node?

  mutating func note(_ role: IdentityRole, _ node: Node) {
    switch role {
    case .none: return
    case .link: link = link ?? node
    case .name: name = name ?? node
    case .zone: zone = zone ?? node
    case .region: region = region ?? node
    case .id: id = id ?? node
    case .creationTimestamp: creationTimestamp = creationTimestamp ?? node
    case .description: description = description ?? node
    }
  }
}

extension FileImporter {
  /// Takes in a resource.
  ///
  /// - Parameters:
  ///   - node: The record, an object.
  ///   - type: Its type's number.
  ///   - context: The scope or project that surrounds it.
  ///   - link: What stands for its selfLink where it has none.
  func takeResource(_ node: Node, type: Int, context: String?, link: Node? = nil) {
    let row = builder.addResource(ofType: type, offset: node.offset)
    var identity = IdentityNodes()
    takeFields(node, ofType: type, row: row) { identity.note($0, $1) }
    identity.link = identity.link ?? link
    recorder?.add(node, type: type, row: row, link: link)
    identify(identity, ofType: type, row: row, context: context, at: node.offset)
  }

  /// Takes in a part; returns its row.
  func takePart(_ node: Node, type: Int) -> Int {
    let row = builder.addPart(ofType: type, offset: node.offset)
    takeFields(node, ofType: type, row: row) { _, _ in }
    if let recorder, type == plans.endpointType || type == plans.memberType {
      recorder.addPart(node, type: type, row: row)
    }
    return row
  }

  /// Takes in the fields of a record; a closure gets those that say which resource it is.
  @inline(__always)
  private func takeFields(
    _ node: Node, ofType type: Int, row: Int, _ identify: (IdentityRole, Node) -> Void
  ) {
    let plan = plans.types[type]
    var done: UInt64 = 0
    for member in node.members {
      let slot = plan.slot(member.name)
      if slot.role != .none { identify(slot.role, member.value) }
      if slot.field == 0 { continue }
      let field = plan.field(slot)
      let cell = Cell(field: field, type: type, row: row)
      let bit: UInt64 = 1 &<< UInt64(truncatingIfNeeded: field.field)
      let isRepeated = done & bit != 0
      done |= bit
      if field.conversion == .parts {
        if !isRepeated { takeParts(node, member, cell) }
      } else if field.isList {
        if !isRepeated { takeTexts(node, member, cell) }
      } else if isRepeated {
        takeRepeated(node, member, cell)
      } else {
        takeScalar(member.value, cell)
      }
    }
  }

  /// A field that is there twice has a value only if both agree.
  private func takeRepeated(_ node: Node, _ member: Member, _ cell: Cell) {
    guard let first = node[member.name] else { return }
    let isSame =
      first.kind == member.value.kind && first.kind != .object && first.text == member.value.text
      && first.bool == member.value.bool
    if !isSame { builder.setUnreadable(cell) }
  }

  private func identify(
    _ nodes: IdentityNodes, ofType type: Int, row: Int, context: String?, at offset: Int
  ) {
    // The name goes first: what is new in a link is mostly the name.
    let name = take(nodes.name, as: .name, ofType: type, row: row)
    let link = take(nodes.link, as: .link, ofType: type, row: row)
    _ = take(nodes.zone, as: .zone, ofType: type, row: row)
    if !plans.types[type].isOfZones { _ = take(nodes.region, as: .region, ofType: type, row: row) }
    if var context, !context.isEmpty {
      context.withUTF8 { builder.identify(.context, ofType: type, row: row, text: $0) }
    }
    if name, let name = nodes.name { checkName(name, ofType: type, row: row) }
    if !link, !name, nodes.link?.isUnset ?? true, nodes.name?.isUnset ?? true {
      note(
        "this record has neither name nor selfLink, so that nothing can refer to it; "
          + "export it whole", at: offset)
    }
    let hasID = nodes.id.map { !$0.isUnset } ?? false
    let isNumbered = hasID && number(of: nodes.id, ofType: type, row: row)
    if isNumbered || link || nodes.creationTimestamp.map({ !$0.isUnset }) ?? false {
      builder.setResolved(ofType: type, row: row)
    }
    if isMadeByGKE(nodes) { builder.setGKEManaged(ofType: type, row: row) }
  }

  /// Takes in a part of a record's identity.
  ///
  /// - Returns: False where there is no text that can be looked at.
  private func take(
    _ node: Node?, as part: GraphBuilder.IdentityText, ofType type: Int, row: Int
  ) -> Bool {
    guard let node, node.kind == .string else { return false }
    return node.withUTF8 { text in
      if text.isEmpty || Placeholder.isOne(text) { return false }
      builder.identify(part, ofType: type, row: row, text: text)
      return true
    }
  }

  /// Notes the API's number of a resource; true where the record has an id of any form.
  private func number(of node: Node?, ofType type: Int, row: Int) -> Bool {
    guard let node else { return false }
    let number = node.withUTF8 { text -> UInt64? in
      var value: UInt64 = 0
      for byte in text {
        guard byte &- 0x30 < 10 else { return nil }
        let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
        let (next, overflow2) = tens.addingReportingOverflow(UInt64(byte &- 0x30))
        if overflow || overflow2 { return nil }
        value = next
      }
      return text.isEmpty ? nil : value
    }
    if let number { builder.setID(number, ofType: type, row: row) }
    return true
  }

  /// Whether a GKE controller made the resource: by its name, or by the JSON that controllers
  /// write into descriptions (constraints 4.9).
  private func isMadeByGKE(_ nodes: IdentityNodes) -> Bool {
    let isNamed =
      nodes.name?.withUTF8 { name in
        name.count > 5 && name[0] == UInt8(ascii: "k") && name[1] == UInt8(ascii: "8")
          && name[2] == UInt8(ascii: "s") && name[4] == UInt8(ascii: "-")
          && (name[3] == UInt8(ascii: "1") || name[3] == UInt8(ascii: "2"))
      } ?? false
    if isNamed { return true }
    return nodes.description?.withUTF8 { text in
      guard text.first == UInt8(ascii: "{") else { return false }
      let text = String(decoding: text, as: UTF8.self)
      return ["\"cluster-uid\"", "\"kubernetes.io/", "\"networking.gke.io/", "\"service-name\""]
        .contains { text.contains($0) }
    } ?? false
  }
}

/// Where a value goes: a field of a row.
struct Cell {
  let field: FieldPlan
  let type: Int
  let row: Int
}

extension GraphBuilder {
  func setUnreadable(_ cell: Cell) {
    setUnreadable(cell.field.field, ofType: cell.type, row: cell.row)
  }

  func repeats(_ cell: Cell, text: UnsafeBufferPointer<UInt8>) -> Bool {
    repeats(cell.field.field, ofType: cell.type, row: cell.row, text: text)
  }

  func set(_ cell: Cell, text: UnsafeBufferPointer<UInt8>) {
    set(cell.field.field, ofType: cell.type, row: cell.row, text: text)
  }
}
