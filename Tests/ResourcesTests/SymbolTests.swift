import Resources
import Testing

/// Interned texts, seen through the graph that holds them.
struct SymbolTests {
  private let graph = Inputs().graph()

  private func text(_ symbol: UInt32) -> String {
    String(decoding: graph.utf8(of: symbol), as: UTF8.self)
  }

  @Test func `a text has one number, and every other text another`() {
    let texts = (0..<3_000).map { "projects/p/zones/z/instances/vm-\($0)" } + ["", "é", "e\u{301}"]
    let numbers = texts.map { graph.symbol(for: $0) }
    #expect(Set(numbers).count == texts.count)
    #expect(texts.map { graph.symbol(for: $0) } == numbers)
    #expect(numbers.map { text($0) } == texts)
  }

  @Test(arguments: [0, 1, 7, 8, 9, 4095, 4096, 65_534, 65_535, 65_536])
  func `texts of any length are kept`(length: Int) {
    let long = String(repeating: "x", count: length)
    let symbol = graph.symbol(for: long)
    #expect(text(symbol) == long)
    #expect(graph.symbol(for: long) == symbol)
    #expect(graph.symbol(for: long + "y") != symbol)
  }

  @Test func `a number that was not given has the empty text`() {
    #expect(text(.max) == "")
  }
}
