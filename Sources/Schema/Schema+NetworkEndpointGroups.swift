extension Schema {
  static let networkEndpointTypes = [
    "GCE_VM_IP", "GCE_VM_IP_PORT", "GCE_VM_IP_PORTMAP", "NON_GCP_PRIVATE_IP_PORT",
    "INTERNET_FQDN_PORT", "INTERNET_IP_PORT", "SERVERLESS", "PRIVATE_SERVICE_CONNECT",
  ]

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
          "defaultPort", .int, zeroIsUnset: true, "The port of endpoints that name none."),
        Field("size", .int, absence: .unknown, "The number of endpoints, as the API counts them."),
        Field(
          "networkEndpoints", .list(.part("NetworkEndpoint")), absence: .unknown,
          listMethod: "listNetworkEndpoints",
          "The endpoints; an open list where no listNetworkEndpoints answer was loaded, or where "
            + "size says that there are more; size 0 means none."),
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
          "backendServices", .list(.reference(["backendServices"])), isDerived: true,
          "The backend services that name this group; open where services may be missing."),
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
        Field("port", .int, zeroIsUnset: true, "The endpoint's port."),
        Field("fqdn", .string, "The domain name of an internet endpoint."),
        Field(
          "clientDestinationPort", .int, zeroIsUnset: true,
          "The port that clients of a port mapping use."),
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
          "A loaded VM other than instance that has ipAddress as an interface address in the "
            + "group's network; not set where none is known."),
      ]),
  ]
}
