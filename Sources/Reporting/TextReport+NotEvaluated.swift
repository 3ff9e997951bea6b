import Linting

extension TextReport {
  /// How many missing things one line names.
  private static let shownOfMissing = 3

  /// One line for each rule, and once at the end the commands that fetch what is missing.
  mutating func writeNotEvaluated() {
    guard !report.notEvaluated.isEmpty else { return }
    line(styled("Not evaluated, since the export lacks what is named:", .bold))
    var start = report.notEvaluated.startIndex
    while start < report.notEvaluated.endIndex {
      let rule = report.notEvaluated[start].ruleID
      let end =
        report.notEvaluated[start...].firstIndex { $0.ruleID != rule }
        ?? report.notEvaluated.endIndex
      write(report.notEvaluated[start..<end], of: rule)
      start = end
    }
    line()
    writeCommands()
  }

  private mutating func write(_ entries: ArraySlice<NotEvaluated>, of rule: String) {
    let count = entries.reduce(0) { $0 + $1.count }
    let missing = unique(entries.flatMap(\.missing))
    let most = options.verbose ? missing.count : TextReport.shownOfMissing
    var names = missing.prefix(most).map(shown).joined(separator: ", ")
    if missing.count > most { names += " and \(missing.count - most) more" }
    line("  \(shown(rule)): \(DisplayText.count(count, "check")), \(names)")
    guard options.verbose else { return }
    for resource in unique(entries.flatMap(\.resources)) { line("    \(shown(resource))") }
  }

  private mutating func writeCommands() {
    let lines = unique(report.notEvaluated.compactMap(\.command))
    let commands = unique(lines.flatMap(TextReport.parts))
    guard !commands.isEmpty else { return }
    let most = options.verbose ? commands.count : TextReport.shownOfEqual
    line(styled("To have that checked, export too:", .bold))
    for command in commands.prefix(most) { line("  \(shown(command))") }
    if commands.count > most { line("  ... and \(commands.count - most) more (--verbose: all)") }
    line()
  }

  /// The commands that a line runs one after the other.
  ///
  /// Names in quotes may hold anything, the operator too; outside of single quotes a backslash
  /// makes the next character plain.
  private static func parts(of line: String) -> [String] {
    let bytes = Array(line.utf8)
    var parts: [String] = []
    var start = 0
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      if !isQuoted, bytes[index...].starts(with: " && ".utf8) {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        index += 4
        start = index
        continue
      }
      if bytes[index] == UInt8(ascii: "'") { isQuoted.toggle() }
      index += !isQuoted && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
