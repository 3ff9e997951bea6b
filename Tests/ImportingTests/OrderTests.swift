import Foundation
import Importing
import Schema
import Testing

@Suite struct OrderTests {
  @Test(arguments: ["mission", "partial", "shared-vpc", "clean"])
  func threadsDoNotChangeWhatIsTakenIn(_ fixture: String) {
    let one = importFixture(fixture, jobs: 1)
    let two = importFixture(fixture, jobs: 2)
    #expect(takenIn(one) == takenIn(two))
    #expect(one.summaries == two.summaries)
    #expect(one.problems == two.problems)
  }

  @Test func theOrderOfFilesDoesNotChangeWhatIsTakenIn() {
    let folder = repository.appendingPathComponent("fixtures/mission/export").path
    let files = InputFile.find([folder]).files
    var random = Randomness(state: 3)
    let shuffled = files.shuffled(using: &random)
    let options = ImportOptions(fields: .all, jobs: 2)
    #expect(
      takenIn(importFiles(files, options: options))
        == takenIn(importFiles(shuffled, options: options)))
  }

  @Test func argumentsAreSortedAndEachInputIsReadOnce() throws {
    try withDirectory { root in
      for name in ["b.json", "a/c.json", "a/.hidden", "a/x.part", "a/x.err", "errors.tsv"] {
        try write("[]", to: "\(root)/\(name)")
      }
      let (files, problems) = InputFile.find(["\(root)/b.json", "-", root, "\(root)/a/"])
      #expect(files.map(\.path) == ["-", "\(root)/a/c.json", "\(root)/b.json"])
      #expect(files.map { $0.directory == nil } == [true, false, true])
      #expect(problems.map(\.severity) == [.notice])
      let again = InputFile.find(["\(root)/a/", root, "-", "\(root)/b.json"]).files
      #expect(again.map(\.path) == files.map(\.path))
    }
  }

  @Test func linksAreNotFollowed() throws {
    try withDirectory { root in
      try write("[]", to: "\(root)/in/a.json")
      try write("[]", to: "\(root)/out/b.json")
      let manager = FileManager.default
      try manager.createSymbolicLink(
        atPath: "\(root)/in/loop", withDestinationPath: "\(root)/in")
      try manager.createSymbolicLink(
        atPath: "\(root)/in/out", withDestinationPath: "\(root)/out")
      let (files, problems) = InputFile.find(["\(root)/in"])
      #expect(files.map(\.path) == ["\(root)/in/a.json"])
      #expect(problems.map(\.severity) == [.notice])
    }
  }

  @Test func whatIsNotThereIsAProblem() throws {
    try withDirectory { root in
      let (files, problems) = InputFile.find(["\(root)/none", root])
      #expect(files.isEmpty)
      #expect(problems.map(\.severity) == [.degrades, .degrades])
    }
  }

  private func withDirectory(_ body: (String) throws -> Void) throws {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("neglint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try body(root.resolvingSymlinksInPath().path)
  }

  private func write(_ text: String, to path: String) throws {
    let file = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
