import Linting
import Rules

extension ReportFormat {
  /// The report for people.
  func writeText(
    of report: Report, options: ReportOptions, to output: @escaping ([UInt8]) -> Void
  ) {
    var text = TextReport(report, options, to: output)
    text.writeProblems()
    text.writeDumpFindings()
    text.writeFindings()
    if !options.quiet {
      text.writeSummaryByRule()
      text.writeSkippedFiles()
      text.writeNotEvaluated()
      text.writeSuppressions()
      text.writeBaseline()
    }
    if options.matrix { text.writeMatrix() }
    text.writeLastLine()
    output(text.bytes)
  }
}

/// Writes the text format, part by part.
struct TextReport {
  /// How many equal findings of a rule on one resource, and how many resources, causes or commands
  /// of one kind, are shown unless all are asked for.
  static let shownOfEqual = 10

  /// A style of a terminal's text (ECMA-48, SGR).
  enum Style: String {
    case bold = "1"
    case dim = "2"
    case error = "1;31"
    case warning = "1;33"
    case note = "1;36"
    case good = "1;32"
  }

  let report: Report
  let options: ReportOptions
  /// The rules whose findings are on the export itself.
  let dumpRules: Set<String>
  /// The text so far, without what was put out.
  private(set) var bytes: [UInt8] = []
  private let output: (([UInt8]) -> Void)?

  init(_ report: Report, _ options: ReportOptions, to output: (([UInt8]) -> Void)? = nil) {
    self.report = report
    self.output = output
    dumpRules = Set(report.rules.lazy.filter { $0.tags.contains("dump") }.map(\.id))
    self.options = options
  }

  mutating func line(_ text: String = "") {
    bytes += text.utf8
    bytes.append(0x0A)
    if let output, bytes.count >= JSONWriter.pieceSize {
      output(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  func styled(_ text: String, _ style: Style) -> String {
    options.colors ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  func shown(_ text: String) -> String { DisplayText.escape(text) }

  /// `path:line:col`, or as much of it as is known.
  func place(_ location: Location?, path: String?) -> String? {
    if let location { return "\(shown(location.path)):\(location.line):\(location.column)" }
    return path.map(shown)
  }

  mutating func writeProblems() {
    let problems = options.quiet ? report.problems.filter { !$0.isNotice } : report.problems
    for problem in problems {
      let start = place(problem.location, path: problem.path).map { styled($0, .bold) + ": " } ?? ""
      let word = problem.isNotice ? styled("notice:", .note) : styled("problem:", .error)
      line("\(start)\(word) \(shown(problem.message))")
      if let excerpt = problem.location?.excerpt, let location = problem.location {
        write(excerpt, line: location.line)
      }
    }
    if !problems.isEmpty { line() }
  }

  /// Files of a folder that were taken for no dumps: a number or, on request, all with the reason.
  ///
  /// Of those that have a problem (named or broken ones), the problem has told.
  mutating func writeSkippedFiles() {
    let skipped = report.inputs.filter { $0.refusal != nil && $0.problems == 0 }
    guard !skipped.isEmpty else { return }
    let count = DisplayText.count(skipped.count, "file")
    guard options.verbose else {
      line("\(count) in folders left out, since they are no dumps (--verbose: which and why)")
      line()
      return
    }
    line(styled("\(count) in folders left out, since they are no dumps:", .bold))
    for input in skipped { line("  \(shown(input.path)): \(shown(input.refusal ?? ""))") }
    line()
  }

  /// The line of the source, and a caret under the position.
  mutating func write(_ excerpt: SourceExcerpt, line number: Int) {
    let before = (excerpt.isCutBefore ? "…" : "") + shown(excerpt.before)
    let after = shown(excerpt.after) + (excerpt.isCutAfter ? "…" : "")
    let margin = String(repeating: " ", count: String(number).utf8.count)
    let indent = String(repeating: " ", count: before.unicodeScalars.count)
    line("  \(styled("\(number) |", .dim)) \(before)\(after)")
    line("  \(margin) \(styled("|", .dim)) \(indent)\(styled("^", .good))")
  }

  /// The whole in one line.
  mutating func writeLastLine() {
    let counts = report.evaluations
    let checks = counts.satisfied + counts.violated + counts.suppressed
    let isGood =
      checks > 0 && report.count(where: \.counts) == 0 && !report.isIncomplete
      && counts.notEvaluated == 0 && report.dumpQuality.isSound
    line(styled(report.closingLine, isGood ? .good : .bold))
  }
}
