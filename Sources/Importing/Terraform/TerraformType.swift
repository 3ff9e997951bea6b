import Schema

/// A resource type of Terraform's google and google-beta providers, and what it is in the API.
struct TerraformType {
  /// What a resource becomes.
  enum Target: Equatable {
    /// A resource of a type of the schema, by its name.
    case resource(String)
    /// One endpoint of a group.
    case endpoint
    /// All endpoints of a group.
    case endpoints
  }

  let target: Target
  /// Where resources of the type live; of endpoints, where their group does.
  let scope: ResourceType.Scope

  /// The type of that name; nil for one of which nothing is read.
  init?(_ name: String) {
    guard name.hasPrefix(Self.prefix),
      let known = Self.table[String(name.dropFirst(Self.prefix.count))]
    else { return nil }
    self = known
  }

  private init(_ target: Target, _ scope: ResourceType.Scope) {
    self.target = target
    self.scope = scope
  }

  private static let prefix = "google_compute_"

  /// The API's name of the type; of endpoints, that of their group.
  var apiType: String {
    if case .resource(let name) = target { name } else { "NetworkEndpointGroup" }
  }

  /// The number of the type in the schema; nil where no rule reads its resources.
  var schemaType: Int? { Schema.index(of: apiType) }

  /// The collection of the resources, or of the groups that endpoints are of.
  var collection: String {
    if let known = Schema.type(apiType)?.collection { return known }
    let word = apiType.prefix(1).lowercased() + apiType.dropFirst()
    if word.hasSuffix("y") { return "\(word.dropLast())ies" }
    return word.hasSuffix("s") ? "\(word)es" : "\(word)s"
  }

  private static func resource(_ name: String, _ scope: ResourceType.Scope) -> TerraformType {
    TerraformType(.resource(name), scope)
  }

  /// The types behind the rules, without `google_compute_` (Terraform Registry, provider google).
  private static let table: [String: TerraformType] = [
    "network_endpoint_group": resource("NetworkEndpointGroup", .zonal),
    "region_network_endpoint_group": resource("NetworkEndpointGroup", .regional),
    "global_network_endpoint_group": resource("NetworkEndpointGroup", .global),
    "network_endpoint": TerraformType(.endpoint, .zonal),
    "network_endpoints": TerraformType(.endpoints, .zonal),
    "region_network_endpoint": TerraformType(.endpoint, .regional),
    "global_network_endpoint": TerraformType(.endpoint, .global),
    "backend_service": resource("BackendService", .global),
    "region_backend_service": resource("BackendService", .regional),
    "instance": resource("Instance", .zonal),
    "instance_from_template": resource("Instance", .zonal),
    "instance_group": resource("InstanceGroup", .zonal),
    "instance_group_manager": resource("InstanceGroupManager", .zonal),
    "region_instance_group_manager": resource("InstanceGroupManager", .regional),
    "network": resource("Network", .global),
    "subnetwork": resource("Subnetwork", .regional),
    "health_check": resource("HealthCheck", .global),
    "region_health_check": resource("HealthCheck", .regional),
    "http_health_check": resource("HttpHealthCheck", .global),
    "https_health_check": resource("HttpsHealthCheck", .global),
    "firewall": resource("Firewall", .global),
    "forwarding_rule": resource("ForwardingRule", .regional),
    "global_forwarding_rule": resource("ForwardingRule", .global),
    "target_http_proxy": resource("TargetHttpProxy", .global),
    "region_target_http_proxy": resource("TargetHttpProxy", .regional),
    "target_https_proxy": resource("TargetHttpsProxy", .global),
    "region_target_https_proxy": resource("TargetHttpsProxy", .regional),
    "target_grpc_proxy": resource("TargetGrpcProxy", .global),
    "target_tcp_proxy": resource("TargetTcpProxy", .global),
    "region_target_tcp_proxy": resource("TargetTcpProxy", .regional),
    "target_ssl_proxy": resource("TargetSslProxy", .global),
    "url_map": resource("UrlMap", .global),
    "region_url_map": resource("UrlMap", .regional),
    "address": resource("Address", .regional),
    "global_address": resource("Address", .global),
    "target_pool": resource("TargetPool", .regional),
    "target_instance": resource("TargetInstance", .zonal),
    "service_attachment": resource("ServiceAttachment", .regional),
  ]
}

/// Where Terraform's attributes are not the API's fields in snake case.
///
/// Blocks named by one of what they hold (`network_interface`) and case (`ip_address`) need no
/// entry: `FieldSpellings` knows those.
enum TerraformFields {
  /// The API's field of an attribute, by the API's type; a dot leads into a part of its own.
  static let renamed: [String: [String: String]] = [
    "Instance": ["current_status": "status", "tags": "tags.items"],
    "Firewall": ["allow": "allowed", "deny": "denied"],
    "FirewallProtocol": ["protocol": "IPProtocol"],
    "BackendService": [
      "connection_draining_timeout_sec": "connectionDraining.drainingTimeoutSec"
    ],
    "TargetTcpProxy": ["backend_service": "service"],
    "TargetSslProxy": ["backend_service": "service"],
    "Network": [
      "gateway_ipv4": "gatewayIPv4", "routing_mode": "routingConfig.routingMode",
    ],
  ]

  /// Attributes that say something else than the field of their name.
  ///
  /// `id` is a path; a plan's links are of what was there before, and name and place are written
  /// by who knows the whole identity. Terraform refreshes the size of a
  /// group before it makes the endpoints, so that it counts those of the run before.
  static let foreign: [String: Set<String>] = [
    "": [
      "id", "kind", "name", "project", "zone", "region", "timeouts", "self_link",
      "self_link_unique",
    ],
    "NetworkEndpointGroup": ["size"],
    "InstanceGroup": ["size"],
  ]

  /// Numbers that are not set where they are zero, though the API's zero would mean something.
  static let unsetZeros: Set<String> = [
    "internal_ipv6_prefix_length", "external_ipv6_prefix_length",
  ]
}
