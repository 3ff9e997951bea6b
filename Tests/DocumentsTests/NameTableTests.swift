import Documents
import Testing

/// Names as numbers.
@Suite struct NameTableTests {
  @Test func seedsAreNumberedInOrder() {
    let table = NameTable(seed: ["name", "", "port", "name", "ä"])
    #expect(["name", "", "port", "ä"].map { table.id(of: $0)?.rawValue } == [0, 1, 2, 3])
    #expect(table.count == 4)
    #expect(table.intern("zone").rawValue == 4)
    #expect(table.name(of: NameID(rawValue: 4)) == "zone")
    #expect(table.id(of: "region") == nil)
    #expect(table.name(of: NameID(rawValue: 99)).isEmpty)
  }

  @Test func namesAreComparedByteByByte() {
    let table = NameTable()
    let names = ["a", "A", "a\0", "\u{E9}", "e\u{301}", "a\0\0\0\0\0\0\0", "\0", ""]
    #expect(Set(names.map { table.intern($0).rawValue }).count == names.count)
    for name in names {
      #expect(table.id(of: name).map { Array(table.name(of: $0).utf8) } == Array(name.utf8))
    }
  }

  @Test func manyNamesAreFoundAgain() {
    let table = NameTable(seed: ["first"])
    let names = (0..<5_000).map { "\($0)-" + String(repeating: "n", count: $0 % 23) }
    let ids = names.map { table.intern($0) }
    #expect(table.count == 5_001)
    #expect(names.map { table.intern($0) } == ids)
    #expect(ids.map { table.name(of: $0) } == names)
  }

  @Test func namesThatCollideAreToldApart() {
    // The table hashes the first and last eight bytes: these differ between them only.
    let table = NameTable()
    let names = (1_000..<3_000).map { "projects\($0)/zones/z" }
    let ids = names.map { table.intern($0) }
    #expect(Set(ids).count == names.count)
    #expect(names.map { table.id(of: $0) } == ids)
    #expect(ids.map { table.name(of: $0) } == names)
  }

  @Test func membersAreFoundByNumberAndByName() throws {
    let table = NameTable(seed: ["port"])
    let reader = DocumentReader(names: table)
    let bytes = Array(
      "{\"name\":1,\"port\":2,\"port\":3,\"\(String(repeating: "x", count: 99))\":4}".utf8)
    let root = try reader.readValue(Source(path: "test", bytes: bytes)).root
    #expect(root[NameID(rawValue: 0)]?.int == 2)
    #expect(root.member("name")?.int == 1)
    #expect(root.member("zone") == nil)
    #expect(root.count == 4)
    let name = try #require(table.id(of: String(repeating: "x", count: 99)))
    #expect(root[name]?.int == 4)
  }
}
