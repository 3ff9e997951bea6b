public import Documents
public import Resources
import Schema

/// Compares the records that describe one resource in several inputs or places
/// (`duplicate-definition-conflict`).
///
/// The inputs that hold such records are read once more, and nothing of it costs anything where
/// there are none. Records in other dialects than the API's own have other fields and are left out.
///
/// O(size of the inputs with such records).
///
/// - Parameters:
///   - graph: The graph of all records.
///   - files: The inputs, by number.
///   - summaries: What became of them.
///   - limits: How much of a resource one input may take.
/// - Returns: A finding for each resource whose definitions differ, at the one that counts.
public func conflictingDefinitions(
  in graph: ResourceGraph, files: [InputFile], _ summaries: [FileSummary],
  limits: Limits = Limits()
) -> [ImporterFinding] {
  let comparable = Set(summaries.filter(\.hasAPISpelling).map(\.file))
  let groups = graph.duplicates.map { group in
    DefinitionGroup(
      type: group.type,
      members: group.rows.map { row in
        DefinitionGroup.Member(
          row: row, anchor: graph.anchor(ofType: group.type, row: row))
      }
      .filter { comparable.contains($0.anchor.file) })
  }
  .filter { $0.members.count > 1 }
  if groups.isEmpty { return [] }
  var reader = DefinitionReader(limits: limits)
  let digests = reader.digests(of: groups.flatMap(\.members).map(\.anchor), in: files)
  let differing = groups.filter { $0.differs(digests) }
  if differing.isEmpty { return [] }
  let fields = reader.fields(of: differing.flatMap(\.members).map(\.anchor), in: files)
  return differing.compactMap { $0.finding(fields, names: reader.names) }
}

extension FileSummary {
  /// Whether records of the file have the API's field names and values.
  fileprivate var hasAPISpelling: Bool {
    guard let dialect else { return false }
    return dialect.split(separator: ",").allSatisfy { name in
      ["REST", "gcloud", "snapshot", "recorded exchange"].contains(name.drop { $0 == " " })
    }
  }
}

/// The records that describe one resource; the first counts.
private struct DefinitionGroup {
  struct Member {
    let row: Int
    let anchor: Anchor
  }

  let type: Int
  let members: [Member]

  func differs(_ digests: [Anchor: DefinitionReader.Digest]) -> Bool {
    guard let first = digests[members[0].anchor] else { return false }
    return members.dropFirst().contains { member in
      guard let other = digests[member.anchor] else { return false }
      return other.isXML == first.isXML && other.value != first.value
    }
  }

  /// The finding; nil where the records differ only in what one of them leaves out.
  ///
  /// Of a whole record and one that is not (a request, a selection of fields), only the fields that
  /// both have are compared.
  func finding(
    _ fields: [Anchor: DefinitionReader.Fields], names: NameTable
  ) -> ImporterFinding? {
    guard let first = fields[members[0].anchor] else { return nil }
    var differing: Set<NameID> = []
    var related: [Anchor] = []
    for member in members.dropFirst() {
      guard let other = fields[member.anchor], other.isXML == first.isXML else { continue }
      let comparesAll = other.extent == first.extent && first.extent != .selection
      let found =
        first.values.filter { name, value in
          other.values[name].map { $0 != value } ?? comparesAll
        }
        .map(\.key) + (comparesAll ? other.values.keys.filter { first.values[$0] == nil } : [])
      if found.isEmpty { continue }
      differing.formUnion(found)
      related.append(member.anchor)
    }
    if differing.isEmpty { return nil }
    let words = differing.map { names.name(of: $0) }.sorted().joined(separator: ", ")
    return ImporterFinding(
      .conflictingDefinition, on: .record(type: type, row: members[0].row), at: members[0].anchor,
      message: "the export has the resource \(related.count + 1) times with different content "
        + "(\(words)); this one counts. Remove the dump that is out of date",
      related: related)
  }
}

/// Reads records once more and tells by numbers whether they say the same.
private struct DefinitionReader {
  struct Digest {
    var value: UInt64
    var isXML: Bool
  }

  /// How much of a resource a record has.
  enum Extent {
    /// All that the API gives.
    case whole
    /// What a request says of a resource that is to be made.
    case request
    /// Some of the fields that the API gives.
    case selection

    init(_ node: Node) {
      let given = [Key.identifier, Key.selfLink, Key.creationTimestamp].filter { node.has($0) }
      self = given.isEmpty ? .request : given.count == 3 ? .whole : .selection
    }
  }

  struct Fields {
    var values: [NameID: UInt64] = [:]
    var isXML: Bool
    var extent: Extent
  }

  /// Fields that change without anybody changing the resource, and lists that are merged.
  private static let volatile: Set<String> = [
    "kind", "fingerprint", "labelFingerprint", "healths", "status", "usage", "selfLinkWithId",
    "cpuPlatform", "lastStartTimestamp", "lastStopTimestamp", "lastSuspendedTimestamp",
    "networkEndpoints", "instances",
  ]

  private let limits: Limits
  private let reader: DocumentReader
  private var known: [NameID: UInt64] = [:]

  var names: NameTable { reader.names }

  init(limits: Limits) {
    self.limits = limits
    reader = DocumentReader(names: NameTable(seed: Key.seed), limits: limits)
  }

  mutating func digests(of anchors: [Anchor], in files: [InputFile]) -> [Anchor: Digest] {
    var found: [Anchor: Digest] = [:]
    visit(anchors, in: files) { reader, anchor, node in
      found[anchor] = Digest(value: reader.digest(node), isXML: node.isXML)
    }
    return found
  }

  mutating func fields(of anchors: [Anchor], in files: [InputFile]) -> [Anchor: Fields] {
    var found: [Anchor: Fields] = [:]
    visit(anchors, in: files) { reader, anchor, node in
      var fields = Fields(isXML: node.isXML, extent: Extent(node))
      for member in node.members {
        let value = reader.digest(of: member)
        if value != 0 { fields.values[member.name, default: 0] &+= value }
      }
      found[anchor] = fields
    }
    return found
  }

  private mutating func visit(
    _ anchors: [Anchor], in files: [InputFile],
    _ body: (inout DefinitionReader, Anchor, Node) -> Void
  ) {
    let offsets = Dictionary(grouping: anchors, by: \.file).mapValues { $0.map(\.offset).sorted() }
    for (file, offsets) in offsets.sorted(by: { $0.key < $1.key }) {
      // A file that cannot be read again has had its problem told by the import.
      guard files.indices.contains(Int(file)) else { continue }
      do {
        let source = try files[Int(file)].open(limits: limits)
        _ = reader.readParts(source) { part in
          switch part {
          case .value(let node), .element(let node), .member(_, _, let node),
            .listElement(_, let node):
            visit(node, file, offsets, &self, body)
          case .array, .object, .list, .unread, .end: break
          }
        }
      } catch {
        continue
      }
    }
  }

  private func visit(
    _ node: Node, _ file: UInt32, _ offsets: [Int], _ reader: inout DefinitionReader,
    _ body: (inout DefinitionReader, Anchor, Node) -> Void
  ) {
    guard node.kind == .object || node.kind == .array else { return }
    if node.kind == .object, Self.holds(offsets, node.offset..<node.offset + 1) {
      body(&reader, Anchor(file: file, offset: node.offset), node)
    }
    if !node.isXML, !Self.holds(offsets, node.offset + 1..<max(node.end, node.offset + 1)) {
      return
    }
    for element in node.elements { visit(element, file, offsets, &reader, body) }
    for member in node.members { visit(member.value, file, offsets, &reader, body) }
  }

  /// Whether one of the sorted offsets is in a range.
  private static func holds(_ offsets: [Int], _ range: Range<Int>) -> Bool {
    var (low, high) = (0, offsets.count)
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < offsets.count && offsets[low] < range.upperBound
  }
}

extension DefinitionReader {
  /// A number for what a value says: equal ones say the same; 0 says nothing (constraints 4.3).
  ///
  /// Neither the order of names nor that of list elements counts.
  fileprivate mutating func digest(_ node: Node) -> UInt64 {
    switch node.kind {
    case .null: return 0
    case .bool: return node.bool == true ? Self.hash("true") : 0
    case .number, .string: return node.withUTF8(Self.digest(ofText:))
    case .array:
      var sum: UInt64 = 0
      for element in node.elements { sum &+= Self.mixed(digest(element)) }
      return sum
    case .object:
      var sum: UInt64 = 0
      for member in node.members { sum &+= digest(of: member) }
      return sum
    }
  }

  fileprivate mutating func digest(of member: Member) -> UInt64 {
    let name = nameDigest(member.name)
    if name == 0 { return 0 }
    let value = digest(member.value)
    return value == 0 ? 0 : Self.mixed(value ^ name)
  }

  /// The digest of a name; 0 for those that do not count.
  private mutating func nameDigest(_ name: NameID) -> UInt64 {
    if let known = known[name] { return known }
    let text = reader.names.name(of: name)
    let isVolatile = Self.volatile.contains(text) || text.hasPrefix("x_gcloud_")
    let digest = isVolatile ? 0 : Self.hash(text) | 1
    known[name] = digest
    return digest
  }

  /// Texts that are numbers count as such, and URLs from behind their project on.
  private static func digest(ofText text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    if text.isEmpty || text.elementsEqual("0".utf8) || text.elementsEqual("false".utf8) { return 0 }
    if text.elementsEqual("True".utf8) { return hash("true") }
    guard text.contains(UInt8(ascii: "/")) else { return hash(text[...]) }
    return hash(path(text))
  }

  /// The part of a reference behind its host and project; a zone or region by its name alone.
  private static func path(
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Slice<UnsafeBufferPointer<UInt8>> {
    let pieces = text.split(separator: UInt8(ascii: "/"))
    guard let place = pieces.firstIndex(where: { $0.elementsEqual("projects".utf8) }),
      place + 2 < pieces.count
    else {
      let isPlace = pieces.count == 2 && isPlace(pieces[0])
      return isPlace ? pieces[1] : text[...]
    }
    let rest = pieces[(place + 2)...]
    if rest.count == 2, let first = rest.first, isPlace(first), let last = rest.last { return last }
    return text[(rest.first?.startIndex ?? 0)...]
  }

  private static func isPlace(_ piece: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    piece.elementsEqual("zones".utf8) || piece.elementsEqual("regions".utf8)
  }

  private static func hash(_ text: String) -> UInt64 { hash(Array(text.utf8)) }

  /// FNV-1a, 64 bits.
  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return mixed(value) | 1
  }

  /// Spreads the bits (the finalizer of SplitMix64).
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
