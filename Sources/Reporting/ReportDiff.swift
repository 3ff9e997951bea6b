public import Linting

/// What changed between two reports, by fingerprint.
public struct ReportDiff: Sendable {
  /// The earlier report.
  public let old: Report
  /// The later report.
  public let new: Report
  /// Findings that the later report alone has.
  public let introduced: [Report.LocatedFinding]
  /// Findings that both have, as the later one has them.
  public let unchanged: [Report.LocatedFinding]
  /// Findings that the earlier report alone has, and that the later run would have found.
  public let fixed: [Report.LocatedFinding]
  /// Findings that the earlier report alone has, where the later run could not decide.
  public let notEvaluated: [Report.LocatedFinding]

  /// Compares two reports.
  ///
  /// O(n).
  ///
  /// - Parameters:
  ///   - old: The earlier report.
  ///   - new: The later report.
  public init(old: Report, new: Report) {
    self.old = old
    self.new = new
    let comparison = FindingComparison(
      old: old.findings.map(\.finding.fingerprint), new: new.findings.map(\.finding.fingerprint))
    let undecided = UndecidedChecks(
      notEvaluated: new.notEvaluated, failedRules: Set(new.problems.compactMap(\.ruleID)),
      rules: Set(new.rules.map(\.id)))
    let gone = comparison.gone.map { old.findings[$0] }
    func isUndecided(_ located: Report.LocatedFinding) -> Bool {
      undecided.contains(rule: located.finding.ruleID, resource: located.finding.resource)
    }
    introduced = comparison.introduced.map { new.findings[$0] }
    unchanged = comparison.unchanged.map { new.findings[$0] }
    fixed = gone.filter { !isUndecided($0) }
    notEvaluated = gone.filter(isUndecided)
  }

  /// Whether an introduced finding, or with `not-evaluated` one that cannot be decided any more,
  /// makes the run fail.
  public func fails(at threshold: FailureThreshold) -> Bool {
    introduced.contains { $0.finding.counts && threshold.includes($0.finding.level) }
      || threshold.includesNotEvaluated && !notEvaluated.isEmpty
  }

  /// Whether a run could not read or decide something.
  public var isIncomplete: Bool { old.isIncomplete || new.isIncomplete }
}

/// The formats of a comparison.
public enum DiffFormat: String, Sendable, CaseIterable {
  /// For people.
  case text
  /// For programs.
  case json

  /// Writes a comparison.
  ///
  /// - Parameters:
  ///   - diff: The comparison.
  ///   - options: How to write it.
  /// - Returns: The whole document in UTF-8.
  public func document(of diff: ReportDiff, options: ReportOptions) -> [UInt8] {
    switch self {
    case .text: textDocument(of: diff, options: options)
    case .json: jsonDocument(of: diff)
    }
  }

  private func textDocument(of diff: ReportDiff, options: ReportOptions) -> [UInt8] {
    var text = TextReport(diff.new, options)
    for located in diff.introduced { text.write(located) }
    let lists = [
      ("fixed", diff.fixed, true), ("not evaluated now", diff.notEvaluated, true),
      ("unchanged", diff.unchanged, options.verbose),
    ]
    for (state, findings, isListed) in lists where isListed && !findings.isEmpty {
      for located in findings { text.writeLine(of: located, state) }
      text.line()
    }
    let counts = [
      (diff.introduced.count, "introduced"), (diff.fixed.count, "fixed"),
      (diff.unchanged.count, "unchanged"), (diff.notEvaluated.count, "not evaluated now"),
    ]
    text.line(counts.map { "\($0.0) \($0.1)" }.joined(separator: ", "))
    return text.bytes
  }

  private func jsonDocument(of diff: ReportDiff) -> [UInt8] {
    let lists = [
      ("introduced", diff.introduced), ("fixed", diff.fixed), ("unchanged", diff.unchanged),
      ("notEvaluated", diff.notEvaluated),
    ]
    var writer = JSONWriter()
    writer.object { json in
      json.member("schemaVersion", JSONReport.schemaVersion)
      JSONReport.write(diff.new.tool, to: &json)
      for (name, findings) in lists {
        json.list(name, findings) { JSONReport.write($1, to: &$0) }
      }
      json.object("summary") { for (name, findings) in lists { $0.member(name, findings.count) } }
    }
    return writer.finish()
  }
}
