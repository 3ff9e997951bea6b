import Reporting
import Resources
import Rules

extension Proof {
  /// The proof for programs.
  ///
  /// - Parameter verdict: What linting says of it in the end.
  /// - Returns: One JSON object.
  func json(verdict: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.member("ruleId", rule.id)
      json.member("resource", resource)
      json.member("verdict", verdict)
      json.list("subjects", subjects) { json, subject in
        json.object { json in
          json.member("locator", subject.locator)
          json.list("units", subject.units) { json, unit in
            json.object { Proof.write(unit, to: &$0) }
          }
          if !subject.missingItems.isEmpty { Proof.write(subject.missingItems, to: &json) }
        }
      }
    }
    return writer.finish()
  }

  private static func write(_ unit: Unit, to json: inout JSONWriter) {
    json.member("item", unit.item)
    json.member("outcome", unit.outcome.rawValue)
    for (name, condition) in [("when", unit.when), ("require", unit.require)] {
      guard let condition, let whole = condition.clauses.first else { continue }
      json.object(name) { json in
        json.member("text", condition.text)
        json.member("value", whole.value)
        json.list("clauses", condition.clauses.dropFirst()) { json, clause in
          json.object { write(clause, to: &$0) }
        }
      }
    }
    json.list("variables", unit.variables) { json, variable in
      json.object {
        $0.member("name", variable.text)
        $0.member("value", variable.value)
        if !variable.missing.isEmpty { write(variable.missing, to: &$0) }
      }
    }
  }

  private static func write(_ clause: ProofClause, to json: inout JSONWriter) {
    json.member("text", clause.text)
    json.member("depth", clause.depth)
    if !clause.variables.isEmpty { json.member("variables", clause.variables) }
    json.member("value", clause.value)
    json.member("isDecisive", clause.isDecisive)
    if !clause.missing.isEmpty { write(clause.missing, to: &json) }
  }

  private static func write(_ missing: [MissingThing], to json: inout JSONWriter) {
    json.list("missing", missing) { json, thing in
      json.object {
        $0.member("path", thing.path)
        $0.member("reason", thing.reason)
        $0.member("command", thing.command)
      }
    }
  }
}
