import CEL
import Documents
import Importing
import Linting
import Reporting
import Resources
import Rules

/// One run of `neglint lint`: files in, reports out.
struct LintRun {
  let command: LintCommand
  let console: Console

  func run() throws(Failure) -> ExitStatus {
    var timings = Timings()
    let progress = Progress(isEnabled: console.showsProgress && !command.quiet)
    defer { progress.finish() }
    let options = try command.reportOptions(console)
    progress.enter("reading rules")
    let plan = try rulePlan()
    timings.end("rules")
    let (inputs, problems) = try command.export.inputs(command.paths)
    let outputs = try openOutputs()
    progress.enter("reading \(DisplayText.count(inputs.files.count, "file"))")
    let imported = importFiles(inputs.files, options: command.export.importOptions(plan.fields))
    try protectInputs(imported, inputs, from: outputs)
    timings.end(
      "reading", "\(inputs.byteCount) bytes in \(DisplayText.count(inputs.files.count, "file"))")
    progress.enter("linting")
    let graph = ResourceGraph(
      merging: imported.builders, fields: plan.fields,
      assumesCompleteness: command.export.assumeComplete, project: command.export.project)
    timings.end("graph")
    let ruleSet = try compiledRules(plan, on: graph)
    timings.end("compiling rules")
    let result = lint(
      graph, ruleSet,
      options: LintOptions(
        jobs: command.export.threads, listsAllResources: command.verbose,
        listsSatisfied: command.junitCases == .all))
    timings.end("linting")
    progress.enter("writing reports")
    let report = self.report(
      of: result, graph, plan, imported, found: problems, inputs: inputs)
    progress.finish()
    try write(report, options, to: outputs)
    timings.end("reporting")
    if command.timings { timings.lines.forEach(console.say) }
    return status(of: report)
  }

  private func rulePlan() throws(Failure) -> RulePlan {
    let library = try command.rules.library()
    let ids = try command.rules.ids(in: library)
    do {
      return try library.plan(selecting: ids, functions: HostFunctions.implementations)
    } catch {
      throw Failure(error)
    }
  }

  private func compiledRules(
    _ plan: RulePlan, on graph: ResourceGraph
  ) throws(Failure) -> RuleSet {
    do {
      return try plan.ruleSet(onTypes: graph.presentTypes)
    } catch {
      throw Failure(error)
    }
  }

  private func openOutputs() throws(Failure) -> [(format: ReportFormat, file: FileOutput)] {
    var outputs: [(format: ReportFormat, file: FileOutput)] = []
    for output in command.outputs {
      outputs.append((output.format, try FileOutput(path: output.path)))
    }
    return outputs
  }

  /// Refuses to replace a dump by a report on it.
  private func protectInputs(
    _ imported: Imported, _ inputs: Inputs, from outputs: [(format: ReportFormat, file: FileOutput)]
  ) throws(Failure) {
    for summary in imported.summaries where summary.dialect != nil {
      for output in outputs where output.file.isFile(at: inputs.openPath(of: summary.file)) {
        throw .usage("\(output.file.path) is an input; a report would replace it")
      }
    }
  }

  private func write(
    _ report: Report, _ options: ReportOptions,
    to outputs: [(format: ReportFormat, file: FileOutput)]
  ) throws(Failure) {
    var plain = options
    plain.colors = false
    for output in outputs {
      try output.file.write(try document(of: report, output.format, plain))
    }
    try console.write(try document(of: report, command.format, options))
  }

  private func document(
    of report: Report, _ format: ReportFormat, _ options: ReportOptions
  ) throws(Failure) -> [UInt8] {
    do {
      return try format.document(of: report, options: options)
    } catch {
      throw Failure(status: .failure, message: "the report cannot be written: \(error.message)")
    }
  }

  private func status(of report: Report) -> ExitStatus {
    if report.isIncomplete { return .incomplete }
    return report.fails(at: command.failOn) ? .findings : .clean
  }
}
