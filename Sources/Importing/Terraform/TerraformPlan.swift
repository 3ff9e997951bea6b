import Documents
import Resources
import Schema

/// The resources of a plan or state, and how they refer to each other.
final class TerraformPlan {
  private(set) var records: [TerraformRecord] = []
  /// The records of each block of each module, in their order.
  private var instances: [String: [Int]] = [:]
  /// The instances of modules, by the address without the last index.
  private var moduleInstances: [String: Set<String>] = [:]
  let configuration: TerraformConfiguration

  init(configuration: TerraformConfiguration) { self.configuration = configuration }

  /// Adds a resource.
  func add(_ record: TerraformRecord) {
    instances["\(record.module)|\(record.block)", default: []].append(records.count)
    records.append(record)
    var module = ""
    for step in TerraformAddress.steps(record.module) where step.name != "module" {
      let call = module.isEmpty ? "module.\(step.name)" : "\(module).module.\(step.name)"
      module = call + step.index
      moduleInstances[call, default: []].insert(module)
    }
  }

  /// Finds out who each resource is; to be called once all are there.
  func identify() {
    for index in records.indices {
      let record = records[index]
      var identity = TerraformIdentity()
      identity.name = record.text("name").map { .known($0) } ?? .unapplied
      identity.project = part("project", of: record)
      switch record.type.scope {
      case .zonal: identity.location = part("zone", of: record)
      case .regional:
        identity.location = part("region", of: record)
        if identity.location == .unnamed, case .known(let zone) = part("zone", of: record) {
          identity.location = .known(TerraformIdentity.region(ofZone: zone))
        }
      case .global, .none: break
      }
      records[index].identity = identity
    }
  }

  /// An attribute that the provider completes where the resource does not set it.
  private func part(_ name: StaticString, of record: TerraformRecord) -> TerraformIdentity.Part {
    if let text = record.text(name) { return .known(TerraformIdentity.lastPart(text)) }
    guard let code = configuration.resource(record.block, inModule: record.module) else {
      return record.isUnknown(name) ? .unapplied : .unnamed
    }
    if record.isUnknown(name), code.member("expressions")?.member(name) != nil {
      return .unapplied
    }
    guard let (expression, module) = configuration.providerArgument(name, of: code) else {
      return .unnamed
    }
    guard let text = constant(expression, module: module, depth: 0) else { return .unapplied }
    return .known(TerraformIdentity.lastPart(text))
  }

  /// The value of an expression that is a constant or a variable.
  private func constant(_ expression: Node, module: String, depth: Int) -> String? {
    if let value = expression.member("constant_value") { return value.setText }
    let references = Self.references(of: expression)
    guard references.count == 1, depth < Self.deepest, let steps = references.first,
      steps.count == 2, steps[0].name == "var"
    else { return nil }
    if module.isEmpty { return configuration.variable(steps[1].name)?.setText }
    return configuration.argument(steps[1].name, ofModule: module).flatMap {
      constant($0, module: TerraformAddress.parent(ofModule: module), depth: depth + 1)
    }
  }

  // MARK: - References

  /// One step of the way from a resource to an attribute.
  struct PathStep {
    var name: String
    /// Which of the blocks of that name, where there may be several.
    var index: Int?
    /// The blocks.
    var blocks: Node?
  }

  /// What an expression refers to: resources, and the attribute of theirs.
  private struct Target {
    var records: [Int]
    var attribute: [TerraformAddress.Step]
  }

  /// Where an expression stands.
  private struct Frame {
    var module: String
    /// The index of the resource or module, which `each.key` and `count.index` mean.
    var index: String
    /// What `each.value` is a part of.
    var forEach: Node?
  }

  private static let deepest = 32
  private static let mostReferences = 256
  private static let mostExpressions = 4096
  /// How many more expressions may be looked at for one attribute.
  private var budget = 0

  /// The reference that an attribute will hold, though its text is not known yet.
  ///
  /// - Parameters:
  ///   - path: The way to the attribute.
  ///   - record: The resource that has it.
  ///   - collections: The collections that it may point into; none means any.
  ///   - depth: How many references were followed already.
  /// - Returns: The path of the resource, or what stands for it; nil where that cannot be told.
  func reference(
    at path: [PathStep], of record: TerraformRecord, into collections: [String], depth: Int = 0
  ) -> String? {
    if depth == 0 { budget = Self.mostExpressions }
    guard depth < Self.deepest, let expression = expression(at: path, of: record) else {
      return nil
    }
    let code = configuration.resource(record.block, inModule: record.module)
    let frame = Frame(
      module: record.module, index: record.index, forEach: code?.member("for_each_expression"))
    guard let targets = targets(of: expression, in: frame, depth: depth), targets.count == 1,
      let target = targets.first, target.records.count == 1, let index = target.records.first
    else { return nil }
    let found = records[index]
    let attribute = target.attribute.last?.name ?? ""
    if target.attribute.count <= 1, Self.links.contains(attribute) {
      guard case .resource = found.type.target else { return nil }
      return link(to: found, collection: found.type.collection, in: collections)
    }
    if attribute == "instance_group", found.type.apiType == "InstanceGroupManager" {
      // The group has the manager's name and place.
      return link(to: found, collection: "instanceGroups", in: collections)
    }
    let steps = target.attribute.map {
      PathStep(name: $0.name, index: Int($0.index.dropFirst().dropLast()))
    }
    return reference(at: steps, of: found, into: collections, depth: depth + 1)
  }

  private static let links: Set<String> = ["", "id", "self_link", "self_link_unique", "name"]

  private func link(
    to record: TerraformRecord, collection: String, in collections: [String]
  ) -> String? {
    guard collections.isEmpty || collections.contains(collection) else { return nil }
    guard let name = record.identity.name.text, !record.identity.isUnapplied(record.type.scope)
    else { return Unapplied.name(of: record.address) }
    return "\(record.identity.place(record.type.scope, unknown: ""))/\(collection)/\(name)"
  }

  private func expression(at path: [PathStep], of record: TerraformRecord) -> Node? {
    let code = configuration.resource(record.block, inModule: record.module)
    guard var node = code?.member("expressions") else { return nil }
    for step in path {
      guard let next = node.member(named: step.name) else { return nil }
      guard next.kind == .array else {
        node = next
        continue
      }
      guard let block = TerraformBlocks(next, step.blocks).expression(of: step.index ?? 0) else {
        return nil
      }
      node = block
    }
    return node
  }

  /// The references of an expression, without those that are the start of another one.
  private static func references(of expression: Node) -> [[TerraformAddress.Step]] {
    guard let list = expression.member("references"), list.count <= mostReferences else {
      return []
    }
    let texts = list.elements.compactMap(\.setText)
    return texts.filter { text in
      !texts.contains { $0.hasPrefix("\(text).") || $0.hasPrefix("\(text)[") }
    }.map(TerraformAddress.steps)
  }

  /// What an expression refers to; nil where something of it cannot be followed.
  private func targets(of expression: Node, in frame: Frame, depth: Int) -> [Target]? {
    guard depth < Self.deepest, budget > 0 else { return nil }
    budget -= 1
    let references = Self.references(of: expression)
    let isByKey = references.contains { steps in
      steps.count == 2 && ["each.key", "count.index"].contains("\(steps[0].name).\(steps[1].name)")
    }
    var targets: [Target] = []
    for steps in references {
      guard let found = self.targets(of: steps, in: frame, isByKey: isByKey, depth: depth + 1)
      else { return nil }
      targets += found
    }
    return targets
  }

  private func targets(
    of steps: [TerraformAddress.Step], in frame: Frame, isByKey: Bool, depth: Int
  ) -> [Target]? {
    guard let first = steps.first, steps.count > 1 else { return nil }
    switch first.name {
    case "count", "path", "terraform", "self": return []
    case "local", "data": return nil
    case "each":
      if steps[1].name == "key" { return [] }
      guard let forEach = frame.forEach else { return nil }
      let found = targets(of: forEach, in: frame, depth: depth)
      return found.map { choose($0, index: frame.index, attribute: Array(steps.dropFirst(2))) }
    case "var": return argument(steps, in: frame, depth: depth)
    case "module": return output(steps, in: frame, isByKey: isByKey, depth: depth)
    default:
      let all = instances["\(frame.module)|\(first.name).\(steps[1].name)"] ?? []
      if all.isEmpty { return nil }
      let target = Target(records: all, attribute: Array(steps.dropFirst(2)))
      let index = steps[1].index.isEmpty && isByKey ? frame.index : steps[1].index
      return choose([target], index: index, attribute: [])
    }
  }

  /// What a variable of a module is given by the call.
  private func argument(
    _ steps: [TerraformAddress.Step], in frame: Frame, depth: Int
  ) -> [Target]? {
    guard !frame.module.isEmpty,
      let argument = configuration.argument(steps[1].name, ofModule: frame.module)
    else { return [] }
    let caller = Frame(
      module: TerraformAddress.parent(ofModule: frame.module),
      index: TerraformAddress.steps(frame.module).last?.index ?? "",
      forEach: configuration.call(ofModule: frame.module)?.member("for_each_expression"))
    return targets(of: argument, in: caller, depth: depth).map {
      choose($0, index: steps[1].index, attribute: Array(steps.dropFirst(2)))
    }
  }

  /// What an output of a module is.
  private func output(
    _ steps: [TerraformAddress.Step], in frame: Frame, isByKey: Bool, depth: Int
  ) -> [Target]? {
    guard steps.count > 2 else { return nil }
    let start = frame.module.isEmpty ? "" : "\(frame.module)."
    let call = "\(start)module.\(steps[1].name)"
    let index = steps[1].index.isEmpty && isByKey ? frame.index : steps[1].index
    var module = call + index
    if index.isEmpty, let all = moduleInstances[call], !all.contains(module) {
      guard all.count == 1, let only = all.first else { return nil }
      module = only
    }
    guard let expression = configuration.output(steps[2].name, ofModule: module) else {
      return nil
    }
    let found = targets(of: expression, in: Frame(module: module, index: ""), depth: depth)
    return found.map { choose($0, index: steps[2].index, attribute: Array(steps.dropFirst(3))) }
  }

  /// The targets that an index and an attribute behind an expression leave.
  private func choose(
    _ targets: [Target], index: String, attribute: [TerraformAddress.Step]
  ) -> [Target] {
    targets.map { target in
      var target = target
      if target.records.count > 1, !index.isEmpty {
        target.records.removeAll { records[$0].index != index }
      }
      target.attribute += attribute
      return target
    }
  }
}

extension TerraformAddress {
  /// The module that calls a module; empty for the root module.
  static func parent(ofModule module: String) -> String {
    steps(module).dropLast(2).map { $0.name + $0.index }.joined(separator: ".")
  }
}
