public import Documents
public import Linting

/// How a report is written.
public struct ReportOptions: Sendable {
  /// Which consumers a JUnit report is for.
  public enum JUnitProfile: String, Sendable, CaseIterable {
    /// With file, line and output of each case: GitLab, GitHub, CircleCI, Jenkins.
    case rich
    /// What the strict schemas allow (Jenkins xunit-plugin, Azure DevOps).
    case strict
  }

  /// Which subjects have JUnit cases.
  public enum JUnitCases: String, Sendable, CaseIterable {
    /// Findings, and one case for all that a rule is satisfied with.
    case findings
    /// Every subject that a rule looked at.
    case all
  }

  /// What makes a run fail; decides which JUnit cases are failures.
  public var failOn = FailureThreshold.error
  /// Whether text is coloured.
  public var colors = false
  /// Whether nothing is folded and everything is listed.
  public var verbose = false
  /// Whether text holds the findings and the last line alone.
  public var quiet = false
  /// Whether text and Markdown tell how often each rule had each outcome.
  public var matrix = false
  /// Whether SARIF has results of kind `open` for what could not be evaluated.
  public var sarifListsOpen = false
  /// What keeps the SARIF reports of several exports apart; nil where there is one.
  public var sarifCategory: String?
  /// Which consumers a JUnit report is for.
  public var junitProfile = JUnitProfile.rich
  /// Which subjects have JUnit cases.
  public var junitCases = JUnitCases.findings
  /// The `timestamp` of JUnit suites, `YYYY-MM-DDThh:mm:ss`.
  public var timestamp = "1970-01-01T00:00:00"

  /// The defaults.
  public init() {}
}

/// The formats that reports are written in.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// For people.
  case text
  /// For programs: one object, described by `docs/schemas/report.schema.json`.
  case json
  /// JUnit XML, for continuous integration.
  case junit
  /// SARIF 2.1.0, for code scanning and viewers.
  case sarif
  /// Workflow commands, for annotations by GitHub Actions.
  case github
  /// Code Quality, for GitLab's merge requests.
  case gitlab
  /// For job summaries, comments and wikis.
  case markdown
  /// For spreadsheets.
  case csv

  /// Writes a report.
  ///
  /// The bytes depend on the report and the options alone.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - options: How to write it.
  /// - Returns: The whole document in UTF-8.
  /// - Throws: A problem of the XML writer: out of memory.
  public func document(of report: Report, options: ReportOptions) throws(ReadingProblem)
    -> [UInt8]
  {
    var bytes: [UInt8] = []
    try write(report, options: options) { bytes += $0 }
    return bytes
  }

  /// Writes a report piece by piece, so that a large one is never in memory as a whole.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - options: How to write it.
  ///   - output: Gets the document's bytes.
  /// - Throws: A problem of the XML writer, before anything is put out: out of memory.
  public func write(
    _ report: Report, options: ReportOptions, to output: @escaping ([UInt8]) -> Void
  ) throws(ReadingProblem) {
    switch self {
    case .text: writeText(of: report, options: options, to: output)
    case .json: output(writeJSON(of: report, to: output))
    case .junit: output(try junitDocument(of: report, options: options))
    case .sarif: output(writeSARIF(of: report, options: options, to: output))
    case .github: output(githubDocument(of: report))
    case .gitlab: output(writeGitLab(of: report, to: output))
    case .markdown: output(markdownDocument(of: report, options: options))
    case .csv: output(csvDocument(of: report))
    }
  }
}
