import Documents
import Linting

/// An XML element on its way into a JUnit document.
struct JUnitElement {
  var name: String
  var attributes: [(name: String, value: String)] = []
  var text: String?
  var children: [JUnitElement] = []

  func write(to writer: XMLWriter) throws(ReadingProblem) {
    try writer.startElement(name)
    for attribute in attributes { try writer.attribute(attribute.name, attribute.value) }
    if let text { try writer.text(text) }
    for child in children { try child.write(to: writer) }
    try writer.endElement()
  }
}

/// A test case of a JUnit document, whatever the profile.
struct JUnitCase {
  /// How a case ended.
  enum Outcome {
    case passed
    /// `type` is a level's word; `body` repeats the message, since some consumers read it alone.
    case failure(type: String, message: String, body: String)
    case error(type: String, message: String, body: String)
    case skipped(message: String, body: String)
  }

  /// Unique among the cases of one class; never with a line number, which would change it.
  var name: String
  /// `neglint.RULE`.
  var className: String
  var outcome: Outcome
  var location: Location?
  /// Names and values of further facts; the rich profile has them as properties.
  var properties: [(name: String, value: String)] = []
  /// What a passing case has to say; in the rich profile alone.
  var output: String?
}

/// A suite of a JUnit document: a rule, or the reading of the input.
struct JUnitSuite {
  var name: String
  var properties: [(name: String, value: String)]
  var cases: [JUnitCase]

  func count(_ isCounted: (JUnitCase.Outcome) -> Bool) -> Int {
    cases.reduce(0) { $0 + (isCounted($1.outcome) ? 1 : 0) }
  }

  var failures: Int { count { if case .failure = $0 { true } else { false } } }
  var errors: Int { count { if case .error = $0 { true } else { false } } }
  var skipped: Int { count { if case .skipped = $0 { true } else { false } } }

  /// Adds `(2)` and so on to names that an earlier case has: consumers drop repeated ones.
  mutating func makeNamesUnique() {
    var taken: Set<String> = []
    var next: [String: Int] = [:]
    for index in cases.indices {
      let name = cases[index].name
      var unique = name
      while !taken.insert(unique).inserted {
        let number = next[name, default: 2]
        next[name] = number + 1
        unique = "\(name) (\(number))"
      }
      cases[index].name = unique
    }
  }
}

/// A time as JUnit has it.
public enum JUnitTimestamp {
  /// Seconds since 1970-01-01T00:00:00 UTC as `YYYY-MM-DDThh:mm:ss`.
  ///
  /// - Parameter seconds: Not negative, and before the year 10000.
  /// - Returns: The text; nil for a number outside of that range.
  public static func text(ofEpochSeconds seconds: Int) -> String? {
    guard let date = CalendarDate(epochSeconds: seconds) else { return nil }
    let time = seconds % 86_400
    return "\(date)T" + padded(time / 3_600, 2) + ":" + padded(time / 60 % 60, 2) + ":"
      + padded(time % 60, 2)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
