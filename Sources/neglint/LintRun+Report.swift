import Documents
import Importing
import Linting
import Reporting
import Resources
import Rules

extension LintRun {
  /// The report of what importing and linting gave, with all positions found.
  func report(
    of result: LintResult, _ graph: ResourceGraph, _ plan: RulePlan, _ imported: Imported,
    found: [ImportProblem], inputs: Inputs
  ) -> Report {
    let paths = inputs.files.map(\.path)
    let locator = SourceLocator(
      paths: paths, limits: settings.export.limits, jobs: settings.export.threads,
      landmarks: imported.summaries.map(\.landmarks)
    ) { (number) throws(ReadingProblem) in try inputs.open(number) }
    let graphProblems = graph.problems.map { problem in
      Report.UnlocatedProblem(
        message: problem.message, path: paths[Int(problem.anchor.file)], anchor: problem.anchor)
    }
    return Report(
      tool: Report.Tool(
        name: Product.name, version: Product.version, ruleSet: settings.rules.name),
      inputs: imported.summaries.map(input), rules: entries(of: plan, result),
      resources: graph.resourceCount, result: result, dumpQuality: quality(of: graph),
      inputProblems: (found + imported.problems).map { unlocated($0, paths) } + graphProblems,
      locator: locator)
  }

  /// What is known to be missing from the export, whether or not a rule is selected that says so.
  private func quality(of graph: ResourceGraph) -> Report.DumpQuality {
    var quality = Report.DumpQuality()
    quality.shortEndpointLists = graph.shortEndpointLists
    for finding in graph.importerFindings {
      switch finding.subject {
      case .truncatedList: quality.truncatedLists += 1
      case .refusedList: quality.refusedLists += 1
      case .record: if finding.rule == .conflictingDefinition { quality.conflicts += 1 }
      }
    }
    return quality
  }

  private func input(_ summary: FileSummary) -> Report.Input {
    Report.Input(
      path: summary.path, dialect: summary.dialect, resources: summary.resources,
      problems: summary.problems, refusal: summary.refusal)
  }

  private func unlocated(_ problem: ImportProblem, _ paths: [String]) -> Report.UnlocatedProblem {
    let anchor = problem.file.flatMap { file in
      problem.offset.map { Anchor(file: file, offset: $0) }
    }
    return Report.UnlocatedProblem(
      message: problem.message, path: problem.file.map { paths[Int($0)] }, anchor: anchor,
      isNotice: problem.severity == .notice)
  }

  /// The selected rules, with how often each had each outcome.
  private func entries(of plan: RulePlan, _ result: LintResult) -> [Report.RuleEntry] {
    plan.headings.map { rule in
      Report.RuleEntry(
        id: rule.id, title: rule.title, level: settings.rules.levels[rule.id] ?? rule.level,
        resourceType: rule.resource, tags: rule.tags, helpURI: rule.url,
        counts: result.counts[rule.id] ?? OutcomeCounts())
    }
  }
}
