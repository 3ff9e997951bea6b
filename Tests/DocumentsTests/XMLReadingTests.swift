import Documents
import Testing

/// XML as the tree that JSON gives.
@Suite struct XMLReadingTests {
  @Test(arguments: [
    ("<a/>", "a null"), ("<a></a>", "a null"), ("<a> </a>", "a \" \""), ("<a>x</a>", "a \"x\""),
    ("\u{FEFF}<?xml version=\"1.0\"?>\n<a>1</a>\n", "a \"1\""), ("  <a>1</a>", "a \"1\""),
    ("<a><b>1</b><c>2</c></a>", "a {\"b\":\"1\",\"c\":\"2\"}"),
    ("<a><b>1</b><b>2</b></a>", "a {\"b\":\"1\",\"b\":\"2\"}"),
    ("<a>\n  <b>\n    <c/>\n  </b>\n</a>", "a {\"b\":{\"c\":null}}"),
    // Attributes are members, before the elements.
    ("<a x=\"1\" y='2'><b/></a>", "a {\"x\":\"1\",\"y\":\"2\",\"b\":null}"),
    ("<a x=\"1\">t</a>", "a {\"x\":\"1\",\"#text\":\"t\"}"),
    // What dicttoxml writes.
    ("<a type=\"dict\"><b type=\"int\">1</b><c type=\"null\"/></a>", "a {\"b\":\"1\",\"c\":null}"),
    ("<a type=\"GCE_VM_IP\"/>", "a {\"type\":\"GCE_VM_IP\"}"),
    ("<a><key name=\"1 2\">x</key></a>", "a {\"1 2\":\"x\"}"),
    // Namespaces are no part of names.
    ("<p:a xmlns:p=\"urn:x\" xmlns=\"urn:y\" p:q=\"1\"><b/></p:a>", "a {\"q\":\"1\",\"b\":null}"),
    // Text between elements is kept where it is not blank.
    ("<a>x<b/>y</a>", "a {\"#text\":\"x\",\"b\":null,\"#text\":\"y\"}"),
    // The five entities and references to characters, in text and in attributes.
    ("<a>&lt;&amp;&gt;&quot;&apos;</a>", "a \"<&>\\\"'\""),
    ("<a b=\"&lt;&amp;&#38;&gt;&quot;&apos;\"/>", "a {\"b\":\"<&&>\\\"'\"}"),
    ("<a>&#65;&#x20AC;&#x1D11E;</a>", "a \"A€𝄞\""),
    ("<a b=\"&#65;&#x20AC;\"/>", "a {\"b\":\"A€\"}"),
    ("<a><![CDATA[<b>&amp;]]]]><![CDATA[>]]></a>", "a \"<b>&amp;]]>\""),
    ("<a>x<!-- c -->y<?pi z?>z</a>", "a \"xyz\""), ("<a>x\r\ny\rz</a>", "a \"x\ny\nz\""),
    ("<ä>ö𝄞</ä>", "ä \"ö𝄞\""),
  ])
  func documentsAreRead(text: String, expected: String) throws {
    #expect(try tree(of: text) == expected)
  }

  @Test(arguments: [
    "<a", "<a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a/>x", "<a b=1/>", "<a b='1' b='2'/>",
    "<a>&amp</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>\u{1}</a>", "<a>]]></a>", "<1/>", "<>",
    "<a b=\"<\"/>", "<!-- x", "<?xml version=\"1.0\"?>", "<a>\u{FFFF}</a>", "<a><!-- -- --></a>",
  ])
  func brokenDocumentsAreRefused(text: String) throws {
    let problem = try #require(refusal(of: text))
    #expect(0...text.utf8.count ~= problem.offset ?? -1)
    #expect(problem.message.contains("not well-formed XML"), "\(problem.message)")
    #expect(problem.message.contains("export it again"))
  }

  @Test func theProblemStandsWhereItIs() throws {
    let start = "<list>\n" + String(repeating: "  <item><a>1</a></item>\n", count: 2_000)
    let problem = try #require(refusal(of: start + "  <item><a>1</b></item>\n</list>"))
    let offset = try #require(problem.offset)
    #expect(offset > start.utf8.count && offset <= start.utf8.count + 20)
  }

  @Test func otherEncodingsAreRead() throws {
    let latin1 = "<?xml version='1.0' encoding='ISO-8859-1'?><ä>ö</ä>".unicodeScalars.map {
      UInt8(truncatingIfNeeded: $0.value)
    }
    #expect(try tree(of: latin1) == "ä \"ö\"")
    let utf16 = "\u{FEFF}<ä>ö𝄞</ä>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try tree(of: utf16) == "ä \"ö𝄞\"")
    #expect(refusal(of: [0x3C, 0x61, 0x3E, 0xE4, 0x3C, 0x2F, 0x61, 0x3E]) != nil)
    #expect(refusal(of: "<?xml version='1.0' encoding='no-such'?><a/>") != nil)
  }

  @Test func kindsOfValuesAreThoseOfText() throws {
    let reader = DocumentReader(names: NameTable())
    let text = "<a><b>1</b><c/><d><e/></d></a>"
    let root = try reader.readValue(Source(path: "test", bytes: Array(text.utf8))).root
    #expect(root.isXML)
    #expect(root.members.map(\.value.kind) == [.string, .null, .object])
    #expect(root.count == 3)
    #expect(root.member("b")?.equals("1") == true)
  }

  @Test func longTextIsWhole() throws {
    let text = String(repeating: "0123456789ä", count: 20_000)
    #expect(try tree(of: "<a><b>\(text)</b></a>") == "a {\"b\":\"\(text)\"}")
    #expect(try tree(of: "<a b=\"\(text)\"/>") == "a {\"b\":\"\(text)\"}")
  }

  @Test func oneReaderReadsBothFormsInTurn() throws {
    let reader = DocumentReader(names: NameTable())
    for _ in 0..<3 {
      for (text, expected) in [
        ("<a><b>1</b></a>", "{\"b\":\"1\"}"), ("{\"b\":[1]}", "{\"b\":[1]}"),
      ] {
        let document = try reader.readValue(Source(path: "test", bytes: Array(text.utf8)))
        #expect(rendered(document.root, reader.names) == expected)
      }
      let broken = Source(path: "test", bytes: Array("<a><b>1</a>".utf8))
      #expect(throws: ReadingProblem.self) { try reader.readValue(broken) }
    }
  }
}
