import ArgumentParser
import Linting
import Reporting

/// How and where reports are written.
struct ReportingOptions: ParsableArguments {
  @Option(help: "The format on standard output.")
  var format = ReportFormat.text

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("Write a report to a file, too (repeatable).", valueName: "format=file"),
    transform: OutputArgument.parse)
  var outputs: [OutputArgument] = []

  @Flag(help: "Tell how often each rule had each outcome (text and Markdown; JSON always does).")
  var matrix = false

  @Flag(help: "SARIF results of kind 'open' for what could not be evaluated.")
  var sarifOpen = false

  @Option(
    help: ArgumentHelp(
      "What keeps the SARIF reports of several exports apart, such as the project.",
      valueName: "name"))
  var sarifCategory: String?

  @Option(help: "JUnit with file and line of each case, or by its strict schemas.")
  var junitProfile = ReportOptions.JUnitProfile.rich

  @Option(help: "JUnit cases for findings alone, or for every subject.")
  var junitCases = ReportOptions.JUnitCases.findings

  @Flag(name: .shortAndLong, help: "List everything.")
  var verbose = false

  @Flag(name: .shortAndLong, help: "Show the findings and the last line alone.")
  var quiet = false

  func validate() throws {
    if verbose && quiet { throw ValidationError("--verbose and --quiet exclude each other") }
    var seen: Set<String> = []
    for output in outputs where !seen.insert(output.path).inserted {
      throw ValidationError("two reports cannot go to the same file \(output.path)")
    }
  }

  /// How reports are written.
  ///
  /// - Throws: A usage failure for a SOURCE_DATE_EPOCH that is no time
  ///   (https://reproducible-builds.org/specs/source-date-epoch).
  func options(failOn: FailureThreshold, _ console: Console) throws(Failure) -> ReportOptions {
    var options = ReportOptions()
    options.failOn = failOn
    options.colors = console.showsColors
    options.verbose = verbose
    options.quiet = quiet
    options.matrix = matrix
    options.sarifListsOpen = sarifOpen
    options.sarifCategory = sarifCategory
    options.junitProfile = junitProfile
    options.junitCases = junitCases
    if let seconds = try Console.sourceDateEpoch() {
      guard let text = JUnitTimestamp.text(ofEpochSeconds: seconds) else {
        throw .usage("SOURCE_DATE_EPOCH is \(seconds), which is no time before the year 10000")
      }
      options.timestamp = text
    }
    return options
  }
}
