import Schema

/// Which read fields each derived field is computed from.
enum FieldDependencies {
  private static let derived: [String: [String]] = [
    "NetworkEndpointGroup.effectiveNetwork": [
      "NetworkEndpointGroup.network", "NetworkEndpointGroup.subnetwork", "Subnetwork.network",
    ],
    "NetworkEndpointGroup.effectiveSubnetwork": [
      "NetworkEndpointGroup.network", "NetworkEndpointGroup.subnetwork",
      "Network.mode", "Zone.region",
    ],
    "NetworkEndpointGroup.subnetworkIsInferred": ["NetworkEndpointGroup.effectiveSubnetwork"],
    "NetworkEndpointGroup.backendServices": [
      "Backend.group", "BackendServiceHAPolicyLeader.backendGroup",
    ],
    "NetworkEndpointGroup.networkEndpoints": [
      "NetworkEndpointGroup.networkEndpointType", "NetworkEndpointGroup.size",
    ],
    "NetworkEndpointGroup.endpointCount": [
      "NetworkEndpointGroup.networkEndpoints", "NetworkEndpointGroup.size",
    ],
    "NetworkEndpointGroup.loadedBackendServices": ["Backend.group"],
    "NetworkEndpointGroup.isStandby": ["Backend.group", "Backend.failover"],
    "NetworkEndpointGroup.listedEndpointCount": ["NetworkEndpointGroup.networkEndpoints"],
    "NetworkEndpointGroup.endpointsWithHealth": [
      "NetworkEndpointGroup.networkEndpoints", "NetworkEndpoint.healths",
    ],
    "NetworkEndpoint.effectiveAddress": [
      "NetworkEndpoint.ipAddress", "NetworkEndpoint.networkInterface", "NetworkInterface.networkIP",
      "NetworkInterface.stackType",
    ],
    "NetworkEndpoint.resolvedAddress": ["NetworkEndpoint.ipAddress"],
    "NetworkEndpoint.effectivePort": ["NetworkEndpoint.port", "NetworkEndpointGroup.defaultPort"],
    "NetworkEndpoint.networkInterface": [
      "NetworkEndpoint.instance", "NetworkEndpointGroup.effectiveSubnetwork",
      "Instance.networkInterfaces", "NetworkInterface.subnetwork",
    ],
    "NetworkEndpoint.ipv6": ["NetworkEndpoint.ipv6Address"],
    "NetworkEndpoint.flagValue": [
      "NetworkEndpoint.instance", "NetworkEndpoint.ipAddress", "NetworkEndpoint.ipv6Address",
      "NetworkEndpoint.port", "NetworkEndpoint.fqdn", "NetworkEndpoint.clientDestinationPort",
    ],
    "NetworkEndpoint.sameNameInstances": ["NetworkEndpoint.instance"],
    "NetworkEndpoint.addressOwner": [
      "NetworkEndpoint.ipAddress", "NetworkEndpoint.instance", "NetworkInterface.networkIP",
      "NetworkInterface.effectiveNetwork", "NetworkInterface.aliasRanges",
      "NetworkEndpointGroup.effectiveNetwork",
    ],
    "NetworkInterface.conflictingInterfaces": [
      "NetworkInterface.networkIP", "NetworkInterface.effectiveNetwork",
      "NetworkInterface.aliasRanges",
    ],
    "AliasIpRange.range": ["AliasIpRange.ipCidrRange"],
    "NetworkInterface.effectiveNetwork": [
      "NetworkInterface.network", "NetworkInterface.subnetwork", "Subnetwork.network",
    ],
    "NetworkInterface.aliasRanges": [
      "NetworkInterface.aliasIpRanges", "AliasIpRange.ipCidrRange",
      "AliasIpRange.subnetworkRangeName", "NetworkInterface.subnetwork", "Subnetwork.ipCidrRange",
      "Subnetwork.secondaryIpRanges", "SubnetworkSecondaryRange.rangeName",
      "SubnetworkSecondaryRange.ipCidrRange",
    ],
    "NetworkInterface.aliasIpRanges": ["NetworkInterface.aliasRanges"],
    "NetworkInterface.ipv6Ranges": [
      "NetworkInterface.ipv6Address", "NetworkInterface.internalIpv6PrefixLength",
      "NetworkInterface.ipv6AccessConfigs", "AccessConfig.externalIpv6",
      "AccessConfig.externalIpv6PrefixLength", "NetworkInterface.stackType",
    ],
    "BackendService.forwardingRules": ["ForwardingRule.backendService"],
    "BackendService.product": ["BackendService.possibleProducts"],
    "BackendService.isPassthrough": ["BackendService.possibleProducts"],
    "BackendService.isProxy": ["BackendService.possibleProducts"],
    "BackendService.isMesh": ["BackendService.possibleProducts"],
    "BackendService.possibleProducts": [
      "BackendService.loadBalancingScheme", "BackendService.protocol",
      "ForwardingRule.loadBalancingScheme", "BackendService.reachingForwardingRules",
    ],
    "BackendService.reachingForwardingRules": [
      "ForwardingRule.target", "TargetHttpProxy.urlMap", "TargetHttpsProxy.urlMap",
      "TargetGrpcProxy.urlMap", "BackendService.referrers", "BackendService.possibleProducts",
    ],
    "BackendService.referrers": Schema.types.flatMap { type in
      type.fields.filter(\.namesBackendServices).map { "\(type.name).\($0.name)" }
    },
    "BackendService.effectiveNetwork": [
      "BackendService.network", "BackendService.reachingForwardingRules",
      "BackendService.possibleProducts", "ForwardingRule.network", "ForwardingRule.subnetwork",
      "Subnetwork.network",
    ],
    "BackendService.backendNetworks": [
      "Backend.group", "NetworkEndpointGroup.effectiveNetwork",
    ],
    "BackendService.groupMembers": ["Backend.group", "InstanceGroup.instances"],
    "BackendService.knownPrimaryEndpoints": ["Backend.endpointCount", "Backend.failover"],
    "BackendService.knownFailoverEndpoints": ["Backend.endpointCount", "Backend.failover"],
    "InstanceGroup.effectiveNamedPorts": [
      "InstanceGroup.namedPorts", "InstanceGroupManager.namedPorts",
      "InstanceGroupManager.instanceGroup",
    ],
    "InstanceGroup.backends": ["NetworkEndpointGroup.backendServices"],
    "Backend.endpointCount": [
      "Backend.group", "NetworkEndpointGroup.endpointCount", "InstanceGroup.size",
      "InstanceGroup.instances",
    ],
    "BackendService.modernHealthChecks": ["BackendService.healthChecks"],
    "BackendService.legacyHealthChecks": ["BackendService.healthChecks"],
    "HealthCheck.settings": healthCheckObjects,
    "HealthCheck.settingsTypes": healthCheckObjects
      + (Schema.type("HealthCheckSettings")?.fields ?? []).map { "HealthCheckSettings.\($0.name)" },
    "HealthCheck.usesServingPort": [
      "HealthCheck.settings", "HealthCheckSettings.portSpecification",
    ],
    "HealthCheck.effectivePort": ["HealthCheck.usesServingPort", "HealthCheckSettings.port"],
    "UrlMap.services": routedServices,
    "TargetHttpProxy.services": ["TargetHttpProxy.urlMap", "UrlMap.services"],
    "TargetHttpsProxy.services": ["TargetHttpsProxy.urlMap", "UrlMap.services"],
    "TargetGrpcProxy.services": ["TargetGrpcProxy.urlMap", "UrlMap.services"],
    "TargetTcpProxy.services": ["TargetTcpProxy.service"],
    "TargetSslProxy.services": ["TargetSslProxy.service"],
    "ForwardingRule.services": [
      "ForwardingRule.backendService", "ForwardingRule.target", "TargetHttpProxy.services",
      "TargetHttpsProxy.services", "TargetGrpcProxy.services", "TargetTcpProxy.services",
      "TargetSslProxy.services",
    ],
    "ForwardingRule.targetCollection": ["ForwardingRule.target"],
    "ForwardingRule.effectiveNetwork": [
      "ForwardingRule.network", "ForwardingRule.subnetwork", "Subnetwork.network",
    ],
    "ForwardingRule.regionSubnetworks": ["ForwardingRule.effectiveNetwork"],
    "ForwardingRule.address": ["ForwardingRule.IPAddress", "Address.address"],
    "ForwardingRule.overlappedRule": [
      "ForwardingRule.address", "ForwardingRule.IPProtocol", "ForwardingRule.effectiveNetwork",
      "ForwardingRule.loadBalancingScheme", "ForwardingRule.ports", "ForwardingRule.portRange",
      "ForwardingRule.allPorts", "ForwardingRule.sourceIpRanges", "ForwardingRule.metadataFilters",
    ],
    "Subnetwork.overlappedSubnetwork": [
      "Subnetwork.network", "Subnetwork.ipCidrRange", "Subnetwork.secondaryIpRanges",
      "SubnetworkSecondaryRange.ipCidrRange",
    ],
    "NetworkEndpointGroup.regionSubnetworks": [
      "NetworkEndpointGroup.effectiveNetwork", "Zone.region",
    ],
    "Network.ingress": [
      "Network.firewallPolicy", "Network.networkFirewallPolicyEnforcementOrder",
      "Firewall.network", "Firewall.direction", "Firewall.priority", "Firewall.disabled",
      "Firewall.allowed", "Firewall.denied", "Firewall.sourceRanges", "Firewall.sourceTags",
      "Firewall.sourceServiceAccounts", "Firewall.destinationRanges", "Firewall.targetTags",
      "Firewall.targetServiceAccounts", "FirewallProtocol.IPProtocol", "FirewallProtocol.ports",
      "Instance.tags", "Tags.items", "Instance.serviceAccounts", "ServiceAccount.email",
      "NetworkEndpoint.instance", "NetworkEndpoint.port", "NetworkEndpointGroup.defaultPort",
    ],
    "Backend.networkEndpointGroup": ["Backend.group"],
    "Backend.instanceGroup": ["Backend.group"],
    "Backend.groupScope": ["Backend.group"],
    "Backend.groupScopeFlag": ["Backend.group"],
    "Backend.kind": ["Backend.group", "NetworkEndpointGroup.networkEndpointType"],
    "Backend.possibleKinds": ["Backend.group", "NetworkEndpointGroup.networkEndpointType"],
    "Network.mode": [
      "Network.IPv4Range", "Network.autoCreateSubnetworks", "Network.subnetworks",
      "Network.x_gcloud_subnet_mode", "Subnetwork.network",
    ],
    "Network.isLegacy": ["Network.mode"],
  ]

  private static let healthCheckObjects =
    ["HealthCheck.type"] + Schema.healthCheckProtocols.map { "HealthCheck.\($0.1)" }

  /// The fields in which URL maps name services.
  private static let routedServices: [String] = {
    let types = [
      "UrlMap", "PathMatcher", "PathRule", "HttpRouteRule", "WeightedBackendService",
      "RequestMirrorPolicy", "CustomErrorResponsePolicy", "UrlMapTest",
    ]
    return types.flatMap { type in
      (Schema.type(type)?.fields ?? []).filter {
        !$0.isDerived && $0.kind.referenceCollections?.contains("backendServices") == true
      }.map { "\(type).\($0.name)" }
    }
  }()

  /// What `referrers` of a type is computed from; empty for types without it.
  private static func referring(to type: String) -> [(type: String, field: String)] {
    guard let number = Schema.index(of: type) else { return [] }
    return ReferrerTable.fields(referringTo: number).map { place in
      (Schema.types[place.type].name, Schema.types[place.type].fields[place.field].name)
    }
  }

  /// The fields that hold parts of each part type.
  private static let holders: [String: [(type: String, field: String)]] = {
    var found: [String: [(type: String, field: String)]] = [:]
    for type in Schema.types {
      for field in type.fields where !field.isDerived {
        if let part = field.kind.partType {
          found[part, default: []].append((type.name, field.name))
        }
      }
    }
    return found
  }()

  /// The set with everything added that derived fields, locators and lists of parts need.
  static func closure(of fields: FieldSet) -> FieldSet {
    if fields.isAll { return fields }
    var result = fields
    var pending: [(type: String, field: String)] = []
    for family in Schema.families {
      for field in family.fields where fields.contains(field.name, of: family.name) {
        pending.append(contentsOf: family.members.map { ($0, field.name) })
      }
    }
    for type in Schema.types {
      let lists = Schema.commonFields.map(\.name).filter { fields.contains($0, of: type.name) }
      let wantsReferences = !lists.isEmpty
      pending.append(contentsOf: lists.map { (type.name, $0) })
      for field in type.fields {
        let isReference = field.kind.referenceCollections != nil && !field.isDerived
        if fields.contains(field.name, of: type.name) || (wantsReferences && isReference) {
          pending.append((type.name, field.name))
        }
      }
    }
    var seen: Set<String> = []
    while let next = pending.popLast() {
      let name = "\(next.type).\(next.field)"
      guard seen.insert(name).inserted else { continue }
      result.insert(next.field, of: next.type)
      for other in derived[name] ?? [] {
        guard !seen.contains(other) else { continue }
        let parts = other.utf8.split(separator: UInt8(ascii: ".")).map { String(Substring($0)) }
        if parts.count == 2 { pending.append((parts[0], parts[1])) }
      }
      if next.field == "referrers" { pending.append(contentsOf: referring(to: next.type)) }
      // A part's field is of no use without the lists that lead to it.
      pending.append(contentsOf: holders[next.type] ?? [])
      // Locators name parts by these, and lists of parts from several files are merged by them.
      let type = Schema.type(next.type)
      for case let part? in [
        type, type?.field(next.field)?.kind.partType.flatMap { Schema.type($0) },
      ] {
        pending.append(contentsOf: part.identity.map { (part.name, $0) })
      }
    }
    return result
  }
}
