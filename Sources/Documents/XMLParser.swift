import CLibXML2

/// Reads a document of XML through libxml2's SAX2 events.
///
/// Nothing outside of the input is read: no network, no external entities, no document type. So
/// only the five predefined entities and character references exist, and text never grows.
struct XMLParser {
  /// libxml2 wants to be set up once, before it is used on more than one thread.
  private static let isReady: Bool = {
    xmlInitParser()
    return true
  }()

  /// Reads the tree's source onto its empty tape.
  ///
  /// - Returns: The name of the root element.
  /// - Throws: The first problem, with the offset that libxml2 had come to.
  static func parse(_ tree: Tree, _ limits: Limits) throws(ReadingProblem) -> String? {
    var builder = XMLTreeBuilder(tree: tree, limits: limits)
    let isWellFormed = withUnsafeMutablePointer(to: &builder) { parse(tree.source, into: $0) }
    if let problem = builder.problem { throw problem }
    if !isWellFormed {
      throw ReadingProblem(offset: 0, message: "this is not well-formed XML; export it again")
    }
    return builder.rootName
  }

  private static func parse(
    _ source: Source, into builder: UnsafeMutablePointer<XMLTreeBuilder>
  ) -> Bool {
    guard isReady else { return false }
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    setCallbacks(&handler)
    let feed = XMLFeed(source)
    // libxml2 asks for bytes when it needs some. Pushed to, it would look through a long tag or
    // comment from its start with every push.
    guard
      let context = xmlCreateIOParserCtxt(
        &handler, builder, XMLFeed.read, nil, Unmanaged.passUnretained(feed).toOpaque(),
        XML_CHAR_ENCODING_NONE)
    else { return false }
    defer { xmlFreeParserCtxt(context) }
    builder.pointee.parser = context
    // Our own limits are on depth and text, so that messages can name the option that raises them.
    // Entities are replaced because libxml2 escapes the "&" of attributes again otherwise; without
    // a document type there are none but the predefined ones.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_NOENT.rawValue
    xmlCtxtUseOptions(context, Int32(truncatingIfNeeded: options))
    let code = xmlParseDocument(context)
    withExtendedLifetime(feed) {}
    return code == 0 && context.pointee.wellFormed != 0
  }

  private static func setCallbacks(_ handler: inout xmlSAXHandler) {
    handler.startElementNs = { receiver, name, _, _, _, _, attributeCount, _, attributes in
      guard let name else { return }
      builder(receiver)?.pointee.startElement(name, Int(attributeCount), attributes)
    }
    handler.endElementNs = { receiver, _, _, _ in builder(receiver)?.pointee.endElement() }
    handler.characters = { receiver, text, length in
      guard let text else { return }
      builder(receiver)?.pointee.characters(text, Int(length))
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = handler.characters
    handler.internalSubset = { receiver, _, _, _ in
      builder(receiver)?.pointee.refuse(
        "a document type (DOCTYPE) is not read, since it can name other files and make text grow; "
          + "remove it")
    }
    handler.reference = { receiver, _ in
      builder(receiver)?.pointee.refuse("an entity without a value is not read; write its text")
    }
    handler.serror = { receiver, error in
      guard let error else { return }
      // Undeclared prefixes and the like are no matter, since prefixes are ignored.
      guard error.pointee.level == XML_ERR_FATAL else { return }
      let text = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
      builder(receiver)?.pointee.refuse(described(text))
    }
  }
}

/// Gives libxml2 the bytes of a source as it asks for them.
private final class XMLFeed {
  /// How many bytes libxml2 gets at once of inputs in another encoding than UTF-8, whose unread
  /// rest it encodes again whenever it is asked for a position.
  private static let convertedChunk = 256

  private let source: Source
  private let chunk: Int
  private var offset = 0
  private var released = 0

  init(_ source: Source) {
    self.source = source
    chunk = source.textEncoding == .utf8 ? .max : XMLFeed.convertedChunk
  }

  static let read: xmlInputReadCallback = { receiver, buffer, length in
    guard let receiver, let buffer else { return -1 }
    return Unmanaged<XMLFeed>.fromOpaque(receiver).takeUnretainedValue().next(buffer, length)
  }

  private func next(_ buffer: UnsafeMutablePointer<CChar>, _ length: Int32) -> Int32 {
    let count = min(Int(length), chunk, source.count - offset)
    UnsafeMutableRawPointer(buffer).copyMemory(from: source.base + offset, byteCount: count)
    offset += count
    released = source.release(from: released, upTo: offset)
    return Int32(truncatingIfNeeded: count)
  }
}

private func builder(
  _ receiver: UnsafeMutableRawPointer?
) -> UnsafeMutablePointer<XMLTreeBuilder>? {
  receiver?.assumingMemoryBound(to: XMLTreeBuilder.self)
}

/// A message of libxml2 as one line that says what to do.
private func described(_ text: String) -> String {
  var line = text
  while let last = line.last, last.isWhitespace || last == "." { line.removeLast() }
  let oneLine = String(line.map { $0.isNewline ? " " : $0 })
  return "not well-formed XML: \(oneLine); correct it or export it again"
}
