import CLibXML2

/// Turns the events of an XML parser into a tree on a tape.
///
/// An element is pending until a child, an attribute or its end says what it is: its value is
/// written then, at the place on the tape that its text did not take, since text has its own
/// buffer.
final class XMLTreeBuilder {
  /// An element that has not ended.
  private struct Frame {
    /// The byte after the start tag.
    var offset: Int
    /// The place of the object's first word on the tape; -1 while it is pending.
    var open: Int
    var count: UInt64
    /// Where the element's text begins in the buffer of texts.
    var textStart: Int
  }

  let tree: Tree
  let limits: Limits
  /// The first problem that was met; the parser was stopped then.
  private(set) var problem: ReadingProblem?
  /// The name of the root element.
  private(set) var rootName: String?
  var parser: xmlParserCtxtPtr?
  var released = 0

  private var frames: [Frame] = []
  private let mixedText: UInt32
  private let unit: Int

  /// Makes a builder that writes to the empty tape of a tree.
  init(tree: Tree, limits: Limits) {
    self.tree = tree
    self.limits = limits
    mixedText = tree.names.intern("#text").rawValue
    unit = tree.source.textEncoding.unitLength
  }

  static func from(_ receiver: UnsafeMutableRawPointer?) -> XMLTreeBuilder? {
    receiver.map { Unmanaged<XMLTreeBuilder>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Stops the parser with a problem at the place that it has come to.
  func refuse(_ message: String) {
    guard problem == nil else { return }
    problem = ReadingProblem(offset: position, message: message)
    xmlStopParser(parser)
  }

  /// The offset that the parser has come to.
  private var position: Int { min(max(0, xmlByteConsumed(parser)), tree.source.count) }

  /// The attributes of dicttoxml that say how a value was written; the schema knows better.
  private static let typeNames: [StaticString] = [
    "dict", "list", "str", "int", "float", "bool", "null", "number",
  ]

  // MARK: - Events

  func startElement(
    _ name: UnsafePointer<xmlChar>, _ attributeCount: Int,
    _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    if problem != nil { return }
    if frames.count >= limits.depth {
      refuse(
        "more than \(limits.depth) elements in each other; "
          + "if the input is meant to be so deep, raise the limit with --max-depth")
      return
    }
    let offset = afterStartTag()
    var memberName = bytes(of: name)
    var kept: [(name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>)] = []
    for index in 0..<attributeCount {
      // libxml2 gives five pointers each: name, prefix, namespace, value, and the value's end.
      guard let attributes, let attribute = attributes[index * 5],
        let start = attributes[index * 5 + 3], let end = attributes[index * 5 + 4]
      else { continue }
      let text = bytes(of: attribute)
      let value = UnsafeBufferPointer(start: start, count: end - start)
      if value.count > limits.textLength { return refuseText() }
      if isEqual(text, "name") && isEqual(bytes(of: name), "key") {
        memberName = value
      } else if !isEqual(text, "type")
        || !XMLTreeBuilder.typeNames.contains(where: { isEqual(value, $0) })
      {
        kept.append((text, value))
      }
    }
    if frames.isEmpty {
      rootName = String(decoding: bytes(of: name), as: UTF8.self)
    } else {
      openObject()
      flushMixedText()
      putName(memberName, offset)
    }
    frames.append(Frame(offset: offset, open: -1, count: 0, textStart: tree.texts.count))
    guard !kept.isEmpty else { return }
    openObject()
    for (name, value) in kept {
      putName(name, offset)
      let start = append(value)
      putText(from: start, offset)
    }
    frames[frames.count - 1].textStart = tree.texts.count
  }

  func characters(_ text: UnsafePointer<xmlChar>, _ length: Int) {
    guard problem == nil, let frame = frames.last else { return }
    let added = UnsafeBufferPointer(start: text, count: length)
    // Blanks between children are most of the text of a pretty document.
    if frame.open >= 0, tree.texts.count == frame.textStart, added.allSatisfy(isBlank) { return }
    _ = append(added)
    if tree.texts.count - frame.textStart > limits.textLength { refuseText() }
  }

  func endElement() {
    guard problem == nil, let frame = frames.last else { return }
    if frame.open >= 0 {
      flushMixedText()
      closeObject(frames[frames.count - 1])
    } else if tree.texts.count == frame.textStart {
      tree.tape.append(Word.make(Tag.null, field: 0, offset: frame.offset))
    } else {
      putText(from: frame.textStart, frame.offset)
    }
    frames.removeLast()
    // What follows belongs to the element around, whose text so far was written or was blank.
    if !frames.isEmpty { frames[frames.count - 1].textStart = tree.texts.count }
  }

  // MARK: - Writing

  /// Makes the innermost element an object.
  private func openObject() {
    let last = frames.count - 1
    guard frames[last].open < 0 else { return }
    frames[last].open = tree.tape.count
    tree.tape.append(Word.make(Tag.object, field: 0, offset: frames[last].offset))
    tree.tape.append(0)
  }

  private func closeObject(_ frame: Frame) {
    tree.tape.append(Word.make(Tag.close, field: 0, offset: position))
    tree.tape.base[frame.open] |= min(frame.count, Word.overflow) << 40
    tree.tape.base[frame.open + 1] = UInt64(tree.tape.count - 1 - frame.open)
  }

  /// Writes the text of the innermost element that stands between its children.
  ///
  /// No schema has such text, so it becomes a member `#text` that is noticed; blanks are left out.
  private func flushMixedText() {
    let start = frames[frames.count - 1].textStart
    let text = UnsafeBufferPointer(
      start: tree.texts.base + start, count: tree.texts.count - start)
    if text.allSatisfy(isBlank) {
      tree.texts.count = start
      return
    }
    let offset = frames[frames.count - 1].offset
    putName(mixedText, offset)
    putText(from: start, offset)
    frames[frames.count - 1].textStart = tree.texts.count
  }

  private func putName(_ name: UnsafeBufferPointer<UInt8>, _ offset: Int) {
    // Names are compared by words, so they need readable bytes behind them.
    let start = append(name)
    tree.texts.reserve(NameTable.padding)
    let id = tree.names.intern(UnsafePointer(tree.texts.base + start), name.count)
    tree.texts.count = start
    putName(id, offset)
  }

  private func putName(_ id: UInt32, _ offset: Int) {
    tree.tape.reserve(2)
    tree.tape.count = JSONParser.put(
      Tag.name, Int(id), offset, tree.tape.base, tree.tape.count)
    frames[frames.count - 1].count += 1
  }

  private func putText(from start: Int, _ offset: Int) {
    tree.tape.append(Word.make(Tag.xmlText, field: 0, offset: offset))
    tree.tape.append(UInt64(start))
    tree.tape.append(UInt64(tree.texts.count - start))
  }

  /// Adds bytes to the buffer of texts; returns where they begin.
  private func append(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let start = tree.texts.count
    guard let base = text.baseAddress else { return start }
    tree.texts.reserve(text.count)
    (tree.texts.base + start).update(from: base, count: text.count)
    tree.texts.count += text.count
    return start
  }

  // MARK: - Positions

  /// The offset after the start tag that the parser has come to the end of.
  private func afterStartTag() -> Int {
    var offset = position
    let source = tree.source
    // The parser stands at the tag's ">", or at its "/>". A unit of UTF-16 is two bytes.
    func unitContains(_ byte: UInt8) -> Bool {
      (0..<unit).contains { source.base[min(offset + $0, source.count)] == byte }
    }
    if unitContains(UInt8(ascii: "/")) { offset += unit }
    return min(offset + unit, source.count)
  }

  private func bytes(of name: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
    var length = 0
    while name[length] != 0 { length += 1 }
    return UnsafeBufferPointer(start: name, count: length)
  }

  private func refuseText() {
    refuse(
      "more than \(limits.textLength) bytes of text in one element or attribute; "
        + "if the input is meant to have them, raise the limit with --max-text")
  }
}
