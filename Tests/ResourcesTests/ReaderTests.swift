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

  /// One record of every type, with one empty part in every list.
  private func everything() -> ResourceGraph {
    let inputs = Inputs()
    for type in Schema.types where !type.isPart {
      var cells: [String: Cell] = ["name": "x", "zone": "z-1-a"]
      for field in type.fields where field.kind.partType != nil { cells[field.name] = [[:]] }
      inputs.add(type.name, cells)
    }
    return inputs.graph()
  }

  /// Reads a field of every record of a type; gives the errors.
  private func errors(_ field: String, _ type: Int, _ graph: ResourceGraph) -> [String] {
    let context = Context(host: graph)
    let reader = graph.reader(of: field, in: Schema.types[type].name)
    return (0..<graph.rowCount(ofType: type)).flatMap { row -> [String] in
      guard let record = graph.subject(type: type, row: row) else { return ["no record"] }
      return [reader.get(context, record), reader.has(context, record)].filter(\.isError).map {
        "\(Schema.types[type].name).\(field): \(context.errorMessage(of: $0))"
      }
    }
  }

  @Test func `every field of the schema can be read from every record`() {
    let graph = everything()
    for (number, type) in Schema.types.enumerated() {
      for field in type.fields + Schema.commonFields {
        #expect(errors(field.name, number, graph).isEmpty)
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
