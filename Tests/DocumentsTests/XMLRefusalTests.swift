import Documents
import Foundation
import Testing

/// Documents that try to make a reader fetch something or grow.
@Suite struct XMLRefusalTests {
  @Test(arguments: [
    "<!DOCTYPE a><a/>",
    "<!DOCTYPE a []><a/>",
    "<?xml version=\"1.0\"?>\n<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
    "<!DOCTYPE a PUBLIC \"-//X//Y\" \"http://localhost:1/x.dtd\"><a/>",
    "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
    "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://localhost:1/x\"> %x;]><a/>",
    "<!DOCTYPE a [<!ATTLIST a b CDATA \"x\">]><a/>",
    "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>",
  ])
  func documentTypesAreRefused(text: String) throws {
    let problem = try #require(refusal(of: text))
    #expect(problem.message.contains("DOCTYPE") && problem.message.contains("remove it"))
    let end = try #require(text.range(of: "<!DOCTYPE a")).upperBound
    let offset = try #require(problem.offset)
    #expect(abs(offset - text.utf8.distance(from: text.startIndex, to: end)) <= 60)
  }

  @Test func entityBombsAreRefusedBeforeTheyGrow() throws {
    var text = "<!DOCTYPE a [<!ENTITY e0 \"\(String(repeating: "x", count: 100))\">"
    for level in 1...30 {
      let inner = String(repeating: "&e\(level - 1);", count: 10)
      text += "<!ENTITY e\(level) \"\(inner)\">"
    }
    text += "]><a>&e30;</a>"
    #expect(try #require(refusal(of: text)).message.contains("DOCTYPE"))
    // One large entity, used often.
    let large = String(repeating: "x", count: 100_000)
    let uses = String(repeating: "&x;", count: 10_000)
    let blowUp = "<!DOCTYPE a [<!ENTITY x \"\(large)\">]><a b=\"\(uses)\">\(uses)</a>"
    #expect(try #require(refusal(of: blowUp)).message.contains("DOCTYPE"))
  }

  @Test(arguments: ["<a>&x;</a>", "<a b=\"&x;\"/>", "<a>&nbsp;</a>"])
  func entitiesWithoutAValueAreRefused(text: String) throws {
    let problem = try #require(refusal(of: text))
    #expect(problem.message.contains("ntity"), "\(problem.message)")
  }

  @Test func aDocumentTypeInTheContentIsRefused() {
    #expect(refusal(of: "<a><!DOCTYPE b></a>") != nil)
    #expect(refusal(of: "<a/><!DOCTYPE b>") != nil)
  }

  @Test func inclusionsAreText() throws {
    let text =
      "<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"/etc/passwd\"/></a>"
    #expect(try tree(of: text) == "a {\"include\":{\"href\":\"/etc/passwd\"}}")
    #expect(try tree(of: "<?xml-stylesheet href='file:///etc/passwd'?><a/>") == "a null")
  }
}
