import CLibXML2

/// Turns the events of an XML parser into a tree on a tape.
///
/// An element is pending until a child, an attribute or its end says what it is: its value is
/// written then, at the place on the tape that its text did not take, since text has its own
/// buffer. A structure that holds the tree's buffers meanwhile, because events are many and
/// accesses to an object's properties are checked at run time.
struct XMLTreeBuilder: ~Copyable {
  /// An element that has not ended.
  private struct Frame: BitwiseCopyable {
    /// The byte after the start tag.
    var offset: Int
    /// The place of the object's first word on the tape; -1 while it is pending.
    var open: Int
    var count: UInt64
    /// Where the element's text begins in the buffer of texts.
    var textStart: Int
  }

  /// A name of the parser's dictionary, which has each text once, and its number.
  private struct KnownName: BitwiseCopyable {
    var text: UnsafePointer<xmlChar>?
    var number: UInt32 = 0
  }

  /// The first problem that was met; the parser was stopped then.
  private(set) var problem: ReadingProblem?
  /// The name of the root element.
  private(set) var rootName: String?
  var parser: xmlParserCtxtPtr?

  private let tree: Tree
  private let source: Source
  private let names: NameTable
  private let limits: Limits
  private let mixedText: UInt32
  private let unit: Int
  private var tape: GrowingBuffer<UInt64>
  private var texts: GrowingBuffer<UInt8>
  private var frames = GrowingBuffer<Frame>(capacity: 64)
  /// The names met last, each at a place that its address tells.
  private let known = UnsafeMutablePointer<KnownName>.allocate(capacity: 256)

  /// Makes a builder that writes to the empty tape of a tree.
  init(tree: Tree, limits: Limits) {
    self.tree = tree
    self.limits = limits
    source = tree.source
    names = tree.names
    tape = tree.tape
    texts = tree.texts
    mixedText = names.intern("#text").rawValue
    unit = source.textEncoding.unitLength
    known.initialize(repeating: KnownName(), count: 256)
  }

  /// Gives the buffers back to the tree.
  deinit {
    tree.tape = tape
    tree.texts = texts
    frames.base.deallocate()
    known.deallocate()
  }

  /// Stops the parser with a problem at the place that it has come to.
  mutating func refuse(_ message: String) {
    guard problem == nil else { return }
    problem = ReadingProblem(offset: position, message: message)
    xmlStopParser(parser)
  }

  /// The innermost element that has not ended.
  private var frame: UnsafeMutablePointer<Frame> { frames.base + (frames.count - 1) }

  /// The offset that the parser has come to.
  var position: Int {
    guard let input = parser?.pointee.input, let buffer = input.pointee.buf,
      buffer.pointee.encoder == nil
    else { return min(max(0, xmlByteConsumed(parser)), source.count) }
    // The same, where the parser gets the bytes as they are.
    let offset = Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
    return min(max(0, offset), source.count)
  }

  /// The attributes of dicttoxml that say how a value was written; the schema knows better.
  private static let typeNames: [StaticString] = [
    "dict", "list", "str", "int", "float", "bool", "null", "number",
  ]

  /// Whether an attribute `type` says nothing but how a value was written.
  static func isTypeName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    typeNames.contains { isEqual(text, $0) }
  }

  // MARK: - Events

  mutating func startElement(
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
    var key: UnsafeBufferPointer<UInt8>?
    var kept: [(name: UnsafePointer<xmlChar>, value: UnsafeBufferPointer<UInt8>)] = []
    for index in 0..<attributeCount {
      // libxml2 gives five pointers each: name, prefix, namespace, value, and the value's end.
      guard let attributes, let attribute = attributes[index * 5],
        let start = attributes[index * 5 + 3], let end = attributes[index * 5 + 4]
      else { continue }
      let text = bytes(of: attribute)
      let value = UnsafeBufferPointer(start: start, count: end - start)
      if value.count > limits.textLength { return refuseText() }
      if isEqual(text, "name") && isEqual(bytes(of: name), "key") {
        key = value
      } else if !isEqual(text, "type") || !XMLTreeBuilder.isTypeName(value) {
        kept.append((attribute, value))
      }
    }
    if frames.count == 0 {
      rootName = String(decoding: bytes(of: name), as: UTF8.self)
    } else {
      openObject()
      flushMixedText()
      putName(key.map { intern($0) } ?? number(of: name), offset)
    }
    frames.append(Frame(offset: offset, open: -1, count: 0, textStart: texts.count))
    guard !kept.isEmpty else { return }
    openObject()
    for (name, value) in kept {
      putName(number(of: name), offset)
      let start = append(value)
      putText(from: start, offset)
    }
    frame.pointee.textStart = texts.count
  }

  mutating func characters(_ text: UnsafePointer<xmlChar>, _ length: Int) {
    guard problem == nil, frames.count > 0 else { return }
    let added = UnsafeBufferPointer(start: text, count: length)
    // Blanks between children are most of the text of a pretty document.
    if frame.pointee.open >= 0, texts.count == frame.pointee.textStart, added.allSatisfy(isBlank) {
      return
    }
    _ = append(added)
    if texts.count - frame.pointee.textStart > limits.textLength { refuseText() }
  }

  mutating func endElement() {
    guard problem == nil, frames.count > 0 else { return }
    if frame.pointee.open >= 0 {
      flushMixedText()
      closeObject(frame.pointee)
    } else if texts.count == frame.pointee.textStart {
      tape.append(Word.make(Tag.null, field: 0, offset: frame.pointee.offset))
    } else {
      putText(from: frame.pointee.textStart, frame.pointee.offset)
    }
    frames.count -= 1
    // What follows belongs to the element around, whose text so far was written or was blank.
    if frames.count > 0 { frame.pointee.textStart = texts.count }
  }

  // MARK: - Writing

  /// Makes the innermost element an object.
  private mutating func openObject() {
    guard frame.pointee.open < 0 else { return }
    frame.pointee.open = tape.count
    tape.append(Word.make(Tag.object, field: 0, offset: frame.pointee.offset))
    tape.append(0)
  }

  private mutating func closeObject(_ frame: Frame) {
    tape.append(Word.make(Tag.close, field: 0, offset: position))
    tape.base[frame.open] |= min(frame.count, Word.overflow) << 40
    tape.base[frame.open + 1] = UInt64(tape.count - 1 - frame.open)
  }

  /// Writes the text of the innermost element that stands between its children.
  ///
  /// No schema has such text, so it becomes a member `#text` that is noticed; blanks are left out.
  private mutating func flushMixedText() {
    let start = frame.pointee.textStart
    let text = UnsafeBufferPointer(
      start: texts.base + start, count: texts.count - start)
    if text.allSatisfy(isBlank) {
      texts.count = start
      return
    }
    let offset = frame.pointee.offset
    putName(mixedText, offset)
    putText(from: start, offset)
    frame.pointee.textStart = texts.count
  }

  /// The number of a name of the parser's dictionary.
  private mutating func number(of name: UnsafePointer<xmlChar>) -> UInt32 {
    let hash = UInt64(UInt(bitPattern: name)) &* 0x9E37_79B9_7F4A_7C15
    let place = known + Int(truncatingIfNeeded: hash &>> 56)
    if place.pointee.text == name { return place.pointee.number }
    let number = intern(bytes(of: name))
    place.pointee = KnownName(text: name, number: number)
    return number
  }

  private mutating func intern(_ name: UnsafeBufferPointer<UInt8>) -> UInt32 {
    // Names are compared by words, so they need readable bytes behind them.
    let start = append(name)
    texts.reserve(NameTable.padding)
    let id = names.intern(UnsafePointer(texts.base + start), name.count)
    texts.count = start
    return id
  }

  private mutating func putName(_ id: UInt32, _ offset: Int) {
    tape.reserve(2)
    tape.count = JSONParser.put(
      Tag.name, Int(id), offset, tape.base, tape.count)
    frame.pointee.count += 1
  }

  private mutating func putText(from start: Int, _ offset: Int) {
    tape.append(Word.make(Tag.xmlText, field: 0, offset: offset))
    tape.append(UInt64(start))
    tape.append(UInt64(texts.count - start))
  }

  /// Adds bytes to the buffer of texts; returns where they begin.
  private mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let start = texts.count
    guard let base = text.baseAddress else { return start }
    texts.reserve(text.count)
    (texts.base + start).update(from: base, count: text.count)
    texts.count += text.count
    return start
  }

  // MARK: - Positions

  /// The offset after the start tag that the parser has come to the end of.
  private func afterStartTag() -> Int {
    let offset = position
    // The parser stands at the tag's ">", or at its "/>". A unit of UTF-16 is two bytes, and there
    // are readable ones behind the input.
    let slash = UInt8(ascii: "/")
    let isEmpty = source.base[offset] == slash || unit == 2 && source.base[offset + 1] == slash
    return min(offset + unit * (isEmpty ? 2 : 1), source.count)
  }

  private func bytes(of name: UnsafePointer<xmlChar>) -> UnsafeBufferPointer<UInt8> {
    var length = 0
    while name[length] != 0 { length += 1 }
    return UnsafeBufferPointer(start: name, count: length)
  }

  private mutating func refuseText() {
    refuse(
      "more than \(limits.textLength) bytes of text in one element or attribute; "
        + "if the input is meant to have them, raise the limit with --max-text")
  }
}
