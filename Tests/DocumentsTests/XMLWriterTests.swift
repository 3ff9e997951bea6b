import Documents
import Testing

/// The writer of XML.
@Suite struct XMLWriterTests {
  private func written(_ body: (XMLWriter) throws -> Void) throws -> String {
    let writer = try XMLWriter()
    try writer.startDocument()
    try body(writer)
    return String(decoding: try writer.finish(), as: UTF8.self)
  }

  @Test func documentsAreIndentedAndEndInALineFeed() throws {
    let text = try written {
      try $0.startElement("a")
      try $0.attribute("x", "1")
      try $0.startElement("b")
      try $0.text("t")
      try $0.endElement()
      try $0.startElement("c")
      try $0.endElement()
      try $0.endElement()
    }
    #expect(
      text == """
        <?xml version="1.0" encoding="UTF-8"?>
        <a x="1">
          <b>t</b>
          <c/>
        </a>

        """)
  }

  @Test func openElementsAreClosed() throws {
    let text = try written {
      try $0.startElement("a")
      try $0.startElement("b")
    }
    #expect(try tree(of: text) == "a {\"b\":null}")
  }

  @Test(arguments: [
    "", "plain", "<&>\"'", "]]>", "]]]]>>", "<![CDATA[x]]>", "a\nb\tc", " x ", "ä€𝄞", "&amp;",
    "&#65;",
    "\u{7F}\u{85}\u{FFFD}", String(repeating: "long ä", count: 20_000),
  ])
  func textComesBack(text: String) throws {
    let document = try written {
      try $0.startElement("a")
      try $0.attribute("b", text)
      try $0.startElement("c")
      try $0.text(text)
      try $0.endElement()
    }
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "test", bytes: Array(document.utf8))).root
    #expect(root.member("b")?.text == text)
    #expect(root.member("c")?.text == text)
  }

  @Test func carriageReturnsComeBack() throws {
    let document = try written {
      try $0.startElement("a")
      try $0.attribute("b", "x\r\ny")
      try $0.text("x\r\ny")
    }
    #expect(try tree(of: document) == "a {\"b\":\"x\r\ny\",\"#text\":\"x\r\ny\"}")
  }

  @Test func charactersThatXMLLacksAreReplaced() throws {
    let illegal = "\0\u{1}\u{8}\u{B}\u{C}\u{E}\u{1F}\u{FFFE}\u{FFFF}"
    let document = try written {
      try $0.startElement("a")
      try $0.attribute("b", "x\(illegal)y")
      try $0.text("x\u{1B}[31my\(illegal)")
    }
    let replaced = String(repeating: "\u{FFFD}", count: 9)
    #expect(
      try tree(of: document)
        == "a {\"b\":\"x\(replaced)y\",\"#text\":\"x\u{FFFD}[31my\(replaced)\"}")
  }

  @Test func misuseIsAProblem() throws {
    let writer = try XMLWriter()
    #expect(throws: ReadingProblem.self) { try writer.endElement() }
    #expect(throws: ReadingProblem.self) { try writer.attribute("a", "b") }
  }
}
