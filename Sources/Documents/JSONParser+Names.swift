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
  var length: UInt16 = 0
  /// Where the name's opening quote stands in it.
  var quote: UInt16 = 0
  /// The name, and its place among the states.
  var name: UInt32 = 0
  var place: UInt32 = 0
  /// The depth of the object that it is the place for, as far as depths are told apart.
  var depth: UInt32 = 0
}

/// What is known of names while values are read.
///
/// A name has a place of its own for each of eight depths of the objects that it stands in, given
/// as it comes, so that what is used lies close together.
struct NameStates {
  /// For each name and depth the place; 0 where there is none yet.
  private var places: UnsafeMutablePointer<UInt32>
  /// How many names there is room for.
  private var nameCount = 1 << 10
  /// For each place the mark of the object that had the name last.
  ///
  /// Marks grow with the place on the tape, so the mark of an object in another is larger than
  /// that of the outer one.
  private(set) var marks: UnsafeMutablePointer<UInt64>
  private var capacity = 1 << 10
  private var count = 1
  /// For each place what is expected behind the comma after a value of the name, and behind the
  /// brace after the name.
  ///
  /// Later places share those of earlier ones, which can only mislead.
  private let leads: UnsafeMutablePointer<Lead>

  /// How many depths are told apart.
  private static let depths = 8
  private static let leadCount = 1 << 10

  init() {
    places = Self.zeros(nameCount * Self.depths)
    marks = Self.zeros(capacity)
    leads = Self.zeros(Self.leadCount * 2)
  }

  /// Frees everything.
  func deallocate() {
    free(places)
    free(marks)
    free(leads)
  }

  /// The place of a name in objects of a depth.
  @inline(__always)
  mutating func place(of name: UInt32, _ depth: Int) -> Int {
    let index = Int(name) &* Self.depths &+ Int(Self.told(depth))
    if Int(name) < nameCount, places[index] != 0 { return Int(places[index]) }
    return addPlace(index)
  }

  /// A depth as far as it is told apart.
  @inline(__always)
  static func told(_ depth: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: depth & (depths &- 1))
  }

  /// What is expected behind the comma after a value of the name at a place.
  @inline(__always)
  func next(after place: Int) -> UnsafeMutablePointer<Lead> {
    leads + 2 &* (place & (Self.leadCount &- 1))
  }

  /// What is expected behind the brace that opens an object after the name at a place.
  @inline(__always)
  func first(after place: Int) -> UnsafeMutablePointer<Lead> { next(after: place) + 1 }

  @inline(never)
  private mutating func addPlace(_ index: Int) -> Int {
    let name = index / Self.depths
    if name >= nameCount {
      places = Self.grown(places, nameCount * Self.depths, to: (name + 1) * 2 * Self.depths)
      nameCount = (name + 1) * 2
    }
    if count == capacity {
      marks = Self.grown(marks, capacity, to: capacity * 2)
      capacity *= 2
    }
    places[index] = UInt32(truncatingIfNeeded: count)
    count += 1
    return count - 1
  }

  private static func grown<T: BitwiseCopyable>(
    _ memory: UnsafeMutablePointer<T>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<T> {
    let more: UnsafeMutablePointer<T> = zeros(capacity)
    more.update(from: memory, count: count)
    free(memory)
    return more
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
    /// Its place among the states.
    let place: Int
    /// The offset of its opening quote.
    let offset: Int
    /// The first byte of the member's value.
    let value: UnsafePointer<UInt8>
  }

  /// What is expected, if that stands at a comma or brace of an object of a depth.
  @inline(__always)
  static func expected(
    at start: UnsafePointer<UInt8>, _ lead: UnsafeMutablePointer<Lead>, _ depth: Int
  ) -> UnsafeMutablePointer<Lead>? {
    let length = lead.pointee.length
    if length == 0 || lead.pointee.depth != NameStates.told(depth) { return nil }
    let text = UnsafeRawPointer(lead).assumingMemoryBound(to: UInt8.self)
    return scan_is_same(start, text, UInt(length)) != 0 ? lead : nil
  }

  /// Reads a member's name and its colon behind a comma or brace, and expects them from now on.
  @inline(never)
  func readName(
    after start: UnsafePointer<UInt8>, _ lead: UnsafeMutablePointer<Lead>, _ depth: Int
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
    let place = states.place(of: id, depth)
    let length = value - start
    if length <= Int(SCAN_LONGEST) {
      UnsafeMutableRawPointer(lead).copyMemory(from: start, byteCount: length)
      lead.pointee.length = UInt16(truncatingIfNeeded: length)
      lead.pointee.quote = UInt16(truncatingIfNeeded: quote - start)
      lead.pointee.name = id
      lead.pointee.place = UInt32(truncatingIfNeeded: place)
      lead.pointee.depth = NameStates.told(depth)
    }
    return Name(id: id, place: place, offset: offset, value: value)
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

  /// Notes that the open object has the name at a place.
  ///
  /// - Returns: Whether it may have had it before. An equal mark is a repeated name. A larger one is
  ///   that of an object far within this one, which hides whether this one had the name: the object
  ///   is looked through when it closes.
  @inline(__always)
  func note(_ place: Int, _ open: Int) -> Bool {
    let mark = UInt64(truncatingIfNeeded: open) &+ markBase
    let last = states.marks[place]
    states.marks[place] = mark
    return last >= mark
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
      let place = states.place(of: member.name.rawValue, depth)
      if states.marks[place] == mark {
        duplicates.add(offset: member.nameOffset, name: member.name)
      }
      states.marks[place] = mark
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
