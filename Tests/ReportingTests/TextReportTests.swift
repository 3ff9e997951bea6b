@testable import Linting
import Resources
import Rules
import Testing

@testable import Reporting

/// The report for people.
@Suite struct TextReportTests {
  private static let file = (
    path: "negs.json", bytes: Array("[\n\t{\"name\": \"web\", \"defaultPort\": 80}\n]\n".utf8)
  )

  @Test func findingWithSourceLineAndCommands() throws {
    let finding = Samples.finding(
      message: "port 80 is set", locator: "defaultPort",
      anchor: Anchor(file: 0, offset: 3, path: ["defaultPort"]),
      related: [RelatedRecord(resource: "projects/p/global/networks/n", locator: nil, anchor: nil)],
      remediation: ["gcloud one", "gcloud two"])
    let report = Samples.report(
      files: [TextReportTests.file], rules: [Samples.rule(satisfied: 3, violated: 1)],
      findings: [finding])
    #expect(
      try Samples.text(report) == """
        negs.json:2:33: error: port 80 is set [neg-x]
          on projects/p/zones/us-central1-a/networkEndpointGroups/web defaultPort
          2 |  {"name": "web", "defaultPort": 80}
            |                                 ^
          see projects/p/global/networks/n
          fix: gcloud one
               gcloud two

        1 finding (1 error) in 4 checks of 1 resource by 1 rule

        """)
  }

  @Test func notEvaluatedIsSaidBeforeNothingWasFound() throws {
    let entry = NotEvaluated(
      ruleID: "neg-x", missing: ["projects/p/zones/z/instances"],
      command: "gcloud compute instances list --project=p --format=json", count: 7,
      resources: [Samples.neg])
    let report = Samples.report(
      rules: [Samples.rule(satisfied: 5, notEvaluated: 7)], notEvaluated: [entry])
    #expect(
      try Samples.text(report) == """
        Not evaluated, since the export lacks what is named:
          neg-x: 7 checks, projects/p/zones/z/instances

        To have that checked, export too:
          gcloud compute instances list --project=p --format=json

        7 checks could not be evaluated for lack of data; no findings in 5 checks of 1 resource by 1 rule

        """)
  }

  @Test func eachCommandStandsOnALineOfItsOwnOnce() throws {
    let quoted = "gcloud 'x && y'\\'' && z'"
    let commands = ["gcloud a", "gcloud b", "gcloud b && gcloud a", "gcloud a && \(quoted)"]
    let report = Samples.report(
      rules: [Samples.rule(notEvaluated: 4)],
      notEvaluated: commands.map {
        NotEvaluated(ruleID: "neg-x", missing: ["m"], command: $0, count: 1, resources: [])
      })
    let text = try Samples.text(report)
    #expect(text.contains("  gcloud a\n  gcloud b\n  \(quoted)\n\n"))
  }

  @Test func noFindingsNeverStandsAloneWhenNothingWasChecked() throws {
    let unknown = Samples.report(rules: [Samples.rule(notEvaluated: 2)])
    #expect(
      try Samples.text(unknown)
        == "2 checks could not be evaluated for lack of data; nothing could be checked\n")
    let empty = Samples.report(rules: [Samples.rule()], resources: 0)
    #expect(
      try Samples.text(empty) == "nothing was checked: no rule applies to the 0 resources read\n")
  }

  @Test func moreThanTenEqualFindingsAreFolded() throws {
    let findings = (0..<14).map { Samples.finding(message: "number \($0)") }
    let report = Samples.report(rules: [Samples.rule(violated: 14)], findings: findings)
    let folded = try Samples.text(report)
    #expect(folded.contains("number 9 ") && !folded.contains("number 10 "))
    #expect(folded.contains("... and 4 more of neg-x on \(Samples.neg) (--verbose: all)"))
    #expect(folded.contains("14 findings (14 errors)"))
    var options = ReportOptions()
    options.verbose = true
    let all = try Samples.text(report, .text, options)
    #expect(all.contains("number 13 ") && !all.contains("more of"))
  }

  @Test func quietLeavesFindingsAndTheLastLine() throws {
    var options = ReportOptions()
    options.quiet = true
    let entry = NotEvaluated(ruleID: "neg-x", missing: ["m"], command: "c", count: 1, resources: [])
    let report = Samples.report(
      rules: [Samples.rule(violated: 1, notEvaluated: 1), Samples.rule("neg-y", violated: 1)],
      findings: [Samples.finding(), Samples.finding("neg-y")], notEvaluated: [entry])
    let text = try Samples.text(report, .text, options)
    #expect(!text.contains("By rule") && !text.contains("Not evaluated"))
    #expect(text.contains("[neg-x]") && text.contains("[neg-y]"))
    #expect(
      text.hasSuffix(
        "1 check could not be evaluated for lack of data; "
          + "2 findings (2 errors) in 2 checks of 1 resource by 2 rules\n"))
  }

  @Test func noticesAreNoProblems() throws {
    let report = Samples.report(
      rules: [Samples.rule(satisfied: 1)],
      inputProblems: [
        Report.UnlocatedProblem(
          message: "a page is open", path: "a.json", anchor: nil, isNotice: true)
      ])
    #expect(!report.isIncomplete)
    #expect(
      try Samples.text(report) == """
        a.json: notice: a page is open

        no findings in 1 check of 1 resource by 1 rule

        """)
  }

  @Test func coloursAreOnlyThereOnRequest() throws {
    let report = Samples.report(
      rules: [Samples.rule(violated: 1)], findings: [Samples.finding()])
    #expect(!(try Samples.text(report)).contains("\u{1B}"))
    var options = ReportOptions()
    options.colors = true
    #expect(try Samples.text(report, .text, options).contains("\u{1B}[1;31merror:\u{1B}[0m"))
  }

  @Test(arguments: Samples.hostileNames)
  func hostileNamesCannotControlTheTerminal(name: String) throws {
    let finding = Samples.finding(
      message: "name \(name)", resource: "projects/\(name)", locator: name, remediation: [name])
    let entry = NotEvaluated(
      ruleID: "neg-x", missing: [name], command: name, count: 1, resources: [name])
    let report = Samples.report(
      rules: [Samples.rule(violated: 1, notEvaluated: 1)], findings: [finding],
      notEvaluated: [entry],
      inputProblems: [Report.UnlocatedProblem(message: name, path: name, anchor: nil)])
    let text = try Samples.text(report)
    #expect(
      text.unicodeScalars.allSatisfy { scalar in
        scalar == "\n"
          || ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
            scalar.properties.generalCategory)
      })
    #expect(text.split(separator: "\n").count == 9)
  }
}
