/// The layout of a tape's words.
///
/// A tape is a tree in document order, in words of eight bytes: four bits of tag, twenty bits of
/// field, forty bits of byte offset. The field is the length of a string or number, the number of
/// a name, or the count of a container; when it does not fit, the field is `overflow` and (but for
/// counts, which are then counted) the next word holds it.
///
///     null, true, false   tag
///     number, string      tag length offset      [length]
///     XML text            tag 0 offset           start in the text buffer, length
///     name of a member    tag number offset      [number]   and then the member's value
///     array, object       tag count offset       words up to and with its close word
///     close               tag 0 end              the byte after the container
@usableFromInline
enum Tag {
  @usableFromInline static let null: UInt64 = 0
  @usableFromInline static let `false`: UInt64 = 1
  @usableFromInline static let `true`: UInt64 = 2
  @usableFromInline static let integer: UInt64 = 3
  @usableFromInline static let decimal: UInt64 = 4
  @usableFromInline static let string: UInt64 = 5
  @usableFromInline static let escapedString: UInt64 = 6
  @usableFromInline static let xmlText: UInt64 = 7
  @usableFromInline static let array: UInt64 = 8
  @usableFromInline static let object: UInt64 = 9
  @usableFromInline static let name: UInt64 = 10
  @usableFromInline static let close: UInt64 = 11
}

/// Packs and unpacks one word of a tape.
@usableFromInline
enum Word {
  /// The field's value that says that the field did not fit.
  @usableFromInline static let overflow: UInt64 = 0xF_FFFF
  @usableFromInline static let offsetMask: UInt64 = 0xFF_FFFF_FFFF

  @inlinable
  static func make(_ tag: UInt64, field: UInt64, offset: Int) -> UInt64 {
    (tag &<< 60) | (field &<< 40) | UInt64(truncatingIfNeeded: offset)
  }

  @inlinable
  static func tag(_ word: UInt64) -> UInt64 { word &>> 60 }

  @inlinable
  static func field(_ word: UInt64) -> UInt64 { (word &>> 40) & overflow }

  @inlinable
  static func offset(_ word: UInt64) -> Int { Int(truncatingIfNeeded: word & offsetMask) }
}

/// What a node needs besides its place on the tape.
@usableFromInline
struct TreeContext {
  /// The input's first byte.
  @usableFromInline var bytes: UnsafePointer<UInt8>
  /// The first byte of the buffer of XML texts.
  @usableFromInline var texts: UnsafePointer<UInt8>
  @usableFromInline var names: Unmanaged<NameTable>
  @usableFromInline var isXML: Bool
}

/// A buffer of trivial elements that grows and is reused.
struct GrowingBuffer<Element: BitwiseCopyable> {
  var base: UnsafeMutablePointer<Element>
  var capacity: Int
  var count = 0

  init(capacity: Int) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  /// Makes room for `additional` more elements.
  @inline(__always)
  mutating func reserve(_ additional: Int) {
    if capacity &- count < additional { grow(to: count + additional) }
  }

  @inline(never)
  mutating func grow(to needed: Int) {
    let larger = max(needed, capacity + capacity / 2)
    let fresh = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    fresh.update(from: base, count: count)
    base.deallocate()
    base = fresh
    capacity = larger
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    reserve(1)
    base[count] = element
    count &+= 1
  }
}

/// The tape and everything that its nodes point into; kept alive by the reader and its documents.
final class Tree {
  /// The most words that are reserved before a value is read.
  static let reservedTape = 4 << 20

  var tape = GrowingBuffer<UInt64>(capacity: 4096)
  var texts = GrowingBuffer<UInt8>(capacity: 256)
  let context: UnsafeMutablePointer<TreeContext>
  let names: NameTable
  /// The bytes that the tape's offsets count in.
  var source: Source

  init(names: NameTable) {
    self.names = names
    source = Source.empty
    context = .allocate(capacity: 1)
    context.initialize(
      to: TreeContext(
        bytes: source.base, texts: UnsafePointer(texts.base),
        names: Unmanaged.passUnretained(names),
        isXML: false))
  }

  deinit {
    context.deallocate()
    tape.base.deallocate()
    texts.base.deallocate()
  }

  /// Empties the tape for a new value of `source`.
  func start(_ source: Source, isXML: Bool) {
    self.source = source
    context.pointee.bytes = source.base
    context.pointee.isXML = isXML
    tape.count = 0
    texts.count = 0
    // Memory that is never written to costs nothing; a tape that grows is copied.
    tape.reserve(min(source.count / 8, Tree.reservedTape))
  }

  /// The value that starts the tape.
  func root() -> Node {
    context.pointee.texts = UnsafePointer(texts.base)
    return Node(word: UnsafePointer(tape.base), context: UnsafePointer(context))
  }
}
