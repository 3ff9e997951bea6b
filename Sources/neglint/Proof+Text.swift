import Reporting
import Resources
import Rules

extension Proof {
  /// The proof for people.
  ///
  /// - Parameter verdict: What linting says of it in the end.
  /// - Returns: The text.
  func text(verdict: String) -> String {
    var text = "\(rule.id): \(rule.title)\non \(DisplayText.escape(resource)): \(verdict)\n"
    for subject in subjects {
      for unit in subject.units { text += Proof.text(of: unit, in: subject) }
      if subject.units.isEmpty, subject.missingItems.isEmpty {
        text += "\n\(Proof.name(of: subject)): no items, \(Outcome.notApplicable.rawValue)\n"
      }
      if !subject.missingItems.isEmpty {
        text += "\n\(Proof.name(of: subject)): not all items are known\n"
        text += Proof.lines(of: subject.missingItems, indent: 4)
      }
    }
    return text
  }

  private static func name(of subject: Subject) -> String {
    subject.locator.map(DisplayText.escape) ?? "the resource"
  }

  private static func text(of unit: Unit, in subject: Subject) -> String {
    let item = unit.item.map { ", \(DisplayText.escape($0))" } ?? ""
    var text = "\n\(name(of: subject))\(item): \(unit.outcome.rawValue)\n"
    text += lines(of: unit.when, word: "when")
    text += lines(of: unit.require, word: "require")
    if !unit.variables.isEmpty { text += "  where\n" }
    for variable in unit.variables {
      text += "    \(variable.text) = \(shown(variable.value))\n"
      text += lines(of: variable.missing, indent: 6)
    }
    return text
  }

  /// A condition's parts, one a line, the deciding ones marked.
  private static func lines(of condition: ProofCondition?, word: String) -> String {
    guard let condition, let whole = condition.clauses.first else { return "" }
    var text = "  \(word): \(shown(whole.value))\n"
    // A condition without parts is its own only part.
    let parts = condition.clauses.count > 1 ? condition.clauses.dropFirst() : condition.clauses[...]
    for part in parts {
      let mark = part.isDecisive ? "  * " : "    "
      let indent = String(repeating: "  ", count: max(0, part.depth - 1))
      let round = part.variables.isEmpty ? "" : "\(part.variables): "
      text +=
        DisplayText.escape("\(mark)\(indent)\(round)\(part.text)") + "  ->  \(shown(part.value))\n"
      text += lines(of: part.missing, indent: 6 + indent.utf8.count)
    }
    return text
  }

  private static func lines(of missing: [MissingThing], indent: Int) -> String {
    missing.map { thing in
      let margin = String(repeating: " ", count: indent)
      let command = thing.command.map { ": \($0)" } ?? ""
      return DisplayText.escape("\(margin)missing \(thing.path) (\(thing.reason))\(command)") + "\n"
    }.joined()
  }

  /// A value on one line, shortened.
  private static func shown(_ value: JSONValue) -> String {
    let text = DisplayText.escape(QueryResults.text(of: value))
    return text.unicodeScalars.count > 120 ? "\(text.prefix(120))..." : text
  }
}
