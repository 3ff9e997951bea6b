import Schema
import Testing

@testable import neglint

/// The script that exports a project, without gcloud.
@Suite struct ExportScriptTests {
  private static let script = Run(["export-script"]).output

  /// Runs the script.
  static func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Tool {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array(script.utf8), to: "\(folder)/export.sh")
    return try Tool(["sh", "\(folder)/export.sh"] + arguments, environment: environment)
  }

  @Test func everyCollectionThatRulesReadIsExported() {
    for case let collection? in Schema.types.map(\.collection) where collection != "projects" {
      #expect(ExportScriptTests.script.contains("\n  list \(collection) "), "\(collection)")
    }
  }

  @Test func theScriptIsSoundShell() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    try Files.write(Array(ExportScriptTests.script.utf8), to: "\(folder)/export.sh")
    for shell in ["sh", "dash", "bash"] where Tool.areThere([shell]) {
      #expect(try Tool([shell, "-n", "\(folder)/export.sh"]).messages == "")
    }
    if Tool.areThere(["shellcheck"]) {
      #expect(try Tool(["shellcheck", "--shell=sh", "\(folder)/export.sh"]).output == "")
    }
  }

  @Test(arguments: [
    ([], "usage:"), (["demo"], "usage:"), (["a/b", "x"], "no project id"),
    (["--nonsense", "demo", "x"], "no option"), (["--jobs", "0", "demo", "x"], "number"),
  ])
  func wrongUsageIsTold(_ arguments: [String], _ words: String) throws {
    let run = try ExportScriptTests.run(arguments)
    #expect(run.status == 2)
    #expect(run.messages.contains(words), "\(run.messages)")
  }

  @Test func foldersOfOtherFilesAreRefused() throws {
    let folder = try Files.temporaryFolder()
    defer { Files.remove(folder) }
    Files.makeFolder("\(folder)/bin")
    try Files.write(Array("#!/bin/sh\nexit 1\n".utf8), to: "\(folder)/bin/gcloud")
    #expect(try Tool(["chmod", "755", "\(folder)/bin/gcloud"]).status == 0)
    let path = ["PATH": "\(folder)/bin:" + (Console.environment("PATH") ?? "")]
    let refused = try ExportScriptTests.run(["demo", folder], environment: path)
    #expect(refused.status == 2 && refused.messages.contains("holds other files"))
    let failed = try ExportScriptTests.run(
      ["--tries", "1", "demo", "\(folder)/new"], environment: path)
    #expect(failed.status == 1 && failed.messages.contains("nothing was exported"))
    let other = try ExportScriptTests.run(["other", "\(folder)/new"], environment: path)
    #expect(other.status == 2 && other.messages.contains("is an export of demo"))
    try Files.write(
      Array("demo\t1\t1970-01-01T00:00:01Z\n".utf8), to: "\(folder)/new/.export/begun")
    let old = try ExportScriptTests.run(["demo", "\(folder)/new"], environment: path)
    #expect(old.status == 2 && old.messages.contains("more than an hour ago"))
    _ = try Tool(["rm", "-r", "\(folder)/new"])
  }
}
