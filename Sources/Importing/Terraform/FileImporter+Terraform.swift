import Documents
import Resources
import Schema

extension FileImporter {
  static let terraform = "Terraform"
  private static let formats: Set<String> = ["0.1", "0.2", "1.0", "1.1", "1.2"]

  /// Takes in a plan or state as `terraform show -json` prints it, a state file, or a test's
  /// wrapper around one of them.
  ///
  /// - Returns: False for an object that is none of these.
  /// - Throws: A refusal for a version that is not read.
  func takeTerraform(_ node: Node) throws(Refusal) -> Bool {
    let hasVersion = node.has(Key.formatVersion) || node.has(Key.terraformVersion)
    let isRaw =
      node[Key.version] != nil && (node[Key.resources] != nil || node[Key.modules] != nil)
      && (hasVersion || node.member("lineage") != nil || node.member("serial") != nil)
    if isRaw {
      try takeStateFile(node)
    } else if hasVersion, Self.isPlan(node) {
      try checkFormat(node, "plan")
      takePlan(node)
    } else if hasVersion, let values = node[Key.values] {
      try checkFormat(node, "state")
      takeState(values)
    } else if node.has(Key.formatVersion), node.count <= 2 {
      try checkFormat(node, "state")
      recognize(Self.terraform)
    } else if node[Key.pytestTerraform] != nil, let resources = node[Key.resources] {
      takeTestState(resources)
    } else if let mock = node[Key.mock], mock.kind == .object,
      mock.members.contains(where: { $0.value.member("tfplan") != nil })
    {
      for member in mock.members {
        if let plan = member.value.member("tfplan") { takePlan(plan) }
      }
    } else {
      return false
    }
    return true
  }

  private static func isPlan(_ node: Node) -> Bool {
    node.member("planned_values") != nil || node.member("resource_changes") != nil
  }

  private func checkFormat(_ node: Node, _ what: String) throws(Refusal) {
    guard let version = node[Key.formatVersion].map(\.text), !Self.formats.contains(version) else {
      return
    }
    throw Refusal(
      message: "this is a Terraform \(what) in format \(version), which is not read (0.1 to 1.2 "
        + "are); write it with terraform show -json of Terraform 0.12 to 1.x, or update neglint",
      offset: node.offset, dialect: Self.terraform)
  }

  // MARK: - Plans

  private func takePlan(_ node: Node) {
    recognize(Self.terraform)
    hasPlan = true
    let plan = TerraformPlan(configuration: TerraformConfiguration(plan: node))
    var removed: [TerraformRecord] = []
    if let changes = node.member("resource_changes") {
      changes.forEachItem { add($0, to: plan, &removed) }
    } else if let module = node.member("planned_values")?.member("root_module") {
      addResources(of: module, to: plan, isPlan: true)
    }
    if node.member("errored")?.bool == true || node.member("complete")?.bool == false {
      noteRefusal(
        path, at: node.offset, "the plan ended early and may lack changes; plan again")
    }
    isPlan = true
    take(plan, isState: false)
    isPlan = false
    let past = TerraformPlan(configuration: plan.configuration)
    for record in removed { past.add(record) }
    take(past, isState: false)
  }

  /// Adds what a change leads to, and what it removes.
  private func add(
    _ change: Node, to plan: TerraformPlan, _ removed: inout [TerraformRecord]
  ) {
    let type = change.text(Key.type) ?? ""
    guard isManaged(change, type: type), let known = known(type) else { return }
    let actions = change.member("change")?.member("actions").map { node in
      Set(node.elements.compactMap(\.setText))
    }
    if isOverlay, actions?.contains("delete") == true, !change.has(Key.deposed),
      let before = change.member("change")?.member("before"), before.kind == .object,
      var record = record(change, type: known, values: before)
    {
      record.isRemoved = true
      removed.append(record)
    }
    guard !change.has(Key.deposed), let values = change.member("change")?.member("after"),
      values.kind == .object
    else {
      if !isOverlay { skippedCollections["\(type) to be deleted", default: 0] += 1 }
      return
    }
    guard var record = record(change, type: known, values: values) else { return }
    record.unknown = change.member("change")?.member("after_unknown")
    record.actions = actions ?? []
    plan.add(record)
  }

  // MARK: - States

  private func takeState(_ values: Node) {
    recognize(Self.terraform)
    let plan = TerraformPlan(configuration: TerraformConfiguration())
    if let module = values.member("root_module") {
      addResources(of: module, to: plan, isPlan: false)
    }
    take(plan, isState: true)
  }

  /// Adds the resources of a module and of those below it.
  ///
  /// Unknown values are left out of a plan's, where values that are not set are null.
  private func addResources(of module: Node, to plan: TerraformPlan, isPlan: Bool) {
    module[Key.resources]?.forEachItem { resource in
      let type = resource.text(Key.type) ?? ""
      guard isManaged(resource, type: type), let known = known(type),
        let values = resource[Key.values], values.kind == .object,
        var record = record(resource, type: known, values: values)
      else { return }
      record.lacksUnknown = isPlan
      plan.add(record)
    }
    module.member("child_modules")?.forEachItem {
      addResources(of: $0, to: plan, isPlan: isPlan)
    }
  }

  private func takeStateFile(_ node: Node) throws(Refusal) {
    let version = node[Key.version]?.int ?? 0
    guard version == 4 else {
      let words =
        version == 3 ? "of version 3, as Terraform 0.11 wrote it" : "of version \(version)"
      throw Refusal(
        message: "this is a Terraform state \(words), which is not read; write it with terraform "
          + "show -json of Terraform 0.12 or later", offset: node.offset, dialect: Self.terraform)
    }
    recognize(Self.terraform)
    let plan = TerraformPlan(configuration: TerraformConfiguration())
    node[Key.resources]?.forEachItem { resource in
      let type = resource.text(Key.type) ?? ""
      guard isManaged(resource, type: type), let known = known(type) else { return }
      resource[Key.instances]?.forEachItem { instance in
        guard !instance.has(Key.deposed) else { return }
        guard let values = instance[Key.attributes], values.kind == .object else {
          note(
            "this resource has its attributes in the form of Terraform 0.11 and is left out; "
              + "write the state with terraform show -json", at: instance.offset)
          return
        }
        let module = resource.member("module")?.setText ?? ""
        let block = "\(type).\(resource.text(Key.name) ?? "")"
        let index = Self.index(instance.member("index_key"))
        plan.add(
          TerraformRecord(
            address: (module.isEmpty ? block : "\(module).\(block)") + index, module: module,
            block: block, index: index, type: known, values: values, offset: values.offset))
      }
    }
    take(plan, isState: true)
  }

  /// Takes in the resources that pytest-terraform writes, by type and name.
  private func takeTestState(_ resources: Node) {
    recognize(Self.terraform)
    let plan = TerraformPlan(configuration: TerraformConfiguration())
    for type in resources.members {
      guard let known = known(type.nameText) else { continue }
      for resource in type.value.members where resource.value.kind == .object {
        let block = "\(type.nameText).\(resource.nameText)"
        plan.add(
          TerraformRecord(
            address: block, module: "", block: block, index: "", type: known,
            values: resource.value, offset: resource.value.offset))
      }
    }
    take(plan, isState: true)
  }

  // MARK: - Records

  private func isManaged(_ node: Node, type: String) -> Bool {
    if node.text(Key.mode) != "data" { return true }
    skippedCollections["data.\(type)", default: 0] += 1
    return false
  }

  /// The type of that name; counts resources of others.
  private func known(_ type: String) -> TerraformType? {
    if let known = TerraformType(type) { return known }
    skippedCollections[type.isEmpty ? "resources without a type" : type, default: 0] += 1
    return nil
  }

  private func record(_ node: Node, type: TerraformType, values: Node) -> TerraformRecord? {
    let block = "\(node.text(Key.type) ?? "").\(node.text(Key.name) ?? "")"
    let address = node.text(Key.address) ?? block
    guard let place = address.range(ofLast: block) else {
      noteBroken(node)
      return nil
    }
    let module = address[..<place.lowerBound]
    return TerraformRecord(
      address: address, module: String(module.hasSuffix(".") ? module.dropLast() : module),
      block: block, index: String(address[place.upperBound...]), type: type, values: values,
      offset: node.offset)
  }

  private static func index(_ key: Node?) -> String {
    guard let key, key.kind == .string || key.kind == .number else { return "" }
    return key.kind == .number ? "[\(key.text)]" : "[\"\(key.text)\"]"
  }

  private func take(_ plan: TerraformPlan, isState: Bool) {
    plan.identify()
    var endpoints = TerraformEndpoints()
    for record in plan.records {
      switch record.type.target {
      case .resource(let name):
        guard let type = record.type.schemaType else {
          skippedCollections[name, default: 0] += 1
          continue
        }
        takeResource(record, of: plan, type: type, isState: isState)
      case .endpoint, .endpoints: endpoints.add(record, of: plan)
      }
    }
    take(endpoints, of: plan, isState: isState)
  }

  private func takeResource(
    _ record: TerraformRecord, of plan: TerraformPlan, type: Int, isState: Bool
  ) {
    let scope = record.type.scope
    let isUnapplied = record.identity.isUnapplied(scope)
    if isUnapplied, record.isRemoved { return }
    let name = record.identity.name.text
    let link = isState ? record.text("self_link") : nil
    let node = terraformRewriter.rewrite(record, of: plan, type: type) { writer in
      if let link {
        writer.name(Key.selfLink, at: record.offset)
        writer.text(link, at: record.offset)
      }
      writer.name(Key.name, at: record.offset)
      writer.text(
        isUnapplied ? Unapplied.name(of: record.address) : name ?? "", at: record.offset)
    }
    takeResource(
      node, type: type, context: record.identity.place(scope, unknown: Unapplied.place))
    let row = builder.rowCount(ofType: type) - 1
    if isState { builder.setResolved(ofType: type, row: row) }
    builder.setAddress(
      record.address, ofType: type, row: row, isUnapplied: isUnapplied,
      change: isOverlay ? record.change : nil)
  }
}

extension Node {
  /// Calls a closure with each element of an array, or each child of an element of XML.
  fileprivate func forEachItem(_ body: (Node) -> Void) {
    for element in elements { body(element) }
    for member in members { body(member.value) }
  }
}

extension String {
  /// Where a text stands for the last time.
  fileprivate func range(ofLast text: String) -> Range<Index>? {
    var end = endIndex
    while end > startIndex {
      if self[..<end].hasSuffix(text) { return index(end, offsetBy: -text.count)..<end }
      end = index(before: end)
    }
    return nil
  }
}
