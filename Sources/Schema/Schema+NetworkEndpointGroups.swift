extension Schema {
  static let networkEndpointTypes = [
    "GCE_VM_IP", "GCE_VM_IP_PORT", "GCE_VM_IP_PORTMAP", "NON_GCP_PRIVATE_IP_PORT",
    "INTERNET_FQDN_PORT", "INTERNET_IP_PORT", "SERVERLESS", "PRIVATE_SERVICE_CONNECT",
  ]

  static let healthStates = ["DRAINING", "HEALTHY", "UNHEALTHY", "UNKNOWN"]

  static let networkEndpointGroupTypes: [ResourceType] = [
    ResourceType(
      resource: "NetworkEndpointGroup", "networkEndpointGroups", [.zonal, .regional, .global],
      "A group of backend endpoints: addresses, or address and port pairs.",
      [
        Field(
          "networkEndpointType", .enumeration(networkEndpointTypes), absence: .unknown,
          "The kind of the group's endpoints, fixed at creation."),
        Field("network", .reference(["networks"]), "The VPC network of the group's endpoints."),
        Field("subnetwork", .reference(["subnetworks"]), "The subnet of the group's endpoints."),
        Field(
          "defaultPort", .port, zeroIsUnset: true, "The port of endpoints that name none."),
        Field("size", .int, absence: .unknown, "The number of endpoints, as the API counts them."),
        Field(
          "networkEndpoints", .list(.part("NetworkEndpoint")), absence: .unknown,
          listMethod: "listNetworkEndpoints",
          "The endpoints; an open list where no listNetworkEndpoints answer was loaded, or where "
            + "size says that there are more; size 0 means none."),
        Field(
          "cloudRun", .part("NetworkEndpointGroupCloudRun"),
          "The Cloud Run service of a serverless group."),
        Field(
          "appEngine", .part("NetworkEndpointGroupAppEngine"),
          "The App Engine service of a serverless group; empty for the default routing."),
        Field(
          "cloudFunction", .part("NetworkEndpointGroupCloudFunction"),
          "The Cloud Run function of a serverless group."),
        Field(
          "serverlessDeployment", .object,
          "The platform of a serverless group that is none of these, in the beta API."),
        Field(
          "pscTargetService", .string,
          "The service attachment or Google API that Private Service Connect leads to."),
        Field(
          "pscData", .part("NetworkEndpointGroupPscData"), absence: .unknown,
          "The state of a Private Service Connect group, which the API fills in."),
        Field(
          "endpointCount", .int, absence: .unknown, isDerived: true,
          "The larger of size and the number of different endpoints that were loaded."),
        Field(
          "effectiveNetwork", .reference(["networks"]), absence: .unknown, isDerived: true,
          "network or, where it is not set, the network of the group's subnet."),
        Field(
          "effectiveSubnetwork", .reference(["subnetworks"]), absence: .unknown, isDerived: true,
          "subnetwork or, in an auto mode network, the automatic subnet of the zone's region."),
        Field(
          "subnetworkIsInferred", .bool, isDerived: true,
          "Whether effectiveSubnetwork is the automatic subnet of an auto mode network."),
        Field(
          "regionSubnetworks", .list(.reference(["subnetworks"])), isDerived: true,
          "The loaded subnets of effectiveNetwork in the group's region; open where some may be "
            + "missing."),
        Field(
          "backendServices", .list(.reference(["backendServices"])), isDerived: true,
          "The backend services that name this group; open where services may be missing."),
        Field(
          "loadedBackendServices", .list(.reference(["backendServices"])), isDerived: true,
          "The loaded backend services that name this group."),
        Field(
          "isStandby", .bool, isDerived: true,
          "Whether every loaded backend that names this group is a failover backend, and there is "
            + "one."),
        Field(
          "listedEndpointCount", .int, absence: .unknown, isDerived: true,
          "The number of endpoints in the list that was loaded, repeated ones counted each."),
        Field(
          "endpointsWithHealth", .list(.part("NetworkEndpoint")), isDerived: true,
          "The endpoints that came with their healths; open where some did not."),
      ]),
    ResourceType(
      part: "NetworkEndpointGroupCloudRun", of: "NetworkEndpointGroup", identity: [],
      "The Cloud Run service of a serverless group.",
      [
        Field("service", .string, "The service's name."),
        Field("tag", .string, "The tag of the service's revision."),
        Field("urlMask", .string, "The template that finds service and tag in a request's URL."),
      ]),
    ResourceType(
      part: "NetworkEndpointGroupAppEngine", of: "NetworkEndpointGroup", identity: [],
      "The App Engine service of a serverless group.",
      [
        Field("service", .string, "The service's name."),
        Field("version", .string, "The service's version."),
        Field("urlMask", .string, "The template that finds both in a request's URL."),
      ]),
    ResourceType(
      part: "NetworkEndpointGroupCloudFunction", of: "NetworkEndpointGroup", identity: [],
      "The Cloud Run function of a serverless group.",
      [
        Field("function", .string, "The function's name."),
        Field("urlMask", .string, "The template that finds it in a request's URL."),
      ]),
    ResourceType(
      part: "NetworkEndpointGroupPscData", of: "NetworkEndpointGroup", identity: [],
      "The state of a Private Service Connect group.",
      [
        Field(
          "pscConnectionStatus",
          .enumeration(["ACCEPTED", "CLOSED", "NEEDS_ATTENTION", "PENDING", "REJECTED"]),
          absence: .unknown, "What the service's producer has said to the connection."),
        Field("pscConnectionId", .string, "The connection's number."),
        Field("consumerPscAddress", .ipAddress, "The address that the load balancer sends to."),
      ]),
    ResourceType(
      part: "NetworkEndpoint", of: "NetworkEndpointGroup",
      identity: ["instance", "ipAddress", "ipv6Address", "port", "fqdn"],
      "One endpoint of a network endpoint group.",
      [
        Field(
          "instance", .reference(["instances"]), "The VM; a bare name is one of the NEG's zone."),
        Field("ipAddress", .ipAddress, "The endpoint's IPv4 address."),
        Field("ipv6Address", .string, "The endpoint's IPv6 address, as written."),
        Field("port", .port, zeroIsUnset: true, "The endpoint's port."),
        Field("fqdn", .string, "The domain name of an internet endpoint."),
        Field(
          "clientDestinationPort", .port, zeroIsUnset: true,
          "The port that clients of a port mapping use."),
        Field(
          "healths", .list(.part("HealthStatusForNetworkEndpoint")), absence: .unknown,
          "What each health check says, in a list response that was asked for it."),
        Field(
          "networkEndpointGroup", .reference(["networkEndpointGroups"]), absence: .unknown,
          isDerived: true, "The group that the endpoint belongs to."),
        Field(
          "effectiveAddress", .ipAddress, absence: .unknown, isDerived: true,
          "ipAddress or, where it is not set, the networkIP of networkInterface; not set where the "
            + "VM has no interface in the group's subnet, or one without IPv4."),
        Field(
          "resolvedAddress", .ipAddress, isDerived: true,
          "ipAddress; unknown where a request leaves it to the API to choose one."),
        Field(
          "effectivePort", .int, isDerived: true,
          "port or, where it is not set, the group's defaultPort."),
        Field(
          "networkInterface", .part("NetworkInterface"), isDerived: true,
          "The VM's interface in effectiveSubnetwork; not set where there is none, unknown where "
            + "there are several or the VM was not loaded."),
        Field(
          "ipv6", .parsedAddress, isDerived: true,
          "ipv6Address as an address, a /128 suffix taken off; not set where it is not one "
            + "address."),
        Field(
          "isResolved", .bool, isDerived: true,
          "Whether the endpoint came in a list response, where the API has filled in what the "
            + "request left out."),
        Field(
          "sameNameInstances", .list(.reference(["instances"])), isDerived: true,
          "The loaded VMs of the project with the name in instance, whatever their zone."),
        Field(
          "addressOwner", .reference(["instances"]), isDerived: true,
          "A loaded VM other than instance that has ipAddress as an interface address, primary or "
            + "alias, in the group's network; not set where none is known."),
        Field(
          "flagValue", .string, absence: .unknown, isDerived: true,
          "The endpoint as gcloud's --add-endpoint and --remove-endpoint take it: "
            + "instance=VM,ip=ADDRESS,port=PORT."),
      ]),
    ResourceType(
      part: "HealthStatusForNetworkEndpoint", of: "NetworkEndpoint", identity: [],
      "What a health check says of an endpoint.",
      [
        Field(
          "healthState", .enumeration(healthStates), "The state of the endpoint's IPv4 address."),
        Field(
          "ipv6HealthState", .enumeration(healthStates),
          "The state of the endpoint's IPv6 address."),
      ]),
  ]
}
