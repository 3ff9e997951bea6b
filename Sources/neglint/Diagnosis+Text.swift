import Importing
import Linting
import Reporting
import Resources

extension Diagnosis {
  /// How many lines of one kind are shown.
  private static let shown = 10

  /// What was read, what each project has, what is missing, and the commands that fetch it.
  ///
  /// - Parameter verbose: Whether every line is shown rather than the first ten of a kind.
  /// - Returns: Lines for people.
  func text(verbose: Bool) -> String {
    var lines = inputLines(verbose)
    for project in projects { lines += [""] + Diagnosis.lines(of: project) }
    if !missing.isEmpty {
      lines += ["", "Missing for a full evaluation:"]
      lines += limited(missing, verbose, what: "are missing") { thing in
        ["  \(thing.path): \(thing.reason)"] + (thing.command.map { ["    \($0)"] } ?? [])
      }
    }
    lines += ruleLines(verbose)
    let loaded = projects.filter(\.isLoaded).map(\.id).filter { $0 != ResourceGraph.unknownProject }
    if missing.isEmpty && notEvaluated.isEmpty {
      lines += ["", "Nothing is missing."]
    } else if !missing.isEmpty {
      lines += ["", "All of it at once, and what is complete is known (docs/exporting.md):"]
      lines += ["  neglint export-script > export.sh"]
      let others = projects.filter { !$0.isLoaded }.map(\.id)
      for project in loaded.isEmpty && others.isEmpty ? ["PROJECT"] : loaded + others {
        let word = ShellWord.quote(project)
        lines += ["  sh export.sh \(word) export/\(word)"]
      }
    }
    return lines.map { DisplayText.escape($0) + "\n" }.joined()
  }

  private func inputLines(_ verbose: Bool) -> [String] {
    let leftOut = inputs.filter { $0.refusal != nil }
    let resources = inputs.reduce(0) { $0 + $1.resources }
    var first =
      DisplayText.count(inputs.count - leftOut.count, "file") + " read, "
      + DisplayText.count(resources, "resource")
    if !leftOut.isEmpty { first += "; \(DisplayText.count(leftOut.count, "file")) left out" }
    var lines = [first]
    if verbose {
      for input in inputs {
        lines.append("  \(input.path): \(input.refusal ?? input.dialect ?? "nothing")")
      }
    }
    var skipped: [String: Int] = [:]
    for input in inputs { skipped.merge(input.skippedByKind, uniquingKeysWith: +) }
    if !skipped.isEmpty {
      let kinds = skipped.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      let most = verbose ? kinds.count : Diagnosis.shown
      let names = kinds.prefix(most).map { "\($0.value) \($0.key)" }.joined(separator: ", ")
      lines.append("no rule reads \(names)\(kinds.count > most ? ", ..." : "")")
    }
    lines += limited(problems, verbose, what: "problems") { problem in
      let kind = problem.isNotice ? "notice" : "problem"
      return ["\(kind): \(problem.path.map { "\($0): " } ?? "")\(problem.message)"]
    }
    return lines
  }

  private static func lines(of project: Project) -> [String] {
    let name =
      project.id == ResourceGraph.unknownProject
      ? "a project that nothing names (--project says which)" : "project \(project.id)"
    guard project.isLoaded else {
      let things = project.collections.map { DisplayText.count($0.absentCount, $0.type) }
      return ["\(name), referred to and not loaded: \(things.joined(separator: ", "))"]
    }
    let width = project.collections.map(\.type.utf8.count).max() ?? 0
    let digits = project.collections.map { String($0.count).utf8.count }.max() ?? 0
    return [name]
      + project.collections.map { coverage in
        let count = String(coverage.count)
        let state =
          switch coverage.state {
          case .complete: "complete"
          case .partial where coverage.completeScopes.isEmpty: "perhaps not all"
          case .partial: "all of \(coverage.completeScopes.joined(separator: ", "))"
          case .missing: "not loaded"
          }
        let absent =
          coverage.absentCount == 0
          ? "" : ", \(coverage.absentCount) referred to and not there"
        return "  \(coverage.type)"
          + String(repeating: " ", count: width - coverage.type.utf8.count)
          + "  " + String(repeating: " ", count: digits - count.utf8.count) + "\(count)  "
          + state + absent
      }
  }

  private func ruleLines(_ verbose: Bool) -> [String] {
    guard !notEvaluated.isEmpty else { return [] }
    let rules = Dictionary(grouping: notEvaluated, by: \.ruleID).sorted { $0.key < $1.key }
    return ["", "Rules that cannot decide everything, and what they lack:"]
      + limited(rules, verbose, what: "rules") { id, entries in
        let count = entries.reduce(0) { $0 + $1.count }
        let things = Set(entries.flatMap(\.missing)).sorted()
        let most = verbose ? things.count : 3
        let names = things.prefix(most).joined(separator: ", ")
        let rest = things.count > most ? " and \(things.count - most) more" : ""
        return ["  \(id): \(DisplayText.count(count, "check")), \(names)\(rest)"]
      }
  }

  /// The lines of the first things, and how many more there are.
  private func limited<Thing>(
    _ things: [Thing], _ verbose: Bool, what: String, _ lines: (Thing) -> [String]
  ) -> [String] {
    let most = verbose ? things.count : Diagnosis.shown
    let shown = things.prefix(most).flatMap(lines)
    return things.count > most
      ? shown + ["  ... and \(things.count - most) more \(what) (--verbose: all)"] : shown
  }
}
