import ArgumentParser
import Documents
import Linting
import Reporting

/// `neglint render REPORT.json`.
struct RenderCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Write a saved JSON report in another format.",
    discussion: """
      Nothing is linted again: the report holds all that every format needs.
      Exit status as of `lint`, by --fail-on.

      Examples:

        neglint export/ --output json=neglint.json
        neglint render neglint.json
        neglint render neglint.json --format junit --output text=neglint.txt
      """)

  @Argument(help: ArgumentHelp("A JSON report; - is standard input.", valueName: "report"))
  var path: String

  @Option(help: "What makes the exit status 1.")
  var failOn = FailureThreshold.error

  @OptionGroup(title: "Reports")
  var reports: ReportingOptions

  func run(_ console: Console) throws -> ExitStatus {
    let report = try SavedReport.read(path)
    var outputs: [(format: ReportFormat, file: FileOutput)] = []
    for output in reports.outputs {
      let file = try FileOutput(path: output.path)
      if file.isFile(at: path) {
        throw Failure.usage("\(path) is the saved report; a report would replace it")
      }
      outputs.append((output.format, file))
    }
    try ReportOutput(options: try reports.options(failOn: failOn, console), console: console)
      .write(report, reports.format, to: outputs)
    return report.status(failOn: failOn)
  }
}

/// Reports that were saved as JSON.
enum SavedReport {
  /// Reads a report.
  ///
  /// - Parameter path: The file; `-` for standard input.
  /// - Returns: The report.
  /// - Throws: A usage failure for what is no report.
  static func read(_ path: String) throws(Failure) -> Report {
    do {
      return try Report(
        json: path == "-" ? try Source.standardInput() : try Source(path: path))
    } catch {
      throw .usage("\(path) \(error.message)")
    }
  }
}
