/// A program made deterministic: one table look-up for each code point of the text.
///
/// It tells only whether there is a match. It is built in advance and never changes, so threads
/// can share it; programs that need too many states have none and run on `RegexMachine`.
struct RegexAutomaton: Sendable {
  private static let dead: UInt16 = 0
  private static let accept: UInt16 = 1
  private static let start: UInt16 = 2
  private static let maximumStates = 2000
  private static let maximumEntries = 1 << 17
  /// How many instructions may be visited while it is built.
  private static let maximumWork = 400_000

  private let alphabet: RegexAlphabet
  /// The next state for each state and class, the end of the text being the last class.
  private let table: [UInt16]

  /// Whether the pattern matches anywhere in `text`.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let width = alphabet.count + 1
    let alphabet = alphabet
    return table.withUnsafeBufferPointer { table in
      alphabet.ascii.withUnsafeBufferPointer { ascii in
        var state = Self.start
        var index = 0
        while index < text.count {
          let byte = text[index]
          let number: Int
          if byte < 0x80 {
            number = Int(ascii[Int(byte)])
            index &+= 1
          } else {
            let (wide, length) = alphabet.read(text, at: index)
            number = wide
            index &+= length
          }
          state = table[Int(state) &* width &+ number]
          if state <= Self.accept { return state == Self.accept }
        }
        return table[Int(state) &* width &+ width &- 1] == Self.accept
      }
    }
  }

  /// Nil when the automaton would be too large.
  init?(_ program: RegexProgram, _ alphabet: RegexAlphabet) {
    var builder = Builder(program, alphabet)
    guard let table = builder.build() else { return nil }
    self.alphabet = alphabet
    self.table = table
  }

  /// The instructions to go on at, and what stands before the place.
  private struct State: Hashable {
    var pending: [Int32]
    var before: RegexPlace.Before
  }

  private struct Builder {
    let program: RegexProgram
    let alphabet: RegexAlphabet
    private var numbers: [State: UInt16] = [:]
    private var states: [State] = []
    private var work = 0
    private var reached: [Int]
    private var step = 0

    init(_ program: RegexProgram, _ alphabet: RegexAlphabet) {
      self.program = program
      self.alphabet = alphabet
      reached = [Int](repeating: -1, count: program.instructions.count)
    }

    mutating func build() -> [UInt16]? {
      let width = alphabet.count + 1
      var table = [UInt16](repeating: RegexAutomaton.dead, count: width)
      table += [UInt16](repeating: RegexAutomaton.accept, count: width)
      guard number(of: State(pending: [Int32(program.start)], before: .textStart)) != nil else {
        return nil
      }
      var current = 0
      while current < states.count {
        guard table.count + width <= RegexAutomaton.maximumEntries,
          let row = row(of: states[current])
        else { return nil }
        table += row
        current += 1
      }
      return table
    }

    private mutating func number(of state: State) -> UInt16? {
      if let known = numbers[state] { return known }
      guard states.count < RegexAutomaton.maximumStates else { return nil }
      let number = RegexAutomaton.start + UInt16(states.count)
      numbers[state] = number
      states.append(state)
      return number
    }

    private mutating func row(of state: State) -> [UInt16]? {
      var row: [UInt16] = []
      var closures: [RegexPlace: (ready: [Int32], matches: Bool)] = [:]
      for number in 0...alphabet.count {
        let place = RegexPlace(before: state.before, next: number, in: alphabet)
        let closure = closures[place] ?? closure(of: state, place)
        closures[place] = closure
        guard work <= RegexAutomaton.maximumWork else { return nil }
        if closure.matches {
          row.append(RegexAutomaton.accept)
        } else if number == alphabet.count {
          row.append(RegexAutomaton.dead)
        } else if let next = next(of: closure.ready, number) {
          row.append(next)
        } else {
          return nil
        }
      }
      return row
    }

    private mutating func next(of ready: [Int32], _ number: Int) -> UInt16? {
      work += ready.count + 1
      var pending: [Int32] = program.isAnchored ? [] : [Int32(program.start)]
      for address in ready {
        let instruction = program.instructions[Int(address)]
        if alphabet.contains(number, inSet: Int(instruction.operand)) {
          pending.append(instruction.next)
        }
      }
      guard !pending.isEmpty else { return RegexAutomaton.dead }
      pending.sort()
      var unique: [Int32] = []
      for address in pending where address != unique.last { unique.append(address) }
      return self.number(of: State(pending: unique, before: before(behind: number)))
    }

    /// What stands before a place, reduced to what the program asks.
    private func before(behind number: Int) -> RegexPlace.Before {
      let assertions = program.assertions
      switch RegexPlace.before(behind: number, in: alphabet) {
      case .newline where assertions.contains(.lineStart): return .newline
      case .word where !assertions.isDisjoint(with: [.wordBoundary, .noWordBoundary]):
        return .word
      default: return .other
      }
    }

    /// The instructions that wait for a code point at a place.
    private mutating func closure(
      of state: State, _ place: RegexPlace
    ) -> (ready: [Int32], matches: Bool) {
      step += 1
      var ready: [Int32] = []
      var stack = state.pending
      while let address = stack.popLast() {
        guard reached[Int(address)] != step else { continue }
        reached[Int(address)] = step
        work += 1
        let instruction = program.instructions[Int(address)]
        switch instruction.kind {
        case .set: ready.append(address)
        case .match: return ([], true)
        case .split:
          stack.append(instruction.operand)
          stack.append(instruction.next)
        case .assertion:
          if place.allows(instruction.operand) { stack.append(instruction.next) }
        case .save: stack.append(instruction.next)
        }
      }
      return (ready, false)
    }
  }
}
