import ArgumentParser
import Configuration
import Documents
import Linting
import Reporting

/// `neglint diff OLD NEW`.
struct DiffCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell which findings a change introduces and which it mends.",
    discussion: """
      Each side is a dump (a file or a folder) or a report saved with
      --format json. A finding is known again by its fingerprint, wherever it
      stands. One that is gone since its resource could not be checked is not
      called fixed. Exit status 1 means that a finding at or above --fail-on was
      introduced.

      Examples:

        neglint diff export-of-monday/ export/
        neglint diff before.json after.json --format json
      """)

  @Argument(help: ArgumentHelp("The earlier dump or report.", valueName: "old"))
  var old: String

  @Argument(help: ArgumentHelp("The later dump or report.", valueName: "new"))
  var new: String

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup var configuration: ConfigurationOptions

  @Option(help: "What makes the exit status 1 (default: error).")
  var failOn: FailureThreshold?

  @Option(help: "The format.")
  var format = DiffFormat.text

  @Option(
    help: ArgumentHelp(
      "The day on which suppressions are looked at (default: SOURCE_DATE_EPOCH, else now in UTC).",
      valueName: "yyyy-mm-dd"))
  var today: CalendarDate?

  @OptionGroup(title: "Input")
  var export: ExportOptions

  @Flag(name: .shortAndLong, help: "List what is unchanged, too.")
  var verbose = false

  func run(_ console: Console) throws -> ExitStatus {
    let configuration = try configuration.configuration()
    let failOn = failOn ?? configuration?.failOn ?? .error
    var options = ReportOptions()
    options.failOn = failOn
    options.colors = console.showsColors
    options.verbose = verbose
    let settings = LintSettings(
      paths: [], rules: try rules.choice(configuration), export: export, failOn: failOn,
      format: .text, outputs: [],
      acceptance: try AcceptanceOptions.suppressions(of: configuration, today: today),
      reportOptions: options,
      listsAllResources: true)
    let diff = ReportDiff(
      old: try report(old, settings, console), new: try report(new, settings, console))
    for problem in (diff.old.problems + diff.new.problems) where !problem.isNotice {
      let place = problem.path.map { "\(DisplayText.escape($0)): " } ?? ""
      console.say("\(Product.name): \(place)\(DisplayText.escape(problem.message))")
    }
    try console.write(format.document(of: diff, options: options))
    if diff.isIncomplete { return .incomplete }
    return diff.fails(at: failOn) ? .findings : .clean
  }

  private static func isSavedReport(_ path: String) -> Bool {
    do {
      return Report.isReport(try Source(path: path))
    } catch {
      // A folder, or a file that linting will tell of.
      return false
    }
  }

  /// The report that a path holds, or that linting it gives.
  private func report(
    _ path: String, _ settings: LintSettings, _ console: Console
  ) throws(Failure) -> Report {
    if DiffCommand.isSavedReport(path) { return try SavedReport.read(path) }
    var settings = settings
    settings.paths = [path]
    var timings = Timings()
    let progress = Progress(isEnabled: console.showsProgress)
    defer { progress.finish() }
    return try LintRun(settings: settings, console: console)
      .lint(protecting: [], progress, &timings).report
  }
}
