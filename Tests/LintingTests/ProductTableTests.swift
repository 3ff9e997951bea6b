import Linting
import Testing

/// The tables of load balancer products, cell by cell.
@Suite struct ProductTableTests {
  private static let protocols = [
    "HTTP", "HTTPS", "HTTP2", "H2C", "GRPC", "TCP", "SSL", "UDP", "UNSPECIFIED",
  ]

  @Test func schemeScopeAndProtocolMakeTheProduct() throws {
    let probe = try Probe().with(
      "product", on: "BackendService", message: "{self.product}", "require: \"false\"\n")
    var wrong: [String] = []
    let rows = try Table("derivation").rows
    #expect(rows.count == 10)
    for row in rows {
      let services = Self.protocols.map {
        TabledService(scheme: row["scheme"] ?? "", scope: row["scope"] ?? "", transport: $0)
      }
      let list = services.enumerated().map { $1.json(named: "s\($0)") }.joined(separator: ", ")
      let products = try probe.lint(#"{"project": "p", "backendServices": [\#(list)]}"#)
      let outcomes = try TabledOutcomes(of: services, ["backend-service-protocol-not-for-lb"])
      for (index, transport) in Self.protocols.enumerated() {
        let product = products.findings.first { $0.resource.hasSuffix("/s\(index)") }?.message
        let sign = ["y": "+", "n": "-", "?": "?"][outcomes[index]] ?? ""
        let actual = (product == "unknown" ? "?" : product ?? "") + sign
        if actual != row[transport] {
          wrong.append("\(row["scheme"] ?? "") \(row["scope"] ?? "") \(transport): \(actual)")
        }
      }
    }
    #expect(wrong == [])
  }

  private static let compatibility = [
    "backend-gce-vm-ip-port-requires-proxy", "backend-gce-vm-ip-requires-passthrough",
    "backend-neg-type-lb-unsupported", "backend-service-mixed-neg-types",
    "backend-service-too-many-backends",
  ]

  /// The kinds of the backends that a cell is tried with, and the outcome that each gives.
  private static func attempts(_ column: String, _ cell: String) -> [([String], String)] {
    switch (column, cell) {
    case ("MIX", _): [(["GCE_VM_IP_PORT", "HYB"], cell)]
    case ("IG", _): [(["IG"], cell), (["IGR"], cell)]
    case ("INTERNET_global", "name"): [(["INTERNET_global"], "y"), (["INTERNET_address"], "n")]
    case ("INTERNET_global", "1"):
      [
        (["INTERNET_global"], "y"), (["INTERNET_address"], "y"),
        (["INTERNET_global", "INTERNET_address"], "n"),
      ]
    case (_, "1"): [([column], "y"), ([column, column], "n")]
    default: [([column], cell)]
    }
  }

  @Test func eachProductTakesTheKindsOfBackendsThatItsRowSays() throws {
    let table = try Table("support")
    var services: [TabledService] = []
    var expected: [(name: String, outcome: String)] = []
    for row in table.rows {
      for transport in (row["protocols"] ?? "").split(separator: ",") {
        for column in table.columns.dropFirst(5).prefix(10) {
          for (kinds, outcome) in Self.attempts(column, row[column] ?? "") {
            services.append(
              TabledService(
                scheme: row["scheme"] ?? "", scope: row["scope"] ?? "",
                transport: String(transport), backends: kinds.map(TabledService.group)))
            let kinds = kinds.joined(separator: "+")
            expected.append(("\(row["product"] ?? "") \(transport) \(kinds)", outcome))
          }
        }
      }
    }
    #expect(services.count > 400)
    let outcomes = try TabledOutcomes(of: services, Self.compatibility)
    let wrong = expected.indices.filter { outcomes[$0] != expected[$0].outcome }.map {
      "\(expected[$0].name): \(outcomes[$0]), expected \(expected[$0].outcome)"
    }
    #expect(wrong == [])
  }
}
