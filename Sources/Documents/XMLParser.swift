import CLibXML2

/// Reads a document of XML through libxml2's SAX2 events.
///
/// Nothing outside of the input is read: no network, no external entities, no document type. So
/// only the five predefined entities and character references exist, and text never grows.
struct XMLParser {
  /// How many bytes libxml2 gets at once.
  ///
  /// Its buffer grows to this plus the longest tag, comment or attribute.
  private static let chunk = 64 << 10
  /// The same for inputs in another encoding than UTF-8, whose rest of a chunk libxml2 encodes
  /// again whenever it is asked for a position.
  private static let convertedChunk = 1 << 10

  /// libxml2 wants to be set up once, before it is used on more than one thread.
  private static let isReady: Bool = {
    xmlInitParser()
    return true
  }()

  /// Reads `source` onto the tape of `builder`.
  ///
  /// - Throws: The first problem, with the offset that libxml2 had come to.
  static func parse(_ source: Source, into builder: XMLTreeBuilder) throws(ReadingProblem) {
    guard isReady else { return }
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    setCallbacks(&handler)
    let receiver = Unmanaged.passUnretained(builder).toOpaque()
    guard let context = xmlCreatePushParserCtxt(&handler, receiver, nil, 0, nil) else {
      throw ReadingProblem(offset: nil, message: "there is no memory for reading XML")
    }
    defer { xmlFreeParserCtxt(context) }
    builder.parser = context
    // Our own limits are on depth and text, so that messages can name the option that raises them.
    let options = XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue
    xmlCtxtUseOptions(context, Int32(truncatingIfNeeded: options))
    var offset = 0
    while offset < source.count {
      let size = min(source.textEncoding == .utf8 ? chunk : convertedChunk, source.count - offset)
      let part = UnsafeRawPointer(source.base + offset).assumingMemoryBound(to: CChar.self)
      let code = xmlParseChunk(context, part, Int32(size), 0)
      if let problem = builder.problem { throw problem }
      if code != 0 { throw refused(offset) }
      offset += size
      builder.released = source.release(from: builder.released, upTo: offset)
    }
    let code = xmlParseChunk(context, nil, 0, 1)
    if let problem = builder.problem { throw problem }
    if code != 0 || context.pointee.wellFormed == 0 { throw refused(offset) }
  }

  private static func refused(_ offset: Int) -> ReadingProblem {
    ReadingProblem(offset: offset, message: "this is not well-formed XML; export it again")
  }

  private static func setCallbacks(_ handler: inout xmlSAXHandler) {
    handler.startElementNs = { receiver, name, _, _, _, _, attributeCount, _, attributes in
      guard let name else { return }
      XMLTreeBuilder.from(receiver)?.startElement(name, Int(attributeCount), attributes)
    }
    handler.endElementNs = { receiver, _, _, _ in XMLTreeBuilder.from(receiver)?.endElement() }
    handler.characters = { receiver, text, length in
      guard let text else { return }
      XMLTreeBuilder.from(receiver)?.characters(text, Int(length))
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = handler.characters
    handler.internalSubset = { receiver, _, _, _ in
      XMLTreeBuilder.from(receiver)?.refuse(
        "a document type (DOCTYPE) is not read, since it can name other files and make text grow; "
          + "remove it")
    }
    handler.reference = { receiver, _ in
      XMLTreeBuilder.from(receiver)?.refuse("an entity without a value is not read; write its text")
    }
    handler.serror = { receiver, error in
      guard let error else { return }
      // Undeclared prefixes and the like are no matter, since prefixes are ignored.
      guard error.pointee.level == XML_ERR_FATAL else { return }
      let text = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
      XMLTreeBuilder.from(receiver)?.refuse(described(text))
    }
  }
}

/// A message of libxml2 as one line that says what to do.
private func described(_ text: String) -> String {
  var line = text
  while let last = line.last, last.isWhitespace || last == "." { line.removeLast() }
  let oneLine = String(line.map { $0.isNewline ? " " : $0 })
  return "not well-formed XML: \(oneLine); correct it or export it again"
}
