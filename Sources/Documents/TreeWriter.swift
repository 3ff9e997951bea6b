/// Writes a tree of another shape out of nodes that were read, on a tape of its own.
///
/// A dialect that says the same in other words is rewritten so, and then read as if it had come
/// that way; every node keeps a position in the input. One tree at a time: `start` empties it.
/// Not safe to share.
public final class TreeWriter {
  /// A container that has not ended.
  private struct Frame {
    var open: Int
    var count: UInt64 = 0
  }

  private let tree: Tree
  private var frames: [Frame] = []

  /// Makes a writer with an empty tape.
  ///
  /// - Parameter names: The table that numbers the members' names.
  public init(names: NameTable) { tree = Tree(names: names) }

  /// Empties the tape.
  ///
  /// - Parameter node: A node of the input that all nodes to be copied come from; the new tree is
  ///   of JSON or XML as it is.
  public func start(like node: Node) {
    tree.context.pointee.bytes = node.context.pointee.bytes
    tree.context.pointee.isXML = node.isXML
    tree.tape.count = 0
    tree.texts.count = 0
    frames = []
  }

  /// The tree, valid until `start` is called again, and while the copied nodes are.
  public var root: Node { tree.root() }

  /// Begins an object that stands at a byte of the input.
  public func beginObject(at offset: Int) { begin(Tag.object, offset) }

  /// Begins an array that stands at a byte of the input; to be written for JSON only.
  public func beginArray(at offset: Int) { begin(Tag.array, offset) }

  /// Ends the innermost array or object.
  public func end() {
    guard let frame = frames.popLast() else { return }
    tree.tape.append(Word.make(Tag.close, field: 0, offset: 0))
    tree.tape.base[frame.open] |= min(frame.count, Word.overflow) << 40
    tree.tape.base[frame.open + 1] = UInt64(tree.tape.count - 1 - frame.open)
  }

  /// Writes the name of a member; its value is to follow.
  public func name(_ name: NameID, at offset: Int) {
    tree.tape.reserve(2)
    tree.tape.count = JSONParser.put(
      Tag.name, Int(name.rawValue), offset, tree.tape.base, tree.tape.count)
  }

  /// Writes a text that stands for something at a byte of the input.
  public func text(_ text: String, at offset: Int) {
    var text = text
    text.withUTF8 { put($0, at: offset) }
  }

  /// Writes a node as it was read, with all that is in it.
  ///
  /// O(size of the node).
  public func copy(_ node: Node) {
    switch Word.tag(node.word.pointee) {
    case Tag.object:
      beginObject(at: node.offset)
      for member in node.members {
        name(member.name, at: member.nameOffset)
        copy(member.value)
      }
      end()
    case Tag.array:
      beginArray(at: node.offset)
      for element in node.elements { copy(element) }
      end()
    case Tag.xmlText: node.withUTF8 { put($0, at: node.offset) }
    default:
      count()
      for index in 0..<node.wordCount { tree.tape.append(node.word[index]) }
    }
  }

  private func begin(_ tag: UInt64, _ offset: Int) {
    count()
    frames.append(Frame(open: tree.tape.count))
    tree.tape.append(Word.make(tag, field: 0, offset: offset))
    tree.tape.append(0)
  }

  private func put(_ text: UnsafeBufferPointer<UInt8>, at offset: Int) {
    count()
    let start = tree.texts.count
    if let base = text.baseAddress {
      tree.texts.reserve(text.count)
      (tree.texts.base + start).update(from: base, count: text.count)
      tree.texts.count += text.count
    }
    tree.tape.append(Word.make(Tag.xmlText, field: 0, offset: offset))
    tree.tape.append(UInt64(start))
    tree.tape.append(UInt64(text.count))
  }

  /// Counts a value in the container that it stands in.
  private func count() {
    if !frames.isEmpty { frames[frames.count - 1].count += 1 }
  }
}
