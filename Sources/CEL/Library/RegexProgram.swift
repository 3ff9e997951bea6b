/// The instructions of a compiled pattern.
struct RegexProgram: Sendable {
  struct Instruction: Sendable {
    enum Kind: UInt8, Sendable {
      /// Takes one code point of set `operand`, then goes on at `next`.
      case set
      /// Goes on at `next`, or else at `operand`.
      case split
      /// Goes on at `next` where the assertion with the raw value `operand` holds.
      case assertion
      /// Stores the place in slot `operand`, then goes on at `next`.
      case save
      case match
    }
    var kind: Kind
    var operand: Int32
    var next: Int32
  }

  /// How many instructions a pattern may need.
  static let maximumSize = 50_000

  private(set) var instructions: [Instruction] = []
  private(set) var start = 0
  private(set) var sets: [ScalarSet] = []
  private(set) var assertions: Set<RegexAssertion> = []
  /// Whether every match begins at the start of the text.
  let isAnchored: Bool
  private var setNumbers: [ScalarSet: Int32] = [:]

  /// Compiles a tree; fails when it needs more than `maximumSize` instructions.
  init(_ node: RegexNode) throws(RegexError) {
    isAnchored = node.startsAtTextStart
    let end = try emit(.match, 0, 0)
    start = try compile(.group(node, number: 0), next: end)
    setNumbers = [:]
  }

  private mutating func emit(
    _ kind: Instruction.Kind, _ operand: Int, _ next: Int
  ) throws(RegexError) -> Int {
    guard instructions.count < Self.maximumSize else {
      throw RegexError(offset: 0, message: "the pattern is too large")
    }
    instructions.append(
      Instruction(kind: kind, operand: Int32(operand), next: Int32(next)))
    return instructions.count - 1
  }

  /// The entry of code that matches `node` and goes on at `next`.
  private mutating func compile(_ node: RegexNode, next: Int) throws(RegexError) -> Int {
    switch node {
    case .empty:
      return next
    case .set(let set):
      let number = setNumbers[set] ?? Int32(sets.count)
      if number == sets.count {
        sets.append(set)
        setNumbers[set] = number
      }
      return try emit(.set, Int(number), next)
    case .assertion(let assertion):
      assertions.insert(assertion)
      return try emit(.assertion, Int(assertion.rawValue), next)
    case .sequence(let nodes):
      var entry = next
      for node in nodes.reversed() { entry = try compile(node, next: entry) }
      return entry
    case .choice(let nodes):
      var entry: Int?
      for node in nodes.reversed() {
        let alternative = try compile(node, next: next)
        entry =
          try entry.map { other throws(RegexError) in
            try emit(.split, other, alternative)
          } ?? alternative
      }
      return entry ?? next
    case .group(let node, let number):
      let end = try emit(.save, number * 2 + 1, next)
      return try emit(.save, number * 2, try compile(node, next: end))
    case .repetition(let node, let minimum, let maximum, let isLazy):
      return try compileRepetition(node, minimum, maximum, isLazy, next: next)
    }
  }

  private mutating func compileRepetition(
    _ node: RegexNode, _ minimum: Int, _ maximum: Int?, _ isLazy: Bool, next: Int
  ) throws(RegexError) -> Int {
    var entry = next
    var copies = minimum
    if let maximum {
      // x{0,3} is (x(x(x)?)?)?.
      for _ in minimum..<maximum {
        let body = try compile(node, next: entry)
        entry = try branch(body, next, isLazy)
      }
    } else if minimum == 0, !node.canBeEmpty {
      let loop = try branch(0, next, isLazy)
      setBody(of: loop, to: try compile(node, next: loop), isLazy)
      return loop
    } else {
      let loop = try branch(0, next, isLazy)
      let body = try compile(node, next: loop)
      setBody(of: loop, to: body, isLazy)
      // A star over what can be empty is an optional plus: one round is tried before the exit.
      entry = minimum == 0 ? try branch(body, next, isLazy) : body
      copies -= 1
    }
    while copies > 0 {
      entry = try compile(node, next: entry)
      copies -= 1
    }
    return entry
  }

  /// A split that prefers `body` to `exit`, or the other way round if lazy.
  private mutating func branch(
    _ body: Int, _ exit: Int, _ isLazy: Bool
  ) throws(RegexError) -> Int {
    isLazy ? try emit(.split, body, exit) : try emit(.split, exit, body)
  }

  private mutating func setBody(of loop: Int, to body: Int, _ isLazy: Bool) {
    if isLazy {
      instructions[loop].operand = Int32(body)
    } else {
      instructions[loop].next = Int32(body)
    }
  }
}
