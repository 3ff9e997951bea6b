import CEL
import Resources
import Rules

/// A reference that could not be read: what the rule `ref-malformed` finds.
struct MalformedFinding {
  /// The rule's id; Resources finds what is malformed.
  static let ruleID = "ref-malformed"

  let reference: ResourceGraph.MalformedReference
  var violation: Violation

  init(_ reference: ResourceGraph.MalformedReference, rule: Int) {
    self.reference = reference
    violation = Violation(
      rule: rule, subject: reference.record, place: reference.record, ordinal: 0,
      isSuperseded: false)
  }
}

extension FindingWriter {
  /// The finding for a malformed reference: the rule's file has no condition and no message.
  mutating func finding(_ malformed: MalformedFinding) -> Finding {
    let record = malformed.reference.record
    let resource = graph.path(of: record)
    let field = malformed.reference.field
    let locator = graph.locator(of: record).map { "\($0).\(field)" } ?? field
    var anchor = graph.anchor(of: record)
    anchor?.path.append(field)
    let rule = rules.rules[malformed.violation.rule]
    return Finding(
      ruleID: rule.id, level: rule.levels.last?.level ?? .error,
      message: "'\(malformed.reference.text)' in \(field) is no reference to a resource",
      resource: resource, resourceType: graph.resourceType(of: record), locator: locator,
      anchor: anchor, related: [], remediation: [],
      terraformAddress: graph.terraformAddress(of: record),
      fingerprint: Finding.fingerprint(rule.id, resource, locator), subject: RecordKey(record))
  }
}
