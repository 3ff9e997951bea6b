import CEL
import Resources
import Schema
import Testing

/// What a derived field says on a part of the data holds on all of it (rules.md, "Outcomes").
struct SoundnessTests {
  private typealias Record = (type: String, cells: [String: Cell])

  private static let neg: [String: Cell] = [
    "name": "a", "zone": "eu-1-a", "networkEndpointType": "GCE_VM_IP_PORT",
    "subnetwork": "regions/eu-1/subnetworks/s", "size": 2,
    "networkEndpoints": [
      ["instance": "vm", "ipv6Address": "2001:db8::9"],
      ["instance": "vm", "ipAddress": "10.0.0.3"],
    ],
  ]

  private static let nics: Cell = [
    [
      "name": "nic0", "subnetwork": "regions/eu-1/subnetworks/s", "networkIP": "10.0.0.2",
      "aliasIpRanges": [["ipCidrRange": "/24", "subnetworkRangeName": "pods"]],
    ],
    [
      "name": "nic1", "network": "global/networks/auto",
      "subnetwork": "regions/eu-1/subnetworks/auto", "ipv6Address": "2001:db8::5",
      "networkIP": "10.0.0.3", "stackType": "IPV4_IPV6",
    ],
  ]

  private static let records: [Record] = [
    ("Network", ["name": "auto", "autoCreateSubnetworks": true]),
    ("Network", ["name": "named"]),
    ("Zone", ["name": "eu-1-a", "region": "regions/eu-1"]),
    ("Project", ["name": "p", "id": 42]),
    (
      "Subnetwork", ["name": "s", "region": "eu-1", "network": "projects/42/global/networks/named"]
    ),
    ("Instance", ["name": "vm", "zone": "eu-1-a", "networkInterfaces": nics]),
    ("Instance", ["name": "vm", "zone": "eu-1-b", "networkInterfaces": nics]),
    ("NetworkEndpointGroup", neg),
    (
      "NetworkEndpointGroup",
      [
        "name": "b", "zone": "eu-1-a", "network": "global/networks/auto",
        "networkEndpoints": [["instance": "vm"], ["instance": "zones/eu-1-c/instances/vm"]],
      ]
    ),
    (
      "BackendService",
      [
        "name": "x", "loadBalancingScheme": "EXTERNAL_MANAGED", "protocol": "TCP",
        "backends": [
          ["group": "zones/eu-1-a/networkEndpointGroups/a"],
          ["group": "global/networkEndpointGroups/g"],
        ],
      ]
    ),
    ("BackendService", ["name": "y", "region": "eu-1", "protocol": "TCP"]),
    (
      "ForwardingRule",
      ["name": "f", "region": "eu-1", "backendService": "y", "loadBalancingScheme": "INTERNAL"]
    ),
  ]

  private func probe(without index: Int?) -> Probe {
    let inputs = Inputs()
    for (number, record) in Self.records.enumerated() where number != index {
      inputs.add(record.type, record.cells)
    }
    return Probe(inputs.graph())
  }

  /// A value, in texts that hold in any graph.
  private struct Answer {
    var text: String
    var isUnknown: Bool
    /// The elements of a list that may have more of them.
    var openElements: [String]?

    init(_ value: Value, _ probe: Probe) {
      text = probe.text(of: value)
      isUnknown = value.isUnknown
      openElements = value.openBecause.flatMap { _ in
        probe.context.elements(of: value)?.map { probe.text(of: $0) }
      }
    }

    /// Whether this is what can be known of another answer.
    func agrees(with whole: Answer) -> Bool {
      if text == whole.text || isUnknown { return true }
      return openElements.map { $0.allSatisfy { whole.text.contains($0) } } ?? false
    }
  }

  /// Derived fields that say what is known so far: the candidates that are left, an owner if any.
  private static let momentary: Set<String> = [
    "addressOwner", "conflictingInterfaces", "isStandby", "knownFailoverEndpoints",
    "knownPrimaryEndpoints", "loadedBackendServices", "possibleKinds", "possibleProducts",
  ]

  /// What every derived field gives, by record, field and whether it is read or asked for.
  private func answers(_ probe: Probe) -> [String: Answer] {
    var found: [String: Answer] = [:]
    for (number, type) in Schema.types.enumerated() where type.name != "Reference" {
      for field in type.fields where field.isDerived && !Self.momentary.contains(field.name) {
        let reader = probe.graph.reader(of: field.name, in: type.name)
        for row in 0..<probe.graph.rowCount(ofType: number) {
          guard let record = probe.graph.subject(type: number, row: row) else { continue }
          let name = "\(probe.text(of: record)) \(field.name)"
          probe.context.reset()
          found["\(name) get"] = Answer(reader.get(probe.context, record), probe)
          found["\(name) has"] = Answer(reader.has(probe.context, record), probe)
        }
      }
    }
    return found
  }

  // Without the project's record its number is a name of its own.
  @Test(arguments: records.indices.filter { records[$0].type != "Project" })
  func `without one record, nothing but what rested on it is otherwise`(index: Int) {
    let whole = answers(probe(without: nil))
    for (name, answer) in answers(probe(without: index)) {
      guard let expected = whole[name] else { continue }
      #expect(
        answer.agrees(with: expected),
        "\(name): \(answer.text), with all records \(expected.text)")
    }
  }
}
