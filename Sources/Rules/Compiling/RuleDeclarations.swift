public import CEL
public import Schema

/// What the host of the rules' data does for the functions that rules can call, by overload id.
///
/// Rules declares the functions; the room that has the data implements them.
public typealias FunctionImplementations = [String: FunctionDeclaration.Implementation]

/// What rules' expressions may name: the schema's types, the data files and the host's functions.
public enum RuleDeclarations {
  /// The declarations without variables: record types and functions.
  ///
  /// - Parameters:
  ///   - functions: The implementations; a call of a function without one is an error value, so
  ///     that rules can be checked without data.
  ///   - data: The data files, which `data` is made of.
  /// - Returns: The declarations.
  public static func declarations(functions: FunctionImplementations, data: DataSet) -> Declarations
  {
    Declarations(
      records: records + data.recordDeclarations, functions: self.functions(functions))
  }

  /// The CEL type of a schema field.
  public static func type(of kind: Field.Kind) -> Type {
    switch kind {
    case .string, .enumeration, .ipAddress, .ipRange, .portRange: .string
    case .parsedAddress: .ip
    case .parsedRange: .cidr
    case .int, .port: .int
    case .double: .double
    case .bool: .bool
    case .reference(let collections): .record(target(of: collections))
    case .part(let name): .record(name)
    case .object: .dyn
    case .list(let element): .list(type(of: element))
    }
  }

  /// The type that a reference leads to: that of its collections if there is one, else `Resource`.
  private static func target(of collections: [String]) -> String {
    let types = Set(collections.map { Schema.index(ofCollection: $0) })
    guard types.count == 1, case .some(.some(let index)) = types.first else {
      return Schema.anyType
    }
    return Schema.types[index].name
  }

  private static let records: [RecordDeclaration] = {
    let common = fields(Schema.commonFields)
    let identity = common.merging([
      "name": .string, "project": .record("Project"), "scope": .string, "scopeFlag": .string,
      "isResolved": .bool, "isGKEManaged": .bool, "zone": .record("Zone"),
      "region": .record("Region"),
    ]) { first, _ in first }
    let families = Schema.families.map { family in
      RecordDeclaration(
        family.name, fields: fields(family.fields).merging(identity) { first, _ in first },
        supertypes: [Schema.anyType])
    }
    return [RecordDeclaration(Schema.anyType, fields: identity)] + families
      + Schema.types.map { type in
        RecordDeclaration(
          type.name, fields: fields(type.fields).merging(common) { first, _ in first },
          supertypes: type.isPart
            ? []
            : [Schema.anyType]
              + Schema.families.filter { $0.members.contains(type.name) }.map(\.name))
      }
  }()

  private static func fields(_ fields: [Field]) -> [String: Type] {
    Dictionary(fields.map { ($0.name, type(of: $0.kind)) }, uniquingKeysWith: { first, _ in first })
  }

  /// The functions that the host implements, by their overload ids.
  ///
  /// - `exists_resource`: `exists(reference) -> bool`; whether the target exists, unknown where
  ///   nobody can know. Not strict: it gets unknown references too.
  /// - `is_bare_name_resource`: `isBareName(reference) -> bool`; whether it was written as a name
  ///   alone. Not strict.
  /// - `undocumented_string`: `undocumented(text) -> bool`; always unknown, for what Google's
  ///   documentation leaves open. The literal text says what is missing.
  /// - `alias_contains_string`, `alias_contains_ip`: `range.containsIP(address) -> bool` of an
  ///   AliasIpRange, with a text or a net.IP; unknown where the range is `/LENGTH` alone.
  /// - `ingress_admits`: `network.ingress.admits(vm, source, protocol, port) -> bool`; whether VPC
  ///   firewall rules let all packets from a range of addresses get to a port of a VM.
  /// - `ingress_blocked_instances`, `ingress_blocked_instances_port`:
  ///   `network.ingress.blockedInstances(endpoints, source, protocol) -> list(Instance)`; the VMs of
  ///   endpoints that they do not, at the port that each endpoint serves at or at a given one.
  private static func functions(_ implementations: FunctionImplementations) -> [FunctionDeclaration]
  {
    let resource = Type.record(Schema.anyType)
    let range = Type.record("AliasIpRange")
    let ingress = Type.record("Ingress")
    let vm = Type.record("Instance")
    let endpoints = Type.list(.record("NetworkEndpoint"))
    return [
      function(
        "admits",
        Overload(
          "ingress_admits", [ingress, vm, .string, .string, .int], .bool, isMember: true),
        isStrict: true, implementations),
      function(
        "blockedInstances",
        Overload(
          "ingress_blocked_instances", [ingress, endpoints, .string, .string], .list(vm),
          isMember: true), isStrict: true, implementations),
      function(
        "blockedInstances",
        Overload(
          "ingress_blocked_instances_port", [ingress, endpoints, .string, .string, .int],
          .list(vm), isMember: true), isStrict: true, implementations),
      function(
        "exists", Overload("exists_resource", [resource], .bool), isStrict: false,
        implementations),
      function(
        "isBareName", Overload("is_bare_name_resource", [resource], .bool), isStrict: false,
        implementations),
      function(
        "undocumented", Overload("undocumented_string", [.string], .bool), isStrict: true,
        implementations),
      function(
        "containsIP", Overload("alias_contains_string", [range, .string], .bool, isMember: true),
        isStrict: true, implementations),
      function(
        "containsIP", Overload("alias_contains_ip", [range, .ip], .bool, isMember: true),
        isStrict: true, implementations),
    ]
  }

  private static func function(
    _ name: String, _ overload: Overload, isStrict: Bool, _ implementations: FunctionImplementations
  ) -> FunctionDeclaration {
    let id = overload.id
    let missing: FunctionDeclaration.Implementation = { context, _ in
      context.error("the function '\(id)' needs data")
    }
    return FunctionDeclaration(
      name, overloads: [overload], isStrict: isStrict,
      implementation: implementations[id] ?? missing)
  }
}
