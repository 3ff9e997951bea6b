import ArgumentParser
import Reporting

/// `neglint lint PATH...`, or `neglint PATH...`.
struct LintCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check exported configuration (the default command).",
    discussion: """
      Examples:

        neglint export/                          all dumps of a folder
        neglint negs.json services.json          some files
        gcloud ... --format=json | neglint -     standard input
        neglint export/ --select 'neg-*,port'    rules by id, pattern or tag
        neglint export/ --fail-on warning        exit status 1 for warnings, too
        neglint export/ --fail-on not-evaluated  ... and for what lacks data
        neglint export/ --format json | jq .summary
        neglint export/ --output junit=TEST-neglint.xml

      What the export lacks is never taken for sound: such checks are reported
      as not evaluated, with the command that exports what is missing. Name
      --assume-complete only where the export holds all resources of all the
      projects that it speaks of.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @Option(help: "What makes the exit status 1.")
  var failOn = FailureThreshold.error

  @Option(help: "The format on standard output.")
  var format = ReportFormat.text

  @Option(
    name: .customLong("output"),
    help: ArgumentHelp("Write a report to a file, too (repeatable).", valueName: "format=file"),
    transform: OutputArgument.parse)
  var outputs: [OutputArgument] = []

  @Option(help: "JUnit with file and line of each case, or by its strict schemas.")
  var junitProfile = ReportOptions.JUnitProfile.rich

  @Option(help: "JUnit cases for findings alone, or for every subject.")
  var junitCases = ReportOptions.JUnitCases.findings

  @OptionGroup(title: "Input")
  var export: ExportOptions

  @Flag(help: "Say on standard error how much processor time each stage took.")
  var timings = false

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

  func run(_ console: Console) throws -> ExitStatus {
    try LintRun(command: self, console: console).run()
  }

  /// How reports are written.
  ///
  /// - Throws: A usage failure for a SOURCE_DATE_EPOCH that is no time
  ///   (https://reproducible-builds.org/specs/source-date-epoch).
  func reportOptions(_ console: Console) throws(Failure) -> ReportOptions {
    var options = ReportOptions()
    options.failOn = failOn
    options.colors = console.showsColors
    options.verbose = verbose
    options.quiet = quiet
    options.junitProfile = junitProfile
    options.junitCases = junitCases
    if let epoch = Console.environment("SOURCE_DATE_EPOCH"), !epoch.isEmpty {
      guard let text = Int(epoch).flatMap(JUnitTimestamp.text(ofEpochSeconds:)) else {
        throw .usage("SOURCE_DATE_EPOCH is '\(epoch)', not a number of seconds since 1970")
      }
      options.timestamp = text
    }
    return options
  }
}
