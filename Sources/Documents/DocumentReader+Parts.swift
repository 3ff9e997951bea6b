/// A value of an input, or a part of one that is too large for the tape.
public enum Part {
  /// A whole value.
  case value(Node)
  /// A large array begins at an offset; its elements and an `end` follow.
  case array(offset: Int)
  /// A large object begins at an offset; its members and an `end` follow.
  case object(offset: Int)
  /// An element of the large array.
  case element(Node)
  /// A member of the large object.
  case member(NameID, nameOffset: Int, Node)
  /// A member of the large object is an array, which begins at an offset; its elements follow.
  case list(NameID, nameOffset: Int, offset: Int)
  /// An element of the member that is an array.
  case listElement(NameID, Node)
  /// An element of either that is not wanted and was passed over.
  case unread
  /// The large array or object ends before an offset.
  case end(offset: Int)
}

extension DocumentReader {
  /// Gives an array or object in parts, of which the beginning of an array is on the tape.
  ///
  /// - Returns: The offset behind it, or why reading stopped.
  func readLargeValue<E: Error>(
    _ source: Source, _ start: Int, wants: ((Range<Int>) -> Bool)?,
    _ body: (Part) throws(E) -> Void
  ) throws(E) -> Result<Int, ReadingProblem> {
    let result: Result<Int, ReadingProblem>
    if source.base[start] == UInt8(ascii: "[") {
      try body(.array(offset: start))
      for element in tree.root().elements {
        landmarks.passElement(at: element.offset)
        try body(.element(element))
      }
      result = try readList(
        source, start, from: json.firstUnread, depth: 1, wants: wants
      ) { (node) throws(E) in
        if let node { landmarks.passElement(at: node.offset) }
        try body(node.map { .element($0) } ?? .unread)
      }
    } else {
      try body(.object(offset: start))
      result = try readLargeObject(source, start, wants: wants, body)
    }
    if case .success(let end) = result { try body(.end(offset: end)) }
    return result
  }

  /// Gives the elements of an array whose bracket stands at `start`, those before `first` left out.
  private func readList<E: Error>(
    _ source: Source, _ start: Int, from first: Int, depth: Int, wants: ((Range<Int>) -> Bool)?,
    _ body: (Node?) throws(E) -> Void
  ) throws(E) -> Result<Int, ReadingProblem> {
    var offset = first
    if source.base[offset] == UInt8(ascii: "]") { return .success(offset + 1) }
    var released = start
    while true {
      let end: Int
      if let wants, let behind = json.skim(from: offset), !wants(offset..<behind) {
        end = behind
        try body(nil)
      } else {
        do throws(ReadingProblem) {
          end = try json.parse(at: offset, outerDepth: depth)
        } catch {
          return .failure(error)
        }
        try body(tree.root())
      }
      landmarks.pass(source, upTo: end)
      released = source.release(from: released, upTo: end)
      offset = skipBlanks(source, end)
      switch source.base[offset] {
      case UInt8(ascii: ","): offset = skipBlanks(source, offset + 1)
      case UInt8(ascii: "]"): return .success(offset + 1)
      default: return .failure(json.noEndOfValue(at: offset, false, opened: start))
      }
    }
  }

  /// Gives the members of an object whose brace stands at `start`.
  private func readLargeObject<E: Error>(
    _ source: Source, _ start: Int, wants: ((Range<Int>) -> Bool)?,
    _ body: (Part) throws(E) -> Void
  ) throws(E) -> Result<Int, ReadingProblem> {
    var seen: Set<NameID> = []
    var offset = skipBlanks(source, start + 1)
    if source.base[offset] == UInt8(ascii: "}") { return .success(offset + 1) }
    while true {
      let nameOffset = offset
      let name: NameID
      let end: Int
      var node: Node?
      do throws(ReadingProblem) {
        (name, offset) = try json.name(at: offset)
        if source.base[offset] == UInt8(ascii: "[") {
          end = offset
        } else {
          end = try json.parse(at: offset, outerDepth: 1)
          node = tree.root()
        }
      } catch {
        return .failure(error)
      }
      if !seen.insert(name).inserted { json.duplicates.add(offset: nameOffset, name: name) }
      if let node {
        try body(.member(name, nameOffset: nameOffset, node))
        offset = end
      } else {
        try body(.list(name, nameOffset: nameOffset, offset: offset))
        let result = try readList(
          source, offset, from: skipBlanks(source, offset + 1), depth: 2, wants: wants
        ) { (node) throws(E) in
          try body(node.map { .listElement(name, $0) } ?? .unread)
        }
        guard case .success(let end) = result else { return result }
        offset = end
      }
      offset = skipBlanks(source, offset)
      switch source.base[offset] {
      case UInt8(ascii: ","): offset = skipBlanks(source, offset + 1)
      case UInt8(ascii: "}"): return .success(offset + 1)
      default: return .failure(json.noEndOfValue(at: offset, true, opened: start))
      }
    }
  }
}
