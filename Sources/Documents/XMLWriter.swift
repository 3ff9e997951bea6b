import CLibXML2

/// Writes a document of XML with libxml2's text writer.
///
/// Text is escaped by the writer. Characters that XML 1.0 cannot hold, such as most control
/// characters, are replaced by U+FFFD. Not safe to share.
public final class XMLWriter {
  private let buffer: xmlBufferPtr
  private let writer: xmlTextWriterPtr

  /// Makes a writer into memory that indents by two spaces.
  ///
  /// - Throws: A problem when there is no memory.
  public init() throws(ReadingProblem) {
    guard let buffer = xmlBufferCreate() else { throw XMLWriter.noMemory }
    guard let writer = xmlNewTextWriterMemory(buffer, 0) else {
      xmlBufferFree(buffer)
      throw XMLWriter.noMemory
    }
    self.buffer = buffer
    self.writer = writer
    xmlTextWriterSetIndent(writer, 1)
    xmlTextWriterSetIndentString(writer, "  ")
  }

  deinit {
    xmlFreeTextWriter(writer)
    xmlBufferFree(buffer)
  }

  /// Writes the declaration of a document in UTF-8.
  ///
  /// - Throws: A problem when the writer refuses.
  public func startDocument() throws(ReadingProblem) {
    try check(xmlTextWriterStartDocument(writer, nil, "UTF-8", nil))
  }

  /// Opens an element.
  ///
  /// - Parameter name: A name by XML's rules.
  /// - Throws: A problem when the writer refuses.
  public func startElement(_ name: String) throws(ReadingProblem) {
    try check(xmlTextWriterStartElement(writer, name))
  }

  /// Gives the element that was opened last, before any content, an attribute.
  ///
  /// - Parameters:
  ///   - name: A name by XML's rules, once in an element.
  ///   - value: Any text.
  /// - Throws: A problem when the writer refuses.
  public func attribute(_ name: String, _ value: String) throws(ReadingProblem) {
    try check(xmlTextWriterWriteAttribute(writer, name, XMLWriter.writable(value)))
  }

  /// Writes text into the open element.
  ///
  /// - Parameter text: Any text.
  /// - Throws: A problem when the writer refuses.
  public func text(_ text: String) throws(ReadingProblem) {
    try check(xmlTextWriterWriteString(writer, XMLWriter.writable(text)))
  }

  /// Closes the element that was opened last.
  ///
  /// - Throws: A problem when the writer refuses.
  public func endElement() throws(ReadingProblem) {
    try check(xmlTextWriterEndElement(writer))
  }

  /// Closes what is open and gives the document.
  ///
  /// - Returns: The document in UTF-8, with a line feed at its end.
  /// - Throws: A problem when the writer refuses.
  public func finish() throws(ReadingProblem) -> [UInt8] {
    try check(xmlTextWriterEndDocument(writer))
    try check(xmlTextWriterFlush(writer))
    guard let content = xmlBufferContent(buffer) else { return [] }
    return Array(UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(buffer))))
  }

  private static let noMemory = ReadingProblem(
    offset: nil, message: "there is no memory for writing XML")

  private func check(_ result: Int32) throws(ReadingProblem) {
    if result < 0 {
      throw ReadingProblem(
        offset: nil, message: "libxml2 could not write the document; make the report smaller")
    }
  }

  /// The text with every character that XML 1.0 (section 2.2, `Char`) lacks replaced.
  private static func writable(_ text: String) -> String {
    func isWritable(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
      default: false
      }
    }
    if text.unicodeScalars.allSatisfy(isWritable) { return text }
    var written = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { written.append(isWritable(scalar) ? scalar : "\u{FFFD}") }
    return String(written)
  }
}
