/// Finds elements of XML that was read before, by its tags alone.
///
/// Whether what stands between them is XML is not checked again. Only documents in UTF-8 whose tags
/// on the way to what is looked for are plain have an outline.
struct XMLOutline {
  /// An element that was looked for.
  struct Element {
    /// Its bytes, with its tags.
    var bytes: Range<Int>
    /// The elements around it and itself; the root left out.
    var path: [Step]
  }

  /// An element on a path.
  struct Step {
    /// Those beside it that have its name.
    var group: Int
    /// Which of them it is, from 0.
    var number: Int
  }

  /// Elements of one name beside each other.
  struct Group {
    var name: UnsafeBufferPointer<UInt8>
    var count: Int
  }

  /// An element that has not ended.
  private struct Frame {
    var step: Step
    /// The groups of its children; the one that was met last is the first.
    var groups: [Int] = []
  }

  private struct Tag {
    var name: UnsafeBufferPointer<UInt8>
    /// The byte behind the tag.
    var end: Int
    /// Whether the element ends with it.
    var isWhole: Bool
  }

  /// The elements that were found, in their order.
  private(set) var elements: [Element] = []
  private(set) var groups: [Group] = []
  private let source: Source
  private var stack = [Frame(step: Step(group: 0, number: 0))]

  /// Finds the elements whose content begins at some offsets.
  ///
  /// Of elements in each other, the outermost is found.
  ///
  /// - Parameters:
  ///   - source: A document that was read to its end, in UTF-8.
  ///   - offsets: The offsets, ascending.
  init?(of source: Source, at offsets: [Int]) {
    self.source = source
    var next = 0
    var place = source.contentStart
    while let start = find(UInt8(ascii: "<"), from: place) {
      switch source.base[start + 1] {
      case UInt8(ascii: "!"), UInt8(ascii: "?"):
        guard let end = skipOther(from: start) else { return nil }
        place = end
      case UInt8(ascii: "/"):
        guard stack.count > 1, let end = find(UInt8(ascii: ">"), from: start) else { return nil }
        stack.removeLast()
        place = end + 1
      default:
        let target = next < offsets.count ? offsets[next] : .max
        guard let tag = tag(from: start), tag.end <= target else { return nil }
        let step = step(to: tag.name)
        if tag.end == target {
          guard stack.count > 1, let end = tag.isWhole ? tag.end : skim(from: tag.end, upTo: .max)
          else { return nil }
          let path = stack.dropFirst(2).map(\.step) + [step]
          elements.append(Element(bytes: start..<end, path: path))
          while next < offsets.count, offsets[next] < end { next += 1 }
          place = end
        } else if let end = tag.isWhole ? tag.end : skim(from: tag.end, upTo: target) {
          place = end
        } else {
          stack.append(Frame(step: step))
          place = tag.end
        }
      }
    }
    guard stack.count == 1, next == offsets.count else { return nil }
  }

  /// Counts an element among its siblings.
  private mutating func step(to name: UnsafeBufferPointer<UInt8>) -> Step {
    let top = stack.count - 1
    let known = stack[top].groups.firstIndex { groups[$0].name.elementsEqual(name) }
    let group: Int
    if let known {
      group = stack[top].groups[known]
      stack[top].groups.swapAt(0, known)
    } else {
      group = groups.count
      groups.append(Group(name: name, count: 0))
      stack[top].groups.insert(group, at: 0)
    }
    groups[group].count += 1
    return Step(group: group, number: groups[group].count - 1)
  }
}

extension XMLOutline {
  /// The start tag at an offset; nil for one with a prefix, or with attributes that are members.
  private func tag(from start: Int) -> Tag? {
    let base = source.base
    var end = start + 1
    while end < source.count, !isBlank(base[end]), base[end] != UInt8(ascii: ">"),
      base[end] != UInt8(ascii: "/")
    {
      if base[end] == UInt8(ascii: ":") { return nil }
      end += 1
    }
    let name = UnsafeBufferPointer(start: base + start + 1, count: end - start - 1)
    while isBlank(base[end]) {
      end += 1
      guard base[end] == UInt8(ascii: "t") else { continue }
      guard let quote = find(UInt8(ascii: "\""), from: end),
        let close = find(UInt8(ascii: "\""), from: quote + 1)
      else { return nil }
      let attribute = UnsafeBufferPointer(start: base + end, count: quote - end)
      let value = UnsafeBufferPointer(start: base + quote + 1, count: close - quote - 1)
      guard isEqual(attribute, "type="), XMLTreeBuilder.isTypeName(value) else { return nil }
      end = close + 1
    }
    let isWhole = base[end] == UInt8(ascii: "/")
    if isWhole { end += 1 }
    guard name.count > 0, base[end] == UInt8(ascii: ">") else { return nil }
    return Tag(name: name, end: end + 1, isWhole: isWhole)
  }

  /// The offset behind the element whose content begins at `start`; nil where it does not end
  /// before a limit.
  private func skim(from start: Int, upTo limit: Int) -> Int? {
    let base = source.base
    var place = start
    var depth = 1
    while place < limit, let open = find(UInt8(ascii: "<"), from: place) {
      switch base[open + 1] {
      case UInt8(ascii: "/"):
        guard let end = find(UInt8(ascii: ">"), from: open + 2) else { return nil }
        place = end + 1
        depth -= 1
        if depth == 0 { return place }
      case UInt8(ascii: "!"), UInt8(ascii: "?"):
        guard let end = skipOther(from: open) else { return nil }
        place = end
      default:
        guard let end = endOfTag(from: open + 1) else { return nil }
        place = end + 1
        if base[end - 1] != UInt8(ascii: "/") { depth += 1 }
      }
    }
    return nil
  }

  /// The offset of the bracket that ends a start tag; those in attributes do not.
  private func endOfTag(from start: Int) -> Int? {
    var place = start
    let (bracket, quote, apostrophe) = (
      UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'")
    )
    while let end = find(bracket, or: quote, or: apostrophe, place) {
      let byte = source.base[end]
      if byte == bracket { return end }
      guard let close = find(byte, from: end + 1) else { return nil }
      place = close + 1
    }
    return nil
  }

  /// The offset behind a comment, CDATA, an instruction or a declaration.
  private func skipOther(from start: Int) -> Int? {
    let base = source.base
    let bytes = UnsafeBufferPointer(start: base + start, count: min(9, source.count - start))
    let (end, length): (StaticString, Int) =
      if bytes.starts(with: "<!--".utf8) {
        ("-->", 4)
      } else if bytes.elementsEqual("<![CDATA[".utf8) {
        ("]]>", 9)
      } else if base[start + 1] == UInt8(ascii: "?") {
        ("?>", 2)
      } else {
        // Documents with declarations are not read.
        (">", 2)
      }
    var place = start + length
    let count = end.utf8CodeUnitCount
    while let bracket = find(UInt8(ascii: ">"), from: place) {
      let tail = UnsafeBufferPointer(start: base + bracket + 1 - count, count: count)
      if bracket + 1 - count >= start + length, isEqual(tail, end) { return bracket + 1 }
      place = bracket + 1
    }
    return nil
  }

  /// The offset of the first byte of a kind.
  @inline(__always)
  private func find(_ byte: UInt8, from start: Int) -> Int? {
    find(byte, or: byte, or: byte, start)
  }

  /// The offset of the first byte of three kinds, looking at eight bytes at a time.
  @inline(__always)
  private func find(
    _ first: UInt8, or second: UInt8, or third: UInt8, _ start: Int
  ) -> Int? {
    let ones: UInt64 = 0x0101_0101_0101_0101
    var place = start
    while place < source.count {
      let word = load(source.base + place)
      var found = XMLOutline.zeros(word ^ (ones &* UInt64(first)))
      if second != first { found |= XMLOutline.zeros(word ^ (ones &* UInt64(second))) }
      if third != first { found |= XMLOutline.zeros(word ^ (ones &* UInt64(third))) }
      if found != 0 {
        place &+= found.trailingZeroBitCount &>> 3
        return place < source.count ? place : nil
      }
      place &+= 8
    }
    return nil
  }

  /// The high bits of the bytes that are zero, and perhaps of some above the first one.
  @inline(__always)
  private static func zeros(_ word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
