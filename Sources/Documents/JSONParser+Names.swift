import CByteScan

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What stands ahead of a value, up to which text is expected to be the same the next time:
/// `,\n    "name": ` behind the value before, or the same with a brace.
struct Lead: BitwiseCopyable {
  /// SCAN_LONGEST bytes.
  var text: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
    (0, 0, 0, 0, 0, 0, 0, 0)
  /// How many of them count; 0 where nothing is expected.
  var length: UInt32 = 0
  /// Where the name's opening quote stands in it.
  var quote: UInt32 = 0
  /// The name.
  var name: UInt32 = 0
}

/// What is known of names while values are read, by their numbers.
///
/// Zeros say that nothing is known: memory of names that do not come is never written to.
struct NameStates {
  /// The marks of the objects that had a name last, one for each of so many depths.
  ///
  /// Marks grow with the place on the tape, so the mark of an object in another is larger than
  /// that of the outer one.
  private var marks: UnsafeMutablePointer<UInt64>
  private static let depths = 8
  /// The members that are expected behind the comma after a value of a name.
  private(set) var nexts: UnsafeMutablePointer<Lead>
  /// The members that are expected behind the brace after a name.
  private(set) var firsts: UnsafeMutablePointer<Lead>
  /// How many names there is room for.
  private(set) var count = 1 << 10

  init() {
    marks = Self.zeros(count * Self.depths)
    nexts = Self.zeros(count)
    firsts = Self.zeros(count)
  }

  /// Frees everything.
  func deallocate() {
    free(marks)
    free(nexts)
    free(firsts)
  }

  /// The mark of the object of a depth that had a name last.
  @inline(__always)
  func mark(of name: Int, _ depth: Int) -> UnsafeMutablePointer<UInt64> {
    marks + (name &* Self.depths &+ (depth & (Self.depths &- 1)))
  }

  /// Makes room for a name.
  @inline(never)
  mutating func grow(to name: Int) {
    var more = self
    more.count = (name + 1) * 2
    more.marks = Self.zeros(more.count * Self.depths)
    more.nexts = Self.zeros(more.count)
    more.firsts = Self.zeros(more.count)
    more.marks.update(from: marks, count: count * Self.depths)
    more.nexts.update(from: nexts, count: count)
    more.firsts.update(from: firsts, count: count)
    deallocate()
    self = more
  }

  private static func zeros<T: BitwiseCopyable>(_ count: Int) -> UnsafeMutablePointer<T> {
    // The allocator's zeros cost nothing until they are written to.
    guard let memory = calloc(count, MemoryLayout<T>.stride) else { return .allocate(capacity: 0) }
    return memory.bindMemory(to: T.self, capacity: count)
  }
}

// Names of members: expecting them, reading them, and finding those that are repeated.
extension JSONParser {
  /// A name that was read.
  struct Name {
    let id: UInt32
    /// The offset of its opening quote.
    let offset: Int
    /// The first byte of the member's value.
    let value: UnsafePointer<UInt8>
  }

  /// What is expected, if that stands at a comma or brace.
  @inline(__always)
  static func expected(
    at start: UnsafePointer<UInt8>, _ lead: UnsafeMutablePointer<Lead>
  ) -> UnsafeMutablePointer<Lead>? {
    let length = lead.pointee.length
    if length == 0 { return nil }
    let text = UnsafeRawPointer(lead).assumingMemoryBound(to: UInt8.self)
    return scan_is_same(start, text, UInt(length)) != 0 ? lead : nil
  }

  /// Reads a member's name and its colon behind a comma or brace, and expects them from now on.
  @inline(never)
  func readName(
    after start: UnsafePointer<UInt8>, _ lead: UnsafeMutablePointer<Lead>
  ) throws(ReadingProblem) -> Name {
    let base = tree.source.base
    let quote = JSONParser.skipBlanks(start + 1)
    let offset = quote - base
    guard quote.pointee == UInt8(ascii: "\"") else { throw noName(at: offset) }
    let (end, escaped) = try restOfString(JSONParser.plainPart(of: quote + 1), from: offset)
    let id = nameOfString(at: offset, to: end, escaped)
    let colon = JSONParser.skipBlanks(base + end + 1)
    guard colon.pointee == UInt8(ascii: ":") else { throw noColon(at: colon - base) }
    let value = JSONParser.skipBlanks(colon + 1)
    let length = value - start
    if length <= Int(SCAN_LONGEST) {
      UnsafeMutableRawPointer(lead).copyMemory(from: start, byteCount: length)
      lead.pointee.length = UInt32(truncatingIfNeeded: length)
      lead.pointee.quote = UInt32(truncatingIfNeeded: quote - start)
      lead.pointee.name = id
    }
    return Name(id: id, offset: offset, value: value)
  }

  /// Reads a member's name and its colon.
  ///
  /// - Returns: The name and the offset of the member's value.
  func name(at start: Int) throws(ReadingProblem) -> (NameID, Int) {
    let base = tree.source.base
    guard base[start] == UInt8(ascii: "\"") else { throw noName(at: start) }
    let (end, escaped) = try restOfString(JSONParser.plainPart(of: base + start + 1), from: start)
    let id = nameOfString(at: start, to: end, escaped)
    let colon = JSONParser.skipBlanks(base + end + 1)
    guard colon.pointee == UInt8(ascii: ":") else { throw noColon(at: colon - base) }
    return (NameID(rawValue: id), JSONParser.skipBlanks(colon + 1) - base)
  }

  /// Notes that the open object has a name; finds out whether it had it before.
  ///
  /// - Returns: The name's number.
  @inline(__always)
  func note(_ id: UInt32, _ open: Int, _ depth: Int, _ ambiguous: inout Bool) -> Int {
    let index = Int(id)
    if index >= states.count { states.grow(to: index) }
    let mark = UInt64(truncatingIfNeeded: open) &+ markBase
    let last = states.mark(of: index, depth)
    // An equal mark is a repeated name. A larger one is that of an object far within this one,
    // which hides whether this one had the name: the object is looked through when it closes.
    if last.pointee >= mark { ambiguous = true }
    last.pointee = mark
    return index
  }

  /// Looks for repeated names among the members of the object that is about to close.
  @inline(never)
  func reportRepeatedNames(_ open: Int, _ top: Int, _ depth: Int) {
    // No object has this mark or will have it, and it is larger than those of the objects around.
    let mark = UInt64(truncatingIfNeeded: top) &+ markBase
    tree.tape.base[top] = Word.make(Tag.close, field: 0, offset: 0)
    var members = Members(
      first: UnsafePointer(tree.tape.base + open + 2), context: UnsafePointer(tree.context))
    while let member = members.next() {
      let last = states.mark(of: Int(member.name.rawValue), depth)
      if last.pointee == mark {
        duplicates.add(offset: member.nameOffset, name: member.name)
      }
      last.pointee = mark
    }
  }

  private func nameOfString(at offset: Int, to end: Int, _ escaped: Bool) -> UInt32 {
    let start = tree.source.base + offset + 1
    let length = end - offset - 1
    guard escaped else { return names.intern(start, length) }
    return withUnsafeTemporaryAllocation(
      of: UInt8.self, capacity: length + NameTable.padding
    ) { buffer in
      buffer.initialize(repeating: 0)
      guard let base = buffer.baseAddress else { return names.intern(start, 0) }
      return names.intern(base, unescape(start, length, into: base))
    }
  }
}
