/// The working memory of one thread's evaluations: arenas, variables, cause sets and cost.
///
/// Not Sendable: every thread makes its own. Values that a context made mean nothing to another.
public final class Context {
  /// The data that expressions read.
  public let host: any Host
  /// How much one evaluation unit (from `reset()` to `reset()`) may cost.
  public let budget: UInt64

  /// One million units, what Kubernetes allows a call.
  public static let defaultBudget: UInt64 = 1_000_000

  // Exclusivity is checked by hand: one thread, and no reference to an arena outlives a call.
  @exclusivity(unchecked) var values = Arena<Value>(capacity: 256)
  @exclusivity(unchecked) var octets = Arena<UInt8>(capacity: 4096)
  @exclusivity(unchecked) var messages: [String] = []
  @exclusivity(unchecked) var causeSets = CauseSets()
  @exclusivity(unchecked) var slots = UnsafeMutablePointer<Value>.allocate(capacity: 64)
  @exclusivity(unchecked) var slotEpochs = UnsafeMutablePointer<UInt64>.allocate(capacity: 64)
  @exclusivity(unchecked) var slotCapacity = 64
  @exclusivity(unchecked) var epoch: UInt64 = 1
  @exclusivity(unchecked) var spent: UInt64 = 0
  @exclusivity(unchecked) var pinnedMessages = 0
  @exclusivity(unchecked) var patterns: [[UInt8]: Pattern] = [:]
  @exclusivity(unchecked) var dynamicReaders: [DynamicField: FieldReader] = [:]

  /// Makes an empty context over a host's data.
  ///
  /// - Parameters:
  ///   - host: The data.
  ///   - budget: The cost that one evaluation unit may have.
  public init(host: any Host, budget: UInt64 = Context.defaultBudget) {
    self.host = host
    self.budget = budget
    slots.initialize(repeating: Value.error(.unboundVariable), count: slotCapacity)
    slotEpochs.initialize(repeating: 0, count: slotCapacity)
  }

  deinit {
    values.deallocate()
    octets.deallocate()
    slots.deallocate()
    slotEpochs.deallocate()
  }

  /// Forgets values, errors, cost and lazy variables; keeps slots, pinned values and capacity.
  ///
  /// To be called before each evaluation unit (one rule and one subject).
  public func reset() {
    values.reset()
    octets.reset()
    if messages.count > pinnedMessages { messages.removeSubrange(pinnedMessages...) }
    spent = 0
    epoch &+= 1
  }

  /// Forgets cost and lazy variables but keeps all values: for the next item of one list.
  public func restart() {
    spent = 0
    epoch &+= 1
  }

  /// Keeps all values made so far through every later `reset()`.
  public func pin() {
    values.pinned = values.count
    octets.pinned = octets.count
    pinnedMessages = messages.count
  }

  /// How much is kept through every `reset()`.
  struct Pins {
    fileprivate let values: Int
    fileprivate let octets: Int
    fileprivate let messages: Int
  }

  /// What is kept now; setting it forgets what was pinned since.
  var pins: Pins {
    get { Pins(values: values.pinned, octets: octets.pinned, messages: pinnedMessages) }
    set {
      values.pinned = newValue.values
      octets.pinned = newValue.octets
      pinnedMessages = newValue.messages
      reset()
    }
  }

  /// The cost of the evaluations since the last `reset()`, in the units of cel-go.
  public var cost: UInt64 { spent }

  /// Adds to the cost; false when the budget is exceeded.
  @inline(__always) func charge(_ units: UInt64) -> Bool {
    let (sum, overflow) = spent.addingReportingOverflow(units)
    spent = overflow ? .max : sum
    return sum <= budget && !overflow
  }

  var isExhausted: Bool { spent > budget }
}

extension Context {
  /// Gives a variable its value; it stays until set anew.
  ///
  /// - Parameters:
  ///   - slot: The variable's place among the declarations' variables.
  ///   - value: Its value, made by this context or free of contexts.
  public func setSlot(_ slot: Int, _ value: Value) {
    guard slot >= 0 else { return }
    ensureSlots(slot + 1)
    slots[slot] = value
  }

  /// A variable's value; an error value when it was never set.
  public func slot(_ slot: Int) -> Value {
    slot >= 0 && slot < slotCapacity ? slots[slot] : .error(.unboundVariable)
  }

  @inline(__always) func ensureSlots(_ count: Int) {
    if count > slotCapacity { growSlots(count) }
  }

  @inline(never) private func growSlots(_ count: Int) {
    let size = max(count, slotCapacity * 2)
    let moreSlots = UnsafeMutablePointer<Value>.allocate(capacity: size)
    moreSlots.initialize(repeating: Value.error(.unboundVariable), count: size)
    moreSlots.update(from: slots, count: slotCapacity)
    let moreEpochs = UnsafeMutablePointer<UInt64>.allocate(capacity: size)
    moreEpochs.initialize(repeating: 0, count: size)
    moreEpochs.update(from: slotEpochs, count: slotCapacity)
    slots.deallocate()
    slotEpochs.deallocate()
    slots = moreSlots
    slotEpochs = moreEpochs
    slotCapacity = size
  }
}

extension Context {
  /// Interns a set of one cause.
  public func causeSet(_ cause: Cause) -> CauseSetID {
    CauseSetID(rawValue: causeSets.number(of: cause))
  }

  /// Interns a set of causes; order and repetitions do not matter.
  public func causeSet(_ causes: [Cause]) -> CauseSetID {
    CauseSetID(rawValue: causeSets.number(of: causes))
  }

  /// The union of two sets; remembered, so that a repeated union is one look-up.
  public func union(_ left: CauseSetID, _ right: CauseSetID) -> CauseSetID {
    CauseSetID(rawValue: causeSets.union(left.rawValue, right.rawValue))
  }

  /// The causes of a set, sorted.
  public func causes(of set: CauseSetID) -> [Cause] { causeSets.causes(of: set.rawValue) }

  /// Lets a function read the causes of a set, sorted; it must not make sets.
  public func withCauses<Result>(of set: CauseSetID, _ body: (ArraySlice<Cause>) -> Result)
    -> Result
  {
    body(causeSets.slice(of: set.rawValue))
  }

  /// An unknown value with one cause.
  public func unknown(_ cause: Cause) -> Value { .unknown(causeSet(cause)) }

  /// An error value with this message.
  public func error(_ message: String) -> Value {
    messages.append(message)
    return .error(.message, detail: UInt64(messages.count - 1))
  }

  /// The message of an error value; the empty text for another value.
  public func errorMessage(of value: Value) -> String {
    guard value.isError, let kind = ErrorKind(rawValue: value.small) else { return "" }
    if kind == .message {
      let index = Int(truncatingIfNeeded: value.bits)
      return index < messages.count ? messages[index] : kind.text
    }
    guard value.bits != 0 else { return kind.text }
    let symbol = UInt32(truncatingIfNeeded: value.bits &- 1)
    return "\(kind.text): '\(String(decoding: host.utf8(of: symbol), as: UTF8.self))'"
  }

  /// Merges values of which at least one is unknown or an error: the first error, else the
  /// union of the unknowns.
  @inline(never) func strict(_ left: Value, _ right: Value) -> Value {
    if left.isError { return left }
    if right.isError { return right }
    return unite(left, right)
  }

  /// The union of two values that are unknown; a known one counts for nothing.
  func unite(_ left: Value, _ right: Value) -> Value {
    guard let first = left.causes else { return right }
    guard let second = right.causes else { return left }
    return .unknown(union(first, second))
  }
}
