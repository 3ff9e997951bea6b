import Documents
import Testing

/// Byte offsets of nodes, and the lines and columns that they are.
@Suite struct PositionTests {
  private func position(_ bytes: [UInt8], _ offset: Int) -> [Int] {
    let position = LineIndex(Source(path: "test", bytes: bytes)).position(of: offset)
    return [position.line, position.column, position.utf16Column]
  }

  private func position(_ text: String, _ offset: Int) -> [Int] {
    position(Array(text.utf8), offset)
  }

  @Test func offsetsOfJSON() throws {
    let text =
      "\u{FEFF}{\r\n  \"ä\" : [1.5, \"x\\n\", null],\n  \"b\": {\"c\": true}, \"d\": false}\n"
    let bytes = Array(text.utf8)
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "test", bytes: bytes)).root
    func part(_ node: Node) -> String {
      String(decoding: bytes[node.offset..<node.end], as: UTF8.self)
    }
    #expect(root.offset == 3 && root.end == bytes.count - 1)
    let list = try #require(root.member("ä"))
    #expect(part(list) == "[1.5, \"x\\n\", null]")
    #expect(list.elements.map(part) == ["1.5", "\"x\\n\"", "null"])
    let object = try #require(root.member("b"))
    #expect(part(object) == "{\"c\": true}")
    #expect(object.members.map { part($0.value) } == ["true"])
    #expect(try part(#require(root.member("d"))) == "false")
    #expect(root.members.map { bytes[$0.nameOffset] } == Array("\"\"\"".utf8))
    #expect(position(bytes, list.offset) == [2, 9, 9])
    #expect(position(bytes, object.offset) == [3, 8, 8])
  }

  @Test func lineEndings() {
    for (text, lines) in [
      ("a\nb\nc", [1, 1, 2, 2, 3]), ("a\rb\rc", [1, 1, 2, 2, 3]),
      ("a\r\nb\r\nc", [1, 1, 1, 2, 2, 2, 3]), ("\n\r\n\n\r", [1, 2, 2, 3, 4]),
    ] {
      #expect(Array(text.utf8).indices.map { position(text, $0)[0] } == lines, "\(text)")
    }
    #expect(position("ab\r\ncd", 5) == [2, 2, 2])
    #expect(position("a\n", 2) == [2, 1, 1])
    #expect(position("a\r", 2) == [2, 1, 1])
  }

  @Test func columnsCountScalarsAndCodeUnits() {
    let text = "\u{FEFF}ä𝄞x\n€𝄞𝄞y"
    let bytes = Array(text.utf8)
    #expect(position(bytes, 0) == [1, 1, 1])
    #expect(position(bytes, 3) == [1, 1, 1])
    #expect(position(bytes, 5) == [1, 2, 2])
    #expect(position(bytes, 9) == [1, 3, 4])
    #expect(position(bytes, bytes.count - 1) == [2, 4, 6])
    #expect(position(bytes, bytes.count) == [2, 5, 7])
  }

  @Test func placesOutsideAreItsEnds() {
    #expect(position("ab\nc", 99) == [2, 2, 2])
    #expect(position("ab\nc", -1) == [1, 1, 1])
    #expect(position("", 0) == [1, 1, 1])
    #expect(position("", 5) == [1, 1, 1])
  }

  @Test func placesInLongLines() {
    // Longer than the index's blocks, with scalars and line ends on their bounds.
    let line = String(repeating: "ä", count: 15_000)
    let text = line + "\r\n" + line + "𝄞" + line + "\n"
    let bytes = Array(text.utf8)
    let index = LineIndex(Source(path: "test", bytes: bytes))
    for offset in stride(from: 0, to: bytes.count, by: 389) {
      let before = String(decoding: bytes[..<offset], as: UTF8.self)
      guard before.unicodeScalars.last != "\u{FFFD}" else { continue }
      let position = index.position(of: offset)
      let tail = before.unicodeScalars.split(
        separator: "\n", omittingEmptySubsequences: false)
      #expect(position.line == tail.count)
      #expect(position.column == (tail.last?.count ?? 0) + 1)
      #expect(position.utf16Column == (tail.last.map { String($0).utf16.count } ?? 0) + 1)
    }
  }

  @Test func lineEndingsOnTheBoundsOfBlocks() {
    for shift in 0...3 {
      let first = String(repeating: "x", count: 16_381 + shift)
      let text = first + "\r\n" + first + "\ryz"
      #expect(position(text, first.utf8.count + 2) == [2, 1, 1])
      #expect(position(text, text.utf8.count - 1) == [3, 2, 2])
    }
  }

  @Test func minifiedFilesHaveOneLine() throws {
    let members = (0..<5_000).map { "\"name\($0)\":\($0)" }.joined(separator: ",")
    let text = "{\(members),\"last\":true}"
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "test", bytes: Array(text.utf8))).root
    let last = try #require(root.member("last"))
    #expect(position(text, last.offset) == [1, text.utf8.count - 4, text.utf8.count - 4])
  }

  // MARK: - XML

  private static let document =
    "<list>\r\n  <item id=\"1\">\r\n    <ä>wört</ä><b/>\r\n  </item>\r\n</list>"

  /// The text from each node's offset to the end of its line, in document order.
  private func rests(_ bytes: [UInt8], _ decode: ([UInt8]) -> String) throws -> [String] {
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "test", bytes: bytes)).root
    var rests: [String] = []
    func visit(_ node: Node) {
      rests.append(String(decode(Array(bytes[node.offset...])).prefix { !$0.isNewline }))
      for member in node.members {
        #expect(member.nameOffset == member.value.offset)
        visit(member.value)
      }
    }
    visit(root)
    return rests
  }

  private static let expectedRests = ["", "", "", "wört</ä><b/>", ""]

  @Test func offsetsOfXML() throws {
    let found = try rests(Array(PositionTests.document.utf8)) {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(found == PositionTests.expectedRests)
    let long = "<?xml version='1.0'?><!-- \(String(repeating: "-+", count: 9_000)) -->"
    let later = try rests(Array((long + PositionTests.document).utf8)) {
      String(decoding: $0, as: UTF8.self)
    }
    #expect(later == PositionTests.expectedRests)
  }

  @Test func offsetsOfXMLInLatin1() throws {
    let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n" + PositionTests.document
    let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let found = try rests(bytes) { bytes in
      String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
    #expect(found == PositionTests.expectedRests)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "w")))
    #expect(position(bytes, place) == [4, 8, 8])
  }

  @Test(arguments: [true, false]) func offsetsOfXMLInUTF16(isBigEndian: Bool) throws {
    let filler = String(repeating: " ", count: 3_000)
    let text =
      "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-16\"?>\(filler)\n" + PositionTests.document
    let bytes = text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBigEndian ? pair : pair.reversed()
    }
    let found = try rests(bytes) { bytes in
      var units: [UInt16] = []
      for index in stride(from: 0, to: bytes.count - 1, by: 2) {
        let pair = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
        units.append(isBigEndian ? pair.0 << 8 | pair.1 : pair.1 << 8 | pair.0)
      }
      return String(decoding: units, as: UTF16.self)
    }
    #expect(found == PositionTests.expectedRests)
    let place = try #require(text.utf16.firstIndex(of: "w".utf16.first ?? 0))
    let offset = text.utf16.distance(from: text.utf16.startIndex, to: place) * 2
    #expect(position(bytes, offset + 2) == [4, 9, 9])
  }
}
