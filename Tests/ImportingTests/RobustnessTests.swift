import Foundation
@testable import Importing
import Schema
import Testing

@Suite struct RobustnessTests {
  @Test func largeValuesAreReadInPartsToTheSameEffect() throws {
    var names = DialectTests.examples.map { ($0.path, $0.text) }
    for name in ["instances", "networkEndpointGroups"] {
      let path = "fixtures/mission/export/shop-prod/aggregated/\(name).json"
      names.append((path, try text(path)))
    }
    for (path, text) in names {
      var options = ImportOptions(fields: .all)
      let file = InputFile(path: path, bytes: Array(text.utf8))
      let whole = importFiles([file], options: options)
      options.tapeLimit = 64
      let parts = importFiles([file], options: options)
      #expect(takenIn(parts) == takenIn(whole), "\(text)")
      #expect(parts.problems == whole.problems)
    }
  }

  @Test func anyBytesAreReadWithoutHarm() {
    var random = Randomness(state: 1)
    let files = (0..<200).map { index in
      let start: [UInt8] = [[], [0x7B], [0x5B], [0x3C]][index % 4]
      let count = Int.random(in: 0..<200, using: &random)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      return InputFile(path: "\(index)", bytes: start + bytes)
    }
    expectWord(ofEach: files)
  }

  @Test(arguments: ["mission", "mission-xml-repeated", "mission-xml-wrapped"])
  func damagedDumpsAreReadWithoutHarm(_ fixture: String) throws {
    let folder = repository.appendingPathComponent("fixtures/\(fixture)/export").path
    var random = Randomness(state: 2)
    var files: [InputFile] = []
    for file in InputFile.find([folder]).files {
      let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: file.path)))
      for _ in 0..<6 {
        files.append(InputFile(path: file.path, bytes: damaged(bytes, &random)))
      }
    }
    expectWord(ofEach: files)
  }

  @Test func theCorpusIsReadOrRefusedWithAReason() throws {
    for folder in ["corpus", "gcloud-output"] {
      guard let path = sharedFolder(folder) else { continue }
      let found = InputFile.find([path]).files
      #expect(found.count > 40)
      expectWord(ofEach: found.map { InputFile(path: $0.path) })
    }
  }

  @Test func whatIsNoJSONInTheCorpusIsRefused() throws {
    guard let path = sharedFolder("corpus/not-json") else { return }
    for file in InputFile.find([path]).files {
      let result = importFiles(
        [InputFile(path: file.path)], options: ImportOptions(fields: .all))
      #expect(result.problems.contains { $0.severity == .degrades }, "\(file.path)")
      // One file is an array of assets with a stray bracket behind it.
      let isRead = result.summaries.first?.dialect == FileImporter.assetInventory
      #expect(result.summaries.first?.refusal != nil || isRead, "\(file.path)")
    }
  }

  @Test func aZoneThatIsThereTwiceLosesNoInstance() {
    guard let folder = sharedFolder("corpus/rest/gcpdiag-gce1") else { return }
    let result = importFiles(
      [InputFile(path: "\(folder)/compute-instances-aggregated.json")],
      options: ImportOptions(fields: .all))
    let isThere = { (line: String) in
      line.contains("context=projects/gcpdiag-gce1-aaaa/zones/europe-west4-a")
    }
    #expect(takenIn(result).filter(isThere).count == 5)
  }

  /// Every file is taken in, counted, or refused, and a refused one that was named is a problem.
  private func expectWord(ofEach files: [InputFile]) {
    let result = importFiles(files, options: ImportOptions(fields: .all, jobs: 2))
    #expect(result.summaries.map(\.file) == files.indices.map { UInt32($0) })
    for summary in result.summaries {
      let isProblem = result.problems.contains { $0.file == summary.file }
      #expect(summary.dialect != nil || summary.refusal != nil, "\(summary.path)")
      #expect(summary.refusal == nil || isProblem, "\(summary.path)")
    }
  }

  private func damaged(_ bytes: [UInt8], _ random: inout Randomness) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count > 8 {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + 40))
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
      default: bytes.removeSubrange(place...)
      }
    }
    return bytes
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appendingPathComponent(path), encoding: .utf8)
  }
}
