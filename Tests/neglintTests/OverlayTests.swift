import Testing

@testable import neglint

/// A plan laid over an export: what it introduces and what it mends.
@Suite struct OverlayTests {
  private static let export = "fixtures/overlay/export"
  private static let plan = "fixtures/overlay/plan.json"
  private static let introduced = "backend-gce-vm-ip-port-requires-proxy"
  private static let mended = "neg-gce-vm-ip-alias-address"

  private func rules(_ arguments: [String]) throws -> [String] {
    try JSONReport(FixtureTests.reports(arguments).json).findings.map(\.rule).sorted()
  }

  @Test func thePlanShowsWhatNeitherShowsAlone() throws {
    let select = ["--select", "\(Self.introduced),\(Self.mended)"]
    #expect(try rules([Self.export] + select) == [Self.mended])
    #expect(try rules([Self.plan] + select) == [])
    #expect(
      try rules([Self.export, "--overlay", Self.plan] + select) == [Self.introduced])
  }

  @Test func eachFindingSaysWhetherThePlanIntroducesIt() throws {
    let reports = try FixtureTests.reports([Self.export, "--overlay", Self.plan])
    #expect(reports.run.status == .findings)
    #expect(reports.run.output.contains("[\(Self.introduced)]"))
    #expect(reports.run.output.contains("introduced by the plan"))
    #expect(reports.run.output.contains("  fixed: \(Self.mended) on projects/shop-live/"))
    #expect(reports.json.contains("\"baselineState\": \"new\""))
    #expect(reports.json.contains("\"fixed\": [\n"))
  }

  @Test func whatThePlanDoesNotTouchIsSaidToBeThereWithoutIt() throws {
    let reports = try FixtureTests.reports([
      "fixtures/mission/export", "--overlay", Self.plan, "--fail-on", "error",
    ])
    #expect(reports.run.output.contains("there without the plan"))
    #expect(reports.json.contains("\"baselineState\": \"unchanged\""))
  }

  @Test func onlyAPlanIsLaidOver() throws {
    let run = Run([
      "lint", Self.export, "--overlay", "fixtures/mission/export/shop-prod/zones.json",
    ])
    #expect(run.status == .incomplete)
    #expect(run.output.contains("no plan of Terraform"))
  }

  @Test func anOverlayAndABaselineExcludeEachOther() throws {
    let run = Run(["lint", Self.export, "--overlay", Self.plan, "--baseline", "b.json"])
    #expect(run.status == .usage)
    #expect(run.messages.contains("--overlay"))
  }
}
