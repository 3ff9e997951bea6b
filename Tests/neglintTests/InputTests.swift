import Testing

@testable import neglint

/// How inputs may come: compressed, and without a project.
@Suite struct InputTests {
  private static let mission = "\(Repository.root)/fixtures/mission/export"

  @Test func compressedExportsGiveWhatTheyHold() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.copy(InputTests.mission, to: folder, suffix: ".gz") { Gzip.file(of: $0) }
    let plain = try JSONReport(FixtureTests.reports([InputTests.mission]).json)
    let packed = try JSONReport(FixtureTests.reports([folder]).json)
    #expect(!plain.findings.isEmpty)
    #expect(packed.essence == plain.essence)
    for (finding, other) in zip(packed.findings, plain.findings) {
      #expect(finding.location?.line == other.location?.line)
      #expect(finding.location?.pointer == other.location?.pointer)
    }
  }

  @Test func brokenCompressedFilesAreTold() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let packed = Gzip.file(of: Array("{\"networkEndpointGroups\": []}".utf8))
    try Files.write(packed.dropLast(9), to: "\(folder)/negs.json.gz")
    let cut = Run([folder])
    #expect(cut.status == .incomplete)
    #expect(cut.output.contains("\(folder)/negs.json.gz: problem: the gzip file is cut off"))
    try Files.write(packed, to: "\(folder)/negs.json.gz")
    #expect(Run([folder]).status == .clean)
    let small = Run([folder, "--max-unpacked", "8"])
    #expect(small.status == .incomplete && small.output.contains("--max-unpacked"))
  }

  @Test func whatNamesNoProjectBelongsToTheNamedOne() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let groups =
      "[{\"kind\": \"compute#networkEndpointGroup\", \"name\": \"n\", \"zone\": \"z-a\"}]"
    try Files.write(Array(groups.utf8), to: "\(folder)/negs.json")
    let query = ["eval", "self.project.name", "--type", "NetworkEndpointGroup", folder]
    #expect(Run(query + ["--project", "shop-prod"]).output.contains("shop-prod"))
    #expect(!Run(query).output.contains("shop-prod"))
    #expect(Run(query + ["--project", "a/b"]).status == .usage)
  }
}
