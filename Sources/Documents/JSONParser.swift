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

  /// What is known of each name.
  @exclusivity(unchecked) var states = NameStates()
  /// The name of the value that was read last: objects in a row have the same names in the same
  /// order.
  @exclusivity(unchecked) private var lastName = 0
  /// What is added to a tape position to make a mark; larger than every mark of earlier values.
  @exclusivity(unchecked) var markBase: UInt64 = 1

  init(tree: Tree, limits: Limits) {
    self.tree = tree
    names = tree.names
    self.limits = limits
  }

  deinit { states.deallocate() }

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
    var last = lastName
    defer {
      markBase &+= UInt64(truncatingIfNeeded: top) &+ 2
      lastName = last
    }

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
        if isObject, let lead = JSONParser.expected(at: p, states.firsts + last) {
          last = note(lead.pointee.name, open, depth, &ambiguous)
          top = JSONParser.put(
            Tag.name, last, offset &+ Int(lead.pointee.quote), tape, top)
          p += Int(lead.pointee.length)
          continue value
        }
        let start = p
        p = JSONParser.skipBlanks(p + 1)
        if p.pointee != (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          if !isObject { continue value }
          let name = try readName(after: start, states.firsts + last)
          last = note(name.id, open, depth, &ambiguous)
          top = JSONParser.put(Tag.name, last, name.offset, tape, top)
          p = name.value
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
        // Only behind a member that was expected blanks may come.
        p = JSONParser.skipBlanks(p)
        if p - base > offset { continue value }
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
          if !isObject {
            p = JSONParser.skipBlanks(p + 1)
          } else if let lead = JSONParser.expected(at: p, states.nexts + last) {
            last = note(lead.pointee.name, open, depth, &ambiguous)
            top = JSONParser.put(
              Tag.name, last, (p - base) &+ Int(lead.pointee.quote), tape, top)
            p += Int(lead.pointee.length)
          } else {
            let name = try readName(after: p, states.nexts + last)
            last = note(name.id, open, depth, &ambiguous)
            top = JSONParser.put(Tag.name, last, name.offset, tape, top)
            p = name.value
          }
          continue value
        }
        guard mark == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
          throw noEndOfValue(at: p - base, isObject, opened: Word.offset(tape[open]))
        }
        p += 1
        if ambiguous { reportRepeatedNames(open, top, depth) }
        let closed = open
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
          // What follows is expected after the container's name, not after the last one in it. A
          // number that does not fit into its word is not found here, and no matter.
          if isObject, Word.tag(tape[closed &- 1]) == Tag.name {
            last = Int(truncatingIfNeeded: Word.field(tape[closed &- 1]))
          }
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
}
