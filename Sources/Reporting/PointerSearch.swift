import Documents
import Resources

/// Finds the values that anchors mean in a file's tree, and their RFC 6901 pointers.
struct PointerSearch {
  /// An anchor on its way to its place.
  struct Target {
    var anchor: Anchor
    /// Its number among the anchors that were given.
    var number: Int
    /// The byte offset of the value that is meant; the record's until that is found.
    var place: Int
    /// The pointer of that value; nil until it is found.
    var pointer: String?
    /// The number of the top value that holds it.
    var value = 0
  }

  /// The anchors, sorted by the offset of their records.
  var targets: [Target]
  let names: NameTable

  /// Makes a search.
  ///
  /// - Parameters:
  ///   - anchors: The anchors in one file.
  ///   - names: The table of the reader that will read the file.
  init(_ anchors: [Anchor], names: NameTable) {
    self.names = names
    targets = anchors.enumerated()
      .map { Target(anchor: $1, number: $0, place: $1.offset, pointer: nil) }
    if targets.count > 1 { targets.sort { $0.anchor.offset < $1.anchor.offset } }
  }

  /// Reads the file and walks into those values only that hold an anchor.
  ///
  /// A file that is one value gives pointers into it; of a file that is a sequence of values, they
  /// start with the value's number. What cannot be read leaves its anchors without a pointer.
  /// Memory is bounded by the largest element of a large list.
  ///
  /// - Parameters:
  ///   - source: The file.
  ///   - reader: Reads it; its limits apply.
  ///   - landmarks: What the first reading left behind.
  ///   - tapeLimit: How much of the tape one value may take before it is read in parts.
  mutating func run(
    in source: Source, _ reader: DocumentReader, _ landmarks: Landmarks = Landmarks(),
    tapeLimit: Int = 1 << 20
  ) {
    let names = names
    let offsets = targets.map(\.anchor.offset)
    let isFound =
      reader.readElements(of: source, at: offsets, landmarks) { node, index in
        search(node, Place(value: 0)) { "/\(index)" }
      }
      || reader.readXMLElements(of: source, at: offsets) { node, path, shift in
        search(node, path, shift)
      }
    if isFound { return }
    var place = Place()
    // Most elements of a large list hold no anchor.
    let wants = { (bytes: Range<Int>) in
      let next = offsets.index(ofFirstFrom: bytes.lowerBound)
      return next < offsets.count && offsets[next] < bytes.upperBound
    }
    _ = reader.readParts(source, tapeLimit: tapeLimit, wants: wants) { part in
      switch part {
      case .value(let node):
        place.beginValue(at: node.offset)
        search(node, place) { "" }
      case .array(let offset), .object(let offset):
        place.beginValue(at: offset)
        settle(at: offset, place) { "" }
      case .element(let node):
        let index = place.nextIndex()
        search(node, place) { "/\(index)" }
      case .member(let name, _, let node):
        let step = { "/\(PointerSearch.escape(names.name(of: name)))" }
        search(node, place, step)
        follow(name, to: node, place, step)
      case .list(let name, _, let offset):
        place.index = 0
        settle(at: offset, place) { "/\(PointerSearch.escape(names.name(of: name)))" }
      case .listElement(let name, let node):
        let index = place.nextIndex()
        search(node, place) { "/\(PointerSearch.escape(names.name(of: name)))/\(index)" }
      case .unread: place.index += 1
      case .end: break
      }
    }
    guard place.value > 0 else { return }
    for index in targets.indices {
      guard let pointer = targets[index].pointer else { continue }
      targets[index].pointer = "/\(targets[index].value)\(pointer)"
    }
  }

  /// Where in a file the reader is.
  private struct Place {
    /// The number of the top value.
    var value = -1
    /// The top value's offset.
    var start = 0
    /// The number of the next element of a list that comes in parts.
    var index = 0

    mutating func beginValue(at offset: Int) {
      value += 1
      start = offset
      index = 0
    }

    mutating func nextIndex() -> Int {
      defer { index += 1 }
      return index
    }
  }

  /// Walks into a value if it holds anchors.
  private mutating func search(_ node: Node, _ place: Place, _ pointer: () -> String) {
    let first = firstTarget(from: node.offset)
    let end = firstTarget(from: node.end)
    guard first < end else { return }
    for index in first..<end { targets[index].value = place.value }
    walk(from: node, pointer: pointer(), targets: first..<end)
  }

  /// Walks into an element of XML that was read by itself.
  private mutating func search(_ node: Node, _ path: [(name: String, number: Int?)], _ shift: Int) {
    // A text has no end of its own.
    let end = max(node.end, node.offset + 1)
    let range = firstTarget(from: node.offset + shift)..<firstTarget(from: end + shift)
    for index in range { targets[index].anchor.offset -= shift }
    let steps = path.map { step in
      "/\(PointerSearch.escape(step.name))" + (step.number.map { "/\($0)" } ?? "")
    }
    walk(from: node, pointer: steps.joined(), targets: range)
    for index in range {
      targets[index].anchor.offset += shift
      targets[index].place += targets[index].pointer == nil ? 0 : shift
    }
  }

  /// Gives the anchors of a value that comes in parts its place.
  private mutating func settle(at offset: Int, _ place: Place, _ pointer: () -> String) {
    var index = firstTarget(from: offset)
    while index < targets.count, targets[index].anchor.offset == offset {
      targets[index].value = place.value
      targets[index].pointer = pointer()
      index += 1
    }
  }

  /// Takes the anchors of a record that comes in parts on to the member that they mean.
  private mutating func follow(
    _ name: NameID, to node: Node, _ place: Place, _ step: () -> String
  ) {
    var index = firstTarget(from: place.start)
    while index < targets.count, targets[index].anchor.offset == place.start {
      let path = targets[index].anchor.path
      if let first = path.first, names.id(of: first) == name {
        settle(index, at: node, step(), path.dropFirst())
      }
      index += 1
    }
  }

  /// The first target at an offset or behind it.
  private func firstTarget(from offset: Int) -> Int {
    targets.lazy.map(\.anchor.offset).index(ofFirstFrom: offset)
  }
}

extension RandomAccessCollection where Element == Int, Index == Int {
  /// The place of the first number of a sorted collection that is no less than one given.
  fileprivate func index(ofFirstFrom number: Int) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
