import Linting
import Rules
import Testing

/// The columns of the table of products on health checks and IPv6 endpoints, cell by cell.
@Suite struct HealthCheckTableTests {
  /// A service for each protocol of a row.
  private static func services(
    _ row: [String: String], _ healthCheck: String, _ backend: String = "IG"
  ) -> [TabledService] {
    (row["protocols"] ?? "").split(separator: ",").map {
      TabledService(
        scheme: row["scheme"] ?? "", scope: row["scope"] ?? "", transport: String($0),
        backends: [TabledService.group(backend)], healthCheck: healthCheck)
    }
  }

  @Test func eachProductTakesHealthChecksOfTheScopesThatItsRowSays() throws {
    for row in try Table("support").rows {
      for (letter, place) in [("g", "global"), ("r", "regions/us-central1")] {
        let services = Self.services(row, "\(place)/healthChecks/hc")
        let outcomes = try TabledOutcomes(of: services, ["health-check-scope-mismatch"])
        let expected = row["HC"]?.contains(letter) == true ? "y" : "n"
        #expect(
          services.indices.allSatisfy { outcomes[$0] == expected },
          "\(row["product"] ?? ""), a health check in \(place)")
      }
    }
  }

  @Test(arguments: ["IG", "GCE_VM_IP_PORT"])
  func legacyHealthChecksAreForInstanceGroupsOfSomeProducts(kind: String) throws {
    for row in try Table("support").rows where row[kind] == "y" {
      for collection in ["httpHealthChecks", "httpsHealthChecks"] {
        let services = Self.services(row, "global/\(collection)/hc", kind)
        let outcomes = try TabledOutcomes(of: services, ["health-check-legacy-on-neg"])
        let cell = kind == "IG" ? row["legacy"] : "n"
        for index in services.indices {
          #expect(outcomes[index] == (cell == "?" ? "?" : "n"), "\(row["product"] ?? "") \(kind)")
          let level: Level = cell == "warning" ? .warning : .error
          #expect(
            outcomes[index] != "n" || outcomes.levels[index] == level, "\(row["product"] ?? "")")
        }
      }
    }
  }

  @Test func someProductsSendToIPv4AddressesAlone() throws {
    for row in try Table("support").rows where row["GCE_VM_IP_PORT"] == "y" {
      // A NEG that another load balancer shares is judged with that one.
      for service in Self.services(row, "global/healthChecks/hc", "GCE_VM_IP_PORT") {
        let outcomes = try TabledOutcomes(of: [service], ["dual-stack-lb-unsupported"])
        let expected = row["dual"] == "n" ? "n" : "y"
        #expect(outcomes[0] == expected, "\(row["product"] ?? "")")
      }
    }
  }
}
