/// Reads documents, reusing one tape.
///
/// Nodes and documents are valid until the reader reads again. Not safe to share: one per thread.
public final class DocumentReader {
  /// The table that members' names are numbered in.
  public let names: NameTable
  /// What the reader may spend on one input.
  public let limits: Limits

  let tree: Tree
  let json: JSONParser
  // One thread uses a reader: nothing to check at run time.
  /// What reading an input in parts left behind last, for those who look for places in it.
  @exclusivity(unchecked) public internal(set) var landmarks = Landmarks()

  /// Makes a reader with an empty tape.
  ///
  /// - Parameters:
  ///   - names: The table that numbers the members' names.
  ///   - limits: What the reader may spend on one input.
  public init(names: NameTable, limits: Limits = Limits()) {
    self.names = names
    self.limits = limits
    tree = Tree(names: names)
    json = JSONParser(tree: tree, limits: limits)
  }

  /// The repeated names of the JSON read last, in the order in which their objects close; at most
  /// a thousand.
  ///
  /// Every repetition after the first is listed. All members of a repeated name are in the tree.
  public var duplicateNames: [DuplicateName] { json.duplicates.listed }

  /// How many repeated names the JSON read last had, listed or not.
  public var duplicateNameCount: Int { json.duplicates.count }

  /// Whether an object may have several members of one name: it is not of JSON, or names are
  /// repeated somewhere.
  ///
  /// O(1).
  public func mayRepeatNames(in object: Node) -> Bool {
    object.isXML || json.duplicates.count > 0 || object.context != UnsafePointer(tree.context)
  }

  /// Reads an input that is exactly one value of JSON or one document of XML.
  ///
  /// Whether it is XML is decided by its first character.
  ///
  /// Complexity: O(*n*) in the number of bytes; the tape takes about half as much memory.
  ///
  /// - Parameter source: The input.
  /// - Returns: The value, valid until the reader reads again.
  /// - Throws: The first problem of the input, with its offset.
  public func readValue(_ source: Source) throws(ReadingProblem) -> Document {
    json.duplicates.removeAll()
    if isXML(source) { return try readXML(source) }
    let start = try begin(source)
    let end = try json.parse(at: start)
    let rest = skipBlanks(source, end)
    if rest < source.count {
      throw ReadingProblem(
        offset: rest,
        message: "more text after the end of the first value; remove it, "
          + "or give values one per line or one after the other")
    }
    return Document(tree: tree, root: tree.root(), rootName: nil)
  }

  /// Starts to read JSON; returns the offset of its first byte.
  func begin(_ source: Source) throws(ReadingProblem) -> Int {
    tree.start(source, isXML: false)
    let start = skipBlanks(source, source.contentStart)
    if start >= source.count {
      throw ReadingProblem(offset: start, message: "the input is empty; export it again")
    }
    if case .utf16 = source.textEncoding {
      throw ReadingProblem(offset: 0, message: "JSON in UTF-16 is not read; convert it to UTF-8")
    }
    return start
  }

  /// The first offset from `start` on where no blank stands; at most the end of the input.
  func skipBlanks(_ source: Source, _ start: Int) -> Int {
    min(JSONParser.skipBlanks(source.base + start) - source.base, source.count)
  }

  /// Whether the first character is that of XML.
  func isXML(_ source: Source) -> Bool {
    if case .utf16 = source.textEncoding {
      return source.withBytes(in: 0..<4) { $0.contains(UInt8(ascii: "<")) }
    }
    return source.opening?.byte == UInt8(ascii: "<")
  }

  func readXML(_ source: Source) throws(ReadingProblem) -> Document {
    tree.start(source, isXML: true)
    let rootName = try XMLParser.parse(tree, limits)
    return Document(tree: tree, root: tree.root(), rootName: rootName)
  }
}
