import CEL
import Resources
import Rules
import Schema

/// A finding of the importer's, with its rule and its record.
struct ImporterOutcome {
  let finding: ImporterFinding
  /// On what the finding is; of one about a list the subject is no record.
  var violation: Violation

  init(_ finding: ImporterFinding, rule: Int, record: Value?) {
    self.finding = finding
    violation = Violation(
      rule: rule, subject: record ?? .null, place: record ?? .null, ordinal: 0,
      isSuperseded: false)
  }
}

extension LintRun {
  /// Takes in what the importer found for rules that are its own, and counts their outcomes.
  static func importerOutcomes(
    _ graph: ResourceGraph, _ rules: RuleSet, _ counts: inout [OutcomeCounts]
  ) -> [ImporterOutcome] {
    var outcomes: [ImporterOutcome] = []
    for finding in graph.importerFindings {
      guard let rule = rules.index(of: finding.rule.rawValue), rules.rules[rule].isImporterRule
      else { continue }
      outcomes.append(ImporterOutcome(finding, rule: rule, record: graph.record(of: finding)))
    }
    var violated: [Int: Set<RecordKey>] = [:]
    for outcome in outcomes {
      guard let key = RecordKey(outcome.violation.subject) else {
        counts[outcome.violation.rule].violated += 1
        continue
      }
      violated[outcome.violation.rule, default: []].insert(key)
    }
    for index in rules.rules.indices where rules.rules[index].isImporterRule {
      guard let rule = ImporterFinding.Rule(rawValue: rules.rules[index].id) else { continue }
      let count = violated[index]?.count ?? 0
      counts[index].violated += count
      counts[index].satisfied += max(0, subjectCount(of: rule, graph) - count)
    }
    return outcomes
  }

  /// How many records a rule looks at: those of the types that have what it is about.
  private static func subjectCount(of rule: ImporterFinding.Rule, _ graph: ResourceGraph) -> Int {
    var count = 0
    for (number, type) in Schema.types.enumerated() where rule.concerns(type) {
      for row in 0..<graph.rowCount(ofType: number)
      where graph.subject(type: number, row: row) != nil {
        count += 1
      }
    }
    return count
  }
}

extension ImporterFinding.Rule {
  /// Whether records of a type have something that the rule is about.
  fileprivate func concerns(_ type: ResourceType) -> Bool {
    switch self {
    case .partialDump: false
    case .conflictingDefinition: !type.isPart
    case .invalidName: !type.isPart && type.scopes != [.none]
    default: type.fields.contains { !$0.isDerived && concerns($0.kind) }
    }
  }

  private func concerns(_ kind: Field.Kind) -> Bool {
    switch (self, kind) {
    case (_, .list(let element)): concerns(element)
    case (.malformedReference, .reference), (.malformedAddress, .ipAddress),
      (.malformedAddress, .ipRange), (.unknownEnumValue, .enumeration),
      (.portOutOfRange, .port), (.portOutOfRange, .portRange), (.unexpectedType, _):
      true
    default: false
    }
  }
}

extension FindingWriter {
  /// The finding of a rule whose file has no condition and no message.
  mutating func finding(_ outcome: ImporterOutcome) -> Finding {
    let found = outcome.finding
    let index = outcome.violation.rule
    let record = graph.record(of: found)
    let resource = record.map { graph.path(of: $0) } ?? found.listPath
    let pieces = [record.flatMap { graph.locator(of: $0) }, found.locatorEnd].compactMap(\.self)
    let locator = pieces.isEmpty ? nil : pieces.joined(separator: ".")
    var finding = Finding(
      ruleID: rules.rules[index].id, level: level(of: found, index), message: found.message,
      resource: resource,
      resourceType: record.map { graph.resourceType(of: $0) } ?? Schema.anyType,
      locator: locator, anchor: found.anchor,
      related: found.related.map {
        RelatedRecord(resource: resource, locator: nil, anchor: $0)
      },
      remediation: remediation(of: found, index, record),
      terraformAddress: record.flatMap { graph.terraformAddress(of: $0) },
      fingerprint: Finding.fingerprint(rules.rules[index].id, resource, locator),
      subject: record.flatMap { RecordKey($0) })
    if let record { finding.tag(record, of: graph) }
    return finding
  }

  private func level(of finding: ImporterFinding, _ rule: Int) -> Level {
    let level = rules.rules[rule].definition.levels.last?.level ?? .error
    guard finding.isMinor else { return level }
    return Level.allCases.last { $0 < level } ?? level
  }

  /// The commands of the rule's file; without any, the one that exports the resource once more.
  private mutating func remediation(
    of finding: ImporterFinding, _ rule: Int, _ record: Value?
  ) -> [String] {
    if let texts = texts(ofRule: rule), !texts.remediation.isEmpty {
      return record.map { commands(texts, on: $0) } ?? []
    }
    return graph.exportCommand(of: finding).map { [$0] } ?? []
  }
}

extension ImporterFinding {
  fileprivate var listPath: String {
    switch subject {
    case .truncatedList(let path), .refusedList(let path): path
    case .record: ""
    }
  }
}
