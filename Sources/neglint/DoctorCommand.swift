import ArgumentParser
import Importing
import Linting
import Reporting
import Resources
import Rules
import Schema

/// `neglint doctor PATH...`.
struct DoctorCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what of an export is there, and what is missing.",
    discussion: """
      Lists what was read by project and type, what a full evaluation of the rules
      lacks, and the commands that fetch it.

      Examples:

        neglint doctor export/
        neglint doctor export/ --verbose                 ... with every command
        neglint doctor export/ --format json | jq -r '.missing[].command'

      Exit status: 0 nothing is missing, 1 something is, 3 something could not be read.
      """)

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup var configuration: ConfigurationOptions

  @Option(help: "The format.")
  var format = EvalCommand.Format.text

  @OptionGroup(title: "Input")
  var export: ExportOptions

  @Flag(name: .shortAndLong, help: "List everything.")
  var verbose = false

  func run(_ console: Console) throws -> ExitStatus {
    let ruleSet = try rules.choice(configuration.configuration()).compiled()
    let (inputs, found) = try export.inputs(paths)
    let imported = importFiles(inputs.files, options: export.importOptions(.all))
    let graph = ResourceGraph(
      merging: imported.builders, fields: .all, assumesCompleteness: export.assumeComplete,
      project: export.project)
    let result = lint(graph, ruleSet, options: LintOptions(jobs: export.threads))
    let diagnosis = Diagnosis(
      inputs: imported.summaries, problems: found + imported.problems,
      paths: inputs.files.map(\.path), graph: graph, result: result)
    switch format {
    case .text: try console.write(diagnosis.text(verbose: verbose))
    case .json: try console.write(diagnosis.json())
    }
    return diagnosis.status
  }
}
