import Testing

/// The table of product × kind of backend × balancing mode × capacity, cell by cell.
@Suite struct BalancingTableTests {
  private static let rules = [
    "backend-capacity-field-wrong-family", "backend-capacity-field-wrong-mode",
    "backend-capacity-not-exclusive", "backend-capacity-regional-mig-total",
    "backend-gce-vm-ip-balancing-mode", "backend-ig-mode", "backend-mode-protocol-mismatch",
    "backend-neg-utilization-mode", "backend-passthrough-capacity-set",
    "backend-target-capacity-missing",
  ]

  private static let values = ["maxUtilization": "0.8"]

  /// A product that serves over a protocol, as a row of the table of products has it.
  private struct Product {
    var row: [String: String]
    var transport: String

    /// All products of a class, each with the first and the last of its protocols.
    static func all(of type: String, in table: Table) -> [Product] {
      table.rows.filter { $0["class"] == type }.flatMap { row in
        let protocols = (row["protocols"] ?? "").split(separator: ",").map(String.init)
        return Set(protocols.prefix(1) + protocols.suffix(1)).sorted().map {
          Product(row: row, transport: $0)
        }
      }
    }

    func service(_ kind: String, _ mode: String, _ capacity: String) -> TabledService {
      var members = [TabledService.group(kind)]
      if mode != "-" { members.append(#""balancingMode": "\#(mode)""#) }
      if capacity != "none" {
        for field in capacity.split(separator: "+") {
          members.append("\"\(field)\": \(values[String(field)] ?? "100")")
        }
      }
      return TabledService(
        scheme: row["scheme"] ?? "", scope: row["scope"] ?? "", transport: transport,
        backends: [members.joined(separator: ", ")])
    }
  }

  private static func words(_ row: [String: String], _ column: String) -> [String] {
    (row[column] ?? "").split(separator: ",").map(String.init)
  }

  @Test func eachBackendTakesTheModesAndCapacitiesThatItsRowSays() throws {
    let products = try Table("support")
    let table = try Table("balancing")
    var services: [TabledService] = []
    var expected: [(name: String, outcome: String)] = []
    for row in table.rows {
      for product in Self.words(row, "classes").flatMap({ Product.all(of: $0, in: products) }) {
        for kind in Self.words(row, "kinds") where product.row[kind] != "n" {
          for mode in Self.words(row, "modes") {
            for capacity in table.columns.dropFirst(3) {
              let cell = row[capacity] ?? ""
              for kind in kind == "IG" ? ["IG", "IGR"] : [kind] where cell != "*" {
                services.append(product.service(kind, mode, capacity))
                let name = product.row["product"] ?? ""
                expected.append(
                  (
                    "\(name) \(product.transport) \(kind) \(mode) \(capacity)",
                    cell.hasSuffix("z") && kind == "IGR" ? "n" : String(cell.prefix(1))
                  ))
              }
            }
          }
        }
      }
    }
    #expect(services.count > 5000)
    let outcomes = try TabledOutcomes(of: services, Self.rules)
    let wrong = expected.indices.filter { outcomes[$0] != expected[$0].outcome }.map {
      "\(expected[$0].name): \(outcomes[$0]) \(outcomes.rejecting[$0] ?? []), "
        + "expected \(expected[$0].outcome)"
    }
    #expect(wrong.isEmpty, "\(wrong.count) cells:\n\(wrong.prefix(40).joined(separator: "\n"))")
  }
}
