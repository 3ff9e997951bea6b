import Documents
import Testing

/// What a reader may spend, and what it says when that is not enough.
@Suite struct LimitTests {
  private func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }

  private func nestedElements(_ depth: Int) -> String {
    String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
  }

  @Test func depthIsLimitedByDefault() throws {
    #expect(refusal(of: nested(512)) == nil)
    let problem = try #require(refusal(of: nested(513)))
    #expect(problem.offset == 512)
    #expect(problem.message.contains("512") && problem.message.contains("--max-depth"))
  }

  @Test func depthOfElementsIsLimitedByDefault() throws {
    #expect(refusal(of: nestedElements(512)) == nil)
    let problem = try #require(refusal(of: nestedElements(513)))
    #expect(problem.message.contains("512") && problem.message.contains("--max-depth"))
  }

  @Test(arguments: [0, 1, 3]) func depthIsSet(depth: Int) {
    var limits = Limits()
    limits.depth = depth
    #expect(refusal(of: nested(depth + 1), limits: limits) != nil)
    #expect(refusal(of: nestedElements(depth + 1), limits: limits) != nil)
    if depth > 0 { #expect(refusal(of: nested(depth), limits: limits) == nil) }
    if depth > 0 { #expect(refusal(of: nestedElements(depth), limits: limits) == nil) }
  }

  @Test func greatDepthCostsNoStack() throws {
    var limits = Limits()
    limits.depth = 1_000_000
    let reader = DocumentReader(names: NameTable(), limits: limits)
    let text = Array(nested(200_000).utf8)
    var node = try reader.readValue(Source(path: "test", bytes: text)).root
    var depth = 1
    while let inner = node.elements.first(where: { _ in true }) {
      node = inner
      depth += 1
    }
    #expect(depth == 200_000)
    #expect(refusal(of: nestedElements(20_000), limits: limits) == nil)
  }

  @Test func depthCountsFromTheValueInEachPart() throws {
    var limits = Limits()
    limits.depth = 4
    let reader = DocumentReader(names: NameTable(), limits: limits)
    let many = Array(repeating: "0", count: 200).joined(separator: ",")
    for (text, isDeep) in [
      ("[\(many),[[[]]]]", false), ("[\(many),[[[[]]]]]", true),
      ("{\"a\":[\(many),[[]]]}", false), ("{\"a\":[\(many),[[[]]]]}", true),
      ("{\"a\":[\(many)],\"b\":{\"c\":{\"d\":{}}}}", false),
      ("{\"a\":[\(many)],\"b\":{\"c\":{\"d\":{\"e\":{}}}}}", true),
    ] {
      let source = Source(path: "test", bytes: Array(text.utf8))
      let problems = reader.readParts(source, tapeLimit: 512) { _ in }
      #expect(problems.isEmpty != isDeep, "\(text)")
      #expect((refusal(of: text, limits: limits) != nil) == isDeep, "\(text)")
    }
  }

  @Test func textOfXMLIsLimited() throws {
    var limits = Limits()
    limits.textLength = 1_000
    let fits = String(repeating: "x", count: 1_000)
    #expect(refusal(of: "<a>\(fits)</a>", limits: limits) == nil)
    #expect(refusal(of: "<a b=\"\(fits)\"/>", limits: limits) == nil)
    for text in ["<a>\(fits)x</a>", "<a b=\"\(fits)x\"/>", "<a><![CDATA[\(fits)x]]></a>"] {
      let problem = try #require(refusal(of: text, limits: limits))
      #expect(problem.message.contains("1000") && problem.message.contains("--max-text"))
    }
  }

  @Test func brokenLinesAreLimited() throws {
    var limits = Limits()
    limits.brokenLines = 3
    let reader = DocumentReader(names: NameTable(), limits: limits)
    let text = "1\n" + String(repeating: "x\n", count: 10) + "2\n"
    var values = 0
    let problems = reader.readSequence(Source(path: "test", bytes: Array(text.utf8))) { _ in
      values += 1
    }
    #expect(values == 1)
    #expect(problems.count == 4)
    #expect(try #require(problems.last).message.contains("--max-broken-lines"))
  }
}
