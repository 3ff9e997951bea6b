/// A simulation of a program: all threads in lockstep, in order of preference (a Pike machine).
///
/// The time is the length of the text times the size of the program at most.
struct RegexMachine {
  private let program: RegexProgram
  private let alphabet: RegexAlphabet
  private let slotCount: Int

  /// Threads that wait for a code point: instruction and slots, in order of preference.
  private var ready: [Int32] = []
  private var readySlots: [Int] = []
  /// Instructions to go on at behind the code point, with slots.
  private var pending: [Int32] = []
  private var pendingSlots: [Int] = []
  /// The step in which an instruction was last reached.
  private var reached: [Int]
  private var step = 0
  private var slots: [Int]
  private var stack: [Task] = []

  private enum Task {
    case visit(Int32)
    case restore(slot: Int, value: Int)
  }

  /// A machine that records groups `0 ..< groups`; with none it only tells whether there is a match.
  init(_ program: RegexProgram, _ alphabet: RegexAlphabet, groups: Int) {
    self.program = program
    self.alphabet = alphabet
    slotCount = groups * 2
    reached = [Int](repeating: -1, count: program.instructions.count)
    slots = [Int](repeating: -1, count: slotCount)
  }

  /// The slots of the leftmost-first match that begins at byte `start` or behind it.
  mutating func run(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> [Int]? {
    var index = start
    var best: [Int]?
    var before = before(start, in: text)
    while true {
      let (number, width) =
        index < text.count ? alphabet.read(text, at: index) : (alphabet.count, 0)
      let place = RegexPlace(before: before, next: number, in: alphabet)
      expand(place, at: index, startsThread: best == nil && (!program.isAnchored || index == 0))
      if ready.isEmpty, best != nil || program.isAnchored { return best }
      if let match = advance(number) {
        best = match
        if slotCount == 0 { return best }
      }
      guard width > 0 else { return best }
      before = RegexPlace.before(behind: number, in: alphabet)
      index += width
    }
  }

  private func before(
    _ start: Int, in text: UnsafeBufferPointer<UInt8>
  ) -> RegexPlace.Before {
    guard start > 0 else { return .textStart }
    // Only ASCII characters matter to what is asked of the left side.
    let byte = text[start - 1]
    guard byte < 0x80 else { return .other }
    return RegexPlace.before(behind: Int(alphabet.ascii[Int(byte)]), in: alphabet)
  }

  /// Follows the pending threads, then perhaps a new one, to where they wait for a code point.
  private mutating func expand(_ place: RegexPlace, at index: Int, startsThread: Bool) {
    ready.removeAll(keepingCapacity: true)
    readySlots.removeAll(keepingCapacity: true)
    step += 1
    for (number, instruction) in pending.enumerated() {
      for slot in 0..<slotCount { slots[slot] = pendingSlots[number * slotCount + slot] }
      follow(instruction, place, at: index)
    }
    if startsThread {
      for slot in 0..<slotCount { slots[slot] = -1 }
      follow(Int32(program.start), place, at: index)
    }
  }

  private mutating func follow(_ entry: Int32, _ place: RegexPlace, at index: Int) {
    stack.append(.visit(entry))
    while let task = stack.popLast() {
      guard case .visit(let number) = task else {
        if case .restore(let slot, let value) = task { slots[slot] = value }
        continue
      }
      guard reached[Int(number)] != step else { continue }
      reached[Int(number)] = step
      let instruction = program.instructions[Int(number)]
      switch instruction.kind {
      case .set, .match:
        ready.append(number)
        readySlots += slots
      case .split:
        stack.append(.visit(instruction.operand))
        stack.append(.visit(instruction.next))
      case .assertion:
        if place.allows(instruction.operand) { stack.append(.visit(instruction.next)) }
      case .save:
        let slot = Int(instruction.operand)
        if slot < slotCount {
          stack.append(.restore(slot: slot, value: slots[slot]))
          slots[slot] = index
        }
        stack.append(.visit(instruction.next))
      }
    }
  }

  /// Moves the threads over a code point; the slots of a match end all threads of less preference.
  private mutating func advance(_ number: Int) -> [Int]? {
    pending.removeAll(keepingCapacity: true)
    pendingSlots.removeAll(keepingCapacity: true)
    for (position, address) in ready.enumerated() {
      let instruction = program.instructions[Int(address)]
      let range = position * slotCount..<(position + 1) * slotCount
      if instruction.kind == .match { return Array(readySlots[range]) }
      if number < alphabet.count, alphabet.contains(number, inSet: Int(instruction.operand)) {
        pending.append(instruction.next)
        pendingSlots += readySlots[range]
      }
    }
    return nil
  }
}
