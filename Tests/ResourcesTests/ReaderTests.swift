import CEL
import Resources
import Schema
import Testing

/// What readers may and may not do to the graph.
struct ReaderTests {
  @Test func `readers that are made late intern nothing`() {
    let graph = Inputs().add("NetworkEndpointGroup", ["name": "neg", "zone": "z-1-a"]).graph()
    let before = graph.symbol(for: "a text that no reader asks for")
    for type in Schema.types {
      for field in type.fields + Schema.commonFields {
        _ = graph.reader(of: field.name, in: type.name)
      }
    }
    #expect(graph.symbol(for: "another such text") == before + 1)
  }

  @Test func `every field of the schema can be read from every record`() throws {
    let inputs = Inputs()
    for type in Schema.types where !type.isPart {
      var cells: [String: Cell] = ["name": "x", "zone": "z-1-a"]
      for field in type.fields where field.kind.partType != nil { cells[field.name] = [[:]] }
      inputs.add(type.name, cells)
    }
    let graph = inputs.graph()
    let context = Context(host: graph)
    for (number, type) in Schema.types.enumerated() {
      for row in 0..<graph.rowCount(ofType: number) {
        let record = try #require(graph.subject(type: number, row: row))
        for field in type.fields + Schema.commonFields {
          let reader = graph.reader(of: field.name, in: type.name)
          let value = reader.get(context, record)
          #expect(!value.isError, "\(type.name).\(field.name): \(context.errorMessage(of: value))")
          #expect(!reader.has(context, record).isError, "\(type.name).\(field.name)")
        }
      }
    }
  }

  @Test func `fields that nobody reads are not kept`() {
    var fields = FieldSet.none
    fields.insert("defaultPort", of: "NetworkEndpointGroup")
    let graph = Inputs(fields: fields).add(
      "NetworkEndpointGroup",
      ["name": "neg", "zone": "z-1-a", "defaultPort": 80, "network": "global/networks/n"]
    ).graph()
    let probe = Probe(graph)
    let neg = "projects/p/zones/z-1-a/networkEndpointGroups/neg"
    #expect(probe.value("self.defaultPort", of: neg) == "80")
    #expect(probe.value("self.network", of: neg) == "error: the field 'network' was not kept")
  }

  @Test func `a derived field keeps what it is computed from`() {
    var fields = FieldSet.none
    fields.insert("effectiveAddress", of: "NetworkEndpoint")
    let graph = Inputs(fields: fields)
      .add(
        "NetworkEndpointGroup",
        [
          "name": "neg", "zone": "eu-1-a", "network": "global/networks/n",
          "networkEndpoints": [["instance": "vm"]],
        ]
      )
      .add("Network", ["name": "n", "autoCreateSubnetworks": true])
      .add(
        "Instance",
        [
          "name": "vm", "zone": "eu-1-a",
          "networkInterfaces": [
            ["subnetwork": "regions/eu-1/subnetworks/n", "networkIP": "10.0.0.2"]
          ],
        ]
      ).graph()
    let part = Schema.index(of: "NetworkEndpoint") ?? 0
    let context = Context(host: graph)
    let reader = graph.reader(of: "effectiveAddress", in: "NetworkEndpoint")
    let value = graph.subject(type: part, row: 0).map { reader.get(context, $0) }
    #expect(value.flatMap { context.text(of: $0) } == "10.0.0.2")
  }

  @Test func `records of other hosts have the readers that they were given`() {
    let graph = Inputs().graph()
    graph.setReader(ofRecordType: "Data") { field in
      FieldReader(get: { _, _ in .int(Int64(field.utf8.count)) }, has: { _, _ in .bool(true) })
    }
    let context = Context(host: graph)
    let reader = graph.reader(of: "limits", in: "Data")
    #expect(reader.get(context, .null).asInt == 6)
  }
}
