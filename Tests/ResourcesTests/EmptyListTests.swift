import CEL
import Resources
import Schema
import Testing

@Suite struct EmptyListTests {
  /// What is said of types as a whole has to hold for each of their records.
  @Test(
    arguments: [
      ("references", "NetworkEndpointGroup"), ("misdirectedReferences", "BackendService"),
    ])
  func typesWithoutElementsHaveNone(list: String, owner: String) throws {
    let graph = Inputs()
      .add(
        "NetworkEndpointGroup",
        [
          "name": "neg", "zone": "z-1-a", "network": "global/networks/n",
          "networkEndpoints": [["instance": "vm"]],
        ]
      )
      .add("Network", ["name": "n"])
      .add("BackendService", ["name": "bs", "healthChecks": ["global/securityPolicies/hc"]])
      .add("Zone", ["name": "z-1-a"]).graph()
    let context = Context(host: graph)
    let reader = graph.reader(of: list, in: Schema.anyType)
    let busy = try #require(graph.typesWithElements(in: list))
    var found: Set<Int> = []
    for type in Schema.types.indices {
      for row in 0..<graph.rowCount(ofType: type) {
        let record = try #require(graph.subject(type: type, row: row))
        let elements = reader.get(context, record)
        if context.count(of: elements) ?? 0 > 0 || elements.openBecause != nil {
          found.insert(type)
        }
      }
    }
    #expect(found.contains(try #require(Schema.index(of: owner))))
    #expect(found.isSubset(of: busy))
    #expect(busy.count < Schema.types.count)
    #expect(graph.typesWithElements(in: "labels") == nil)
  }

  @Test func partsThatNameNothingHaveNoReferencesUnseenEither() throws {
    let graph = Inputs().add("Network", ["name": "n"]).graph()
    let config = try #require(Schema.index(of: "AccessConfig"))
    let endpoint = try #require(Schema.index(of: "NetworkEndpoint"))
    #expect(!graph.mayHaveElements(in: "references", ofUnseen: config))
    #expect(graph.mayHaveElements(in: "references", ofUnseen: endpoint))
    #expect(graph.mayHaveElements(in: "labels", ofUnseen: config))
  }
}
