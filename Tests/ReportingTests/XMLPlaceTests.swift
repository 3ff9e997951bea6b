import Documents
import Resources
import Testing

@testable import Reporting

/// Elements of XML are found by their tags alone as they are by reading all of it.
@Suite struct XMLPlaceTests {
  static let bodies = [
    "<a><b>0</b><b>1</b></a><a><b>2</b></a>",
    "<list>\n  <i><n>x</n></i>\n  <i/>\n  <i><n>y</n><n/></i>\n</list><k>text</k>",
    "<a><!-- <b> --><b><![CDATA[</b> > ]]></b><?p <b> ?><b>1</b></a>",
    "<a type=\"dict\" ><b type=\"str\">&lt;0</b><c t='>'>1</c></a><a><c>></c></a>",
    "<one><two><three><four>4</four></three></two></one><one/>",
    "<a>\n<b>0</b>\n<b>1</b></a><list><x>1</x><y>2</y></list>",
    "<ä><ö>ü</ö></ä><a ><b\n>0</b ><b>1</b></a >",
  ]

  /// The places of all elements below a node.
  private static func offsets(below node: Node) -> [Int] {
    node.members.flatMap { [$0.value.offset] + offsets(below: $0.value) }
  }

  private static func targets(_ text: String, _ anchors: [Anchor]) -> [String] {
    let reader = DocumentReader(names: NameTable())
    var search = PointerSearch(anchors, names: reader.names)
    search.run(in: Source(path: "f", bytes: Array(text.utf8)), reader)
    return search.targets.map { "\($0.place) \($0.pointer ?? "none")" }
  }

  @Test(arguments: bodies) func tagsTellWhatReadingTells(body: String) throws {
    // An attribute of the root is a member, so that no outline is made.
    let (plain, read) = ("<root    >\(body)</root>", "<root x=''>\(body)</root>")
    let reader = DocumentReader(names: NameTable())
    let offsets = Set(
      Self.offsets(
        below: try reader.readValue(Source(path: "f", bytes: Array(plain.utf8))).root)
    ).sorted()
    let shift = read.utf8.count - plain.utf8.count
    for wanted in offsets.map({ [$0] }) + [offsets, Array(offsets.dropFirst())] {
      for path in [[], ["b"], ["b", "1"], ["i", "0", "n"], ["1"]] {
        let anchors = wanted.map { Anchor(file: 0, offset: $0, path: path) }
        let shifted = wanted.map { Anchor(file: 0, offset: $0 + shift, path: path) }
        let found = Self.targets(plain, anchors)
        #expect(
          found.map { $0.split(separator: " ", maxSplits: 1)[1] }
            == Self.targets(read, shifted).map { $0.split(separator: " ", maxSplits: 1)[1] })
        #expect(
          found.map { Int($0.prefix { $0 != " " }) }
            == Self.targets(read, shifted).map { Int($0.prefix { $0 != " " }).map { $0 - shift } })
        #expect(!found.contains { $0.hasSuffix("none") })
      }
    }
  }
}
