@testable import Importing
import Schema
import Testing

/// Plans and states of Terraform: what becomes of their resources.
@Suite struct TerraformTests {
  static let values = #"""
    {"name": "n", "zone": "z", "project": "p", "network": "net", "subnetwork": "",
     "network_endpoint_type": "GCE_VM_IP", "default_port": 0, "size": 0, "id": "projects/p/x",
     "self_link": "https://www.googleapis.com/compute/v1/projects/p/zones/z/networkEndpointGroups/n"}
    """#
  static let taken =
    "networkEndpointType=GCE_VM_IP, network=net"
  static let resource = #"""
    {"address": "google_compute_network_endpoint_group.n", "mode": "managed",
     "type": "google_compute_network_endpoint_group", "name": "n", "values": \#(values)}
    """#

  /// A plan with one change.
  static func plan(
    _ type: String, after: String, unknown: String = "{}", version: String = "1.2",
    expressions: String = "{}", actions: String = "create"
  ) -> String {
    #"""
    {"format_version": "\#(version)", "terraform_version": "1.9.5", "resource_changes": [
      {"address": "\#(type).n", "mode": "managed", "type": "\#(type)", "name": "n",
       "change": {"actions": ["\#(actions)"], "before": null, "after": \#(after),
                  "after_unknown": \#(unknown)}}],
     "configuration": {"root_module": {"resources": [
      {"address": "\#(type).n", "mode": "managed", "type": "\#(type)", "name": "n",
       "provider_config_key": "google", "expressions": \#(expressions)}]}}}
    """#
  }

  /// States in each of their forms.
  static let states: [String] = [
    #"{"format_version": "1.0", "terraform_version": "1.9.5", "values": {"root_module": {"#
      + #""child_modules": [{"resources": [\#(resource)]}]}}}"#,
    #"{"version": 4, "terraform_version": "1.9.5", "serial": 1, "lineage": "l", "resources": ["#
      + #"{"mode": "managed", "type": "google_compute_network_endpoint_group", "name": "n","#
      + #""instances": [{"attributes": \#(values)}]}]}"#,
    #"{"pytest-terraform": 1, "resources": {"google_compute_network_endpoint_group": "#
      + #"{"n": \#(values)}}}"#,
  ]

  @Test(arguments: states) func aStateIsTakenInAsTheAPIHasIt(_ text: String) {
    let result = imported(text)
    #expect(result.problems.isEmpty)
    #expect(result.summaries.first?.dialect == "Terraform")
    let taken = takenIn(result)
    #expect(taken.count == 1)
    #expect(
      taken.first?.contains("/networkEndpointGroups/n name=n context=projects/p/zones/z") == true)
    #expect(taken.first?.hasSuffix("{resolved, \(TerraformTests.taken)}") == true, "\(taken)")
  }

  @Test(arguments: ["0.1", "0.2", "1.0", "1.1", "1.2"]) func aPlanIsReadAfterItsChanges(
    _ version: String
  ) {
    let text = TerraformTests.plan(
      "google_compute_network_endpoint_group", after: TerraformTests.values, version: version)
    let taken = takenIn(text)
    #expect(
      taken.first
        == "NetworkEndpointGroup name=n context=projects/p/zones/z {\(TerraformTests.taken)}")
    #expect(taken.last == "projects/p/zones/z/networkEndpointGroups/n networkEndpoints=[]")
  }

  @Test(arguments: [
    (#"{"format_version": "2.0", "planned_values": {}}"#, "format 2.0"),
    (#"{"format_version": "1.3", "resource_changes": []}"#, "format 1.3"),
    (#"{"format_version": "9.0", "values": {}}"#, "format 9.0"),
    (#"{"version": 3, "terraform_version": "0.11.14", "serial": 1, "modules": []}"#, "version 3"),
    (#"{"version": 5, "terraform_version": "9.0.0", "serial": 1, "resources": []}"#, "version 5"),
  ])
  func otherVersionsAreRefusedByName(_ text: String, _ words: String) {
    for directory in [nil, "d"] {
      let result = imported(text, directory: directory)
      let problem = result.problems.first { $0.file == 0 }
      #expect(problem?.message.contains(words) == true)
      #expect(problem?.severity == .degrades)
      #expect(result.summaries.first?.refusal != nil)
    }
  }

  @Test func whatIsKnownOnlyAfterApplyIsUnknown() {
    let taken = takenIn(
      TerraformTests.plan(
        "google_compute_instance",
        after: #"{"name": "n", "zone": "z", "project": "p","#
          + #""network_interface": [{"network": "net", "alias_ip_range": []}]}"#,
        unknown: #"{"current_status": true, "network_interface": [{"network_ip": true,"#
          + #""ipv6_access_config": true, "subnetwork": true, "stack_type": false}]}"#))
    #expect(
      taken == [
        "Instance name=n context=projects/p/zones/z {status=?, networkInterfaces=[{network=net, "
          + "subnetwork=?, networkIP=?, ipv6AccessConfigs=?}]}"
      ])
  }

  @Test(arguments: [
    (
      #"{"name": "n", "zone": "z"}"#, #"{"project": true}"#, #"{"project": {}}"#,
      "projects/terraform:?/zones/z"
    ),
    (
      #"{"name": "n", "project": "p"}"#, #"{"zone": true}"#, #"{"zone": {}}"#,
      "projects/p/zones/terraform:?"
    ),
    (#"{"zone": "z", "project": "p"}"#, #"{"name": true}"#, #"{"name": {}}"#, "projects/p/zones/z"),
    (#"{"name": "n", "project": "p"}"#, "{}", "{}", "projects/p/zones/terraform:?"),
  ])
  func aResourceThatNobodyKnowsYetHasItsAddressForAName(
    _ after: String, _ unknown: String, _ expressions: String, _ context: String
  ) {
    let taken = takenIn(
      TerraformTests.plan(
        "google_compute_instance", after: after, unknown: unknown, expressions: expressions))
    #expect(
      taken == ["Instance name=terraform:google_compute_instance.n context=\(context) {}"])
  }

  @Test func deletionsAndDataAreLeftOut() {
    let text = TerraformTests.plan(
      "google_compute_network", after: "null", actions: "delete")
    let result = imported(text)
    #expect(takenIn(result) == [])
    #expect(result.problems.isEmpty)
    #expect(
      result.summaries.first?.skippedByKind == ["google_compute_network to be deleted": 1])
  }

  /// Attributes that the table of exceptions is about, and what they become.
  @Test(arguments: [
    (
      "google_compute_instance_group", #"{"instances": ["vm-a", "vm-b"], "zone": "z"}"#,
      "instances=[{instance=vm-a} {instance=vm-b}]"
    ),
    (
      "google_compute_instance",
      #"{"zone": "us-east1-b", "network_interface": [{"subnetwork": "s","#
        + #""subnetwork_project": "host"}]}"#,
      "networkInterfaces=[{subnetwork=projects/host/regions/us-east1/subnetworks/s}]"
    ),
    ("google_compute_target_tcp_proxy", #"{"backend_service": "b"}"#, "service=b"),
    (
      "google_compute_forwarding_rule",
      #"{"ip_address": "10.0.0.9", "ip_protocol": "TCP", "region": "r"}"#,
      "IPAddress=10.0.0.9, IPProtocol=TCP"
    ),
    (
      "google_compute_region_backend_service",
      #"{"backend": [{"group": "zones/z/instanceGroups/g", "max_rate": 0}], "region": "r"}"#,
      "backends=[{group=zones/z/instanceGroups/g}]"
    ),
    (
      "google_compute_url_map",
      #"{"path_matcher": [{"name": "m", "path_rule": [{"service": "s"}]}]}"#,
      "pathMatchers=[{name=m, pathRules=[{service=s}]}]"
    ),
    (
      "google_compute_instance",
      #"{"zone": "z", "network_interface": [{"internal_ipv6_prefix_length": 0,"#
        + #""alias_ip_range": [{"ip_cidr_range": "10.1.0.0/24", "subnetwork_range_name": ""}]}]}"#,
      "networkInterfaces=[{aliasIpRanges=[{ipCidrRange=10.1.0.0/24}]}]"
    ),
  ])
  func attributesBecomeFields(_ type: String, _ after: String, _ expected: String) {
    let taken = takenIn(TerraformTests.plan(type, after: after))
    #expect(taken.first?.contains(expected) == true, "\(taken)")
  }

  @Test func endpointsGoToTheirGroup() {
    let endpoint = TerraformTests.plan(
      "google_compute_network_endpoint",
      after: #"{"instance": "vm", "ip_address": "10.0.0.2", "port": 80, "zone": "z","#
        + #""project": "p", "network_endpoint_group": "g"}"#)
    #expect(
      takenIn(endpoint) == [
        "projects/p/zones/z/networkEndpointGroups/g networkEndpoints="
          + "[{instance=vm, ipAddress=10.0.0.2, port=80}] partial"
      ])
    let all = TerraformTests.plan(
      "google_compute_network_endpoints",
      after: #"{"zone": "z", "project": "p", "network_endpoint_group": "g","#
        + #""network_endpoints": [{"instance": "vm", "ip_address": "10.0.0.2", "port": 0}]}"#)
    #expect(
      takenIn(all) == [
        "projects/p/zones/z/networkEndpointGroups/g networkEndpoints="
          + "[{instance=vm, ipAddress=10.0.0.2}]"
      ])
  }

  @Test func aPlanLargerThanTheTapeIsReadWhole() {
    var options = ImportOptions(fields: .all)
    options.tapeLimit = 64
    let text = TerraformTests.plan(
      "google_compute_network_endpoint_group", after: TerraformTests.values)
    let file = InputFile(path: "plan.json", origin: .bytes(Array(text.utf8)))
    #expect(takenIn(importFiles([file], options: options)) == takenIn(text))
  }
}
