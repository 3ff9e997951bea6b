import Linting
import Rules

extension JSONReport {
  static func write(_ rule: Report.RuleEntry, to json: inout JSONWriter) {
    json.object {
      $0.member("id", rule.id)
      $0.member("title", rule.title)
      $0.member("level", rule.level.rawValue)
      $0.member("resourceType", rule.resourceType)
      $0.list("tags", rule.tags)
      $0.member("helpUri", rule.helpURI)
      write(rule.counts, to: &$0)
    }
  }

  static func write(_ counts: OutcomeCounts, to json: inout JSONWriter) {
    json.object("evaluations") {
      $0.member("satisfied", counts.satisfied)
      $0.member("violated", counts.violated)
      $0.member("notEvaluated", counts.notEvaluated)
      $0.member("suppressed", counts.suppressed)
      $0.member("notApplicable", counts.notApplicable)
    }
  }

  static func write(_ subject: SatisfiedSubject, to json: inout JSONWriter) {
    json.object {
      $0.member("ruleId", subject.ruleID)
      $0.member("resource", subject.resource)
      $0.member("locator", subject.locator)
    }
  }

  static func write(_ use: SuppressionUse, to json: inout JSONWriter) {
    json.object {
      writeMembers(of: use.suppression, to: &$0)
      $0.member("state", use.state.rawValue)
      $0.member("count", use.count)
    }
  }

  static func writeMembers(of suppression: Suppression, to json: inout JSONWriter) {
    json.member("rule", suppression.rule)
    json.member("resource", suppression.resource)
    json.member("reason", suppression.reason)
    json.member("until", suppression.until?.description)
    json.member("owner", suppression.owner)
    json.member("position", suppression.position)
  }

  static func writeMembers(of baseline: BaselineComparison, to json: inout JSONWriter) {
    json.member("origin", baseline.origin.rawValue)
    json.member("new", baseline.new)
    json.member("unchanged", baseline.unchanged)
    json.list("fixed", baseline.fixed) { write($1, to: &$0) }
    json.list("undecided", baseline.undecided) { write($1, to: &$0) }
  }

  static func write(_ known: KnownFinding, to json: inout JSONWriter) {
    json.object {
      $0.member("ruleId", known.ruleID)
      $0.member("resource", known.resource)
      $0.member("locator", known.locator)
      $0.member("fingerprint", known.fingerprint)
    }
  }
}
