extension DocumentReader {
  /// Reads those elements again, of an input that is one list, that hold some places.
  ///
  /// O(bytes of these elements and a few around them).
  ///
  /// - Parameters:
  ///   - source: The input.
  ///   - offsets: The places, ascending.
  ///   - landmarks: What reading the input left behind.
  ///   - body: Gets each element and its number in the list; valid during the call.
  /// - Returns: Whether all places lie in elements that were given; false, too, where the input is
  ///   not what it was.
  public func readElements(
    of source: Source, at offsets: [Int], _ landmarks: Landmarks, _ body: (Node, Int) -> Void
  ) -> Bool {
    guard var next = landmarks.elements.first, let last = offsets.last, last < source.count else {
      return false
    }
    json.duplicates.removeAll()
    tree.start(source, isXML: false)
    var mark = 0
    var place = 0
    while place < offsets.count {
      while mark + 1 < landmarks.elements.count,
        landmarks.elements[mark + 1].offset <= offsets[place]
      {
        mark += 1
      }
      if landmarks.elements[mark].offset > next.offset { next = landmarks.elements[mark] }
      guard next.offset <= offsets[place] else { return false }
      // Between two marks of elements that follow one another, there is no other element.
      let isAlone =
        landmarks.elements[mark].index == next.index && mark + 1 < landmarks.elements.count
        && landmarks.elements[mark + 1].index == next.index + 1
      guard let end = isAlone ? landmarks.elements[mark + 1].offset : json.skim(from: next.offset)
      else { return false }
      if offsets[place] < end {
        do throws(ReadingProblem) {
          let parsed = try json.parse(at: next.offset, outerDepth: 1)
          guard parsed == end || isAlone && offsets[place] < parsed else { return false }
          body(tree.root(), next.index)
          while place < offsets.count, offsets[place] < parsed { place += 1 }
        } catch {
          return false
        }
      }
      if isAlone {
        next = landmarks.elements[mark + 1]
        continue
      }
      let comma = skipBlanks(source, end)
      next.offset = skipBlanks(source, comma + 1)
      next.index += 1
      guard place == offsets.count || source.base[comma] == UInt8(ascii: ",") else { return false }
    }
    return true
  }

  /// Reads those elements of XML again whose content begins at some places; of elements in each
  /// other, the outermost.
  ///
  /// O(bytes of the input), of which little is done outside of these elements.
  ///
  /// - Parameters:
  ///   - source: The input.
  ///   - offsets: The places, ascending.
  ///   - body: Gets each element, the steps that lead to it (an element's name and, where several
  ///     beside each other have it, its number), and what is to be added to offsets in it; valid
  ///     during the call.
  /// - Returns: Whether all places were found; false, too, where the input is not what it was.
  public func readXMLElements(
    of source: Source, at offsets: [Int],
    _ body: (Node, _ path: [(name: String, number: Int?)], _ shift: Int) -> Void
  ) -> Bool {
    guard isXML(source), source.textEncoding == .utf8,
      let outline = XMLOutline(of: source, at: offsets)
    else { return false }
    var rest = outline.elements[...]
    while !rest.isEmpty {
      // Many elements are read as one document: a parser for each would cost more than they do.
      var bytes = Array("<r>".utf8)
      var batch: [(element: XMLOutline.Element, shift: Int)] = []
      while let element = rest.first, batch.isEmpty || bytes.count < 1 << 20 {
        batch.append((element, element.bytes.lowerBound - bytes.count))
        source.withBytes(in: element.bytes) { bytes += $0 }
        rest.removeFirst()
      }
      bytes += "</r>".utf8
      do throws(ReadingProblem) {
        let elements = try readValue(Source(path: source.path, bytes: bytes)).root.members
        guard elements.reduce(0, { count, _ in count + 1 }) == batch.count else { return false }
        for (member, part) in zip(elements, batch) {
          body(member.value, outline.names(of: part.element), part.shift)
        }
      } catch {
        return false
      }
    }
    return true
  }
}

extension XMLOutline {
  /// The steps that lead to an element, by name and number.
  fileprivate func names(of element: Element) -> [(name: String, number: Int?)] {
    element.path.map { step in
      let group = groups[step.group]
      return (String(decoding: group.name, as: UTF8.self), group.count > 1 ? step.number : nil)
    }
  }
}
