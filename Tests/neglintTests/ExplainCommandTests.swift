import Testing

@testable import neglint

/// Why a rule says what it says of one resource.
@Suite struct ExplainCommandTests {
  private static let groups = "projects/shop-prod/zones/us-central1-a/networkEndpointGroups"

  private func explain(_ arguments: String...) -> Run { Run(["explain"] + arguments) }

  @Test func proofOfAFinding() {
    let run = explain(
      "neg-legacy-network", "--resource", "\(ExplainCommandTests.groups)/old-app",
      "fixtures/mission/export")
    #expect(run.status == .clean)
    #expect(
      run.output == """
        neg-legacy-network: Zonal NEG on a legacy network
        on projects/shop-prod/zones/us-central1-a/networkEndpointGroups/old-app: 1 finding

        the resource: violated
          when: true
            has(self.network)  ->  true
          require: false
            !(self.networkEndpointType in ['GCE_VM_IP', 'GCE_VM_IP_PORT'])  ->  false
              self.networkEndpointType in ['GCE_VM_IP', 'GCE_VM_IP_PORT']  ->  true
                self.networkEndpointType  ->  GCE_VM_IP_PORT
            !self.network.isLegacy  ->  false
              self.network.isLegacy  ->  true
                self.network  ->  projects/shop-prod/global/networks/legacy-net

        """)
  }

  @Test func whatIsUnknownSaysWhatIsMissing() {
    let run = explain(
      "neg-legacy-network", "fixtures/partial/export", "--resource",
      "projects/media-prod/zones/asia-east1-a/networkEndpointGroups/encode")
    #expect(
      run.output.contains(
        """
          * !self.network.isLegacy  ->  unknown
              missing projects/media-prod/global/networks/media-vpc (not loaded): gcloud compute \
        networks list --project=media-prod --format=json
        """), "\(run.output)")
    #expect(run.output.contains("encode: not evaluated\n"))
  }

  @Test func roundsOfMacrosAndVariablesAreShown() {
    let run = explain(
      "neg-gce-vm-ip-alias-address", "--resource", "\(ExplainCommandTests.groups)/db-primary",
      "fixtures/mission/export")
    #expect(run.output.contains("networkEndpoints[instance=db-1,ipAddress=10.10.1.4]: violated\n"))
    #expect(
      run.output.contains("networkEndpoints[instance=db-2,ipAddress=10.10.0.22]: satisfied\n"))
    #expect(run.output.contains("nic = networkInterfaces[name=nic0]: "))
    #expect(
      run.output.contains("  where\n") && run.output.contains("    vm = projects/shop-prod/zones/"))
  }

  @Test func groupsHaveAUnitEach() {
    let run = explain(
      "neg-gce-vm-ip-port-duplicate-endpoint", "fixtures/partial/export", "--resource",
      "projects/media-prod/zones/asia-east1-a/networkEndpointGroups/encode")
    #expect(run.output.contains("the resource, 10.60.0.4:9000 (1 of 3 items): satisfied\n"))
    #expect(run.output.contains("the resource, 10.60.0.5:9000 (2 of 3 items): violated\n"))
  }

  @Test func aSelfLinkNamesAResourceAndJSONIsForPrograms() {
    let run = explain(
      "neg-legacy-network", "fixtures/mission/export", "--format", "json", "--resource",
      "https://www.googleapis.com/compute/v1/\(ExplainCommandTests.groups)/web")
    #expect(run.output.contains("\"resource\": \"\(ExplainCommandTests.groups)/web\""))
    #expect(run.output.contains("\"outcome\": \"satisfied\""))
    #expect(run.output.contains("\"text\": \"!self.network.isLegacy\""))
  }

  @Test func whatCannotBeProvedIsSaid() {
    for arguments in [
      ["neg-legacy-network", "--resource", "projects/p/nothing", "fixtures/mission/export"],
      ["ref-malformed", "--resource", "projects/p/nothing", "fixtures/mission/export"],
      ["neg-legacy-network", "--resource", "projects/p/nothing"],
      ["neg-legacy-network", "fixtures/mission/export"],
    ] {
      let run = Run(["explain"] + arguments)
      #expect(run.status == .usage)
      #expect(run.output == "" && run.messages != "")
    }
  }
}
