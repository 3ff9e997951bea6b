import Testing

@testable import neglint

/// Expressions over an export, from the command line.
@Suite struct EvalCommandTests {
  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    var output: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases: [Case] = [
    Case(arguments: ["instances.size()", "fixtures/mission/export"], output: "9\n"),
    Case(
      arguments: ["networks.map(n, n.name)", "fixtures/mission/export"],
      output: "default\nlegacy-net\nprod-vpc\n"),
    Case(
      arguments: [
        "{'vm': self.name, 'zone': self.zone.name}", "--type", "Instance", "--where",
        "self.name.startsWith('web')", "fixtures/mission/export",
      ],
      output: """
        resource                                             vm     zone
        projects/shop-prod/zones/us-central1-a/instances/web-1  web-1  us-central1-a
        projects/shop-prod/zones/us-central1-a/instances/web-2  web-2  us-central1-a
        projects/shop-prod/zones/us-central1-b/instances/web-3  web-3  us-central1-b
        projects/shop-prod/zones/us-central1-b/instances/web-4  web-4  us-central1-b

        """),
    Case(
      arguments: [
        "self.instance.status", "--type", "NetworkEndpoint", "--where", "self.port == 443",
        "fixtures/partial/export",
      ],
      output: "projects/media-prod/zones/asia-east1-a/networkEndpointGroups/ingest "
        + "networkEndpoints[instance=ingest-2,ipAddress=10.60.1.3,port=443]  unknown: "
        + "projects/media-prod/zones/asia-east1-a/instances/ingest-2 (not loaded)\n"),
    Case(
      arguments: ["[1, {'a': null}]", "--format", "json", "fixtures/mission/export"],
      output: """
        {
          "results": [
            {
              "value": [
                1,
                {
                  "a": null
                }
              ]
            }
          ]
        }

        """),
  ]

  @Test(arguments: cases) func resultsAreShown(example: Case) {
    let run = Run(["eval"] + example.arguments)
    #expect(run.status == .clean)
    #expect(run.messages == "")
    // Columns are as wide as they need to be.
    let narrow = { (text: String) in
      text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    }
    #expect(narrow(run.output) == narrow(example.output))
  }

  @Test func aMistakeIsShownInItsPlace() {
    let run = Run(["eval", "self.nam + 1", "--type", "Instance", "fixtures/mission/export"])
    #expect(run.status == .usage)
    #expect(
      run.messages.hasSuffix(
        """
        error: Instance has no field 'nam'; did you mean 'name'?
          self.nam + 1
               ^

        """), "\(run.messages)")
  }

  @Test func anErrorIsIncomplete() {
    let run = Run(["eval", "1 / 0", "fixtures/mission/export"])
    #expect(run.status == .incomplete)
    #expect(run.output == "error: division by zero\n")
  }

  @Test(arguments: [
    ["eval", "1", "--type", "Nonsense", "fixtures/mission/export"],
    ["eval", "1", "--where", "true", "fixtures/mission/export"], ["eval", "1"],
  ])
  func wrongUsageIsRefused(arguments: [String]) {
    let run = Run(arguments)
    #expect(run.status == .usage)
    #expect(run.output == "")
  }
}
