import Documents
import Testing

/// Random changes of valid input: nothing crashes, and what is read and refused is right.
@Suite struct MutationTests {
  /// A generator whose numbers follow from its seed (SplitMix64, Steele and others 2014).
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
      return mixed ^ mixed >> 31
    }
  }

  private static let json = Array(
    #"""
    {"name":"neg-a","port":80,"ä":[1.5e-3,-0,true,false,null,"\u00e4\uD834\uDD1E\n",""],
      "annotations":{"x":{},"y":[[],[{}]]},"id":"4711","size":18446744073709551616 , "a" : "€𝄞"}
    """#.utf8)

  private static let xml = Array(
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <!-- list --><response><items a="1" b='x&amp;y'><item><name>neg-ä</name><port> 80 </port>
      <empty/><t>a&lt;b&#65;&#x20AC;<![CDATA[<raw>]]></t></item></items></response>
    """.utf8)

  private static let pieces: [[UInt8]] =
    [
      "\"", "\\", "{", "}", "[", "]", ",", ":", "\0", "\n", " ", "-", "0", "1e", ".", "\\u", "D834",
      "true", "null", "//", "<", ">", "</", "/>", "&", "&#0;", "&x;", "<!DOCTYPE a>", "<![CDATA[",
      "]]>",
      "<!--", "-->", "<?", "?>", "=", "'", "\u{FEFF}", "ä",
    ].map { Array($0.utf8) } + [[0x80], [0xC0], [0xFF], [0xED, 0xA0, 0x80], [0xF4, 0x90]]

  private func mutated(_ bytes: [UInt8], _ generator: inout Generator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let start = Int.random(in: 0...bytes.count, using: &generator)
      let end = min(bytes.count, start + Int.random(in: 0...4, using: &generator))
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.removeLast(bytes.count - start)
      case 2: bytes.insert(contentsOf: Array(bytes[start..<end]), at: start)
      case 3:
        if start < bytes.count { bytes[start] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
      default:
        let piece = MutationTests.pieces.randomElement(using: &generator) ?? []
        bytes.replaceSubrange(start..<end, with: piece)
      }
    }
    return bytes
  }

  @Test(arguments: 1...4) func JSONIsReadOrRefusedRightly(seed: Int) {
    var generator = Generator(state: UInt64(seed))
    let reader = DocumentReader(names: NameTable())
    var accepted = 0
    for _ in 0..<1_500 {
      let bytes = mutated(MutationTests.json, &generator)
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(ReadingProblem) {
        let document = try reader.readValue(Source(path: "test", bytes: bytes))
        accepted += 1
        #expect(ReferenceJSON.accepts(bytes), "accepted: \(text)")
        check(document.root, bytes, reader.names)
      } catch {
        #expect(!ReferenceJSON.accepts(bytes) || isXML(bytes), "refused: \(text)")
        #expect(0...bytes.count ~= error.offset ?? -1)
        #expect(!error.message.isEmpty && !error.message.contains { $0.isNewline })
      }
    }
    #expect(accepted > 100)
  }

  private func isXML(_ bytes: [UInt8]) -> Bool { bytes.contains(UInt8(ascii: "<")) }

  /// Every node, read alone from its bytes, is the same.
  private func check(_ node: Node, _ bytes: [UInt8], _ names: NameTable) {
    let part = Array(bytes[node.offset..<node.end])
    let reader = DocumentReader(names: names)
    do throws(ReadingProblem) {
      let alone = try reader.readValue(Source(path: "test", bytes: part)).root
      #expect(rendered(alone, names) == rendered(node, names))
    } catch {
      Issue.record("\(error.message) in \(String(decoding: part, as: UTF8.self))")
    }
    for element in node.elements { check(element, bytes, names) }
    for member in node.members {
      #expect(bytes[member.nameOffset] == UInt8(ascii: "\""))
      check(member.value, bytes, names)
    }
  }

  @Test(arguments: 1...4) func sequencesAndPartsNeverCrash(seed: Int) {
    var generator = Generator(state: UInt64(seed) << 32)
    let reader = DocumentReader(names: NameTable())
    let lines = Array("{\"a\":1,\"b\":[1,2]}\n{\"a\":2,\"b\":[]}\n[3]\n".utf8)
    for _ in 0..<700 {
      let bytes = mutated(lines + MutationTests.json, &generator)
      let source = Source(path: "test", bytes: bytes)
      let problems = reader.readParts(source, tapeLimit: 512) { part in
        if case .value(let node) = part { #expect(node.end <= bytes.count) }
      }
      for problem in problems { #expect(0...bytes.count ~= problem.offset ?? -1) }
      let offsets = problems.compactMap(\.offset)
      #expect(offsets == offsets.sorted())
    }
  }

  @Test(arguments: 1...4) func XMLIsReadOrRefused(seed: Int) {
    var generator = Generator(state: UInt64(seed) << 16)
    let reader = DocumentReader(names: NameTable())
    var accepted = 0
    for _ in 0..<1_000 {
      let bytes = mutated(MutationTests.xml, &generator)
      do throws(ReadingProblem) {
        let root = try reader.readValue(Source(path: "test", bytes: bytes)).root
        accepted += 1
        checkOffsets(root, within: 0...bytes.count)
      } catch {
        #expect(0...bytes.count ~= error.offset ?? -1)
        #expect(!error.message.isEmpty && !error.message.contains { $0.isNewline })
      }
    }
    #expect(accepted > 50)
  }

  private func checkOffsets(_ node: Node, within range: ClosedRange<Int>) {
    #expect(range.contains(node.offset) && range.contains(node.end))
    for member in node.members {
      checkOffsets(member.value, within: node.offset...range.upperBound)
    }
  }
}
