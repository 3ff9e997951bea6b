import ArgumentParser
import Configuration
import Linting
import Reporting
import Rules

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
        neglint export/ --write-baseline baseline.json   accept what there is
        neglint export/ --baseline baseline.json         fail for new findings
        neglint export/ --overlay plan.json              what a Terraform plan introduces

      What is always the same stands in .neglint.yaml, here or in a folder above;
      options count over it. `neglint config show` shows what counts.

      What the export lacks is never taken for sound: such checks are reported
      as not evaluated, with the command that exports what is missing. Name
      --assume-complete only where the export holds all resources of all the
      projects that it speaks of.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "path"))
  var paths: [String] = []

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup var configuration: ConfigurationOptions

  @Option(help: "What makes the exit status 1 (default: error).")
  var failOn: FailureThreshold?

  @OptionGroup(title: "Accepted findings")
  var acceptance: AcceptanceOptions

  @OptionGroup(title: "Reports")
  var reports: ReportingOptions

  @Option(
    help: ArgumentHelp(
      "Lay a plan of Terraform (terraform show -json) over the export, and fail for what it introduces.",
      valueName: "plan"))
  var overlay: String?

  @OptionGroup(title: "Input")
  var export: ExportOptions

  @Flag(help: "Say on standard error what each stage and rule took of time, and memory.")
  var timings = false

  func run(_ console: Console) throws -> ExitStatus {
    try LintRun(settings: try settings(console), console: console).run()
  }

  /// What the run is to do: the command line over the configuration.
  private func settings(_ console: Console) throws(Failure) -> LintSettings {
    let configuration = try configuration.configuration()
    let inputs = paths.isEmpty ? configuration?.inputs ?? [] : paths
    guard !inputs.isEmpty || !export.endpoints.isEmpty else {
      throw .usage(
        "name files and folders to lint, such as `neglint export/`, or list them as 'inputs' in "
          + ".neglint.yaml; `neglint --help` shows more")
    }
    var outputs = reports.outputs
    if outputs.isEmpty {
      for output in configuration?.outputs ?? [] {
        guard let format = ReportFormat(rawValue: output.format) else { continue }
        outputs.append(OutputArgument(format: format, path: output.path))
      }
    }
    if let file = acceptance.writeBaseline, outputs.contains(where: { $0.path == file }) {
      throw .usage("a report and the baseline cannot go to the same file \(file)")
    }
    let failOn = failOn ?? configuration?.failOn ?? .error
    if overlay != nil, acceptance.baseline != nil || acceptance.writeBaseline != nil {
      throw .usage(
        "--overlay compares with the export as it is, a baseline with an earlier run; "
          + "name one of them")
    }
    var acceptance = try acceptance.acceptance(configuration)
    if overlay != nil { acceptance.baseline = nil }
    return LintSettings(
      paths: inputs, rules: try rules.choice(configuration, jobs: export.threads),
      overlay: overlay, export: export, failOn: failOn, format: reports.format, outputs: outputs,
      acceptance: acceptance,
      reportOptions: try reports.options(failOn: failOn, console), timings: timings)
  }
}

extension LintCommand {
  /// The command that arguments mean where they can mean no other and have no faults.
  ///
  /// The argument parser looks at all commands first, which takes as long as all else that is done
  /// with a small file. What it has to say of faults, and of help, names the whole program.
  ///
  /// - Parameter arguments: The program's arguments.
  /// - Returns: The command; nil where the parser has to decide.
  static func parsed(from arguments: [String]) -> LintCommand? {
    let names = Neglint.configuration.subcommands.compactMap { $0.configuration.commandName }
    let isNamed = arguments.first == configuration.commandName
    guard isNamed || !arguments.contains(where: { names.contains($0) || $0 == "help" }) else {
      return nil
    }
    do {
      return try parse(isNamed ? Array(arguments.dropFirst()) : arguments)
    } catch {
      return nil
    }
  }
}
