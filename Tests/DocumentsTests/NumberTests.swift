import Documents
import Testing

/// Numbers as integers and as `Double`, from JSON and from XML.
@Suite struct NumberTests {
  private func withNode<R>(_ text: String, _ body: (Node) -> R) throws -> R {
    let reader = DocumentReader(names: NameTable())
    return body(try reader.readValue(Source(path: "test", bytes: Array(text.utf8))).root)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("7", 7), ("9223372036854775807", Int64.max),
    ("-9223372036854775808", Int64.min), ("9007199254740993", 9_007_199_254_740_993),
    ("1.0", 1), ("1e2", 100), ("1200e-2", 12), ("-1.5e1", -15), ("0.0", 0), ("0e999999999", 0),
    ("9223372036854775.807e3", Int64.max), ("-922337203685477580.8E+1", Int64.min),
    ("1000000000000000000000e-20", 10),
  ])
  func integersAreExact(text: String, expected: Int64) throws {
    #expect(try withNode(text) { $0.int } == expected)
    #expect(try withNode("<a> \(text)\n</a>") { $0.int } == expected)
  }

  @Test(arguments: [
    "1.5", "9223372036854775808", "-9223372036854775809", "18446744073709551615", "1e30", "1e-1",
    "1e99999999999999999999", "9223372036854775807.1", "123456789012345678901234567890",
  ])
  func othersAreNoIntegers(text: String) throws {
    #expect(try withNode(text) { $0.int } == nil)
    #expect(try withNode("<a>\(text)</a>") { $0.int } == nil)
  }

  @Test(arguments: [
    ("0.1", 0.1), ("1e308", 1e308), ("1e309", .infinity), ("-1e309", -.infinity),
    ("5e-324", .leastNonzeroMagnitude),
    ("1e-400", 0), ("9007199254740993", 9_007_199_254_740_992), ("2.5", 2.5),
  ])
  func doublesAreTheNearest(text: String, expected: Double) throws {
    #expect(try withNode(text) { $0.double } == expected)
  }

  @Test func digitsAreKeptAsWritten() throws {
    let digits = "18446744073709551615" + String(repeating: "0", count: 400)
    #expect(try withNode(digits) { $0.text } == digits)
    #expect(try withNode(digits) { $0.kind } == .number)
  }

  @Test(arguments: ["", "x", "0x10", "1_000", "+1", "007", "1 2", ".5", "5.", "1e", "- 1", "NaN"])
  func textIsNoNumber(text: String) throws {
    #expect(try withNode("<a>\(text)</a>") { $0.int } == nil)
    #expect(try withNode("<a>\(text)</a>") { $0.double } == nil)
  }

  @Test func aStringOfJSONIsNoNumber() throws {
    #expect(try withNode("\"12\"") { $0.int } == nil)
    #expect(try withNode("\"12\"") { $0.double } == nil)
    #expect(try withNode("\"true\"") { $0.bool } == nil)
    #expect(try withNode("1") { $0.bool } == nil)
  }

  @Test(arguments: [
    ("true", true), ("True", true), (" 1 ", true), ("false", false), ("False", false), ("0", false),
    ("yes", nil), ("TRUE", nil), ("", nil), ("2", nil),
  ])
  func truthInXML(text: String, expected: Bool?) throws {
    #expect(try withNode("<a>\(text)</a>") { $0.bool } == expected)
  }
}
