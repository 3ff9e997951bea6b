import BuiltinRules
import Foundation
import Importing
import Linting
import Resources
import Rules

/// A table that Google's documentation has, written down apart from the rules' own data.
struct Table {
  /// The names of the columns, in their order.
  let columns: [String]
  /// The cells of each row, by column.
  let rows: [[String: String]]

  /// Reads `Tests/Tables/NAME.tsv`; lines that start with `#` are comments.
  init(_ name: String) throws {
    let root = #filePath.split(separator: "/").dropLast(2).map { "/\($0)" }.joined()
    let lines = try String(contentsOfFile: "\(root)/Tables/\(name).tsv", encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    columns = lines.first ?? []
    rows = lines.dropFirst().map { [columns] line in
      Dictionary(zip(columns, line), uniquingKeysWith: { first, _ in first })
    }
  }
}

/// A backend service of a test, with what its rules are expected to say.
struct TabledService {
  var scheme: String
  var scope: String
  var transport: String
  /// The members of each backend, without braces.
  var backends: [String] = []
  var healthCheck: String?

  /// Its JSON under a name.
  func json(named name: String) -> String {
    let region = scope == "regional" ? #""region": "us-central1", "# : ""
    let list = backends.map { "{\($0)}" }.joined(separator: ", ")
    let check = healthCheck.map { #""healthChecks": ["\#($0)"], "# } ?? ""
    return #"{"name": "\#(name)", \#(region)"loadBalancingScheme": "\#(scheme)", "#
      + #""protocol": "\#(transport)", \#(check)"backends": [\#(list)]}"#
  }

  /// A member `group` for a kind of backend; IGR is a regional instance group.
  static func group(_ kind: String) -> String {
    let place =
      switch kind {
      case "IG": "zones/us-central1-a/instanceGroups/ig"
      case "IGR": "regions/us-central1/instanceGroups/ig"
      case "GCE_VM_IP", "GCE_VM_IP_PORT", "HYB": "zones/us-central1-a/networkEndpointGroups/"
      case "INTERNET_global", "INTERNET_address": "global/networkEndpointGroups/"
      default: "regions/us-central1/networkEndpointGroups/"
      }
    let name = place.hasSuffix("/") ? kind.lowercased().split(separator: "_").joined() : ""
    return #""group": "\#(place)\#(name)""#
  }

  /// The NEGs of all kinds that `group` names.
  static let groups: String = {
    let types = [
      ("GCE_VM_IP", "GCE_VM_IP", #""zone": "us-central1-a""#),
      ("GCE_VM_IP_PORT", "GCE_VM_IP_PORT", #""zone": "us-central1-a""#),
      ("HYB", "NON_GCP_PRIVATE_IP_PORT", #""zone": "us-central1-a""#),
      ("INTERNET_global", "INTERNET_FQDN_PORT", ""),
      ("INTERNET_address", "INTERNET_IP_PORT", ""),
      ("INTERNET_regional", "INTERNET_FQDN_PORT", #""region": "us-central1""#),
      ("SERVERLESS", "SERVERLESS", #""region": "us-central1""#),
      ("PSC", "PRIVATE_SERVICE_CONNECT", #""region": "us-central1""#),
      ("PORTMAP", "GCE_VM_IP_PORTMAP", #""region": "us-central1""#),
    ]
    return types.map { kind, type, place in
      let name = kind.lowercased().split(separator: "_").joined()
      let place = place.isEmpty ? "" : ", \(place)"
      let endpoints =
        kind == "GCE_VM_IP_PORT"
        ? #", "networkEndpoints": [{"instance": "vm", "ipv6Address": "fd20::1", "port": 80}]"# : ""
      return #"{"name": "\#(name)", "networkEndpointType": "\#(type)"\#(place)\#(endpoints)}"#
    }.joined(separator: ", ")
  }()
}

/// What built-in rules say of services.
struct TabledOutcomes {
  /// For each service that is rejected the rules that do.
  private(set) var rejecting: [Int: Set<String>] = [:]
  /// For each service that is rejected the level at which it last is.
  private(set) var levels: [Int: Level] = [:]
  private var unknown: Set<Int> = []

  /// Lints services, each named after its place, with rules.
  init(of services: [TabledService], _ rules: [String]) throws {
    let list = services.enumerated().map { $1.json(named: "s\($0)") }.joined(separator: ",\n")
    let snapshot =
      #"{"project": "p", "networkEndpointGroups": [\#(TabledService.groups)], "#
      + #""backendServices": [\#(list)]}"#
    let set = try RuleLibrary.builtin.ruleSet(
      selecting: Set(rules), functions: HostFunctions.implementations)
    let result = Linting.lint(
      Probe.graph(snapshot, set), set, options: LintOptions(listsAllResources: true))
    for finding in result.findings {
      if let place = Self.place(finding.resource) {
        rejecting[place, default: []].insert(finding.ruleID)
        levels[place] = finding.level
      }
    }
    unknown = Set(result.notEvaluated.flatMap(\.resources).compactMap(Self.place))
  }

  private static func place(_ resource: String) -> Int? {
    resource.split(separator: "/").last.flatMap { Int($0.dropFirst()) }
  }

  /// `n` where a rule rejects a service, `?` where one cannot tell, else `y`.
  subscript(_ service: Int) -> String {
    rejecting[service] != nil ? "n" : unknown.contains(service) ? "?" : "y"
  }
}
