import Reporting
import SchemaChecking
import Testing

@testable import neglint

/// Configuration, suppressions, baselines and comparisons, from the command line.
@Suite struct AcceptanceTests {
  static let mission = "fixtures/mission/export"

  /// Runs a test in a folder of its own.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try body(folder)
  }

  /// Runs a test with a configuration.
  private func withConfiguration(_ yaml: String, _ body: (String) throws -> Void) throws {
    try withFolder { folder in
      let path = "\(folder)/.neglint.yaml"
      try Files.write(Array(yaml.utf8), to: path)
      try body(path)
    }
  }

  private func json(_ arguments: [String]) throws -> JSONReport {
    try JSONReport(Run(arguments + ["--format", "json"]).output)
  }

  @Test func aBaselineThenTheSameRunIsClean() throws {
    try withFolder { folder in
      let file = "\(folder)/baseline.json"
      let first = Run([Self.mission, "--write-baseline", file])
      #expect(first.status == .clean, "what there is was accepted: \(first.messages)")
      let again = Run([Self.mission, "--baseline", file])
      #expect(again.status == .clean)
      #expect(again.output.contains("no new findings"), "\(again.output)")
      #expect(!again.output.contains("fix:"))
    }
  }

  @Test func aNewFindingFailsAndAFixedOneIsReportedAndDropped() throws {
    try withFolder { folder in
      let file = "\(folder)/baseline.json"
      let few = ["--ignore", "neg-legacy-network", "--write-baseline", file]
      #expect(Run([Self.mission] + few).status == .clean)
      let new = Run([Self.mission, "--baseline", file])
      #expect(new.status == .findings)
      #expect(new.output.contains("[neg-legacy-network]"))
      #expect(new.output.contains("1 new finding (1 error)"), "\(new.output)")
      let fixed = Run(["fixtures/clean/export", "--baseline", file, "--write-baseline", file])
      #expect(fixed.status == .clean)
      #expect(fixed.output.contains("fixed: neg-endpoint-port-missing on "))
      let left = String(decoding: try Files.read(file), as: UTF8.self)
      #expect(!left.contains("neg-endpoint-port-missing"))
    }
  }

  @Test func aBaselineIsNeverWrittenOverAnInput() throws {
    try withFolder { folder in
      let path = "\(folder)/negs.json"
      try Files.write(Array("{\"networkEndpointGroups\": []}".utf8), to: path)
      #expect(Run([folder, "--write-baseline", path]).status == .usage)
      #expect(try Files.read(path).count == 29)
    }
  }

  /// Neither order nor names of files, neither layout nor line numbers are in a fingerprint.
  @Test func fingerprintsOutliveEveryChangeOfForm() throws {
    let root = Repository.root + "/" + Self.mission
    let prints = try json([Self.mission]).findings.map(\.fingerprint).sorted()
    #expect(prints.count > 5)
    try withFolder { folder in
      var files: [String] = []
      for (number, name) in Files.all(below: root).enumerated() {
        let bytes = try Files.read("\(root)/\(name)")
        let layout = number % 2 == 0 ? Self.minified(bytes) : Self.shifted(bytes)
        // The folders say whose endpoints a list holds; the rest of a path says nothing.
        let isNamed = name.contains("networkEndpointGroups/")
        var path = folder
        for part in name.split(separator: "/").dropLast() where isNamed {
          path += "/\(part)"
          Files.makeFolder(path)
        }
        let last = name.split(separator: "/").last.map(String.init) ?? name
        path += isNamed ? "/\(last)" : "/other-\(number).json"
        try Files.write(layout, to: path)
        files.append(path)
      }
      let other = try json(files.reversed())
      #expect(other.findings.map(\.fingerprint).sorted() == prints)
    }
  }

  /// Without blanks and line breaks outside of texts.
  private static func minified(_ json: [UInt8]) -> [UInt8] {
    var isText = false
    var isEscaped = false
    return json.filter { byte in
      let wasText = isText
      if byte == UInt8(ascii: "\""), !isEscaped { isText.toggle() }
      isEscaped = isText && byte == UInt8(ascii: "\\") && !isEscaped
      return wasText || isText || ![0x20, 0x0A, 0x0D, 0x09].contains(byte)
    }
  }

  private static func shifted(_ json: [UInt8]) -> [UInt8] {
    Array("\n\n\n".utf8) + json.flatMap { $0 == 0x0A ? [0x0D, 0x0A, 0x0A] : [$0] }
  }

  private static let suppression = """
    suppressions:
      - rule: neg-legacy-network
        resource: projects/shop-prod/zones/*/networkEndpointGroups/old-app
        reason: migrating, see NET-42
        until: 2026-06-30
        owner: team-net
      - {rule: neg-empty, resource: projects/none/*, reason: gone}

    """

  @Test func aSuppressionHidesUntilItsLastDayAndThenFiresAgain() throws {
    try withConfiguration(Self.suppression) { path in
      let run = [Self.mission, "--select", "neg-legacy-network,neg-empty", "--config", path]
      let before = Run(run + ["--today", "2026-06-30"])
      #expect(before.status == .clean)
      #expect(before.output.contains("hides 1 finding until 2026-06-30: migrating, see NET-42"))
      #expect(before.output.contains("neg-empty on projects/none/*: matches no finding"))
      #expect(before.output.contains("1 finding suppressed"))
      let after = Run(run + ["--today", "2026-07-01"])
      #expect(after.status == .findings)
      #expect(after.output.contains("suppressed no more: expired since 2026-07-01"))
      #expect(after.output.contains("[neg-legacy-network]"))
      for format in ["json", "junit"] {
        let report = Run(run + ["--today", "2026-06-30", "--format", format])
        #expect(report.output.contains("migrating, see NET-42"))
        #expect(report.output.contains("projects/none/*"))
      }
    }
  }

  @Test func aMissingReasonIsAnErrorAtItsPlace() throws {
    let yaml = Self.suppression.replacing("reason: gone", with: "owner: me")
    try withConfiguration(yaml) { path in
      for arguments in [[Self.mission, "--config", path], ["config", "check", "--config", path]] {
        let run = Run(arguments)
        #expect(run.status == .usage)
        #expect(run.messages.contains("\(path):7:5: error: a suppression needs the key 'reason'"))
        #expect(run.output == "")
      }
    }
  }

  @Test func theCommandLineCountsOverTheFile() throws {
    let yaml = """
      select: [neg-legacy-network]
      levels: {neg-legacy-network: warning}
      failOn: warning
      inputs: [\(Repository.root)/\(Self.mission)]
      """
    try withConfiguration(yaml) { path in
      let file = Run(["--config", path])
      #expect(file.status == .findings)
      #expect(file.output.contains("1 finding (1 warning)"), "\(file.output)")
      #expect(Run(["--config", path, "--fail-on", "error"]).status == .clean)
      let selected = Run(["--config", path, "--select", "neg-empty"])
      #expect(!selected.output.contains("[neg-legacy-network]"))
      #expect(Run(["fixtures/clean/export", "--config", path]).status == .clean)
      let check = Run(["config", "check", "--config", path])
      #expect(check.output == "\(path): in order, 1 rule and 0 suppressions\n")
      let show = Run(["config", "show", "--config", path, "--ignore", "all"])
      #expect(show.output.contains("\"failOn\": \"warning\""))
      #expect(show.output.contains("\"runs\": []"))
    }
  }

  @Test func figuresOfTheConfigurationOverrideTheBuiltInOnes() throws {
    let yaml = "data: {limits: {asOf: 2026-05, source: s, values: {nonesuch: 1}}}\n"
    try withConfiguration(yaml) { path in
      let run = Run([Self.mission, "--config", path])
      #expect(run.status == .usage)
      #expect(run.messages.contains("\(path):1:52: error: the data file 'limits' has no key"))
    }
  }

  @Test func aDumpDoesNotDifferFromItself() {
    let run = Run(["diff", Self.mission, Self.mission])
    #expect(run.status == .clean)
    #expect(run.output.hasPrefix("0 introduced, 0 fixed, "))
  }

  @Test func goodAndBadDumpDifferByThePlantedFaultsBothWays() throws {
    try withFolder { folder in
      let planted = try json([Self.mission]).findings
      for (name, path) in [("clean", "fixtures/clean/export"), ("bad", Self.mission)] {
        _ = Run([path, "--output", "json=\(folder)/\(name).json"])
      }
      for good in ["fixtures/clean/export", "\(folder)/clean.json"] {
        for bad in [Self.mission, "\(folder)/bad.json"] {
          let there = Run(["diff", good, bad])
          #expect(there.status == .findings)
          #expect(
            there.output.hasSuffix(
              "\n\(planted.count) introduced, 0 fixed, 0 unchanged, 0 not evaluated now\n"))
          for finding in planted { #expect(there.output.contains("[\(finding.rule)]")) }
          let back = Run(["diff", bad, good])
          #expect(back.status == .clean)
          #expect(
            back.output.hasSuffix(
              "\n0 introduced, \(planted.count) fixed, 0 unchanged, 0 not evaluated now\n"))
          let data = Run(["diff", bad, good, "--format", "json"])
          for finding in planted { #expect(data.output.contains(finding.fingerprint)) }
        }
      }
    }
  }

  @Test func whatCannotBeCheckedAnyMoreIsNotFixed() throws {
    try withFolder { folder in
      // Without the instances nobody knows where the endpoints' addresses are.
      let root = Repository.root + "/" + Self.mission
      let files = Files.all(below: root).filter { !$0.contains("instances") }
        .map { "\(root)/\($0)" }
      let file = "\(folder)/less.json"
      _ = Run(files + ["--output", "json=\(file)", "--verbose"])
      let run = Run(["diff", Self.mission, file])
      #expect(run.output.contains("[neg-gce-vm-ip-alias-address]"))
      #expect(run.output.contains(": not evaluated now\n"), "\(run.output)")
      #expect(Run(["diff", Self.mission, file, "--fail-on", "not-evaluated"]).status == .findings)
    }
  }

  @Test func oneRunWritesEveryFormatThatTheConfigurationsSchemaKnows() throws {
    let formats = ReportFormat.allCases.map(\.rawValue)
    #expect(try JSONSchema(named: "configuration").properties(of: "outputs") == formats.sorted())
    try withFolder { folder in
      let outputs = formats.flatMap { ["--output", "\($0)=\(folder)/\($0)"] }
      #expect(Run([Self.mission] + outputs).status == .findings)
      for format in formats {
        let file = String(decoding: try Files.read("\(folder)/\(format)"), as: UTF8.self)
        #expect(file == Run([Self.mission, "--format", format]).output)
        #expect(file == Run(["render", "\(folder)/json", "--format", format]).output)
      }
    }
  }

  @Test func aSavedReportRendersWithTheStatusOfItsRun() throws {
    try withFolder { folder in
      let file = "\(folder)/report.json"
      let run = Run([Self.mission, "--output", "json=\(file)", "--matrix"])
      let render = Run(["render", file, "--matrix"])
      #expect(render.output == run.output)
      #expect(render.status == run.status)
      #expect(Run(["render", file, "--fail-on", "never"]).status == .clean)
      #expect(Run(["render", file, "--output", "text=\(file)"]).status == .usage)
    }
  }
}
