import Resources
import Testing

/// Keys of records, from whatever they say of themselves (constraints H1).
struct IdentityTests {
  static let records: [(String, [String: Cell], String)] = [
    (
      "Instance",
      ["selfLink": "https://www.googleapis.com/compute/v1/projects/q/zones/z-1-a/instances/vm"],
      "projects/q/zones/z-1-a/instances/vm"
    ),
    (
      "Instance", ["selfLink": "//compute.googleapis.com/projects/q/zones/z-1-a/instances/vm"],
      "projects/q/zones/z-1-a/instances/vm"
    ),
    (
      "Instance", ["name": "vm", "zone": "https://x/compute/v1/projects/q/zones/z-1-a"],
      "projects/q/zones/z-1-a/instances/vm"
    ),
    (
      "Instance", ["name": "vm", "zone": "projects/q/zones/z-1-a"],
      "projects/q/zones/z-1-a/instances/vm"
    ),
    ("Instance", ["name": "vm", "zone": "z-1-a"], "projects/p/zones/z-1-a/instances/vm"),
    ("Instance", ["name": "vm", "context": "zones/z-1-a"], "projects/p/zones/z-1-a/instances/vm"),
    (
      "Instance", ["name": "vm", "context": "projects/q/zones/z-1-a"],
      "projects/q/zones/z-1-a/instances/vm"
    ),
    (
      "Instance", ["name": "vm", "zone": "z-1-b", "context": "projects/q/zones/z-1-a"],
      "projects/q/zones/z-1-b/instances/vm"
    ),
    ("Network", ["name": "n"], "projects/p/global/networks/n"),
    ("Subnetwork", ["name": "s", "region": "r"], "projects/p/regions/r/subnetworks/s"),
    (
      "BackendService", ["selfLink": "projects/q/regions/r/regionBackendServices/b"],
      "projects/q/regions/r/backendServices/b"
    ),
    ("Project", ["name": "p"], "projects/p"),
    ("Project", ["name": "other"], "projects/other"),
    ("Zone", ["name": "z-1-a", "region": "regions/r"], "projects/p/zones/z-1-a"),
    ("Region", ["name": "r"], "projects/p/regions/r"),
  ]

  @Test(arguments: records)
  func `a record has the key that it gives itself`(record: (String, [String: Cell], String)) {
    let graph = Inputs().add(record.0, record.1).graph()
    #expect(Probe(graph).subjects(record.0) == [record.2])
  }

  @Test func `a record without a project is in the file's, the path's or the only one`() {
    func path(project: String?, pathParts: [String], others: [String]) -> [String] {
      let inputs = Inputs(project: project, pathParts: pathParts)
      inputs.add("Network", ["name": "n"])
      inputs.file(1, project: nil)
      for other in others {
        inputs.add("Subnetwork", ["selfLink": .text("projects/\(other)/regions/r/subnetworks/s")])
      }
      return Probe(inputs.graph()).subjects("Network")
    }
    #expect(path(project: "a", pathParts: ["b"], others: ["b"]) == ["projects/a/global/networks/n"])
    #expect(
      path(project: nil, pathParts: ["x", "b", "y"], others: ["b", "c"])
        == ["projects/b/global/networks/n"])
    #expect(path(project: nil, pathParts: ["x"], others: ["b"]) == ["projects/b/global/networks/n"])
    #expect(
      path(project: nil, pathParts: ["x"], others: ["b", "c"]) == ["projects/-/global/networks/n"])
  }

  @Test func `identity can be read through any reference`() {
    let inputs = Inputs().add(
      "NetworkEndpointGroup",
      [
        "name": "neg", "zone": "us-south1-ai1b", "network": "projects/h/global/networks/n",
        "networkEndpoints": [["instance": "zones/europe-west4-b/instances/vm"]],
      ])
    let probe = Probe(inputs.graph())
    let neg = "projects/p/zones/us-south1-ai1b/networkEndpointGroups/neg"
    let expected = [
      ("self.name", "neg"), ("self.scope", "zonal"), ("self.project.name", "p"),
      ("self.zone.name", "us-south1-ai1b"), ("self.region.name", "us-south1"),
      ("self.zone.region", "projects/p/regions/us-south1"),
      ("self.network.name", "n"), ("self.network.project", "projects/h"),
      ("self.network.scope", "global"), ("has(self.network.name)", "true"),
      ("self.networkEndpoints[0].instance.zone", "projects/p/zones/europe-west4-b"),
      ("self.networkEndpoints[0].instance.zone.region.name", "europe-west4"),
      ("self.network.isLegacy", "unknown(projects/h/global/networks/n)"),
      ("has(self.network.autoCreateSubnetworks)", "unknown(projects/h/global/networks/n)"),
      ("self.networkEndpoints[0].networkEndpointGroup == self", "true"),
      ("self.isResolved", "false"), ("self.isGKEManaged", "false"),
    ]
    for (expression, value) in expected { #expect(probe.value(expression, of: neg) == value) }
  }

  @Test func `a loaded zone says its region`() {
    let inputs = Inputs()
      .add("Zone", ["name": "zed", "region": "regions/ex1"])
      .add("NetworkEndpointGroup", ["name": "neg", "zone": "zed", "resolved": true, "gke": true])
    let probe = Probe(inputs.graph())
    let neg = "projects/p/zones/zed/networkEndpointGroups/neg"
    #expect(probe.value("self.zone.region.name", of: neg) == "ex1")
    #expect(probe.value("self.region.name", of: neg) == "ex1")
    #expect(probe.value("self.isResolved && self.isGKEManaged", of: neg) == "true")
  }

  @Test func `scopes tell what a resource has`() {
    let inputs = Inputs()
      .add("NetworkEndpointGroup", ["name": "g"])
      .add("NetworkEndpointGroup", ["name": "r", "region": "eu"])
    let probe = Probe(inputs.graph())
    let global = "projects/p/global/networkEndpointGroups/g"
    let regional = "projects/p/regions/eu/networkEndpointGroups/r"
    #expect(probe.value("has(self.zone) || has(self.region)", of: global) == "false")
    #expect(probe.value("!has(self.zone) && has(self.region)", of: regional) == "true")
    #expect(probe.value("self.zone == self.zone", of: global) == "false")
    #expect(probe.value("self.zone.name", of: global).hasPrefix("error: "))
  }
}

/// A project's id and its number are two names of one project (constraints 4.1).
struct ProjectNumberTests {
  private static let neg = "projects/p/zones/z-1-a/networkEndpointGroups/neg"

  private func compare(_ network: String, with other: String, _ extra: (Inputs) -> Void) -> String {
    let inputs = Inputs().add(
      "NetworkEndpointGroup",
      [
        "name": "neg", "zone": "z-1-a", "network": .text(network),
        "subnetwork": "regions/r/subnetworks/s",
      ])
    inputs.add("Subnetwork", ["name": "s", "region": "r", "network": .text(other)])
    extra(inputs)
    return Probe(inputs.graph()).value("self.network == self.subnetwork.network", of: Self.neg)
  }

  @Test func `nothing maps the number: the comparison is unknown`() {
    let byNumber = "projects/123456/global/networks/n"
    #expect(
      compare("projects/h/global/networks/n", with: byNumber) { _ in } == "unknown(\(byNumber))")
    #expect(
      compare(byNumber, with: "projects/h/global/networks/n") { _ in } == "unknown(\(byNumber))")
  }

  @Test func `names, scopes and two ids or numbers differ for certain`() {
    let byNumber = "projects/123456/global/networks/n"
    #expect(compare("projects/h/global/networks/m", with: byNumber) { _ in } == "false")
    #expect(compare("projects/654321/global/networks/n", with: byNumber) { _ in } == "false")
    #expect(
      compare("projects/h/global/networks/n", with: "projects/g/global/networks/n") { _ in }
        == "false")
  }

  @Test func `a project record maps its number`() {
    let byNumber = "projects/123456/global/networks/n"
    func map(_ name: String, _ id: Int64) -> (Inputs) -> Void {
      { $0.add("Project", ["name": .text(name), "id": .int(id)]) }
    }
    #expect(compare("projects/h/global/networks/n", with: byNumber, map("h", 123_456)) == "true")
    #expect(compare("projects/h/global/networks/n", with: byNumber, map("h", 99)) == "false")
    #expect(compare("projects/h/global/networks/n", with: byNumber, map("g", 123_456)) == "false")
  }

  @Test func `a number stands for the project everywhere`() {
    let inputs = Inputs()
      .add("Project", ["selfLink": "projects/h", "id": 123_456])
      .add("Network", ["selfLink": "projects/123456/global/networks/n", "IPv4Range": "10.0.0.0/8"])
      .add(
        "NetworkEndpointGroup",
        ["name": "neg", "zone": "z-1-a", "network": "projects/h/global/networks/n"]
      )
      .complete("networks", in: "projects/123456")
    let probe = Probe(inputs.graph())
    #expect(probe.value("self.network.isLegacy", of: Self.neg) == "true")
    #expect(probe.value("self.network.project", of: Self.neg) == "projects/h")
    #expect(probe.subjects("Network") == ["projects/h/global/networks/n"])
  }
}
