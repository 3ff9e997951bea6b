/// Reads JSON values (RFC 8259) onto a tape.
///
/// The input ends in zero bytes that may be read, so the parser needs no end check: a zero byte is
/// never part of JSON. Depth costs no stack: an open container's second word holds the position of
/// the one around it and the number of its values so far.
final class JSONParser {
  let tree: Tree
  let names: NameTable
  let limits: Limits
  // Exclusivity is checked by hand: one thread parses, and no access outlives a call.
  /// Repeated names of the input read last.
  @exclusivity(unchecked) var duplicates = DuplicateNames()
  /// Whether the value read last was given up because it took too much tape.
  @exclusivity(unchecked) private(set) var isOverLimit = false
  /// Where the first value in it begins that was not read to its end.
  @exclusivity(unchecked) private(set) var firstUnread = 0
  /// How many repeated names there were when the last element of the outermost array ended.
  @exclusivity(unchecked) private var settledDuplicates = 0

  /// What is known of a name while values are read.
  private struct NameState: BitwiseCopyable {
    /// The mark of the object that had the name last.
    ///
    /// Marks grow with the place on the tape, so the mark of an object in another is larger than
    /// that of the outer one.
    var mark: UInt64 = 0
    // The name that followed it last, wherever that stood: objects in a row have the same names in
    // the same order. One that was never followed has an end that no name has.
    var nextFirst: UInt64 = 1
    var nextLast: UInt64 = 0
    var nextText: UnsafePointer<UInt8>
    var nextLength: Int32 = 0
    var next: UInt32 = 0
  }

  /// A name that is expected has at most so many bytes: less than the padding behind an input.
  private static let longestExpected = 48

  @exclusivity(unchecked) private var states = GrowingBuffer<NameState>(capacity: 1024)
  /// The name that was read last.
  @exclusivity(unchecked) private var lastName = 0
  /// What is added to a tape position to make a mark; larger than every mark of earlier values.
  @exclusivity(unchecked) private var markBase: UInt64 = 1

  init(tree: Tree, limits: Limits) {
    self.tree = tree
    names = tree.names
    self.limits = limits
    growStates(0)
  }

  deinit { states.base.deallocate() }

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
    settledDuplicates = duplicates.count
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
        tape = try grow(top, tapeLimit, open: open, at: p - base)
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
        if open == 0 {
          // The outermost container has room for its own close word.
          settledDuplicates = duplicates.count
          continue
        }
        // Close words come without a value, so room for them is made here.
        if top > capacity {
          tape = try grow(top, tapeLimit, open: open, at: p - base)
          capacity = min(tree.tape.capacity, tapeLimit) &- 16
        }
      }
    }
  }

  /// Makes the tape longer, if it may be.
  ///
  /// - Parameters:
  ///   - top: The words on the tape.
  ///   - limit: How many it may have.
  ///   - open: The place of the innermost open container.
  ///   - offset: Where the next value begins, if that is the outermost one.
  /// - Returns: The tape's first word.
  /// - Throws: A problem where the limit is reached; `isOverLimit` is true then.
  @inline(never)
  private func grow(
    _ top: Int, _ limit: Int, open: Int, at offset: Int
  ) throws(ReadingProblem) -> UnsafeMutablePointer<UInt64> {
    if top > limit &- 16 {
      isOverLimit = true
      cutOff(top, open: open, at: offset)
      throw ReadingProblem(offset: nil, message: "the value is too large for the tape")
    }
    tree.tape.count = top
    tree.tape.grow(to: top + 4096)
    return tree.tape.base
  }

  /// Makes of a given up array one of the elements that were read to their end.
  private func cutOff(_ top: Int, open: Int, at offset: Int) {
    let tape = tree.tape.base
    var place = open
    var first = top
    while place > 0 {
      first = place
      place = Int(truncatingIfNeeded: tape[place &+ 1] & Word.offsetMask) &- 1
    }
    firstUnread = first == top ? offset : Word.offset(tape[first])
    tape[first] = Word.make(Tag.close, field: 0, offset: firstUnread)
    duplicates.forget(after: settledDuplicates)
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
    let id: UInt32
    if let length = expectedLength(at: p + 1) {
      id = states.base[lastName].next
      p += length &+ 2
    } else {
      p = JSONParser.plainPart(of: p + 1)
      if p.pointee == UInt8(ascii: "\"") {
        id = names.intern(base + offset + 1, (p - base) &- offset &- 1)
        expect(id, after: lastName)
        p += 1
      } else {
        let (end, escaped) = try restOfString(p, from: offset)
        id = nameOfString(at: offset, to: end, escaped)
        p = base + end + 1
      }
    }
    note(id, offset, UInt64(truncatingIfNeeded: open) &+ markBase, &ambiguous)
    top = JSONParser.put(Tag.name, Int(id), offset, tape, top)
    p = JSONParser.skipBlanks(p)
    guard p.pointee == UInt8(ascii: ":") else { throw noColon(at: p - base) }
    p = JSONParser.skipBlanks(p + 1)
  }

  /// The length of the name that is expected, if it and a quote stand at `start`; else nil.
  @inline(__always)
  private func expectedLength(at start: UnsafePointer<UInt8>) -> Int? {
    let state = states.base + lastName
    let length = Int(state.pointee.nextLength)
    guard start[length] == UInt8(ascii: "\"") else { return nil }
    let (first, last) = NameTable.ends(start, length)
    guard state.pointee.nextFirst == first, state.pointee.nextLast == last,
      length <= 16 || NameTable.areEqual(state.pointee.nextText, start, length)
    else { return nil }
    return length
  }

  /// Expects a name, which has neither escapes nor bytes that need them, after another one.
  @inline(never)
  private func expect(_ id: UInt32, after last: Int) {
    if Int(id) >= states.count { growStates(Int(id)) }
    names.withUTF8(of: NameID(rawValue: id)) { text in
      guard let start = text.baseAddress, text.count <= JSONParser.longestExpected else { return }
      let state = states.base + last
      (state.pointee.nextFirst, state.pointee.nextLast) = NameTable.ends(start, text.count)
      state.pointee.nextText = start
      state.pointee.nextLength = Int32(truncatingIfNeeded: text.count)
      state.pointee.next = id
    }
  }

  /// Notes that the object of a mark has a name; finds out whether it had it before.
  @inline(__always)
  private func note(_ id: UInt32, _ offset: Int, _ mark: UInt64, _ ambiguous: inout Bool) {
    let index = Int(id)
    if index >= states.count { growStates(index) }
    lastName = index
    let last = states.base[index].mark
    states.base[index].mark = mark
    if last >= mark {
      // An equal mark is a repeated name. A larger one is that of an object within this one,
      // which hides whether this one had the name: the object is looked through when it closes.
      ambiguous = true
    }
  }

  @inline(never)
  private func growStates(_ index: Int) {
    states.reserve(index + 1 - states.count + 1024)
    while states.count < states.capacity { states.append(NameState(nextText: Source.empty.base)) }
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
      if states.base[index].mark == mark {
        duplicates.add(offset: member.nameOffset, name: member.name)
      }
      states.base[index].mark = mark
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
