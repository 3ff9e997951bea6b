import CEL
import Resources
import Schema

/// Asks a graph what expressions of rules give.
struct Probe {
  let graph: ResourceGraph
  let context: Context

  init(_ graph: ResourceGraph) {
    self.graph = graph
    context = Context(host: graph)
  }

  /// What an expression gives with `self` being a resource, as text.
  ///
  /// References are written as paths, parts as locators; `unknown(...)` names what is missing, and
  /// an open list ends in `...(...)`.
  func value(_ expression: String, of path: String) -> String {
    evaluate(expression, of: path).map { text(of: $0) } ?? "no record \(path)"
  }

  /// The resource of a path.
  func record(_ path: String) -> (type: String, value: Value)? {
    for (type, description) in Schema.types.enumerated() where !description.isPart {
      for row in 0..<graph.rowCount(ofType: type) {
        guard let record = graph.subject(type: type, row: row) else { continue }
        if graph.path(of: record) == path { return (description.name, record) }
      }
    }
    return nil
  }

  /// All subjects of a type: resources by their paths, parts by path and locator.
  func subjects(_ type: String) -> [String] {
    guard let number = Schema.index(of: type) else { return [] }
    return (0..<graph.rowCount(ofType: number)).compactMap { row in
      graph.subject(type: number, row: row).map { text(of: $0) }
    }
  }

  /// A value as `value(_:of:)` writes it.
  func text(of value: Value) -> String {
    if let causes = value.causes { return "unknown(\(missing(causes)))" }
    if value.isError { return "error: \(context.errorMessage(of: value))" }
    if value.tag == .record {
      return [graph.path(of: value), graph.locator(of: value)].compactMap(\.self)
        .joined(separator: " ")
    }
    guard let elements = context.elements(of: value) else { return context.describe(value) }
    let open = value.openBecause.map { ["...(\(missing($0)))"] } ?? []
    return "[\((elements.map { text(of: $0) } + open).joined(separator: ", "))]"
  }

  private func missing(_ causes: CauseSetID) -> String {
    context.causes(of: causes).map { graph.missingThing($0).path }.sorted()
      .joined(separator: ", ")
  }

  /// What is missing for an expression, with commands and reasons.
  func missingThings(_ expression: String, of path: String) -> [MissingThing] {
    causes(expression, of: path).map { graph.missingThing($0) }.sorted { $0.path < $1.path }
  }

  /// Why an expression's value is unknown, or a list open.
  func causes(_ expression: String, of path: String) -> [Cause] {
    guard let value = evaluate(expression, of: path), let causes = value.causes ?? value.openBecause
    else { return [] }
    return context.causes(of: causes)
  }

  private func evaluate(_ expression: String, of path: String) -> Value? {
    guard let record = record(path) else { return nil }
    let declarations = Declarations(
      variables: [VariableDeclaration("self", .record(record.type))],
      records: Self.records, functions: Self.functions)
    do {
      let checked = try CheckedExpression(expression, in: declarations)
      context.reset()
      context.setSlot(0, record.value)
      return checked.link(to: graph).evaluate(context)
    } catch {
      return context.error("\(error)")
    }
  }
}

extension Probe {
  private static let records: [RecordDeclaration] = {
    let common = fields(Schema.commonFields)
    let any = RecordDeclaration(
      Schema.anyType,
      fields: common.merging(["name": .string, "scopeFlag": .string, "project": .record("Project")])
      { first, _ in first }
    )
    return [any]
      + Schema.types.map { type in
        RecordDeclaration(
          type.name, fields: fields(type.fields).merging(common) { first, _ in first },
          supertypes: type.isPart ? [] : [Schema.anyType])
      }
  }()

  private static func fields(_ fields: [Field]) -> [String: Type] {
    Dictionary(
      fields.map { ($0.name, type(of: $0.kind)) }, uniquingKeysWith: { first, _ in first })
  }

  private static func type(of kind: Field.Kind) -> Type {
    switch kind {
    case .string, .enumeration, .ipAddress, .ipRange, .portRange: .string
    case .parsedAddress: .ip
    case .parsedRange: .cidr
    case .int, .port: .int
    case .double: .double
    case .bool: .bool
    case .reference(let collections):
      .record(
        collections.count == 1
          ? Schema.index(ofCollection: collections[0]).map { Schema.types[$0].name }
            ?? Schema.anyType : Schema.anyType)
    case .part(let name): .record(name)
    case .object: .dyn
    case .list(let element): .list(type(of: element))
    }
  }

  private static let functions: [FunctionDeclaration] = {
    let any = Type.record(Schema.anyType)
    let range = Type.record("AliasIpRange")
    let ingress = Type.record("Ingress")
    let vm = Type.record("Instance")
    let endpoints = Type.list(.record("NetworkEndpoint"))
    let overloads = [
      (
        "admits",
        Overload(
          "ingress_admits", [ingress, vm, .string, .string, .int], .bool, isMember: true), true
      ),
      (
        "blockedInstances",
        Overload(
          "ingress_blocked_instances", [ingress, endpoints, .string, .string], .list(vm),
          isMember: true), true
      ),
      (
        "blockedInstances",
        Overload(
          "ingress_blocked_instances_port", [ingress, endpoints, .string, .string, .int],
          .list(vm), isMember: true), true
      ),
      ("exists", Overload("exists_resource", [any], .bool), false),
      ("isBareName", Overload("is_bare_name_resource", [any], .bool), false),
      (
        "containsIP", Overload("alias_contains_string", [range, .string], .bool, isMember: true),
        true
      ),
      ("containsIP", Overload("alias_contains_ip", [range, .ip], .bool, isMember: true), true),
    ]
    return overloads.compactMap { name, overload, isStrict in
      HostFunctions.implementations[overload.id].map {
        FunctionDeclaration(
          name, overloads: [overload], isStrict: isStrict, implementation: $0)
      }
    }
  }()
}

extension Probe {
  /// How the one cause of an unknown expression is summed up.
  func fold(_ expression: String, of path: String) -> CauseFold? {
    causes(expression, of: path).first.map { graph.fold($0) }
  }
}
