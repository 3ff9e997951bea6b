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
    var anchors = Anchors()
    let places = result.findings.map { finding in
      (anchors.add(finding.anchor), finding.related.map { anchors.add($0.anchor) })
    }
    let inputPlaces = inputProblems.map { anchors.add($0.anchor) }
    let rulePlaces = result.problems.map { anchors.add($0.anchor) }
    let located = locator.locate(anchors.list)
    func location(_ number: Int?) -> Location? { number.flatMap { located.locations[$0] } }
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
    findings = zip(result.findings, places).map { finding, places in
      LocatedFinding(
        finding: finding, location: location(places.0), relatedLocations: places.1.map(location),
        helpURI: uris[finding.ruleID] ?? nil)
    }
    problems =
      zip(inputProblems, inputPlaces).map {
        Problem(
          message: $0.message, path: $0.path, location: location($1), isNotice: $0.isNotice)
      } + located.problems
      + zip(result.problems, rulePlaces).map { problem, number in
        let place = location(number)
        return Problem(
          message: Report.message(of: problem), path: place?.path, location: place,
          ruleID: problem.ruleID)
      }
  }

  /// The anchors of a report, each with a number.
  private struct Anchors {
    var list: [Anchor] = []

    mutating func add(_ anchor: Anchor?) -> Int? {
      guard let anchor else { return nil }
      list.append(anchor)
      return list.count - 1
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
