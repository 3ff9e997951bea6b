import CEL
import Resources
import Schema
import Testing

/// Derived fields of a graph that holds only what one of them needs (`FieldSet`).
struct DependencyTests {
  /// A small project in which every derived field has something to derive from.
  private func project(_ fields: FieldSet) -> ResourceGraph {
    let inputs = Inputs(fields: fields)
    inputs.add("Network", ["name": "auto", "autoCreateSubnetworks": true])
    inputs.add("Network", ["name": "old", "IPv4Range": "10.0.0.0/8"])
    inputs.add("Network", ["name": "gcloud", "x_gcloud_subnet_mode": "CUSTOM"])
    inputs.add("Network", ["name": "listed", "subnetworks": ["regions/ex/subnetworks/s"]])
    inputs.add("Network", ["name": "named"])
    inputs.add("Zone", ["name": "zed", "region": "regions/ex"])
    inputs.add("Project", ["name": "p", "quotas": [["metric": "NETWORKS"]]])
    inputs.add(
      "Subnetwork",
      [
        "name": "s", "region": "ex", "network": "global/networks/named",
        "ipCidrRange": "10.0.0.0/24",
        "secondaryIpRanges": [["rangeName": "pods", "ipCidrRange": "10.4.0.0/14"]],
      ])
    inputs.add(
      "Instance",
      [
        "name": "vm", "zone": "zed",
        "networkInterfaces": [
          [
            "name": "nic0", "subnetwork": "regions/ex/subnetworks/s", "networkIP": "10.0.0.2",
            "stackType": "IPV4_IPV6",
            "aliasIpRanges": [["ipCidrRange": "/24", "subnetworkRangeName": "pods"]],
          ],
          [
            "name": "nic1", "network": "global/networks/auto",
            "subnetwork": "regions/ex/subnetworks/auto", "ipv6Address": "2001:db8::5",
            "internalIpv6PrefixLength": 64, "stackType": "IPV6_ONLY",
            "ipv6AccessConfigs": [["externalIpv6": "2600::5", "externalIpv6PrefixLength": 80]],
          ],
        ],
      ])
    addGroups(to: inputs)
    addServices(to: inputs)
    return inputs.graph()
  }

  private func addGroups(to inputs: Inputs) {
    inputs.add(
      "NetworkEndpointGroup",
      [
        "name": "a", "zone": "zed", "networkEndpointType": "GCE_VM_IP_PORT", "defaultPort": 80,
        "subnetwork": "regions/ex/subnetworks/s", "size": 5,
        "networkEndpoints": [
          ["instance": "vm", "ipv6Address": "2001:db8::9"],
          ["instance": "zones/other/instances/vm", "ipAddress": "10.0.0.2", "port": 8080],
        ],
      ])
    inputs.add(
      "NetworkEndpointGroup",
      [
        "name": "b", "zone": "zed", "network": "global/networks/auto",
        "networkEndpoints": [["instance": "vm"]],
      ])
    inputs.add("NetworkEndpointGroup", ["name": "c", "networkEndpointType": "SERVERLESS"])
  }

  private func addServices(to inputs: Inputs) {
    inputs.add(
      "BackendService",
      [
        "name": "x", "loadBalancingScheme": "EXTERNAL_MANAGED",
        "backends": [
          ["group": "zones/zed/networkEndpointGroups/a"], ["group": "zones/zed/instanceGroups/g"],
        ],
      ])
    inputs.add("BackendService", ["name": "y", "region": "ex", "protocol": "TCP"])
    inputs.add("BackendService", ["name": "z", "protocol": "HTTP"])
    inputs.add("UrlMap", ["name": "m", "defaultService": "global/backendServices/x"])
    inputs.add("UrlMap", ["name": "n", "defaultService": "global/backendServices/z"])
    inputs.add("TargetHttpProxy", ["name": "t", "urlMap": "m"])
    inputs.add("TargetHttpsProxy", ["name": "u", "urlMap": "n"])
    inputs.add(
      "ForwardingRule",
      ["name": "f", "region": "ex", "backendService": "y", "loadBalancingScheme": "INTERNAL"])
    inputs.add(
      "ForwardingRule",
      [
        "name": "g", "target": "global/targetHttpsProxies/u",
        "loadBalancingScheme": "EXTERNAL_MANAGED",
      ])
  }

  /// What reading a field and asking for it give for every record of a type.
  private func values(_ field: String, _ type: Int, _ graph: ResourceGraph) -> [String] {
    let probe = Probe(graph)
    let reader = graph.reader(of: field, in: Schema.types[type].name)
    return (0..<graph.rowCount(ofType: type)).map { row in
      guard let record = graph.subject(type: type, row: row) else { return "no record" }
      let value = probe.text(of: reader.get(probe.context, record))
      return "\(value) \(probe.text(of: reader.has(probe.context, record)))"
    }
  }

  @Test func `a derived field keeps all that it is computed from`() {
    let whole = project(.all)
    for (number, type) in Schema.types.enumerated() where type.name != "Reference" {
      for field in type.fields + Schema.commonFields where field.isDerived {
        var fields = FieldSet.none
        fields.insert(field.name, of: type.name)
        let expected = values(field.name, number, whole)
        #expect(
          values(field.name, number, project(fields)) == expected, "\(type.name).\(field.name)")
      }
    }
  }

  @Test func `the function of alias ranges has what it needs`() {
    var fields = FieldSet.none
    fields.insert("networkInterfaces", of: "Instance")
    fields.insert("aliasRanges", of: "NetworkInterface")
    let probe = Probe(project(fields))
    let alias = "self.networkInterfaces[0].aliasRanges[0]"
    let vm = "projects/p/zones/zed/instances/vm"
    #expect(probe.value("\(alias).containsIP(ip('10.5.0.1'))", of: vm).hasPrefix("unknown("))
    #expect(probe.value("\(alias).containsIP(ip('10.0.0.1'))", of: vm) == "false")
  }
}
