import CEL
import Reporting
import Resources
import Rules

/// A part of a condition with what it gave.
struct ProofClause {
  /// The part's text on one line, shortened.
  var text: String
  /// The variables of macros around it: `nic = nic0`; empty outside of macros.
  var variables: String
  /// How deep it lies in the condition.
  var depth: Int
  /// What it gave.
  var value: JSONValue
  /// What is missing where it is unknown.
  var missing: [MissingThing]
  /// Whether it made the part around it what it is.
  var isDecisive = false
}

/// A condition with its parts.
struct ProofCondition {
  /// Its text.
  var text: String
  /// What it gave.
  var value: Value
  /// The parts in the text's order, the condition itself first.
  var clauses: [ProofClause]
}

/// Makes the parts of a condition out of the trace of its evaluation.
struct ClauseReader {
  private struct Step {
    var start: Int
    var length: Int
    var depth: Int
    var value: Value
    var shown: JSONValue
    var missing: [MissingThing]
    var variables: String
    /// How many macros are around it.
    var rounds: Int
  }

  /// How many rounds of a macro are shown, and how long a part's text is.
  private static let shownRounds = 10
  private static let shownLength = 100

  let reader: ValueReader

  /// Evaluates a condition.
  ///
  /// - Parameters:
  ///   - expression: The condition.
  ///   - lazy: The programs of the rule's variables.
  /// - Returns: The condition with its value and parts.
  func condition(_ expression: RuleExpression, lazy: [String: Program]) -> ProofCondition {
    let interpreter = Interpreter(expression.checked, host: reader.graph, lazy: lazy)
    var steps: [Step] = []
    let value = interpreter.evaluate(reader.context) { step in
      let variables = step.variables.map { "\($0.name) = \(reader.name(of: $0.value))" }
      steps.append(
        Step(
          start: step.span.offset, length: step.span.length, depth: step.depth, value: step.value,
          shown: reader.shown(step.value),
          missing: step.value.causes.map { reader.missing($0) } ?? [],
          variables: variables.joined(separator: ", "), rounds: variables.count))
    }
    let text = Array(expression.text.utf8)
    return ProofCondition(
      text: expression.text, value: value, clauses: clauses(of: chosen(steps, in: text), in: text))
  }

  /// The steps worth showing, in the text's order: of the rounds of outer macros the whole bodies.
  private func chosen(_ steps: [Step], in text: [UInt8]) -> [Step] {
    var outermost: [String: Step] = [:]
    var rounds: [Step] = []
    var plain: [Step] = []
    for step in steps.reversed() {
      if step.rounds == 0 {
        if step.depth == 0 || isTelling(step, in: text) { plain.append(step) }
      } else if step.rounds > 1 {
        continue
      } else if let outer = outermost[step.variables], outer.start <= step.start,
        outer.start + outer.length >= step.start + step.length
      {
        continue
      } else {
        outermost[step.variables] = step
        rounds.append(step)
      }
    }
    let shown = rounds.reversed().prefix(ClauseReader.shownRounds)
    return (plain + shown).enumerated().sorted {
      ($0.element.start, -$0.element.length, $0.element.depth, $0.offset)
        < ($1.element.start, -$1.element.length, $1.element.depth, $1.offset)
    }.map(\.element)
  }

  /// Whether a step tells more than its text does: no constants, no bare names that are records.
  private func isTelling(_ step: Step, in text: [UInt8]) -> Bool {
    let part = text.dropFirst(step.start).prefix(step.length)
    guard let first = part.first else { return false }
    if step.value.isUnknown || step.value.isError { return true }
    let isConstant =
      first == UInt8(ascii: "'") || first == UInt8(ascii: "\"")
      || first == UInt8(ascii: "[") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= first
    let isName = part.allSatisfy {
      $0 == UInt8(ascii: "_") || $0 &- 0x30 < 10 || $0 | 0x20 &- 0x61 < 26
    }
    return !isConstant && !isName
  }

  private func clauses(of steps: [Step], in text: [UInt8]) -> [ProofClause] {
    var clauses: [ProofClause] = []
    var open: [(end: Int, isRound: Bool)] = []
    for step in steps {
      while let last = open.last,
        last.end < step.start + step.length || step.rounds > 0 && last.isRound
      {
        open.removeLast()
      }
      let part = text.dropFirst(step.start).prefix(step.length)
      let words = String(decoding: part, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      let line = ClauseReader.balanced(words.joined(separator: " "))
      let isCut = line.unicodeScalars.count > ClauseReader.shownLength
      clauses.append(
        ProofClause(
          text: isCut ? "\(line.prefix(ClauseReader.shownLength))..." : line,
          variables: step.variables, depth: open.count, value: step.shown,
          missing: step.missing, isDecisive: isDecisive(step, among: steps)))
      open.append((step.start + step.length, step.rounds > 0))
    }
    return clauses
  }

  /// A text with the parentheses that its part's place in the text leaves out.
  private static func balanced(_ text: String) -> String {
    var open = 0
    var missing = 0
    for character in text {
      if character == "(" { open += 1 }
      if character == ")" {
        if open > 0 { open -= 1 } else { missing += 1 }
      }
    }
    return String(repeating: "(", count: missing) + text + String(repeating: ")", count: open)
  }

  /// Evaluation stops at the part that decides: the last part evaluated, if it gave what the part
  /// around it gave and an earlier one did not.
  private func isDecisive(_ step: Step, among steps: [Step]) -> Bool {
    guard step.variables.isEmpty, step.value.asBool != nil || step.value.isUnknown else {
      return false
    }
    let around = steps.filter {
      $0.variables.isEmpty && $0.depth == step.depth - 1 && $0.start <= step.start
        && $0.start + $0.length >= step.start + step.length
    }
    guard let outer = around.first, ClauseReader.agree(outer.value, step.value) else {
      return false
    }
    let siblings = steps.filter {
      $0.variables.isEmpty && $0.depth == step.depth && $0.start >= outer.start
        && $0.start + $0.length <= outer.start + outer.length
    }
    return siblings.contains { !ClauseReader.agree($0.value, step.value) }
  }

  private static func agree(_ left: Value, _ right: Value) -> Bool {
    left.isUnknown && right.isUnknown || left.asBool != nil && left.asBool == right.asBool
  }
}
