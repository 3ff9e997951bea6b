import Documents
import Testing

/// Repeated names are kept in the tree and listed with their places.
@Suite struct DuplicateNameTests {
  private func duplicates(_ text: String) throws -> [String] {
    let reader = DocumentReader(names: NameTable())
    _ = try reader.readValue(Source(path: "test", bytes: Array(text.utf8)))
    #expect(reader.duplicateNameCount == reader.duplicateNames.count)
    return reader.duplicateNames.map { "\(reader.names.name(of: $0.name))@\($0.offset)" }
  }

  @Test(
    arguments: [
      (#"{"a":1,"b":2}"#, []),
      (#"{"a":1,"a":2}"#, ["a@7"]),
      (#"{"a":1,"a":2,"a":3}"#, ["a@7", "a@13"]),
      (#"{"a":1,"\u0061":2}"#, ["a@7"]),
      (#"{"a":{"a":1},"b":{"a":1}}"#, []),
      (#"{"a":{"b":1},"b":{"a":1},"a":0}"#, ["a@25"]),
      (#"[{"a":1},{"a":1}]"#, []),
      (#"{"x":{"a":{"a":{"a":1,"a":2}}},"a":1}"#, ["a@22"]),
      (#"{"a":{"c":1,"c":2},"c":3,"c":4}"#, ["c@12", "c@25"]),
      (#"{"":0,"":1}"#, ["@6"]),
    ] as [(String, [String])])
  func areListed(text: String, expected: [String]) throws {
    #expect(try duplicates(text) == expected)
  }

  @Test func areKept() throws {
    #expect(try tree(of: #"{"a":1,"a":2}"#) == #"{"a":1,"a":2}"#)
  }

  @Test func areCountedBeyondTheList() throws {
    let reader = DocumentReader(names: NameTable())
    let members = Array(repeating: "\"a\":0", count: 1_502).joined(separator: ",")
    _ = try reader.readValue(Source(path: "test", bytes: Array("{\(members)}".utf8)))
    #expect(reader.duplicateNames.count == 1_000)
    #expect(reader.duplicateNameCount == 1_501)
    _ = try reader.readValue(Source(path: "test", bytes: Array("{}".utf8)))
    #expect(reader.duplicateNameCount == 0)
  }

  @Test func areListedOnceWhenAValueIsReadInParts() {
    let reader = DocumentReader(names: NameTable())
    let elements = (0..<200).map { _ in #"{"a":1,"a":2}"# }.joined(separator: ",")
    let source = Source(path: "test", bytes: Array("[\(elements)]".utf8))
    #expect(reader.readParts(source, tapeLimit: 512) { _ in }.isEmpty)
    #expect(reader.duplicateNameCount == 200)
    #expect(Set(reader.duplicateNames.map(\.offset)).count == 200)
  }

  @Test func areFoundInAnObjectInParts() {
    let reader = DocumentReader(names: NameTable())
    let members = (0..<200).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
    let source = Source(path: "test", bytes: Array("{\"m7\":[0],\(members)}".utf8))
    #expect(reader.readParts(source, tapeLimit: 512) { _ in }.isEmpty)
    #expect(reader.duplicateNames.map { reader.names.name(of: $0.name) } == ["m7"])
  }

  @Test func ofABrokenLineAreNotListed() {
    let reader = DocumentReader(names: NameTable())
    let text = "{\"a\":1}\n{\"b\":[{\"c\":1,\"c\":2}]x}\n{\"d\":1,\"d\":2}\n"
    #expect(reader.readSequence(Source(path: "test", bytes: Array(text.utf8))) { _ in }.count == 1)
    #expect(reader.duplicateNames.map { reader.names.name(of: $0.name) } == ["d"])
  }
}
