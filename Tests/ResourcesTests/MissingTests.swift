import Resources
import Testing

/// What unknown outcomes say is missing, and the commands that fetch it.
struct MissingTests {
  private static let neg = "projects/p/zones/z-1-a/networkEndpointGroups/neg"

  private func things(_ expression: String, _ cells: [String: Cell] = [:]) -> [MissingThing] {
    let inputs = Inputs().add(
      "NetworkEndpointGroup", ["name": "neg", "zone": "z-1-a"].merging(cells) { $1 })
    return Probe(inputs.graph()).missingThings(expression, of: Self.neg)
  }

  @Test func `a resource that was not loaded`() {
    let found = things(
      "self.subnetwork.ipCidrRange", ["subnetwork": "projects/h/regions/r/subnetworks/s"])
    #expect(found.map(\.path) == ["projects/h/regions/r/subnetworks/s"])
    #expect(found.map(\.foldedPath) == ["projects/h/aggregated/subnetworks"])
    #expect(
      found.map(\.command)
        == ["gcloud compute networks subnets list --project=h --format=json"])
    #expect(found.map(\.reason) == ["not loaded"])
  }

  @Test func `a list of endpoints that was not loaded`() {
    let found = things("self.networkEndpoints")
    #expect(found.map(\.path) == ["\(Self.neg)/listNetworkEndpoints"])
    #expect(
      found.map(\.command) == [
        "gcloud compute network-endpoint-groups list-network-endpoints neg --zone=z-1-a "
          + "--project=p --format=json"
      ])
    #expect(
      found.map(\.foldedPath) == [
        "projects/p/aggregated/networkEndpointGroups/*/listNetworkEndpoints"
      ])
    #expect(
      found.map(\.foldedCommand) == [
        "gcloud compute network-endpoint-groups list-network-endpoints NAME --zone=ZONE "
          + "--project=p --format=json"
      ])
  }

  @Test func `members of a group that were not loaded`() {
    let inputs = Inputs().add("InstanceGroup", ["name": "g", "region": "r"])
    let found = Probe(inputs.graph()).missingThings(
      "self.instances", of: "projects/p/regions/r/instanceGroups/g")
    #expect(found.map(\.path) == ["projects/p/regions/r/instanceGroups/g/listInstances"])
    #expect(
      found.map(\.command) == [
        "gcloud compute instance-groups list-instances g --region=r --project=p --format=json"
      ])
  }

  @Test func `a field that the export lacks`() {
    let found = things("self.networkEndpointType")
    #expect(found.map(\.path) == ["\(Self.neg)#networkEndpointType"])
    #expect(
      found.map(\.foldedPath) == ["projects/p/aggregated/networkEndpointGroups#networkEndpointType"]
    )
    #expect(
      found.map(\.command)
        == ["gcloud compute network-endpoint-groups list --project=p --format=json"])
    #expect(found.map(\.reason) == ["not set in the export"])
    #expect(things("self.size", ["size": .unreadable]).map(\.reason) == ["cannot be read"])
  }

  @Test func `a field of a part`() {
    let inputs = Inputs().add(
      "Instance", ["name": "vm", "zone": "z-1-a", "networkInterfaces": [["name": "nic0"], [:]]])
    let probe = Probe(inputs.graph())
    let vm = "projects/p/zones/z-1-a/instances/vm"
    #expect(
      probe.missingThings("self.networkInterfaces[0].networkIP", of: vm).map(\.path)
        == ["\(vm)#networkInterfaces[name=nic0].networkIP"])
    let second = probe.missingThings("self.networkInterfaces[1].networkIP", of: vm)
    #expect(second.map(\.path) == ["\(vm)#networkInterfaces[1].networkIP"])
    #expect(
      second.map(\.foldedPath) == ["projects/p/aggregated/instances#NetworkInterface.networkIP"])
  }

  @Test func `a collection that may be incomplete`() {
    let found = things("self.backendServices")
    #expect(found.map(\.path) == ["projects/p/aggregated/backendServices"])
    #expect(
      found.map(\.command) == [
        "curl -sH \"Authorization: Bearer $(gcloud auth print-access-token)\" "
          + "'https://compute.googleapis.com/compute/v1/projects/p/aggregated/backendServices"
          + "?maxResults=500'"
      ])
  }

  @Test func `causes of one collection and project fold, others do not`() {
    let inputs = Inputs().add(
      "NetworkEndpointGroup",
      [
        "name": "neg", "zone": "z-1-a",
        "networkEndpoints": [
          ["instance": "a"], ["instance": "b"],
          ["instance": "projects/q/zones/z/instances/a"],
        ],
      ])
    let probe = Probe(inputs.graph())
    let fold = ["a", "b", "q"].indices.map { index in
      probe.fold("self.networkEndpoints[\(index)].instance.status", of: Self.neg)
    }
    #expect(fold[0] == fold[1])
    #expect(fold[0] != fold[2])
    #expect(fold[0] != probe.fold("self.size", of: Self.neg))
  }

  @Test(
    arguments: [
      ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$(rm -rf ~)", "'$(rm -rf ~)'"), ("", "''"),
      ("web-1", "web-1"), ("example.com:p", "example.com:p"), ("a\nb", "'a\nb'"), ("é", "'é'"),
    ])
  func `names are quoted for the shell`(name: String, quoted: String) {
    #expect(ShellWord.quote(name) == quoted)
  }

  @Test func `commands quote names, and are not given for what gcloud would misread`() {
    func command(_ name: String, project: String? = "p") -> String? {
      let inputs = Inputs(project: project).add("NetworkEndpointGroup", ["name": .text(name)])
      let path = "projects/\(project ?? "-")/global/networkEndpointGroups/\(name)"
      return Probe(inputs.graph()).missingThings("self.networkEndpoints", of: path).first?.command
    }
    #expect(
      command("x;reboot")
        == "gcloud compute network-endpoint-groups list-network-endpoints 'x;reboot' --global "
        + "--project=p --format=json")
    #expect(command("--impersonate-service-account=x") == nil)
    #expect(command("neg", project: nil) == nil)
  }
}
