/// One value that was read, with the positions of its parts.
///
/// Valid until the reader that made it reads again.
public struct Document {
  let tree: Tree
  /// The value, or the root element.
  public let root: Node
  /// The name of the root element of XML, without prefix; nil for JSON.
  public let rootName: String?

  /// The input that the offsets count in.
  public var source: Source { tree.source }
}
