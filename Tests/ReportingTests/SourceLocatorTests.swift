import Documents
import Resources
import Testing

@testable import Reporting

/// Lines, columns and pointers, however a file is written.
@Suite struct SourceLocatorTests {
  /// The text with the record, the record's first bytes, and what is expected.
  struct Case: CustomTestStringConvertible {
    var name: String
    var text: String
    /// What stands where the record starts; behind it for XML.
    var marker: String
    var path: [String]
    var line: Int
    var column: Int
    var utf16Column: Int?
    var pointer: String
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "LF", text: "{\n  \"a\": [\n    {\"b\": 1}\n  ]\n}\n", marker: "{\"b\"", path: ["b"],
      line: 3,
      column: 11, pointer: "/a/0/b"),
    Case(
      name: "CRLF", text: "{\r\n  \"a\": [\r\n    {\"b\": 1}\r\n  ]\r\n}\r\n", marker: "{\"b\"",
      path: ["b"], line: 3, column: 11, pointer: "/a/0/b"),
    Case(
      name: "minified", text: "{\"a\":[{\"x\":0},{\"b\":1}]}", marker: "{\"b\"", path: ["b"],
      line: 1,
      column: 20, pointer: "/a/1/b"),
    Case(
      name: "byte order mark", text: "\u{FEFF}{\"b\": 1}", marker: "{\"b\"", path: ["b"], line: 1,
      column: 7, pointer: "/b"),
    Case(
      name: "characters of several bytes", text: "[{\"n\": \"ä🚀\", \"b\": 1}]", marker: "{\"n\"",
      path: ["b"], line: 1, column: 19, utf16Column: 20, pointer: "/0/b"),
    Case(
      name: "the record itself", text: "[\n  1,\n  {\"b\": 1}\n]", marker: "{\"b\"", path: [],
      line: 3,
      column: 3, pointer: "/1"),
    Case(
      name: "a path that ends early", text: "[\n  {\"b\": 1}\n]", marker: "{\"b\"",
      path: ["c", "d"],
      line: 2, column: 3, pointer: "/0"),
    Case(
      name: "an element of a list", text: "[{\"b\": [10, 20]}]", marker: "{\"b\"",
      path: ["b", "1"],
      line: 1, column: 13, pointer: "/0/b/1"),
    Case(
      name: "names that pointers escape", text: "{\"a/b~c\": {\"b\": 1}}", marker: "{\"b\"",
      path: ["b"], line: 1, column: 17, pointer: "/a~1b~0c/b"),
    Case(
      name: "one value per line", text: "{\"x\": 1}\n{\"b\": 1}\n", marker: "{\"b\"", path: ["b"],
      line: 2, column: 7, pointer: "/1/b"),
    Case(
      name: "XML, repeated elements", text: "<r>\n <a><b>0</b></a>\n <a><b>1</b></a>\n</r>",
      marker: " <a><b>1", path: ["b"], line: 3, column: 8, pointer: "/a/1/b"),
    Case(
      name: "XML, wrapped elements",
      text: "<r>\n <as><a><b>0</b></a>\n <a><b>1</b></a></as>\n</r>", marker: " <a><b>1",
      path: ["b"], line: 3, column: 8, pointer: "/as/a/1/b"),
    Case(
      name: "XML, item of repeated elements", text: "<r><a><b>0</b><b>1</b></a></r>",
      marker: "<a>", path: ["b", "1"], line: 1, column: 18, pointer: "/a/b/1"),
    Case(
      name: "XML, item of a wrapper", text: "<r><a><bs><b>0</b><b>1</b></bs></a></r>",
      marker: "<a>", path: ["bs", "1"], line: 1, column: 22, pointer: "/a/bs/b/1"),
  ]

  @Test(arguments: cases) func positionAndPointer(example: Case) throws {
    let bytes = Array(example.text.utf8)
    let marker = Array(example.marker.utf8)
    let start = try #require(
      bytes.indices.first { bytes[$0...].starts(with: marker) }, "the marker stands in the text")
    // An element of XML stands behind its start tag.
    let isXML = example.text.hasPrefix("<")
    let offset = try #require(
      isXML ? bytes[start...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } : start)
    let anchor = Anchor(file: 0, offset: offset, path: example.path)
    let locator = SourceLocator(paths: ["f"]) { _ in Source(path: "f", bytes: bytes) }
    let location = try #require(locator.locate([anchor]).locations[0])
    #expect(location.line == example.line)
    #expect(location.column == example.column)
    #expect(location.utf16Column == example.utf16Column ?? example.column)
    #expect(location.pointer == example.pointer)
  }

  /// Files with lists and objects that are read in parts if little tape is allowed.
  static let largeFiles: [String] = {
    let records = (0..<300).map { "{\"name\": \"n\($0)\", \"list\": [{\"port\": \($0)}]}" }
      .joined(separator: ",\n")
    let members = (0..<300).map { "\"m/\($0)\": {\"port\": \($0)}" }.joined(separator: ", ")
    let long = (0..<9).map { number in
      "{\"name\": \"\(String(repeating: "n", count: number * 1_500))\", \"port\": {\"port\": 1}}"
    }.joined(separator: ",\n")
    return [
      "[\(records)]", "[\n\(long)\n]",
      "{\"kind\": \"list\", \"items\": [\(records)], \"a~b\": {\"port\": 1}}",
      "{\(members), \"port\": 7}", "{\"port\": 1}\n[\(records)]\n{\(members)}\n",
      "[[\(records)], {\(members)}]",
    ]
  }()

  @Test(arguments: largeFiles.indices) func largeValuesGiveTheSamePointersInParts(number: Int) {
    let text = SourceLocatorTests.largeFiles[number]
    let source = Source(path: "f", bytes: Array(text.utf8))
    let starts = text.utf8.enumerated().filter { "{[".utf8.contains($0.element) }.map(\.offset)
    let anchors = starts.flatMap { offset in
      [[], ["port"], ["list", "0"], ["m/7", "port"]].map {
        Anchor(file: 0, offset: offset, path: $0)
      }
    }
    func targets(_ tapeLimit: Int, withLandmarks: Bool = false) -> [String] {
      let reader = DocumentReader(names: NameTable())
      var search = PointerSearch(anchors, names: reader.names)
      if withLandmarks { _ = reader.readSequence(source) { _ in } }
      search.run(in: source, reader, reader.landmarks, tapeLimit: tapeLimit)
      return search.targets.map { "\($0.anchor) \($0.place) \($0.pointer ?? "none")" }.sorted()
    }
    let whole = targets(.max)
    #expect(targets(64) == whole)
    #expect(targets(.max, withLandmarks: true) == whole)
    #expect(!whole.contains { $0.hasSuffix("none") })
  }

  @Test func offsetsWithoutAValueHaveNoPointer() throws {
    let anchor = Anchor(file: 0, offset: 4)
    let locator = SourceLocator(paths: ["f"]) { _ in
      Source(path: "f", bytes: Array("[1, oops".utf8))
    }
    let location = try #require(locator.locate([anchor]).locations[0])
    #expect(location.column == 5)
    #expect(location.pointer == nil)
  }

  @Test func filesThatHaveGoneAreProblems() {
    let locator = SourceLocator(paths: ["gone.json"]) { _ throws(ReadingProblem) in
      throw ReadingProblem(offset: nil, message: "cannot be opened")
    }
    let result = locator.locate([Anchor(file: 0, offset: 0), Anchor(file: 7, offset: 0)])
    #expect(result.locations.allSatisfy { $0 == nil })
    #expect(result.problems.map(\.path) == ["gone.json"])
  }

  @Test(arguments: [
    (text: "short", offset: 2, before: "sh", after: "ort", cut: (false, false)),
    (text: "one\r\ntwo\r\nthree", offset: 6, before: "t", after: "wo", cut: (false, false)),
    (text: "\u{FEFF}ab", offset: 3, before: "", after: "ab", cut: (false, false)),
    (text: "ab", offset: 2, before: "ab", after: "", cut: (false, false)),
  ])
  func excerptIsTheLine(
    text: String, offset: Int, before: String, after: String, cut: (Bool, Bool)
  ) {
    let excerpt = SourceExcerpt(around: offset, in: Source(path: "f", bytes: Array(text.utf8)))
    #expect(excerpt.before == before)
    #expect(excerpt.after == after)
    #expect(excerpt.isCutBefore == cut.0)
    #expect(excerpt.isCutAfter == cut.1)
  }

  @Test(arguments: ["a", "ä", "€", "🚀"]) func excerptsOfLongLinesAreCutBetweenCharacters(
    character: String
  ) {
    let text = String(repeating: character, count: 2_000)
    for step in 0..<5 {
      let offset = 4_000 / character.utf8.count / 4 * character.utf8.count + step
      let excerpt = SourceExcerpt(
        around: offset / character.utf8.count * character.utf8.count,
        in: Source(path: "f", bytes: Array(text.utf8)))
      #expect(excerpt.before.allSatisfy { String($0) == character })
      #expect(excerpt.after.allSatisfy { String($0) == character })
      #expect(
        excerpt.before.unicodeScalars.count + excerpt.after.unicodeScalars.count
          == SourceExcerpt.maximumLength)
      #expect(excerpt.isCutBefore && excerpt.isCutAfter)
    }
  }
}
