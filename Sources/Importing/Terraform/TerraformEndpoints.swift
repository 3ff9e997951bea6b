import Documents
import Resources
import Schema

/// The endpoints of a plan or state, which are resources of their own, by the group they are of.
struct TerraformEndpoints {
  /// The endpoints of one group.
  struct Group {
    var owner: String
    var records: [TerraformRecord] = []
    /// Whether one resource says that these are all endpoints.
    var isWhole = false
    /// What the plan does with them.
    var change = PlannedChange.unchanged
  }

  private(set) var groups: [Group] = []
  /// Endpoints of groups that are known only once the plan is applied.
  private(set) var homeless: [TerraformRecord] = []
  private var places: [String: Int] = [:]

  /// Adds a resource that is an endpoint, or all endpoints of a group.
  mutating func add(_ record: TerraformRecord, of plan: TerraformPlan) {
    guard let owner = Self.owner(of: record, in: plan) else {
      homeless.append(record)
      return
    }
    let place = places[owner] ?? groups.count
    if place == groups.count {
      places[owner] = place
      groups.append(Group(owner: owner))
    }
    groups[place].records.append(record)
    if record.change != .unchanged { groups[place].change = record.change }
    if record.type.target == .endpoints { groups[place].isWhole = true }
  }

  /// Makes sure that a group that the plan makes has a list, with or without endpoints.
  ///
  /// It is whole unless some endpoint may belong to any group.
  mutating func addNew(_ owner: String) {
    let place = places[owner] ?? groups.count
    if place == groups.count {
      places[owner] = place
      groups.append(Group(owner: owner))
    }
    groups[place].change = .planned
    if homeless.isEmpty { groups[place].isWhole = true }
  }

  private static let attributes: [StaticString] = [
    "network_endpoint_group", "region_network_endpoint_group", "global_network_endpoint_group",
  ]

  /// The path of an endpoint's group; nil where it is not known.
  private static func owner(of record: TerraformRecord, in plan: TerraformPlan) -> String? {
    for attribute in attributes {
      if let text = record.text(attribute) {
        if text.contains("/") { return MemberList.endpoints.owner(inLink: text) }
        guard !record.hasUnknownPlace else { return nil }
        let place = record.identity.place(record.type.scope, unknown: "")
        return "\(place)/networkEndpointGroups/\(text)"
      }
      guard record.isUnknown(attribute) else { continue }
      let step = TerraformPlan.PathStep(name: "\(attribute)")
      return plan.reference(at: [step], of: record, into: ["networkEndpointGroups"])
    }
    return nil
  }
}

extension TerraformRecord {
  /// Whether the project, zone or region is not known.
  fileprivate var hasUnknownPlace: Bool {
    identity.project == .unapplied || type.scope != .global && identity.location.text == nil
  }

  /// The path of the resource, or what stands for it.
  var path: String {
    guard let name = identity.name.text, !identity.isUnapplied(type.scope) else {
      return Unapplied.name(of: address)
    }
    return "\(identity.place(type.scope, unknown: ""))/\(type.collection)/\(name)"
  }
}

extension FileImporter {
  /// Takes in the endpoints of a plan or state.
  ///
  /// They are all endpoints of a group that the plan makes, and of one whose endpoints one resource
  /// lists; of others there may be more, which Terraform does not know.
  func take(_ endpoints: TerraformEndpoints, of plan: TerraformPlan, isState: Bool) {
    var endpoints = endpoints
    for record in plan.records
    where record.isCreated && record.type.target == .resource("NetworkEndpointGroup") {
      endpoints.addNew(record.path)
    }
    let type = plans.endpointType
    for group in endpoints.groups {
      let start = builder.rowCount(ofType: type)
      var isPartial = !group.isWhole
      for record in group.records {
        if !takeEndpoints(record, of: plan, isState: isState) { isPartial = true }
      }
      let offset = group.records.first?.offset ?? 0
      attach(
        .endpoints, to: group.owner, from: start, at: offset, isPartial: isPartial,
        change: isOverlay ? group.change : nil)
    }
    for record in endpoints.homeless {
      note(
        "\(record.address) is an endpoint of a group that nobody knows before the plan is applied, "
          + "and is left out", at: record.offset, severity: .notice)
    }
  }

  /// Takes in what a resource has of endpoints; false where it is not known what they are.
  private func takeEndpoints(
    _ record: TerraformRecord, of plan: TerraformPlan, isState: Bool
  ) -> Bool {
    let type = plans.endpointType
    if record.type.target == .endpoint {
      takeEndpoint(terraformRewriter.rewrite(record, of: plan, type: type), record, isState)
      return true
    }
    let node = terraformRewriter.rewrite(record, of: plan, type: MemberList.endpoints.place.type)
    let list = node[Key.networkEndpoints]
    for item in list.map({ Array($0.elements) }) ?? [] { takeEndpoint(item, record, isState) }
    return !(list?.isPlaceholder ?? false)
  }

  private func takeEndpoint(_ node: Node, _ record: TerraformRecord, _ isState: Bool) {
    let type = plans.endpointType
    let row = takePart(node, type: type)
    if isState { builder.setResolved(ofType: type, row: row) }
    builder.setAddress(record.address, ofType: type, row: row)
  }
}
