/// Any value of JSON.
public indirect enum JSONValue: Sendable {
  /// `null`, `true`, `false`, or a number by JSON's grammar.
  case literal(String)
  /// A text.
  case string(String)
  /// A list.
  case list([JSONValue])
  /// Named members, in the order in which they are written.
  case object([(name: String, value: JSONValue)])
}

/// Writes one JSON document, indented by two spaces.
///
/// Members stand in the order in which they are written.
public struct JSONWriter {
  /// The text so far, without what was put out.
  public private(set) var bytes: [UInt8] = []
  private var depth = 0
  private var needsComma = false
  private let output: (([UInt8]) -> Void)?

  /// How many bytes a writer keeps before it puts them out.
  static let pieceSize = 64 << 10

  /// Makes a writer of an empty text.
  ///
  /// - Parameter output: Gets the text piece by piece, but for its end; nil to keep all of it.
  public init(to output: (([UInt8]) -> Void)? = nil) { self.output = output }

  /// The whole text, or what was not put out of it, with a line break at its end.
  public consuming func finish() -> [UInt8] {
    bytes.append(0x0A)
    return bytes
  }

  /// Writes an object as an element of a list, or as the document.
  ///
  /// - Parameter body: Writes the members.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    container("{", "}", body)
  }

  /// Writes a list as the document.
  ///
  /// - Parameters:
  ///   - items: What is listed.
  ///   - body: Writes one item.
  public mutating func array<Items: Sequence>(
    _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    container("[", "]") { $0.items(items, body) }
  }

  /// Writes a member that is an object.
  ///
  /// - Parameters:
  ///   - name: The member's name.
  ///   - body: Writes its members.
  public mutating func object(_ name: String, _ body: (inout JSONWriter) -> Void) {
    self.name(name)
    container("{", "}", startsItem: false, body)
  }

  /// Writes a member that is a list.
  ///
  /// - Parameters:
  ///   - name: The member's name.
  ///   - items: What is listed.
  ///   - body: Writes one item.
  public mutating func list<Items: Sequence>(
    _ name: String, _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    self.name(name)
    container("[", "]", startsItem: false) { $0.items(items, body) }
  }

  @inline(__always)
  private mutating func items<Items: Sequence>(
    _ items: Items, _ body: (inout JSONWriter, Items.Element) -> Void
  ) {
    let isWritten: Void? = items.withContiguousStorageIfAvailable { items in
      // Through a pointer, the items of an array are not copied.
      guard let first = items.baseAddress else { return }
      for index in items.indices { body(&self, first[index]) }
    }
    if isWritten == nil { for item in items { body(&self, item) } }
  }

  /// Writes a member that is a list of texts.
  public mutating func list(_ name: String, _ texts: [String]) {
    list(name, texts) { $0.element($1) }
  }

  /// Writes a text member; nothing if it is nil.
  public mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    self.name(name)
    quote(text)
  }

  /// Writes a number member; nothing if it is nil.
  public mutating func member(_ name: String, _ number: Int?) {
    guard let number else { return }
    self.name(name)
    bytes += String(number).utf8
  }

  /// Writes a member that is true or false.
  public mutating func member(_ name: String, _ value: Bool) {
    self.name(name)
    bytes += (value ? "true" : "false").utf8
  }

  /// Writes a text as an element of a list.
  public mutating func element(_ text: String) {
    startItem()
    quote(text)
    needsComma = true
  }

  /// Writes a member of any kind.
  public mutating func member(_ name: String, _ value: JSONValue) {
    self.name(name)
    write(value)
  }

  /// Writes an element of a list of any kind, or the document.
  public mutating func element(_ value: JSONValue) {
    startItem()
    write(value)
    needsComma = true
  }

  /// Writes a value where its name or its place stands already.
  private mutating func write(_ value: JSONValue) {
    switch value {
    case .literal(let text): bytes += text.utf8
    case .string(let text): quote(text)
    case .list(let items):
      container("[", "]", startsItem: false) { for item in items { $0.element(item) } }
    case .object(let members):
      container("{", "}", startsItem: false) {
        for (name, value) in members { $0.member(name, value) }
      }
    }
  }

  private mutating func container(
    _ open: String, _ close: String, startsItem: Bool = true, _ body: (inout JSONWriter) -> Void
  ) {
    if startsItem { startItem() }
    bytes += open.utf8
    depth += 1
    needsComma = false
    body(&self)
    depth -= 1
    if needsComma { breakLine() }
    bytes += close.utf8
    needsComma = true
    if let output, bytes.count >= JSONWriter.pieceSize {
      output(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
  }

  private mutating func name(_ name: String) {
    startItem()
    quote(name)
    bytes += ": ".utf8
    needsComma = true
  }

  private mutating func startItem() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    if depth > 0 { breakLine() }
  }

  private mutating func breakLine() {
    bytes.append(0x0A)
    for _ in 0..<depth {
      bytes.append(UInt8(ascii: " "))
      bytes.append(UInt8(ascii: " "))
    }
  }

  /// Control characters are escaped, all else is written as it is (RFC 8259, section 7).
  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var rest = utf8[...]
      while let next = JSONWriter.firstEscaped(in: rest) {
        bytes += rest[..<next]
        escape(rest[next])
        rest = rest[(next + 1)...]
      }
      bytes += rest
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): bytes += "\\\"".utf8
    case UInt8(ascii: "\\"): bytes += "\\\\".utf8
    case 0x0A: bytes += "\\n".utf8
    case 0x0D: bytes += "\\r".utf8
    case 0x09: bytes += "\\t".utf8
    default:
      let digits = String(byte, radix: 16)
      bytes += ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8
    }
  }

  /// Where the first byte stands that is not written as it is.
  private static func firstEscaped(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    let raw = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes))
    let (ones, highs): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    var index = 0
    while index + 8 <= raw.count {
      let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let found =
        zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | zeros(word ^ ones &* 0x7F)
        | (word &- ones &* 0x20) & ~word
      if found & highs != 0 { break }
      index += 8
    }
    // The break only says that there is one among the next eight, or hardly ever none.
    while index < raw.count {
      let byte = raw[index]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F {
        return bytes.startIndex + index
      }
      index += 1
    }
    return nil
  }
}
