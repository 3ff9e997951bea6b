public import Documents
import Linting
import Rules

extension Report {
  /// Whether a document is a report that `--format json` wrote, or means to be one.
  ///
  /// O(members of the document).
  ///
  /// - Parameter source: The document.
  /// - Returns: Whether it has a report's members.
  public static func isReport(_ source: Source) -> Bool {
    let reader = DocumentReader(names: NameTable())
    do {
      let root = try reader.readValue(source).root
      return root.member("schemaVersion") != nil && root.member("tool") != nil
    } catch {
      return false
    }
  }

  /// Reads a report that `--format json` wrote: rendering it gives what the run itself would have.
  ///
  /// - Parameter source: The report.
  /// - Throws: A problem for what is no JSON or no report of a version that this program knows.
  public init(json source: Source) throws(ReadingProblem) {
    let reader = DocumentReader(names: NameTable())
    let document = try reader.readValue(source)
    let root = try JSONRecord(saved: document)
    let tool = try root.record("tool")
    self.init(
      tool: Tool(
        name: try tool.text("name"), version: try tool.text("version"),
        ruleSet: try tool.text("ruleSet")),
      inputs: try root.list("inputs") { (record) throws(ReadingProblem) in try Input(record) },
      rules: try root.list("rules") { (record) throws(ReadingProblem) in try RuleEntry(record) },
      findings: try root.list("findings") { (record) throws(ReadingProblem) in
        try LocatedFinding(record)
      },
      notEvaluated: try root.list("notEvaluated") { (record) throws(ReadingProblem) in
        NotEvaluated(
          ruleID: try record.text("ruleId"), missing: try record.texts("missing"),
          command: try record.optionalText("command"), count: try record.count("count"),
          resources: try record.texts("resources"))
      },
      satisfied: try root.list("satisfied") { (record) throws(ReadingProblem) in
        SatisfiedSubject(
          ruleID: try record.text("ruleId"), resource: try record.text("resource"),
          locator: try record.optionalText("locator"))
      },
      suppressions: try root.list("suppressions") { (record) throws(ReadingProblem) in
        SuppressionUse(
          suppression: try record.suppression(),
          state: try record.word("state", of: SuppressionUse.State.self),
          count: try record.count("count"))
      },
      baseline: try Report.baseline(root.optionalRecord("baseline")),
      problems: try root.list("problems") { (record) throws(ReadingProblem) in try Problem(record)
      },
      resources: try root.record("summary").count("resources"),
      dumpQuality: try root.record("summary").optionalRecord("dumpQuality")?.dumpQuality()
        ?? DumpQuality())
  }

  private static func baseline(
    _ record: JSONRecord?
  ) throws(ReadingProblem) -> BaselineComparison? {
    guard let record else { return nil }
    var comparison = BaselineComparison(
      new: try record.count("new"), unchanged: try record.count("unchanged"),
      fixed: try record.list("fixed") { (known) throws(ReadingProblem) in
        try known.knownFinding()
      },
      undecided: try record.list("undecided") { (known) throws(ReadingProblem) in
        try known.knownFinding()
      })
    comparison.origin = try record.word("origin", of: BaselineComparison.Origin.self)
    return comparison
  }
}

extension Report.Input {
  fileprivate init(_ record: JSONRecord) throws(ReadingProblem) {
    self.init(
      path: try record.text("path"), dialect: try record.optionalText("dialect"),
      resources: try record.count("resources"), problems: try record.count("problems"),
      refusal: try record.optionalText("refusal"))
  }
}

extension Report.RuleEntry {
  fileprivate init(_ record: JSONRecord) throws(ReadingProblem) {
    self.init(
      id: try record.text("id"), title: try record.text("title"),
      level: try record.word("level", of: Level.self),
      resourceType: try record.text("resourceType"), tags: try record.texts("tags"),
      helpURI: try record.optionalText("helpUri"),
      counts: try record.record("evaluations").outcomeCounts())
  }
}

extension Report.LocatedFinding {
  fileprivate init(_ record: JSONRecord) throws(ReadingProblem) {
    let related = try record.list("relatedLocations") { (record) throws(ReadingProblem) in
      (
        RelatedRecord(
          resource: try record.text("resource"), locator: try record.optionalText("locator"),
          anchor: nil), try Report.location(record.optionalRecord("location"))
      )
    }
    var finding = Finding(
      ruleID: try record.text("ruleId"), level: try record.word("level", of: Level.self),
      message: try record.text("message"), resource: try record.text("resource"),
      resourceType: try record.text("resourceType"), locator: try record.optionalText("locator"),
      anchor: nil, related: related.map(\.0), remediation: try record.texts("remediation"),
      terraformAddress: try record.optionalText("terraformAddress"),
      fingerprint: try record.text("fingerprint"))
    finding.tags = try record.texts("tags")
    if record.node.member("baselineState") != nil {
      finding.baselineState = try record.word("baselineState", of: BaselineState.self)
    }
    finding.suppression = try record.optionalRecord("suppressed").map {
      (record) throws(ReadingProblem) in try record.suppression()
    }
    finding.expiredSuppression = try record.optionalRecord("expiredSuppression").map {
      (record) throws(ReadingProblem) in try record.suppression()
    }
    self.init(
      finding: finding, location: try Report.location(record.optionalRecord("location")),
      relatedLocations: related.map(\.1), helpURI: try record.optionalText("helpUri"))
  }
}

extension Report {
  fileprivate static func location(_ record: JSONRecord?) throws(ReadingProblem) -> Location? {
    guard let record else { return nil }
    return try record.location()
  }
}

extension Report.Problem {
  fileprivate init(_ record: JSONRecord) throws(ReadingProblem) {
    let path = try record.optionalText("path")
    var location: Location?
    if let path, record.node.member("line") != nil {
      let (line, column) = (try record.place("line"), try record.place("column"))
      location = Location(
        path: path, line: line, column: column, utf16Column: column, pointer: nil,
        excerpt: try record.excerpt())
    }
    let severity = try record.text("severity")
    guard severity == "error" || severity == "notice" else {
      throw record.problem("has the severity '\(severity)', which there is not")
    }
    self.init(
      message: try record.text("message"), path: path, location: location,
      ruleID: try record.optionalText("ruleId"), isNotice: severity == "notice")
  }
}

extension JSONRecord {
  fileprivate func dumpQuality() throws(ReadingProblem) -> Report.DumpQuality {
    var quality = Report.DumpQuality()
    quality.truncatedLists = try count("truncatedLists")
    quality.refusedLists = try count("refusedLists")
    quality.shortEndpointLists = try count("shortEndpointLists")
    quality.conflicts = try count("conflictingDefinitions")
    return quality
  }
}
