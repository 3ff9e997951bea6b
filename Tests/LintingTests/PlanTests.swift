import BuiltinRules
import Foundation
import Importing
import Linting
import Resources
import Rules
import Testing

/// A plan of which more and more is known only once it is applied.
///
/// What is found although values are open is found whatever they will be.
@Suite struct PlanTests {
  /// The plan that makes everything that a state has.
  private static func plan() throws -> [[String: Any]] {
    let file = try #require(try exportFiles(of: "mission-terraform-state").first)
    let state = try #require(
      try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any])
    let resources = state["resources"] as? [[String: Any]] ?? []
    return resources.flatMap { resource -> [[String: Any]] in
      let type = resource["type"] as? String ?? ""
      let name = resource["name"] as? String ?? ""
      let module = (resource["module"] as? String).map { "\($0)." } ?? ""
      return (resource["instances"] as? [[String: Any]] ?? []).map { instance in
        let key = instance["index_key"]
        let index = (key as? String).map { "[\"\($0)\"]" } ?? key.map { "[\($0)]" } ?? ""
        return [
          "address": "\(module)\(type).\(name)\(index)", "mode": resource["mode"] ?? "managed",
          "type": type, "name": name,
          "change": [
            "actions": ["create"], "after": instance["attributes"] ?? [:],
            "after_unknown": [String: Any](),
          ],
        ]
      }
    }
  }

  /// Attributes that say which resource is meant, so that findings would stand elsewhere.
  private static let identity: Set<String> = [
    "name", "zone", "region", "project", "id", "self_link", "network_endpoint_group",
  ]

  /// Values of which some are left open, and what is open.
  private static func open(
    _ values: [String: Any], _ share: Int, _ random: inout Randomness
  ) -> (after: [String: Any], unknown: [String: Any]) {
    var after: [String: Any] = [:]
    var unknown: [String: Any] = [:]
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      if !identity.contains(name), Int.random(in: 0..<100, using: &random) < share {
        unknown[name] = true
      } else if let blocks = value as? [[String: Any]] {
        let parts = blocks.map { open($0, share, &random) }
        after[name] = parts.map(\.after)
        unknown[name] = parts.map(\.unknown)
      } else {
        after[name] = value
      }
    }
    return (after, unknown)
  }

  private static func outcome(
    _ changes: [[String: Any]], _ rules: RuleSet
  ) throws -> (pairs: Set<[String]>, notEvaluated: Int, problems: [String]) {
    let plan: [String: Any] = ["format_version": "1.2", "resource_changes": changes]
    let bytes = Array(try JSONSerialization.data(withJSONObject: plan, options: [.sortedKeys]))
    let imported = importFiles(
      [InputFile(path: "plan.json", bytes: bytes)], options: ImportOptions(fields: rules.fields))
    let graph = ResourceGraph(merging: imported.builders, fields: rules.fields)
    let result = lint(graph, rules, options: LintOptions(appliesSuperseding: false))
    return (
      Set(result.findings.map { [$0.ruleID, $0.resource] }), result.notEvaluated.count,
      imported.problems.map(\.message) + result.problems.map(\.message)
    )
  }

  @Test func whatIsFoundDoesNotDependOnWhatIsOpen() throws {
    let library = RuleLibrary.builtin
    let rules = try library.ruleSet(
      selecting: try library.ids(of: RuleSelection()), functions: HostFunctions.implementations)
    let changes = try Self.plan()
    let whole = try Self.outcome(changes, rules)
    #expect(whole.problems.isEmpty)
    #expect(whole.pairs.count >= 8)
    var random = Randomness(state: 7)
    var found = 0
    for round in 0..<12 {
      let some = changes.map { change -> [String: Any] in
        var change = change
        guard var values = change["change"] as? [String: Any],
          let after = values["after"] as? [String: Any]
        else { return change }
        let parts = Self.open(after, 5 + 5 * round, &random)
        values["after"] = parts.after
        values["after_unknown"] = parts.unknown
        change["change"] = values
        return change
      }
      let outcome = try Self.outcome(some, rules)
      #expect(outcome.problems.isEmpty, "\(outcome.problems)")
      let invented = outcome.pairs.subtracting(whole.pairs)
      #expect(invented.isEmpty, "round \(round): \(invented)")
      #expect(outcome.notEvaluated > 0)
      found += outcome.pairs.count
    }
    #expect(found > 12)
  }

  /// Numbers that look random and are the same in every run (SplitMix64).
  private struct Randomness: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }
}
