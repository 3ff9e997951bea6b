import Documents

/// A JSON report, read again: the parts that tests compare.
struct JSONReport {
  struct Finding: Hashable {
    var rule: String
    var level: String
    var message: String
    var resource: String
    var locator: String
    var remediation: [String]
    var related: [String]
    var fingerprint: String
    var location: Location?
  }

  struct Location: Hashable {
    var path: String
    var line: Int
    var column: Int
    var pointer: String
  }

  /// Everything but positions and paths, one line each, sorted.
  var essence: [String]
  /// The same without problems.
  var outcomes: [String]
  var findings: [Finding]

  init(_ text: String) throws {
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "report", bytes: Array(text.utf8))).root
    findings = root.member("findings")?.elements.map(JSONReport.finding) ?? []
    essence = findings.map { finding in
      var finding = finding
      finding.location = nil
      return "\(finding)"
    }
    for entry in JSONReport.list("notEvaluated", of: root) {
      let words = JSONReport.texts("missing", of: entry) + JSONReport.texts("resources", of: entry)
      essence.append(
        "\(JSONReport.text("ruleId", of: entry)) \(JSONReport.text("count", of: entry)) \(words) "
          + JSONReport.text("command", of: entry))
    }
    outcomes = essence.sorted()
    essence += JSONReport.list("problems", of: root).map { JSONReport.text("message", of: $0) }
    essence.sort()
  }

  /// What each finding says, sorted: everything but places and commands.
  var whatFindingsSay: [String] {
    findings.map {
      "\($0.rule) \($0.level) \($0.message) \($0.resource) \($0.locator) \($0.related) "
        + $0.fingerprint
    }.sorted()
  }

  private static func finding(_ node: Node) -> Finding {
    Finding(
      rule: text("ruleId", of: node), level: text("level", of: node),
      message: text("message", of: node), resource: text("resource", of: node),
      locator: text("locator", of: node), remediation: texts("remediation", of: node),
      related: list("relatedLocations", of: node).map {
        "\(text("resource", of: $0)) \(text("locator", of: $0))"
      }, fingerprint: text("fingerprint", of: node),
      location: node.member("location").map { location in
        Location(
          path: text("path", of: location),
          line: location.member("line")?.int.map { Int($0) } ?? 0,
          column: location.member("column")?.int.map { Int($0) } ?? 0,
          pointer: text("pointer", of: location))
      })
  }

  private static func text(_ name: StaticString, of node: Node) -> String {
    node.member(name)?.text ?? ""
  }

  private static func list(_ name: StaticString, of node: Node) -> [Node] {
    node.member(name)?.elements.map(\.self) ?? []
  }

  private static func texts(_ name: StaticString, of node: Node) -> [String] {
    list(name, of: node).map(\.text)
  }
}
