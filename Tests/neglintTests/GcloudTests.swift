import SchemaChecking
import Testing

@testable import neglint

/// The export script with the real gcloud, against a server on this machine.
///
/// A call of gcloud takes a second and more; `NEGLINT_GCLOUD=all` runs the cases that are left out
/// otherwise, `NEGLINT_GCLOUD=none` none of them.
@Suite(.serialized) struct GcloudTests {
  /// A failure, what has to be fetched to meet it, and how it is told.
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var flags: [String]
    /// The files of a complete export that are removed beforehand.
    var removed: [String]
    var options: [String] = []
    var says: String
    var isRare = false
  }

  static let cases = [
    Case(
      testDescription: "403", flags: ["--forbid", "projects/*/aggregated/networkEndpointGroups"],
      removed: ["networkEndpointGroups.json"],
      says: "networkEndpointGroups.json failed: Some requests did not succeed: - Required "
        + "'compute.networkEndpointGroups.list' permission"),
    Case(
      testDescription: "a later page fails", flags: ["--max-page", "2", "--fail-after-page", "1"],
      removed: ["instances.json"], says: "instances.json failed"),
    Case(
      testDescription: "some endpoints fail",
      flags: [
        "--http-500-on", "*/zones/us-central1-b/networkEndpointGroups/neg-web/*",
        "--rate-limit-on", "*/neg-ilb-a/*",
      ],
      removed: ["endpoints"], options: ["--rest"],
      says: "endpoints/zones/us-central1-b/networkEndpointGroups/neg-web.json failed: HTTP 500"),
    Case(
      testDescription: "rate limit", flags: ["--rate-limit-on", "*/urlMaps"],
      removed: ["urlMaps.json"], says: "urlMaps.json failed", isRare: true),
    Case(
      testDescription: "500", flags: ["--http-500-on", "*/global/networks"],
      removed: ["networks.json"], says: "networks.json failed", isRare: true),
    Case(
      testDescription: "a zone is unreachable", flags: ["--unreachable", "zones/us-central1-b"],
      removed: ["instances.json", "networkEndpointGroups.json"], says: "instances.json failed",
      isRare: true),
  ]

  /// A complete export, made once; nil where there is no gcloud or no server.
  private static let whole: String? = {
    guard Console.environment("NEGLINT_GCLOUD") != "none",
      Tool.areThere(["gcloud", "python3", "curl"], for: "GcloudTests"),
      let tools = Shared.file("tools")
    else { return nil }
    do {
      let folder = "\(try Files.temporaryFolder())/export"
      let run = try FakeAPI(in: tools, []).export(["demo", folder])
      #expect(run.status == 0, "\(run.messages)")
      return folder
    } catch {
      Issue.record("the export failed: \(error)")
      return nil
    }
  }()

  private func findings(in report: JSONReport) -> String {
    report.findings.map { finding in
      [finding.level, finding.rule, finding.resource, finding.locator].filter { !$0.isEmpty }
        .joined(separator: " ") + "\n"
    }.sorted().joined()
  }

  @Test func aWholeExportGivesTheExpectedFindings() throws {
    guard let whole = GcloudTests.whole else { return }
    let reports = try FixtureTests.reports([whole])
    #expect(reports.run.status == .findings)
    let found = findings(in: try JSONReport(reports.json))
    let path = "\(Repository.root)/Tests/neglintTests/Expected/export-script.txt"
    if Console.environment("NEGLINT_RECORD") == "1" { try Files.write(Array(found.utf8), to: path) }
    let expected = String(decoding: try Files.read(path), as: UTF8.self)
    #expect(found == expected, "NEGLINT_RECORD=1 writes \(path) anew")
    let schema = try JSONSchema(named: "export-manifest")
    #expect(try schema.faults(of: try Files.read("\(whole)/manifest.json")) == [])
  }

  @Test func noSecretIsExported() throws {
    guard let whole = GcloudTests.whole else { return }
    for path in Files.all(below: whole) {
      let text = String(decoding: try Files.read("\(whole)/\(path)"), as: UTF8.self)
      for word in ["metadata\"", "ssh-", "googleapis.com/auth", "startup", "a-token"] {
        #expect(!text.contains(word), "\(path) has \(word)")
      }
    }
  }

  @Test(arguments: cases) func aFailureIsToldAndMadeGood(example: Case) throws {
    guard let whole = GcloudTests.whole, let tools = Shared.file("tools"),
      !example.isRare || Console.environment("NEGLINT_GCLOUD") == "all"
    else { return }
    let parent = try Files.temporaryFolder()
    let folder = "\(parent)/export"
    _ = try Tool(["cp", "-R", whole, folder])
    defer { _ = try? Tool(["rm", "-r", parent]) }
    for path in example.removed { _ = try Tool(["rm", "-r", "\(folder)/\(path)"]) }
    let options = ["--tries", "1"] + example.options + ["demo", folder]

    let failed = try FakeAPI(in: tools, example.flags).export(options)
    #expect(failed.status == 1)
    #expect(failed.messages.contains(example.says), "\(failed.messages)")
    #expect(failed.messages.contains("is incomplete"), "\(failed.messages)")
    let partial = Run(["lint", folder])
    #expect(partial.status == .incomplete)
    #expect(partial.output.contains("could not be evaluated"), "\(partial.output)")
    #expect(partial.output.contains("the export lacks the"), "\(partial.output)")

    // Small pages, too, give all of it.
    let resumed = try FakeAPI(in: tools, ["--max-page", "2"]).export(options)
    #expect(resumed.status == 0, "\(resumed.messages)")
    let expected = try JSONReport(FixtureTests.reports([whole]).json)
    #expect(try JSONReport(FixtureTests.reports([folder]).json).essence == expected.essence)
    #expect(Files.all(below: folder) == Files.all(below: whole))
  }
}
