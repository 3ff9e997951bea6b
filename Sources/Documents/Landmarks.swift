/// What reading an input leaves behind, by which places in it are found again without reading all
/// of it once more.
///
/// Lines are counted while the bytes are at hand. Of an input that is one list of JSON, it is known
/// where some of its elements begin. About a hundred-fiftieth of the input's size.
public struct Landmarks: Hashable, Sendable {
  /// An element of the list.
  struct Element: Hashable {
    var offset: Int
    /// Its number in the list.
    var index: Int
  }

  /// How many bytes there are at least between two elements.
  private static let spacing = 4 << 10

  /// What was counted ahead of blocks of the input, as far as it was read.
  private(set) var lines = [LineIndex.Entry()]
  /// Some elements, in their order; empty where the input is no list.
  private(set) var elements: [Element] = []
  private var elementCount = 0
  private var nextElement = 0

  /// Nothing known.
  public init() {}

  /// Counts the lines of the bytes up to an offset; the input is in UTF-8.
  @inline(__always)
  mutating func pass(_ source: Source, upTo offset: Int) {
    if offset &- lines.count &* LineIndex.block > source.contentStart {
      LineIndex.count(&lines, in: source, .utf8, upTo: offset)
    }
  }

  /// Notes where the next element of the list begins.
  @inline(__always)
  mutating func passElement(at offset: Int) {
    if offset >= nextElement {
      elements.append(Element(offset: offset, index: elementCount))
      nextElement = offset &+ Landmarks.spacing
    }
    elementCount &+= 1
  }

  /// Forgets the elements, since the input is not one list.
  mutating func dropElements() { elements = [] }
}
