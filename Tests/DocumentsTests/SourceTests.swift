import Documents
import Foundation
import Testing

/// Inputs: files of all sizes, and what is no file.
@Suite struct SourceTests {
  private func withFile<R>(of bytes: [UInt8], _ body: (String) throws -> R) throws -> R {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("documents-\(UUID().uuidString).json")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }

  /// Around the sizes where files are mapped, and where their last page has no room for padding.
  @Test(arguments: [
    0, 1, 4_096, 32_767, 32_768, 32_769, 36_800, 36_801, 36_863, 36_864, 36_865, 65_536, 1_000_000,
  ])
  func filesAreReadWhole(size: Int) throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "1"), count: size)
    try withFile(of: bytes) { path in
      let source = try Source(path: path)
      #expect(source.count == size && source.path == path)
      #expect(source.withBytes { Array($0) == bytes })
      #expect((refusal(of: source) == nil) == (size > 0))
    }
  }

  @Test func partsOfBytesAreClamped() {
    let source = Source(path: "x", bytes: [1, 2, 3])
    #expect(source.withBytes(in: 1..<99) { Array($0) } == [2, 3])
    #expect(source.withBytes(in: -5..<1) { Array($0) } == [1])
    #expect(source.withBytes(in: 7..<9) { Array($0) }.isEmpty)
  }

  @Test func theOpeningIsBehindMarkAndBlanks() {
    func opening(_ text: String) -> Int? {
      Source(path: "x", bytes: Array(text.utf8)).opening?.offset
    }
    #expect(opening("\u{FEFF} \r\n\t{") == 7)
    #expect(opening("{") == 0)
    #expect(opening(" \n") == nil)
    #expect(opening("") == nil)
  }

  @Test func whatIsNoFileIsAProblem() throws {
    #expect(throws: ReadingProblem.self) { try Source(path: "/no/such/file") }
    do throws(ReadingProblem) {
      _ = try Source(path: "/")
      Issue.record("a directory was opened")
    } catch {
      #expect(error.offset == nil && error.message.contains("directory"))
    }
  }
}
