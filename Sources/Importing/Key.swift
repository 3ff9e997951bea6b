import Documents
import Schema

/// Names that the importer looks for, as numbers that hold in every table made from `Key.seed`.
enum Key {
  /// Names of API responses and wrappers, beside the schema's field names.
  private static let words: [String] = [
    "kind", "id", "name", "selfLink", "zone", "region", "creationTimestamp", "description",
    "items", "warning", "code", "unreachables", "nextPageToken", "headers", "body", "status",
    "error", "message", "networkEndpoint", "networkEndpoints", "instance", "healths", "project",
    "backend", "healthStatus", "firewalls", "firewallPolicys", "result", "format_version",
    "terraform_version", "values", "version", "resources", "modules", "mock",
    "pytest-terraform", "assets", "asset", "assetType", "asset_type", "results",
    "operationType", "completeCollections", "currentAction", "global", "resource", "data",
    "ancestors", "projectId",
    "projectNumber", "readTime", "type", "mode", "address", "index", "deposed", "attributes",
    "instances",
  ]

  /// Collections of the Compute API whose resources no rule reads.
  private static let unmodelledCollections: [String] = [
    "acceleratorTypes", "autoscalers", "backendBuckets", "commitments", "disks",
    "diskTypes", "externalVpnGateways", "firewallPolicies",
    "globalNetworkEndpointGroups", "images",
    "instanceTemplates", "interconnectAttachments", "interconnects",
    "machineTypes", "networkAttachments", "networkFirewallPolicies", "nodeGroups",
    "nodeTemplates", "packetMirrorings", "publicDelegatedPrefixes", "regionAutoscalers",
    "regionNetworkEndpointGroups", "reservations",
    "resourcePolicies", "routers", "routes", "securityPolicies",
    "snapshots", "sslCertificates", "sslPolicies",
    "targetVpnGateways", "vpnGateways", "vpnTunnels",
  ]

  /// The names that every table starts with: the words above, then the schema's.
  static let seed: [String] = {
    var known: Set<String> = []
    let fields = Schema.types.flatMap { $0.fields.map(\.name) }
    let collections = Schema.types.flatMap {
      [$0.collection].compactMap(\.self) + $0.otherCollections
    }
    let names = words + fields + collections + unmodelledCollections
    return names.filter { known.insert($0).inserted }
  }()

  private static let numbers = Dictionary(
    seed.enumerated().map { ($1, UInt32(truncatingIfNeeded: $0)) },
    uniquingKeysWith: { first, _ in first })

  /// For each name of the seed the type of the collection's resources; -1 for a collection whose
  /// resources no rule reads, -2 for what is no collection.
  static let collections: [Int] = {
    var types = [Int](repeating: -2, count: seed.count)
    for name in unmodelledCollections { types[Int(id(name).rawValue)] = -1 }
    for (index, name) in seed.enumerated() {
      if let type = Schema.index(ofCollection: name) { types[index] = type }
    }
    return types
  }()

  /// The number of a name of the seed; a number that no name has for any other.
  static func id(_ name: String) -> NameID { NameID(rawValue: numbers[name] ?? .max) }

  static let kind = id("kind")
  static let identifier = id("id")
  static let name = id("name")
  static let selfLink = id("selfLink")
  static let zone = id("zone")
  static let region = id("region")
  static let creationTimestamp = id("creationTimestamp")
  static let description = id("description")
  static let items = id("items")
  static let warning = id("warning")
  static let code = id("code")
  static let unreachables = id("unreachables")
  static let nextPageToken = id("nextPageToken")
  static let headers = id("headers")
  static let body = id("body")
  static let status = id("status")
  static let error = id("error")
  static let message = id("message")
  static let networkEndpoint = id("networkEndpoint")
  static let networkEndpoints = id("networkEndpoints")
  static let healths = id("healths")
  static let instance = id("instance")
  static let project = id("project")
  static let backend = id("backend")
  static let healthStatus = id("healthStatus")
  static let firewalls = id("firewalls")
  static let firewallPolicys = id("firewallPolicys")
  static let result = id("result")
  static let formatVersion = id("format_version")
  static let terraformVersion = id("terraform_version")
  static let values = id("values")
  static let version = id("version")
  static let resources = id("resources")
  static let modules = id("modules")
  static let mock = id("mock")
  static let pytestTerraform = id("pytest-terraform")
  static let assets = id("assets")
  static let asset = id("asset")
  static let assetType = id("assetType")
  static let snakeAssetType = id("asset_type")
  static let results = id("results")
  static let completeCollections = id("completeCollections")
  static let operationType = id("operationType")
  static let currentAction = id("currentAction")
  static let global = id("global")
  static let resource = id("resource")
  static let data = id("data")
  static let ancestors = id("ancestors")
  static let projectId = id("projectId")
  static let projectNumber = id("projectNumber")
  static let readTime = id("readTime")
  static let type = id("type")
  static let mode = id("mode")
  static let address = id("address")
  static let index = id("index")
  static let deposed = id("deposed")
  static let attributes = id("attributes")
  static let instances = id("instances")
}

/// What a collection's name says.
enum CollectionName {
  /// Resources of a type of the schema.
  case modelled(Int)
  /// Resources that no rule reads.
  case unmodelled

  /// The meaning of a member's name; nil where it names no collection.
  init?(_ name: NameID) {
    let index = Int(truncatingIfNeeded: name.rawValue)
    guard index < Key.collections.count, Key.collections[index] > -2 else { return nil }
    let type = Key.collections[index]
    self = type >= 0 ? .modelled(type) : .unmodelled
  }

  /// The meaning of a collection's name in a path.
  init?(_ name: Substring) { self.init(Key.id(String(name))) }

  /// The type; nil for unmodelled collections.
  var type: Int? { if case .modelled(let type) = self { type } else { nil } }
}
