import Testing

@testable import neglint

/// What the program says to the shell, and where it says it.
@Suite struct ExitStatusTests {
  struct Case: CustomTestStringConvertible {
    var arguments: [String]
    var status: Status
    /// What standard error says; empty for nothing.
    var message = ""
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let cases: [Case] = [
    Case(arguments: ["--version"], status: .clean),
    Case(arguments: ["--help"], status: .clean),
    Case(arguments: ["help", "lint"], status: .clean),
    Case(arguments: ["rules", "list"], status: .clean),
    Case(arguments: ["schema"], status: .clean),
    Case(arguments: ["schema", "NetworkEndpoint"], status: .clean),
    Case(arguments: ["explain", "neg-gce-vm-ip-default-port"], status: .clean),
    Case(arguments: ["lint", "fixtures/clean/export"], status: .clean),
    Case(arguments: ["fixtures/clean/export"], status: .clean),
    Case(arguments: ["fixtures/mission/export"], status: .findings),
    Case(arguments: ["fixtures/mission/export", "--fail-on", "never"], status: .clean),
    Case(
      arguments: ["fixtures/mission/export", "--select", "neg-legacy-network"], status: .findings),
    Case(
      arguments: ["fixtures/mission/export", "--ignore", "all"], status: .clean),
    Case(
      arguments: ["fixtures/partial/export", "--fail-on", "not-evaluated"], status: .findings),
    Case(arguments: [], status: .usage, message: "name files and folders to lint"),
    Case(arguments: ["lint"], status: .usage, message: "name files and folders to lint"),
    Case(
      arguments: ["diff", "fixtures/clean/export"], status: .usage, message: "Missing expected"),
    Case(arguments: ["render", "/nonexistent"], status: .usage, message: "/nonexistent"),
    Case(
      arguments: ["render", "docs/schemas/rule.schema.json"], status: .usage,
      message: "is no report of neglint"),
    Case(arguments: ["config", "check"], status: .usage, message: "there is no .neglint.yaml"),
    Case(arguments: ["config", "show"], status: .clean),
    Case(
      arguments: ["fixtures", "--config", "/nonexistent.yaml"], status: .usage,
      message: "/nonexistent.yaml"),
    Case(
      arguments: ["fixtures", "--config", "x", "--no-config"], status: .usage,
      message: "exclude each other"),
    Case(arguments: ["fixtures", "--today", "2026-02-30"], status: .usage, message: "2026-02-30"),
    Case(
      arguments: ["fixtures", "--rule-set", "new"], status: .usage, message: "is no rule set"),
    Case(
      arguments: ["fixtures", "--baseline", "/nonexistent"], status: .usage,
      message: "the baseline /nonexistent"),
    Case(arguments: ["fixtures", "--fail-on", "x"], status: .usage, message: "'x' is invalid"),
    Case(arguments: ["fixtures", "--nonsense"], status: .usage, message: "Unknown option"),
    Case(arguments: ["fixtures", "--jobs", "0"], status: .usage, message: "at least 1"),
    Case(arguments: ["fixtures", "--max-depth", "0"], status: .usage, message: "at least 1"),
    Case(arguments: ["fixtures", "-q", "-v"], status: .usage, message: "exclude each other"),
    Case(
      arguments: ["fixtures", "--select", "neg-legacy-netwrk"], status: .usage,
      message: "did you mean 'neg-legacy-network'?"),
    Case(arguments: ["fixtures", "--output", "json"], status: .usage, message: "FORMAT=FILE"),
    Case(
      arguments: ["fixtures", "--output", "yaml=x"], status: .usage,
      message: "there is no format 'yaml'; there are text, json, junit, sarif, github"),
    Case(arguments: ["fixtures", "--output", "json=-"], status: .usage, message: "--format json"),
    Case(
      arguments: ["fixtures", "--output", "json=x", "--output", "text=x"], status: .usage,
      message: "same file"),
    Case(
      arguments: ["fixtures/clean/export", "--output", "json=/nonexistent/report.json"],
      status: .usage, message: "/nonexistent/report.json cannot be written"),
    Case(arguments: ["fixtures", "--endpoints", "web"], status: .usage, message: "NEG=FILE"),
    Case(
      arguments: ["fixtures", "--rules", "/nonexistent"], status: .usage, message: "/nonexistent"),
    Case(arguments: ["explain", "no-such-rule"], status: .usage, message: "no rule or tag"),
    Case(arguments: ["schema", "NoSuchType"], status: .usage, message: "NoSuchType"),
  ]

  @Test(arguments: cases) func statusAndMessage(example: Case) {
    let run = Run(example.arguments)
    #expect(run.status == example.status)
    if example.message.isEmpty {
      #expect(run.messages == "")
      #expect(!run.output.isEmpty)
    } else {
      #expect(run.messages.contains(example.message), "\(run.messages)")
      #expect(run.output == "", "nothing was linted")
    }
  }

  @Test func versionIsTheProgramsOwn() {
    #expect(Run(["--version"]).output == "\(Product.version)\n")
  }

  @Test func unreadableInputIsIncompleteAndTheRestIsLinted() {
    let run = Run(["/nonexistent.json", "fixtures/mission/export", "--format", "json"])
    #expect(run.status == .incomplete)
    #expect(run.output.contains("/nonexistent.json: cannot be opened"))
    #expect(run.output.contains("\"level\": \"error\""))
  }

  @Test(arguments: [
    ("orders: yaml\n", "YAML"), ("<html><body>Error 502</body></html>", "HTML"),
    ("{\"networkEndpointGroups\": [", "ends"), ("", "empty"),
  ])
  func whatIsNoDumpIsRefusedWithAReason(text: String, reason: String) throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array(text.utf8), to: "\(folder)/dump")
    let run = Run(["\(folder)/dump"])
    #expect(run.status == .incomplete)
    #expect(run.output.contains("\(folder)/dump") && run.output.contains(reason), "\(run.output)")
    #expect(!run.output.contains("left out"), "\(run.output)")
  }

  @Test func otherFilesOfAFolderAreCounted() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array("{\"networkEndpointGroups\": []}".utf8), to: "\(folder)/negs.json")
    try Files.write(Array("A note.\n".utf8), to: "\(folder)/README")
    let run = Run([folder])
    #expect(run.status == .clean)
    #expect(run.output.contains("1 file in folders left out"), "\(run.output)")
  }

  @Test func inputsAreNotReplacedByReports() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let path = "\(folder)/negs.json"
    try Files.write(Array("{\"networkEndpointGroups\": []}".utf8), to: path)
    let run = Run([folder, "--output", "json=\(path)"])
    #expect(run.status == .usage)
    #expect(run.messages.contains("is an input"))
    #expect(try Files.read(path).count == 29)
  }

  @Test func limitsNameTheOptionThatRaisesThem() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    let nested = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
    try Files.write(Array(nested.utf8), to: "\(folder)/deep.json")
    let run = Run(["\(folder)/deep.json", "--max-depth", "10"])
    #expect(run.status == .incomplete)
    #expect(run.output.contains("--max-depth"))
  }
}
