import Documents
@testable import Linting
import Resources
import Rules
import SchemaChecking
import Testing

@testable import Reporting

/// SARIF, GitHub's annotations, GitLab's Code Quality, Markdown and CSV.
@Suite struct FormatTests {
  /// Names that try to break out of each format, in every place that shows a name.
  static let hostile: Report = {
    let names =
      Samples.hostileNames + [
        "%0A::error::x", "\n::error::x", "<script>alert(1)</script>", "a|b", "=cmd()|' /C calc'!A0",
        "+1", "@SUM(1)", "[a](http://b)", "```\nx", "{0}", "//host", "../..",
      ]
    var report = Samples.report(
      files: Samples.files(named: names), findings: Samples.findings(naming: names),
      notEvaluated: names.map {
        NotEvaluated(ruleID: "neg-x", missing: [$0], command: $0, count: 1, resources: [$0])
      }, inputProblems: names.map { .init(message: $0, path: $0, anchor: nil) })
    report.suppressions = names.map {
      SuppressionUse(
        suppression: Suppression(rule: $0, resource: $0, reason: $0, owner: $0, position: $0),
        state: .active, count: 1)
    }
    return report
  }()

  static let reports = [
    JUnitReportTests.everything, Samples.accepted, hostile, Samples.report(rules: []),
  ]

  private func read(_ text: String) throws -> (reader: DocumentReader, root: Node) {
    let reader = DocumentReader(names: NameTable())
    return (reader, try reader.readValue(Source(path: "r", bytes: Array(text.utf8))).root)
  }

  private static var everything: ReportOptions {
    var options = ReportOptions()
    options.verbose = true
    options.matrix = true
    options.sarifListsOpen = true
    return options
  }

  @Test(arguments: reports.indices)
  func sarifFollowsItsSchema(index: Int) throws {
    guard let path = Shared.file("schemas/sarif-2.1.0.json") else { return }
    let schema = try JSONSchema(path: path)
    for options in [ReportOptions(), Self.everything] {
      let text = try Samples.text(Self.reports[index], .sarif, options)
      #expect(try schema.faults(of: Array(text.utf8)) == [])
    }
  }

  @Test func sarifHasWhatCodeScanningReads() throws {
    let (reader, root) = try read(Samples.text(Samples.accepted, .sarif, Self.everything))
    defer { withExtendedLifetime(reader) {} }
    let run = try #require(root.member("runs")?.elements.first { _ in true })
    let rules = run.member("tool")?.member("driver")?.member("rules")?.elements.map(\.self) ?? []
    #expect(rules.map { $0.member("id")?.text } == Samples.accepted.rules.map(\.id))
    let results = run.member("results")?.elements.map(\.self) ?? []
    #expect(results.count == Samples.accepted.findings.count + Samples.accepted.notEvaluated.count)
    for result in results {
      let index = try #require(result.member("ruleIndex")?.int)
      #expect(rules[Int(index)].member("id")?.text == result.member("ruleId")?.text)
      #expect(result.member("message")?.member("text")?.text.isEmpty == false)
    }
    let first = try #require(results.first)
    let place = first.member("locations")?.elements.first { _ in true }?.member("physicalLocation")
    #expect(place?.member("artifactLocation")?.member("uri")?.text == "a.json")
    #expect(place?.member("region")?.member("startLine")?.int == 2)
    let hidden = results.filter { $0.member("suppressions") != nil }
    #expect(hidden.count == 1)
    #expect(results.filter { $0.member("kind")?.text == "open" }.count == 1)
    #expect(results.contains { $0.member("baselineState")?.text == "unchanged" })
    let invocation = run.member("invocations")?.elements.first { _ in true }
    #expect(invocation?.member("executionSuccessful")?.bool == false)
  }

  @Test func sarifKeepsToTheLimitOfResultsAndLeavesTheLeastGraveOut() throws {
    var report = Samples.report(findings: [Samples.finding(level: .note)])
    let error = Samples.report(findings: [Samples.finding(level: .error)]).findings
    report.findings += Array(repeating: error[0], count: SARIFReport.mostResults)
    let text = try Samples.text(report, .sarif)
    #expect(text.contains("1 finding left out, the least grave"))
    #expect(text.matches(of: #/"kind": "fail"/#).count == SARIFReport.mostResults)
    #expect(!text.contains("\"level\": \"note\",\n          \"message\""))
  }

  @Test(arguments: [(nil, "neglint/"), ("shop-prod", "neglint/shop-prod/")] as [(String?, String)])
  func sarifReportsOfSeveralExportsAreKeptApart(category: String?, id: String) throws {
    var options = ReportOptions()
    options.sarifCategory = category
    let text = try Samples.text(Samples.report(), .sarif, options)
    #expect(text.contains("\"automationDetails\": {\n        \"id\": \"\(id)\""))
  }

  @Test(arguments: [
    ("./a b/ü.json", "a%20b/%C3%BC.json"), ("/x", "file:///x"), ("", "unnamed"), ("-", "-"),
    ("a:b%", "a%3Ab%25"),
  ])
  func pathsAreURIReferences(path: String, uri: String) {
    #expect(SARIFReport.uri(of: path) == uri)
  }

  @Test(arguments: reports.indices)
  func eachLineOfAnnotationsIsOneCommandOfOurs(index: Int) throws {
    let report = Self.reports[index]
    let text = try Samples.text(report, .github)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    let count =
      report.problems.count + report.countedFindings.count + report.notEvaluated.count
      + report.suppressions.count + (report.baseline == nil ? 0 : 1)
    #expect(lines.count == count)
    for line in lines {
      #expect(
        try #/^::(error|warning|notice) ([a-z]+=[^,:]*)(,[a-z]+=[^,:]*)*::/#.prefixMatch(in: line)
          != nil)
      #expect(!line.unicodeScalars.contains { $0.value < 0x20 })
    }
  }

  @Test func annotationsNameFileLineAndColumn() throws {
    let text = try Samples.text(JUnitReportTests.everything, .github)
    #expect(
      text.contains("::error file=a.json,line=2,col=7,title=neg-x::it is wrong%0Aon projects/p/"))
    #expect(text.contains("::warning title=neg-y::"))
  }

  /// GitLab's rules: unique fingerprints, five severities, a relative path, no byte order mark.
  @Test(arguments: reports.indices)
  func codeQualityHasWhatGitLabReads(index: Int) throws {
    let report = Self.reports[index]
    let text = try Samples.text(report, .gitlab)
    #expect(text.utf8.first == UInt8(ascii: "["))
    let (reader, root) = try read(text)
    defer { withExtendedLifetime(reader) {} }
    let items = root.elements.map(\.self)
    #expect(items.count == report.countedFindings.count)
    var prints: Set<String> = []
    for item in items {
      for name in ["description", "check_name", "fingerprint"] as [StaticString] {
        #expect(item.member(name)?.text.isEmpty == false)
      }
      let print = item.member("fingerprint")?.text ?? ""
      #expect(!prints.contains(print))
      prints.insert(print)
      #expect(
        ["info", "minor", "major", "critical", "blocker"]
          .contains(item.member("severity")?.text ?? ""))
      let location = try #require(item.member("location"))
      let path = location.member("path")?.text ?? ""
      #expect(!path.isEmpty && !path.hasPrefix("./"))
      #expect(location.member("lines")?.member("begin")?.int ?? 0 >= 1)
    }
  }

  @Test func codeQualityOfNothingIsAnEmptyList() throws {
    #expect(try Samples.text(Samples.report(), .gitlab) == "[]\n")
  }

  /// Rows of tables have as many cells as their heads, and no text is markup.
  @Test(arguments: reports.indices)
  func markdownTablesHoldWhateverNamesSay(index: Int) throws {
    let text = try Samples.text(Self.reports[index], .markdown, Self.everything)
    var cells: Int?
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let open = fence {
        if line == open { fence = nil }
        continue
      }
      if line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
        continue
      }
      let allowed = line.replacing("<code>", with: "").replacing("</code>", with: "")
        .replacing("<br>", with: "").replacing("<details>", with: "").replacing(
          "</details>", with: ""
        )
        .replacing("<summary>", with: "").replacing("</summary>", with: "")
      #expect(!allowed.contains("<") && !allowed.contains("](") && !allowed.contains("http://"))
      guard line.hasPrefix("|") else {
        cells = nil
        continue
      }
      let count = line.count { $0 == "|" }
      #expect(cells == nil || cells == count, "\(line)")
      cells = count
    }
    #expect(fence == nil)
  }

  @Test func markdownTellsWhatIsAcceptedAndWhatWasLookedAt() throws {
    let text = try Samples.text(Samples.accepted, .markdown, Self.everything)
    #expect(!text.contains("hidden one") && !text.contains("known one"))
    for part in [
      "## Findings", "## Not evaluated", "## Suppressions", "## Baseline", "## Outcomes",
    ] {
      #expect(text.contains(part))
    }
    #expect(text.contains("gcloud one"))
  }

  /// Rows by RFC 4180.
  private func rows(_ csv: String) -> [[String]] {
    var rows: [[String]] = [[]]
    var cell = ""
    var isQuoted = false
    var scalars = Array(csv.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        cell.unicodeScalars.append(scalar)
        scalars.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        rows[rows.count - 1].append(cell)
        cell = ""
      case "\r" where !isQuoted && scalars.first == "\n":
        scalars.removeFirst()
        rows[rows.count - 1].append(cell)
        cell = ""
        rows.append([])
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows.dropLast()
  }

  @Test(arguments: reports.indices)
  func csvRowsAreWholeAndNoCellIsAFormula(index: Int) throws {
    let report = Self.reports[index]
    let rows = rows(try Samples.text(report, .csv))
    let count =
      report.findings.count + report.notEvaluated.count + report.suppressions.count
      + report.problems.count + (report.baseline?.gone.count ?? 0)
    #expect(rows.count == count + 1)
    for row in rows {
      #expect(row.count == rows[0].count)
      for cell in row {
        let first = cell.unicodeScalars.first { $0 != " " }
        #expect(first.map { "=+-@\t\r".unicodeScalars.contains($0) } != true)
      }
    }
  }

  @Test(arguments: ReportFormat.allCases.filter { $0 != .gitlab })
  func whatMadeAResourceIsTold(format: ReportFormat) throws {
    let text = try Samples.text(Samples.accepted, format)
    #expect(text.contains("google_compute_network_endpoint_group") || format == .markdown)
    #expect(format != .markdown || text.contains("google&#95;compute&#95;network"))
  }

  @Test(arguments: ReportFormat.allCases)
  func noFormatLetsATerminalBeWrittenTo(format: ReportFormat) throws {
    let text = try Samples.text(Self.hostile, format, Self.everything)
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }
}
