import Resources
import Testing

/// Derived fields of network interfaces (constraints H8, H9).
struct InterfaceTests {
  private static let vm = "projects/p/zones/eu-1-a/instances/vm"

  private func nic(_ cells: [String: Cell]) -> Inputs {
    Inputs().add(
      "Instance",
      [
        "name": "vm", "zone": "eu-1-a",
        "networkInterfaces": [.object(["name": "nic0"].merging(cells) { $1 })],
      ])
  }

  private func value(_ expression: String, _ inputs: Inputs) -> String {
    Probe(inputs.graph()).value("self.networkInterfaces[0].\(expression)", of: Self.vm)
  }

  @Test func `the network is the one that is set, or the subnet's`() {
    #expect(value("effectiveNetwork.name", nic(["network": "global/networks/n"])) == "n")
    let bySubnet = nic(["subnetwork": "regions/eu-1/subnetworks/s"])
    #expect(value("effectiveNetwork", bySubnet) == "unknown(projects/p/regions/eu-1/subnetworks/s)")
    bySubnet.add("Subnetwork", ["name": "s", "region": "eu-1", "network": "global/networks/m"])
    #expect(value("effectiveNetwork.name", bySubnet) == "m")
    #expect(
      value("effectiveNetwork", nic([:]))
        == "unknown(\(Self.vm)#networkInterfaces[name=nic0].network)")
    #expect(value("instance", nic([:])) == Self.vm)
  }

  static let ranges: [(Cell, String, String)] = [
    ("10.1.2.0/24", "10.1.2.255", "true"), ("10.1.2.0/24", "10.1.3.0", "false"),
    ("10.2.3.4", "10.2.3.4", "true"), ("10.2.3.4", "10.2.3.5", "false"),
    ("10.2.3.4", "2001:db8::1", "false"),
  ]

  @Test(arguments: ranges)
  func `a concrete alias range holds its addresses`(range: (Cell, String, String)) {
    let given = nic(["aliasIpRanges": [["ipCidrRange": range.0]]])
    #expect(value("aliasRanges[0].containsIP('\(range.1)')", given) == range.2)
    #expect(value("aliasRanges.exists(r, r.containsIP(ip('\(range.1)')))", given) == range.2)
  }

  @Test func `an alias range of a length alone may hold what its subnet range holds`() {
    let unknown =
      "unknown(\(Self.vm)#networkInterfaces[name=nic0].aliasIpRanges[ipCidrRange=/24].ipCidrRange)"
    func contains(_ address: String, range: Cell? = nil, subnet: [String: Cell]? = nil) -> String {
      let alias: [String: Cell] = ["ipCidrRange": "/24"]
      let given = nic([
        "subnetwork": "regions/eu-1/subnetworks/s",
        "aliasIpRanges": [
          .object(range.map { alias.merging(["subnetworkRangeName": $0]) { $1 } } ?? alias)
        ],
      ])
      if let subnet {
        given.add("Subnetwork", ["name": "s", "region": "eu-1"].merging(subnet) { $1 })
      }
      return value("aliasRanges[0].containsIP('\(address)')", given)
    }
    let subnet: [String: Cell] = [
      "ipCidrRange": "10.0.0.0/16",
      "secondaryIpRanges": [["rangeName": "pods", "ipCidrRange": "10.4.0.0/14"]],
    ]
    #expect(contains("10.0.0.9") == unknown)
    #expect(contains("10.0.0.9", subnet: subnet) == unknown)
    #expect(contains("10.5.0.9", subnet: subnet) == "false")
    #expect(contains("10.5.0.9", range: "pods", subnet: subnet) == unknown)
    #expect(contains("10.0.0.9", range: "pods", subnet: subnet) == "false")
    #expect(contains("10.0.0.9", range: "other", subnet: subnet) == unknown)
    #expect(contains("10.0.0.9", subnet: [:]) == unknown)
  }

  @Test func `an alias range that cannot be read may hold anything`() {
    let given = nic(["aliasIpRanges": [["ipCidrRange": .unreadable], ["subnetworkRangeName": "x"]]])
    #expect(value("aliasRanges[0].containsIP('10.0.0.1')", given).hasPrefix("unknown("))
    #expect(value("aliasRanges[1].containsIP('10.0.0.1')", given).hasPrefix("unknown("))
    #expect(value("aliasRanges[0].containsIP('10.0.0.256')", given).hasPrefix("error: "))
  }

  @Test func `IPv6 ranges are internal and external, of length 96 unless told`() {
    let both = nic([
      "ipv6Address": "2001:DB8:1::5",
      "ipv6AccessConfigs": [
        ["externalIpv6": "2600:1900::1:0:0", "externalIpv6PrefixLength": 112], ["name": "x"],
      ],
    ])
    #expect(value("ipv6Ranges", both) == "[2001:db8:1::/96, 2600:1900::1:0:0/112]")
    #expect(
      value("ipv6Ranges", nic(["ipv6Address": "2001:db8::5", "internalIpv6PrefixLength": 64]))
        == "[2001:db8::/64]")
    #expect(value("ipv6Ranges", nic([:])) == "[]")
  }

  @Test func `a dual-stack interface without a range has one that was left out`() {
    let missing = "\(Self.vm)#networkInterfaces[name=nic0].ipv6Address"
    #expect(value("ipv6Ranges", nic(["stackType": "IPV4_IPV6"])) == "[...(\(missing))]")
    #expect(value("ipv6Ranges", nic(["stackType": "IPV6_ONLY"])) == "[...(\(missing))]")
    #expect(value("ipv6Ranges", nic(["stackType": "IPV4_ONLY"])) == "[]")
    #expect(value("ipv6Ranges", nic(["ipv6Address": .unreadable])) == "[unknown(\(missing))]")
    let long = nic(["ipv6Address": "2001:db8::5", "internalIpv6PrefixLength": 129])
    #expect(value("ipv6Ranges", long).hasPrefix("[unknown("))
  }
}
