/// Reads JSON values (RFC 8259) onto a tape.
///
/// The input ends in zero bytes that may be read, so the parser needs no end check: a zero byte is
/// never part of JSON. Depth costs no stack: an open container's second word holds the position of
/// the one around it and the number of its values so far.
final class JSONParser {
  let tree: Tree
  let names: NameTable
  let limits: Limits
  /// Repeated names of the input read last.
  var duplicates = DuplicateNames()
  /// Whether the value read last was given up because it took too much tape.
  private(set) var isOverLimit = false

  /// For every name the mark of the object that had it last.
  ///
  /// Marks grow with the place on the tape, so the mark of an object in another is larger than that of the outer one.
  private var marks = GrowingBuffer<UInt64>(capacity: 1024)
  /// What is added to a tape position to make a mark; larger than every mark of earlier values.
  private var markBase: UInt64 = 1

  init(tree: Tree, limits: Limits) {
    self.tree = tree
    names = tree.names
    self.limits = limits
  }

  deinit { marks.base.deallocate() }

  /// The state of an open container in its second word while its values are read.
  private enum Open {
    static let ambiguousNames: UInt64 = 1 << 63
    static let countShift: UInt64 = 40
  }

  /// Reads the value at `start`, where no blank stands, onto the empty tape.
  ///
  /// - Parameters:
  ///   - start: The offset of the value's first byte.
  ///   - outerDepth: How many containers are open around the value.
  ///   - tapeLimit: How many words the value may take; if it takes more, `isOverLimit` is true.
  /// - Returns: The offset behind the value.
  /// - Throws: The first problem of the value.
  func parse(
    at start: Int, outerDepth: Int = 0, tapeLimit: Int = .max
  ) throws(ReadingProblem) -> Int {
    isOverLimit = false
    let base = tree.source.base
    tree.tape.count = 0
    var tape = tree.tape.base
    var capacity = min(tree.tape.capacity, tapeLimit) &- 16
    var top = 0
    var p = base + start
    // The innermost open container: its place on the tape (-1: none), values, and names.
    var open = -1
    var isObject = false
    var count: UInt64 = 0
    var ambiguous = false
    var depth = outerDepth
    defer { markBase &+= UInt64(truncatingIfNeeded: top) &+ 2 }

    value: while true {
      if top > capacity {
        tape = try grow(top, tapeLimit)
        capacity = min(tree.tape.capacity, tapeLimit) &- 16
      }
      let offset = p - base
      let byte = p.pointee
      switch byte {
      case UInt8(ascii: "\""):
        p = JSONParser.plainPart(of: p + 1)
        if p.pointee == UInt8(ascii: "\"") {
          let length = (p - base) &- offset &- 1
          p += 1
          top = JSONParser.put(Tag.string, length, offset, tape, top)
        } else {
          let (end, escaped) = try restOfString(p, from: offset)
          let length = end &- offset &- 1
          p = base + end + 1
          top = JSONParser.put(
            escaped ? Tag.escapedString : Tag.string, length, offset, tape, top)
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth &+= 1
        if depth > limits.depth { throw tooDeep(at: offset) }
        if open >= 0 {
          let state = min(count, Word.overflow) &<< Open.countShift
          tape[open &+ 1] |= state | (ambiguous ? Open.ambiguousNames : 0)
        }
        isObject = byte == UInt8(ascii: "{")
        tape[top] = Word.make(isObject ? Tag.object : Tag.array, field: 0, offset: offset)
        tape[top &+ 1] = UInt64(truncatingIfNeeded: open &+ 1)
        open = top
        top &+= 2
        count = 0
        ambiguous = false
        p = JSONParser.skipBlanks(p + 1)
        if p.pointee != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          if !isObject { continue value }
          try readName(&p, base, tape, &top, open, &ambiguous)
          continue value
        }
        count = UInt64.max
      case UInt8(ascii: "-"), 0x30...0x39:
        var isInteger = true
        p = try number(p, base, &isInteger)
        top = JSONParser.put(
          isInteger ? Tag.integer : Tag.decimal, (p - base) &- offset, offset, tape, top)
      case UInt8(ascii: "t") where JSONParser.matches(p, 0x6575_7274):
        tape[top] = Word.make(Tag.true, field: 0, offset: offset)
        top &+= 1
        p += 4
      case UInt8(ascii: "f") where JSONParser.matches(p + 1, 0x6573_6C61):
        tape[top] = Word.make(Tag.false, field: 0, offset: offset)
        top &+= 1
        p += 5
      case UInt8(ascii: "n") where JSONParser.matches(p, 0x6C6C_756E):
        tape[top] = Word.make(Tag.null, field: 0, offset: offset)
        top &+= 1
        p += 4
      default:
        throw noValue(at: offset)
      }

      // After a value: close what ends here, then go to the next value. A container opened empty
      // comes here with a count that the next addition makes zero.
      while true {
        if open < 0 {
          tree.tape.count = top
          return p - base
        }
        count &+= 1
        p = JSONParser.skipBlanks(p)
        let mark = p.pointee
        if mark == UInt8(ascii: ",") {
          p = JSONParser.skipBlanks(p + 1)
          if isObject { try readName(&p, base, tape, &top, open, &ambiguous) }
          continue value
        }
        guard mark == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw noEndOfValue(at: p - base, isObject, opened: Word.offset(tape[open]))
        }
        p += 1
        if ambiguous { reportRepeatedNames(open, top) }
        let outer = tape[open &+ 1]
        tape[open] |= min(count, Word.overflow) &<< 40
        tape[open &+ 1] = UInt64(truncatingIfNeeded: top &- open)
        tape[top] = Word.make(Tag.close, field: 0, offset: p - base)
        top &+= 1
        depth &-= 1
        open = Int(truncatingIfNeeded: outer & Word.offsetMask) &- 1
        if open >= 0 {
          let state = tape[open &+ 1]
          isObject = Word.tag(tape[open]) == Tag.object
          count = (state & ~Open.ambiguousNames) &>> Open.countShift
          ambiguous = state & Open.ambiguousNames != 0
          tape[open &+ 1] = state & Word.offsetMask
        }
        // Close words come without a value, so room for them is made here.
        if top > capacity {
          tape = try grow(top, tapeLimit)
          capacity = min(tree.tape.capacity, tapeLimit) &- 16
        }
      }
    }
  }

  /// Makes the tape longer, if it may be.
  @inline(never)
  private func grow(
    _ top: Int, _ limit: Int
  ) throws(ReadingProblem) -> UnsafeMutablePointer<UInt64> {
    if top > limit &- 16 {
      isOverLimit = true
      throw ReadingProblem(offset: nil, message: "the value is too large for the tape")
    }
    tree.tape.count = top
    tree.tape.grow(to: top + 4096)
    return tree.tape.base
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

  /// Reads a member's name and its colon; `p` is at the quote before and at the value after.
  @inline(__always)
  private func readName(
    _ p: inout UnsafePointer<UInt8>, _ base: UnsafePointer<UInt8>,
    _ tape: UnsafeMutablePointer<UInt64>, _ top: inout Int, _ open: Int, _ ambiguous: inout Bool
  ) throws(ReadingProblem) {
    let offset = p - base
    guard p.pointee == UInt8(ascii: "\"") else { throw noName(at: offset) }
    p = JSONParser.plainPart(of: p + 1)
    let id: UInt32
    if p.pointee == UInt8(ascii: "\"") {
      id = names.intern(base + offset + 1, (p - base) &- offset &- 1)
      p += 1
    } else {
      let (end, escaped) = try restOfString(p, from: offset)
      id = nameOfString(at: offset, to: end, escaped)
      p = base + end + 1
    }
    note(id, offset, UInt64(truncatingIfNeeded: open) &+ markBase, &ambiguous)
    top = JSONParser.put(Tag.name, Int(id), offset, tape, top)
    p = JSONParser.skipBlanks(p)
    guard p.pointee == UInt8(ascii: ":") else { throw noColon(at: p - base) }
    p = JSONParser.skipBlanks(p + 1)
  }

  /// Notes that the object of a mark has a name; finds out whether it had it before.
  @inline(__always)
  private func note(_ id: UInt32, _ offset: Int, _ mark: UInt64, _ ambiguous: inout Bool) {
    let index = Int(id)
    if index >= marks.count { growMarks(index) }
    let last = marks.base[index]
    marks.base[index] = mark
    if last >= mark {
      // An equal mark is a repeated name. A larger one is that of an object within this one,
      // which hides whether this one had the name: the object is looked through when it closes.
      ambiguous = true
    }
  }

  @inline(never)
  private func growMarks(_ index: Int) {
    marks.reserve(index + 1 - marks.count + 1024)
    while marks.count < marks.capacity { marks.append(0) }
  }

  /// Looks for repeated names among the members of the object that is about to close.
  @inline(never)
  private func reportRepeatedNames(_ open: Int, _ top: Int) {
    // No object has this mark or will have it, and it is larger than those of the objects around.
    let mark = UInt64(truncatingIfNeeded: top) &+ markBase
    tree.tape.base[top] = Word.make(Tag.close, field: 0, offset: 0)
    var members = Members(
      first: UnsafePointer(tree.tape.base + open + 2), context: UnsafePointer(tree.context))
    while let member = members.next() {
      let index = Int(member.name.rawValue)
      if marks.base[index] == mark {
        duplicates.add(offset: member.nameOffset, name: member.name)
      }
      marks.base[index] = mark
    }
  }

  @inline(never)
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
