import Documents
import Linting
import Rules

/// An object of a saved report or baseline, read member by member; what is amiss is said with its
/// place.
struct JSONRecord {
  let node: Node
  /// Where the object stands: `findings/3`; empty for the document.
  let path: String

  /// The object at a node.
  init(_ node: Node, at path: String) throws(ReadingProblem) {
    self.node = node
    self.path = path
    guard node.kind == .object else { throw problem("is no object") }
  }

  /// The object of a saved report or baseline of the version that this program knows.
  init(saved document: Document) throws(ReadingProblem) {
    try self.init(document.root, at: "")
    let version = try text("schemaVersion")
    guard version == JSONReport.schemaVersion else {
      throw problem(
        "has the schemaVersion '\(version)'; this program reads \(JSONReport.schemaVersion)")
    }
  }

  func problem(_ message: String) -> ReadingProblem {
    let place = path.isEmpty ? "the document" : path
    return ReadingProblem(
      offset: node.offset, message: "is no report of neglint: \(place) \(message)")
  }

  func text(_ name: StaticString) throws(ReadingProblem) -> String {
    guard let text = try optionalText(name) else { throw problem("lacks '\(name)'") }
    return text
  }

  func optionalText(_ name: StaticString) throws(ReadingProblem) -> String? {
    guard let member = node.member(name) else { return nil }
    guard member.kind == .string else { throw problem("has a '\(name)' that is no text") }
    return member.text
  }

  func count(_ name: StaticString) throws(ReadingProblem) -> Int {
    guard let count = try optionalCount(name) else { throw problem("lacks '\(name)'") }
    return count
  }

  func optionalCount(_ name: StaticString) throws(ReadingProblem) -> Int? {
    guard let member = node.member(name) else { return nil }
    // Counts are added up: no sum of so many of them overflows.
    guard let number = member.int, (0...1 << 40).contains(number) else {
      throw problem("has a '\(name)' that is no number from 0 to 2^40")
    }
    return Int(number)
  }

  /// A line or a column.
  func place(_ name: StaticString) throws(ReadingProblem) -> Int {
    let number = try count(name)
    guard number > 0 else { throw problem("has a '\(name)' that is not from 1") }
    return number
  }

  func flag(_ name: StaticString) throws(ReadingProblem) -> Bool {
    guard let member = node.member(name) else { return false }
    guard let flag = member.bool else { throw problem("has a '\(name)' that is not true or false") }
    return flag
  }

  func record(_ name: StaticString) throws(ReadingProblem) -> JSONRecord {
    guard let record = try optionalRecord(name) else { throw problem("lacks '\(name)'") }
    return record
  }

  func optionalRecord(_ name: StaticString) throws(ReadingProblem) -> JSONRecord? {
    guard let member = node.member(name) else { return nil }
    return try JSONRecord(member, at: place(of: name))
  }

  /// The items of a list; none where it is not there.
  func list<T>(
    _ name: StaticString, _ read: (JSONRecord) throws(ReadingProblem) -> T
  ) throws(ReadingProblem) -> [T] {
    try items(name) { (node, place) throws(ReadingProblem) in
      try read(try JSONRecord(node, at: place))
    }
  }

  func texts(_ name: StaticString) throws(ReadingProblem) -> [String] {
    try items(name) { (node, place) throws(ReadingProblem) in
      guard node.kind == .string else { throw problem("has an item of '\(name)' that is no text") }
      return node.text
    }
  }

  /// A text that is one of an enumeration's.
  func word<Words: RawRepresentable>(
    _ name: StaticString, of _: Words.Type
  ) throws(ReadingProblem) -> Words where Words.RawValue == String {
    let text = try text(name)
    guard let word = Words(rawValue: text) else {
      throw problem("has the \(name) '\(text)', which there is not")
    }
    return word
  }

  private func items<T>(
    _ name: StaticString, _ read: (Node, String) throws(ReadingProblem) -> T
  ) throws(ReadingProblem) -> [T] {
    guard let member = node.member(name) else { return [] }
    guard member.kind == .array else { throw problem("has a '\(name)' that is no list") }
    var items: [T] = []
    for element in member.elements {
      items.append(try read(element, place(of: "\(name)/\(items.count)")))
    }
    return items
  }

  private func place(of name: some CustomStringConvertible) -> String {
    path.isEmpty ? "\(name)" : "\(path)/\(name)"
  }
}

extension JSONRecord {
  func suppression() throws(ReadingProblem) -> Suppression {
    var until: CalendarDate?
    if let text = try optionalText("until") {
      until = CalendarDate(text)
      if until == nil { throw problem("has the until '\(text)', which is no date") }
    }
    return Suppression(
      rule: try text("rule"), resource: try text("resource"), reason: try text("reason"),
      until: until, owner: try optionalText("owner"), position: try optionalText("position"))
  }

  func knownFinding() throws(ReadingProblem) -> KnownFinding {
    KnownFinding(
      ruleID: try text("ruleId"), resource: try text("resource"),
      locator: try optionalText("locator"), fingerprint: try text("fingerprint"))
  }

  func outcomeCounts() throws(ReadingProblem) -> OutcomeCounts {
    var counts = OutcomeCounts()
    counts.satisfied = try count("satisfied")
    counts.violated = try count("violated")
    counts.notEvaluated = try count("notEvaluated")
    counts.suppressed = try count("suppressed")
    counts.notApplicable = try count("notApplicable")
    return counts
  }

  func location() throws(ReadingProblem) -> Location {
    let column = try place("column")
    return Location(
      path: try text("path"), line: try place("line"), column: column,
      utf16Column: try optionalCount("utf16Column") ?? column,
      pointer: try optionalText("pointer"), excerpt: try excerpt())
  }

  func excerpt() throws(ReadingProblem) -> SourceExcerpt? {
    guard let excerpt = try optionalRecord("excerpt") else { return nil }
    return SourceExcerpt(
      before: try excerpt.text("before"), after: try excerpt.text("after"),
      isCutBefore: try excerpt.flag("isCutBefore"), isCutAfter: try excerpt.flag("isCutAfter"))
  }
}
