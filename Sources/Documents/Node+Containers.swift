/// A named value of an object.
@frozen
public struct Member {
  @usableFromInline let word: UnsafePointer<UInt64>
  @usableFromInline let context: UnsafePointer<TreeContext>

  @inlinable
  init(word: UnsafePointer<UInt64>, context: UnsafePointer<TreeContext>) {
    self.word = word
    self.context = context
  }

  /// The member's name, as a number of the reader's table.
  @inlinable
  public var name: NameID {
    let field = Word.field(word.pointee)
    return NameID(rawValue: UInt32(truncatingIfNeeded: field == Word.overflow ? word[1] : field))
  }

  /// The byte that the name stands at: its opening quote in JSON, the value's place in XML.
  @inlinable
  public var nameOffset: Int { Word.offset(word.pointee) }

  /// The text of the member's name, for rare look-ups.
  public var nameText: String {
    context.pointee.names.takeUnretainedValue().name(of: name)
  }

  /// The member's value.
  @inlinable
  public var value: Node {
    Node(word: word + (Word.field(word.pointee) == Word.overflow ? 2 : 1), context: context)
  }
}

/// The members of an object in the input's order; a repeated name is a member each time.
@frozen
public struct Members: Sequence, IteratorProtocol {
  @usableFromInline var next_: UnsafePointer<UInt64>?
  @usableFromInline let context: UnsafePointer<TreeContext>

  @inlinable
  init(first: UnsafePointer<UInt64>?, context: UnsafePointer<TreeContext>) {
    next_ = first
    self.context = context
  }

  /// The next member, or nil after the last.
  ///
  /// Complexity: O(1), however large the member's value is.
  @inlinable
  public mutating func next() -> Member? {
    guard let word = next_, Word.tag(word.pointee) != Tag.close else { return nil }
    let member = Member(word: word, context: context)
    let value = member.value
    next_ = value.word + value.wordCount
    return member
  }
}

/// The elements of an array in order.
@frozen
public struct Elements: Sequence, IteratorProtocol {
  @usableFromInline var next_: UnsafePointer<UInt64>?
  @usableFromInline let context: UnsafePointer<TreeContext>

  @inlinable
  init(first: UnsafePointer<UInt64>?, context: UnsafePointer<TreeContext>) {
    next_ = first
    self.context = context
  }

  /// The next element, or nil after the last.
  ///
  /// Complexity: O(1), however large the element is.
  @inlinable
  public mutating func next() -> Node? {
    guard let word = next_, Word.tag(word.pointee) != Tag.close else { return nil }
    let node = Node(word: word, context: context)
    next_ = word + node.wordCount
    return node
  }
}

extension Node {
  /// The members of an object; none of anything else.
  @inlinable
  public var members: Members {
    Members(first: Word.tag(word.pointee) == Tag.object ? word + 2 : nil, context: context)
  }

  /// The elements of an array; none of anything else.
  @inlinable
  public var elements: Elements {
    Elements(first: Word.tag(word.pointee) == Tag.array ? word + 2 : nil, context: context)
  }

  /// How many members or elements the node has; zero for scalars.
  ///
  /// Complexity: O(1) up to a million, O(*n*) above.
  @inlinable
  public var count: Int {
    let tag = Word.tag(word.pointee)
    guard tag == Tag.array || tag == Tag.object else { return 0 }
    let field = Word.field(word.pointee)
    return field < Word.overflow ? Int(truncatingIfNeeded: field) : countOfMany
  }

  @usableFromInline var countOfMany: Int {
    kind == .array
      ? elements.reduce(0) { count, _ in count + 1 } : members.reduce(0) { count, _ in count + 1 }
  }

  /// The first member of a name; nil when there is none or the node is no object.
  ///
  /// Complexity: O(*n*) in the number of members.
  ///
  /// - Parameter name: A number of the reader's table.
  @inlinable
  public subscript(name: NameID) -> Node? {
    for member in members where member.name == name { return member.value }
    return nil
  }

  /// The first member whose name is a text, for rare look-ups.
  ///
  /// Complexity: O(*n*) in the number of members, with a comparison of text for each.
  ///
  /// - Parameter name: The name.
  /// - Returns: The member's value; nil when there is none or the node is no object.
  public func member(_ name: StaticString) -> Node? {
    let names = context.pointee.names.takeUnretainedValue()
    for member in members
    where names.withUTF8(of: member.name, { isEqual($0, name) }) { return member.value }
    return nil
  }
}

extension Node {
  /// The first member whose name is a text, for rare look-ups.
  ///
  /// Complexity: O(*n*) in the number of members, with a comparison of text for each.
  ///
  /// - Parameter name: The name.
  /// - Returns: The member's value; nil when there is none or the node is no object.
  public func member(named name: String) -> Node? {
    guard let id = context.pointee.names.takeUnretainedValue().id(of: name) else { return nil }
    return self[id]
  }
}

/// Whether bytes are those of a literal.
func isEqual(_ bytes: UnsafeBufferPointer<UInt8>, _ literal: StaticString) -> Bool {
  guard literal.hasPointerRepresentation else {
    return bytes.elementsEqual(String(describing: literal).utf8)
  }
  guard bytes.count == literal.utf8CodeUnitCount else { return false }
  return bytes.elementsEqual(
    UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
}
