import BuiltinRules
import Dispatch
import Importing
import Linting
import Resources
import Rules
import Synchronization
import Testing

/// Leaves every file, collection, resource and field out of whole exports, one at a time.
///
/// What is left out may silence rules only in the open, and must not make them speak.
@Suite struct ThinningTests {
  /// Rules that look for something that is missing, so that leaving it out violates them.
  private static let rulesAboutAbsence: Set<String> = [
    // A secondary range that the subnet does not have; without a name it is the primary one.
    "alias-range-outside-subnet",
    "backend-service-health-check-missing",
    "backend-service-no-backends",
    "backend-service-unused",
    "backend-target-capacity-missing",
    "failover-policy-without-backup",
    "named-port-missing",
    // A firewall rule that lets traffic in.
    "firewall-health-check-blocked",
    "firewall-ipv6-health-check-blocked",
    "firewall-proxy-subnet-blocked",
    "forwarding-rule-target-xor-service",
    // A check without a port asks at the default one.
    "health-check-port-differs",
    // A health check without the object of its type, or without whatever uses it.
    "health-check-type-mismatch",
    "health-check-unused",
    "lb-component-unused",
    // An address that none of the VM's interfaces has.
    "neg-endpoint-address-not-on-vm",
    "neg-endpoint-instance-missing",
    "neg-endpoint-ipv6-without-ipv4",
    // A VM without an interface in the subnetwork.
    "neg-endpoint-subnet-mismatch",
    "neg-network-missing",
    "neg-orphaned",
    // Endpoints that the group's size counts.
    "neg-size-mismatch",
    "neg-subnetwork-missing",
    "proxy-only-subnet-missing",
    // A resource that a complete collection lacks.
    "ref-dangling",
  ]

  private struct Outcome: Equatable {
    var findings: [Finding] = []
    var keys: Set<[String]> = []
    var pairs: Set<[String]> = []
    var notEvaluated: Set<[String]> = []
    var errors: [String] = []
    /// Everything of what is not evaluated.
    var doubts: [[String]] = []

    static func == (left: Outcome, right: Outcome) -> Bool {
      left.keys == right.keys && left.doubts == right.doubts && left.errors == right.errors
        && left.findings.map(\.message) == right.findings.map(\.message)
    }
  }

  /// What linting gives, record by record; where it is asked for, it must give the same block by
  /// block.
  private static func outcome(
    _ files: [InputFile], _ rules: RuleSet, comparesBlocks: Bool
  ) -> Outcome {
    let imported = importFiles(files, options: ImportOptions(fields: rules.fields))
    let graph = ResourceGraph(merging: imported.builders, fields: rules.fields)
    var options = LintOptions(
      listsAllResources: true, foldsCauses: false, appliesSuperseding: false,
      blockThreshold: .max)
    let result = lint(graph, rules, options: options)
    var outcome = outcome(of: result)
    guard comparesBlocks else { return outcome }
    options.blockThreshold = 0
    let other = lint(graph, rules, options: options)
    if outcome != Self.outcome(of: other) || result.counts != other.counts {
      outcome.errors.append("blocks give something else")
    }
    return outcome
  }

  private static func outcome(of result: LintResult) -> Outcome {
    var outcome = Outcome()
    outcome.findings = result.findings
    for finding in result.findings {
      outcome.keys.insert([finding.ruleID, finding.resource, finding.locator ?? ""])
      outcome.pairs.insert([finding.ruleID, finding.resource])
    }
    for entry in result.notEvaluated {
      for resource in entry.resources { outcome.notEvaluated.insert([entry.ruleID, resource]) }
    }
    outcome.errors = result.problems.map { "\($0.ruleID ?? ""): \($0.message)" }
    outcome.doubts = result.notEvaluated.map {
      [$0.ruleID, "\($0.count)"] + $0.missing + $0.resources
    }
    return outcome
  }

  /// What is wrong with the outcome of an export without a part of it.
  private static func faults(
    _ thin: Outcome, _ whole: Outcome, without cut: ThinningCut,
    of files: [(path: String, bytes: [UInt8])]
  ) -> [String] {
    var faults = thin.errors.map { "error: \($0)" }
    for finding in thin.findings where !rulesAboutAbsence.contains(finding.ruleID) {
      // A locator is made of fields, so without one of them the finding is found by its resource.
      let isKnown =
        if cut.kind == .member {
          whole.pairs.contains([finding.ruleID, finding.resource])
        } else {
          whole.keys.contains([finding.ruleID, finding.resource, finding.locator ?? ""])
        }
      if !isKnown {
        faults.append("appears: \(finding.ruleID) \(finding.resource) \(finding.locator ?? "")")
      }
    }
    for finding in whole.findings {
      let pair = [finding.ruleID, finding.resource]
      if thin.keys.contains(pair + [finding.locator ?? ""]) || thin.notEvaluated.contains(pair) {
        continue
      }
      let anchors = [finding.anchor] + finding.related.map(\.anchor)
      let isSubject = anchors.contains { anchor in
        anchor.map { Int($0.file) == cut.file && cut.range.contains($0.offset) } ?? false
      }
      if isSubject || cut.unsetsAField || cut.deletes(finding.resource, from: files) { continue }
      faults.append("vanishes: \(finding.ruleID) \(finding.resource) \(finding.locator ?? "")")
    }
    return faults
  }

  @Test(arguments: ["clean", "mission", "partial", "shared-vpc"])
  func nothingIsInventedAndNothingVanishesInSilence(fixture: String) throws {
    let library = RuleLibrary.builtin
    let rules = try library.ruleSet(
      selecting: try library.ids(of: RuleSelection()), functions: HostFunctions.implementations)
    let files = try exportFiles(of: fixture)
    let whole = Self.outcome(
      files.map { InputFile(path: $0.path, origin: .bytes($0.bytes), directory: "export") }, rules,
      comparesBlocks: true)
    #expect(whole.errors.isEmpty)
    let cuts = try files.indices.flatMap {
      try ThinningCut.cuts(of: $0, named: files[$0].path, files[$0].bytes)
    }
    #expect(cuts.count > 50)
    let faults = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: cuts.count) { number in
      let cut = cuts[number]
      let found = Self.faults(
        Self.outcome(cut.applied(to: files), rules, comparesBlocks: number % 8 == 0), whole,
        without: cut, of: files)
      if !found.isEmpty {
        faults.withLock { $0 += found.map { "without \(cut.path): \($0)" } }
      }
    }
    let all = faults.withLock { $0.sorted() }
    #expect(
      all.isEmpty,
      "\(all.count) faults in \(cuts.count) cuts:\n\(all.prefix(40).joined(separator: "\n"))")
  }
}
