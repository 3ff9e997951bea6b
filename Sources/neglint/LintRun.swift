import CEL
import Documents
import Importing
import Linting
import Reporting
import Resources
import Rules

/// One run of `neglint lint`: files in, reports out.
struct LintRun {
  let settings: LintSettings
  let console: Console

  func run() throws(Failure) -> ExitStatus {
    var timings = Timings()
    let progress = Progress(isEnabled: console.showsProgress && !settings.reportOptions.quiet)
    defer { progress.finish() }
    let outputs = try openOutputs()
    let baseline = try settings.acceptance.newBaseline.map { (path) throws(Failure) in
      try FileOutput(path: path)
    }
    let (report, nextBaseline) = try lint(
      protecting: outputs.map(\.file) + [baseline].compactMap(\.self), progress, &timings)
    progress.finish()
    let output = ReportOutput(
      options: settings.reportOptions, console: console, jobs: settings.export.threads)
    try output.write(report, settings.format, to: outputs)
    try baseline?.write(BaselineFile.document(of: nextBaseline))
    timings.end("reporting")
    if settings.timings {
      timings.lines(ruleLimit: settings.reportOptions.verbose ? .max : 10).forEach(console.say)
    }
    return report.status(failOn: settings.failOn)
  }

  /// Lints the inputs.
  ///
  /// - Parameters:
  ///   - files: Files that will be written, and so must not be inputs.
  ///   - progress: Is told what is being done.
  ///   - timings: Is told how long it took.
  /// - Returns: The report, and what a new baseline is to hold.
  /// - Throws: A usage failure for faults of rules, and inputs that are to be written.
  func lint(
    protecting files: [FileOutput], _ progress: Progress, _ timings: inout Timings
  ) throws(Failure) -> (report: Report, nextBaseline: [KnownFinding]) {
    let export = settings.export
    progress.enter("reading rules")
    let plan = try settings.rules.plan(jobs: export.threads)
    timings.end("rules")
    let (inputs, problems) = try export.inputs(settings.paths, overlay: settings.overlay)
    progress.enter("reading \(DisplayText.count(inputs.files.count, "file"))")
    let imported = importFiles(
      inputs.files, options: export.importOptions(plan.fields, rules: plan.importerRules))
    try protectInputs(imported, inputs, from: files)
    timings.end(
      "reading", "\(inputs.byteCount) bytes in \(DisplayText.count(inputs.files.count, "file"))")
    progress.enter("linting")
    let graph = ResourceGraph(
      merging: imported.builders, fields: plan.fields,
      assumesCompleteness: export.assumeComplete, project: export.project)
    if plan.importerRules.contains(.conflictingDefinition) {
      graph.add(
        conflictingDefinitions(
          in: graph, files: inputs.files, imported.summaries, limits: export.limits))
    }
    timings.end("graph")
    let ruleSet = try settings.rules.compiled(plan, on: graph, jobs: export.threads)
    timings.end("compiling")
    var result = result(of: graph, ruleSet, plan)
    if settings.overlay != nil {
      result.compare(with: try findingsWithoutPlan(inputs, plan), origin: .export)
      if !settings.listsAllResources, !settings.reportOptions.verbose {
        result.cutNotEvaluated()
      }
    }
    timings.end("linting")
    progress.enter("writing reports")
    let report = self.report(
      of: result, graph, plan, imported, found: problems, inputs: inputs)
    timings.rules = ruleTimes(result)
    let nextBaseline = settings.acceptance.newBaseline == nil ? [] : result.nextBaseline
    // The report has them, too.
    result.findings = []
    console.keepToTheEnd((plan, ruleSet, graph, result, report))
    return (report, nextBaseline)
  }

  private func ruleTimes(_ result: LintResult) -> [Timings.RuleTime] {
    result.nanoseconds.map { id, nanoseconds in
      Timings.RuleTime(
        id: id, nanoseconds: nanoseconds, evaluations: result.counts[id]?.total ?? 0)
    }
  }

  /// What rules say of a graph, with what is accepted marked.
  private func result(
    of graph: ResourceGraph, _ ruleSet: RuleSet, _ plan: RulePlan
  ) -> LintResult {
    let isVerbose = settings.reportOptions.verbose || settings.listsAllResources
    let acceptance = settings.acceptance
    var result = Linting.lint(
      graph, ruleSet,
      options: LintOptions(
        jobs: settings.export.threads,
        listsAllResources: isVerbose || acceptance.baseline != nil || settings.overlay != nil,
        listsSatisfied: settings.reportOptions.junitCases == .all,
        measuresRules: settings.timings))
    // Rules that there is no data for have run, too.
    for rule in plan.headings where result.counts[rule.id] == nil {
      result.counts[rule.id] = OutcomeCounts()
    }
    result.set(levels: settings.rules.levels)
    acceptance.apply(
      to: &result,
      unsuppressible: Set(ruleSet.rules.lazy.filter { !$0.definition.isSuppressible }.map(\.id)))
    if !isVerbose && settings.overlay == nil { result.cutNotEvaluated() }
    return result
  }

  /// What the rules find in the inputs that the plan is laid over.
  private func findingsWithoutPlan(
    _ inputs: Inputs, _ plan: RulePlan
  ) throws(Failure) -> [KnownFinding] {
    let files = inputs.files.filter { !$0.isOverlay }
    let imported = importFiles(files, options: settings.export.importOptions(plan.fields))
    let graph = ResourceGraph(
      merging: imported.builders, fields: plan.fields,
      assumesCompleteness: settings.export.assumeComplete, project: settings.export.project)
    let ruleSet = try settings.rules.compiled(plan, on: graph)
    return result(of: graph, ruleSet, plan).findings.map { KnownFinding($0) }
  }

  private func openOutputs() throws(Failure) -> [(format: ReportFormat, file: FileOutput)] {
    var outputs: [(format: ReportFormat, file: FileOutput)] = []
    for output in settings.outputs {
      outputs.append((output.format, try FileOutput(path: output.path)))
    }
    return outputs
  }

  /// Refuses to replace a dump by a report on it.
  private func protectInputs(
    _ imported: Imported, _ inputs: Inputs, from files: [FileOutput]
  ) throws(Failure) {
    for summary in imported.summaries where summary.dialect != nil {
      for file in files where file.isFile(at: inputs.openPath(of: summary.file)) {
        throw .usage("\(file.path) is an input; a report would replace it")
      }
    }
  }
}

extension RulePlan {
  /// The selected rules that are checked while an export is read.
  fileprivate var importerRules: Set<ImporterFinding.Rule> {
    Set(headings.compactMap { ImporterFinding.Rule(rawValue: $0.id) })
  }
}
