import Documents
import Foundation
import Testing

/// JSONTestSuite's parsing tests (github.com/nst/JSONTestSuite), where they are there.
@Suite struct JSONConformanceTests {
  private static let decisions = SharedFolder.repository
    .appendingPathComponent("Tests/Conformance/json-decisions.tsv")

  @Test func everyFileIsTakenAsTheSuiteOrTheDecisionSays() throws {
    guard let folder = SharedFolder.folder("conformance/json") else { return }
    let decisions = try decided()
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }
    #expect(files.count > 300)
    for file in files.sorted() {
      let isExpected: Bool
      switch file.prefix(2) {
      case "y_": isExpected = true
      case "n_": isExpected = false
      default: isExpected = try #require(decisions[file] as Bool?, "\(file) is not decided")
      }
      let source = try Source(path: folder.appendingPathComponent(file).path)
      let problem = refusal(of: source)
      #expect((problem == nil) == isExpected, "\(file): \(problem?.message ?? "accepted")")
      guard let problem else { continue }
      #expect(0...source.count ~= problem.offset ?? -1, "\(file)")
      #expect(problem.message.contains("; ") || problem.message.contains(": "), "\(file)")
    }
    #expect(Set(decisions.keys) == Set(files.filter { $0.hasPrefix("i_") }))
  }

  private func decided() throws -> [String: Bool] {
    let text = try String(contentsOf: JSONConformanceTests.decisions, encoding: .utf8)
    var decisions: [String: Bool] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t")
      try #require(columns.count == 3 && ["accept", "reject"].contains(columns[0]), "\(line)")
      decisions[String(columns[1])] = columns[0] == "accept"
    }
    return decisions
  }
}
