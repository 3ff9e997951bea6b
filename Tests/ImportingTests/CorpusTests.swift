import Foundation
import Importing
import Schema
import Testing

/// Real files of the reference folder: what is read of each family, and what is refused.
@Suite struct CorpusTests {
  /// The files that hold no configuration that could be read, by a part of their paths, and a word
  /// of the reason.
  static let refusals: [(path: String, word: String)] = [
    ("not-json/fabric-plan-yaml/", "YAML"), ("not-json/gcp_scanner/", "expected a value"),
    ("not-json/kcc-http-log/", "log of HTTP"), ("not-json/stackql/", "double quotes"),
    ("cai/kcc-export/", "--content-type=resource"),
    ("cai/stackql/", "--content-type=resource"), ("search-all-resources", "searchAllResources"),
  ]

  @Test func everyFileIsReadOrRefusedForAKnownReason() throws {
    guard let folder = sharedFolder("corpus") else { return }
    let files = InputFile.find([folder]).files.map { InputFile(path: $0.path) }
    let result = importFiles(files, options: ImportOptions(fields: .all, jobs: 2))
    var families: [String: Family] = [:]
    for summary in result.summaries {
      let path = String(summary.path.dropFirst(folder.count + 1))
      let known = CorpusTests.refusals.first { path.contains($0.path) }
      let isRefused = summary.refusal != nil
      #expect(isRefused == (known != nil) || path.hasSuffix("README.md"), "\(path): \(summary)")
      if let known, let refusal = summary.refusal {
        #expect(refusal.contains(known.word), "\(path): \(refusal)")
      }
      if isRefused {
        #expect(result.problems.contains { $0.file == summary.file }, "\(path)")
      }
      let parts = path.split(separator: "/")
      families[parts.prefix(2).joined(separator: "/"), default: Family()].add(summary)
    }
    try write(families)
  }

  /// What was read and skipped of one family's files.
  struct Family {
    var files = 0
    var refused = 0
    var read: [String: Int] = [:]
    var skipped: [String: Int] = [:]

    mutating func add(_ summary: FileSummary) {
      files += 1
      if summary.refusal != nil { refused += 1 }
      read.merge(summary.recordsByType, uniquingKeysWith: +)
      skipped.merge(summary.skippedByKind, uniquingKeysWith: +)
    }

    static func text(_ counts: [String: Int]) -> String {
      counts.isEmpty
        ? "nothing"
        : counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
          .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
  }

  /// Writes the counts to the file that `NEGLINT_FAMILIES` names, if it does.
  private func write(_ families: [String: Family]) throws {
    guard let path = ProcessInfo.processInfo.environment["NEGLINT_FAMILIES"] else { return }
    var text = "| family | files | refused | read | skipped |\n| --- | --- | --- | --- | --- |\n"
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      text += "| \(name) | \(family.files) | \(family.refused) | \(Family.text(family.read)) "
      text += "| \(Family.text(family.skipped)) |\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }
}
