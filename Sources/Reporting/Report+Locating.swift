public import Linting
public import Resources

extension Report {
  /// A problem whose place is known as an offset only.
  public struct UnlocatedProblem: Sendable {
    /// What happened, one sentence.
    public var message: String
    /// The file; nil where the problem is no file's.
    public var path: String?
    /// Where in the file; nil for the file as a whole.
    public var anchor: Anchor?
    /// Whether all was read nevertheless.
    public var isNotice: Bool

    /// Makes a problem.
    public init(message: String, path: String?, anchor: Anchor?, isNotice: Bool = false) {
      self.message = message
      self.path = path
      self.anchor = anchor
      self.isNotice = isNotice
    }
  }

  /// Makes the report of a run, with all positions resolved.
  ///
  /// - Parameters:
  ///   - tool: The program.
  ///   - inputs: The input files, in path order.
  ///   - rules: The selected rules, sorted by id.
  ///   - resources: How many resources were linted.
  ///   - result: What linting gave.
  ///   - dumpQuality: What is known to be wrong with the export itself.
  ///   - inputProblems: What importing could not use.
  ///   - locator: Finds the positions.
  public init(
    tool: Tool, inputs: [Input], rules: [RuleEntry], resources: Int, result: LintResult,
    dumpQuality: DumpQuality = DumpQuality(), inputProblems: [UnlocatedProblem],
    locator: SourceLocator
  ) {
    let anchors =
      result.findings.flatMap { [$0.anchor] + $0.related.map(\.anchor) }
      + inputProblems.map(\.anchor) + result.problems.map(\.anchor)
    let located = locator.locate(anchors.compactMap(\.self))
    func location(_ anchor: Anchor?) -> Location? { anchor.flatMap { located.locations[$0] } }
    let uris = Dictionary(
      rules.map { ($0.id, $0.helpURI) }, uniquingKeysWith: { first, _ in first })
    self.tool = tool
    self.inputs = inputs
    self.rules = rules
    self.resources = resources
    self.dumpQuality = dumpQuality
    notEvaluated = result.notEvaluated
    satisfied = result.satisfied
    suppressions = result.suppressions
    baseline = result.baseline
    findings = result.findings.map { finding in
      LocatedFinding(
        finding: finding, location: location(finding.anchor),
        relatedLocations: finding.related.map { location($0.anchor) },
        helpURI: uris[finding.ruleID] ?? nil)
    }
    problems =
      inputProblems.map {
        Problem(
          message: $0.message, path: $0.path, location: location($0.anchor),
          isNotice: $0.isNotice)
      } + located.problems
      + result.problems.map { problem in
        let place = location(problem.anchor)
        return Problem(
          message: Report.message(of: problem), path: place?.path, location: place,
          ruleID: problem.ruleID)
      }
  }

  private static func message(of problem: LintProblem) -> String {
    var message = problem.message
    if let resource = problem.resource { message += ", on \(resource)" }
    if let rule = problem.ruleID {
      message = "the rule \(rule) could not be decided: " + message
    }
    if let position = problem.rulePosition { message += " (\(position))" }
    return message
  }
}
