/// A position in a document's tree; trivial to copy.
///
/// A node is valid until the reader that made it reads again or is freed. Keep the reader, or the
/// `Document`, in a variable for as long as its nodes are in use.
@frozen
public struct Node {
  @usableFromInline let word: UnsafePointer<UInt64>
  @usableFromInline let context: UnsafePointer<TreeContext>

  @inlinable
  init(word: UnsafePointer<UInt64>, context: UnsafePointer<TreeContext>) {
    self.word = word
    self.context = context
  }

  /// What a node is.
  @frozen
  public enum Kind: Hashable, Sendable {
    /// JSON's null, or an XML element without text, children and attributes.
    case null
    /// JSON's true or false; never of XML.
    case bool
    /// A number of JSON; never of XML.
    case number
    /// A string, or an XML element or attribute with text only.
    case string
    /// A list of JSON; never of XML.
    case array
    /// Named members.
    case object
  }

  /// What the node is.
  @inlinable
  public var kind: Kind {
    switch Word.tag(word.pointee) {
    case Tag.null: .null
    case Tag.false, Tag.true: .bool
    case Tag.integer, Tag.decimal: .number
    case Tag.array: .array
    case Tag.object: .object
    default: .string
    }
  }

  /// The byte that the node stands at, from the start of the input.
  ///
  /// JSON: the value's first byte. XML: the first byte after the element's start tag; an attribute
  /// stands where its element does.
  @inlinable
  public var offset: Int { Word.offset(word.pointee) }

  /// Whether the node was read from XML, where every scalar is text.
  @inlinable
  public var isXML: Bool { context.pointee.isXML }

  /// The byte after the node's last one.
  ///
  /// XML: of an element with children or attributes, the offset where its end tag was read; of
  /// others the node's own offset.
  ///
  /// Complexity: O(1).
  public var end: Int {
    switch Word.tag(word.pointee) {
    case Tag.array, Tag.object: Word.offset(word[Int(truncatingIfNeeded: word[1])])
    case Tag.string, Tag.escapedString: offset + rawLength + 2
    case Tag.integer, Tag.decimal: offset + rawLength
    case Tag.null, Tag.true: offset + (isXML ? 0 : 4)
    case Tag.false: offset + 5
    default: offset
    }
  }

  /// The bytes of a string between its quotes or of a number.
  @inlinable
  var rawLength: Int {
    let field = Word.field(word.pointee)
    return Int(truncatingIfNeeded: field == Word.overflow ? word[1] : field)
  }

  /// How many words the node takes on the tape.
  @inlinable
  var wordCount: Int {
    let first = word.pointee
    switch Word.tag(first) {
    case Tag.array, Tag.object: return Int(truncatingIfNeeded: word[1]) &+ 1
    case Tag.xmlText: return 3
    default: return Word.field(first) == Word.overflow ? 2 : 1
    }
  }
}
