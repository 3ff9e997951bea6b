import Linting
import Rules

extension Report {
  /// "nothing found" never stands alone: what could not be checked is said first.
  var closingLine: String {
    let counts = evaluations
    let checks = counts.satisfied + counts.violated + counts.suppressed
    var parts: [String] = []
    let faults = problems.lazy.filter { !$0.isNotice }.count
    if faults > 0 { parts.append(DisplayText.count(faults, "problem")) }
    if let flaws = dumpQuality.inWords { parts.append("the export is not whole (\(flaws))") }
    if counts.notEvaluated > 0 {
      parts.append(
        "\(DisplayText.count(counts.notEvaluated, "check")) could not be evaluated for lack of data"
      )
    }
    let found = count(where: \.counts)
    if checks == 0, findings.isEmpty {
      parts.append(
        counts.notEvaluated > 0
          ? "nothing could be checked"
          : "nothing was checked: no rule applies to the "
            + DisplayText.count(resources, "resource") + " read")
    } else {
      parts += hiddenFindings
      parts.append(
        "\(findingsInWords(found)) in \(DisplayText.count(checks, "check"))\(ofResources)")
    }
    return parts.joined(separator: "; ")
  }

  /// `3 findings (2 errors, 1 note)`; those of a baseline are not new.
  private func findingsInWords(_ number: Int) -> String {
    let noun = baseline == nil ? "finding" : "new finding"
    if number == 0 { return "no \(noun)s" }
    let levels = [
      ("error", count(of: .error)), ("warning", count(of: .warning)),
      ("note", count(of: .note)),
    ]
    .filter { $0.1 > 0 }.map { DisplayText.count($0.1, $0.0) }.joined(separator: ", ")
    return "\(DisplayText.count(number, noun)) (\(levels))"
  }

  /// What is there and does not count.
  private var hiddenFindings: [String] {
    var parts: [String] = []
    let suppressed = suppressedCount
    if suppressed > 0 { parts.append("\(DisplayText.count(suppressed, "finding")) suppressed") }
    if let baseline, baseline.unchanged > 0 {
      let place = baseline.origin == .export ? "there without the plan" : "of the baseline"
      parts.append("\(DisplayText.count(baseline.unchanged, "finding")) \(place)")
    }
    return parts
  }

  private var ofResources: String {
    " of \(DisplayText.count(resources, "resource")) by "
      + DisplayText.count(rules.count, "rule")
  }
}

extension Report.DumpQuality {
  /// What is wrong with the export itself; nil for nothing.
  fileprivate var inWords: String? {
    let flaws = [
      ("list", truncatedLists, "cut short"), ("list", refusedLists, "refused"),
      ("NEG", shortEndpointLists, "with endpoints missing"),
      ("resource", conflicts, "with conflicting definitions"),
    ]
    .filter { $0.1 > 0 }.map { "\(DisplayText.count($0.1, $0.0)) \($0.2)" }
    return flaws.isEmpty ? nil : flaws.joined(separator: ", ")
  }
}
