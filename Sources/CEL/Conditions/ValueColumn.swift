/// What is known of the records of a block, filled in where it is asked for.
///
/// One thread uses a column.
class BlockColumn {
  final let isComputed = Mask.allocate()
  private final let missing = Mask.allocate()
  @exclusivity(unchecked) private final var isUsed = false

  deinit {
    isComputed.deallocate()
    missing.deallocate()
  }

  /// Fills the column in for some records.
  func fill(_ rows: Mask, _ block: Block) {
    if isComputed.contains(rows) { return }
    isUsed = true
    missing.copy(rows)
    missing.remove(isComputed)
    isComputed.add(missing)
    compute(missing, block)
  }

  /// Fills the column in for records that it was not filled in for yet.
  func compute(_ rows: Mask, _ block: Block) {}

  /// Forgets what was filled in.
  final func clear() {
    guard isUsed else { return }
    isUsed = false
    isComputed.clear()
    forget()
  }

  /// Forgets what a subclass keeps besides.
  func forget() {}
}

/// The values of a part of an expression for the records of a block.
///
/// A subclass says how a value is computed; expressions that have the part in common share its
/// column.
class ValueColumn: BlockColumn {
  /// The values of the records that the column was filled in for, by their places in the block.
  @exclusivity(unchecked) final var values: UnsafeMutablePointer<Value>
  /// What the values cost beyond what the expression's form says; nil where that is nothing.
  @exclusivity(unchecked) final var costs: UnsafeMutablePointer<UInt32>?
  private final let own: UnsafeMutablePointer<Value>
  private final let ownCosts: UnsafeMutablePointer<UInt32>

  /// More than any evaluation may cost.
  static let costLimit: UInt32 = 1 << 24

  override init() {
    own = .allocate(capacity: ConditionTable.blockSize)
    ownCosts = .allocate(capacity: ConditionTable.blockSize)
    values = own
  }

  deinit {
    own.deallocate()
    ownCosts.deallocate()
  }

  override final func forget() { costs = nil }

  /// Adds to what the value of a record costs.
  @inline(never) final func add(cost: UInt64, to row: Int) {
    let costs = startedCosts()
    costs[row] = min(costs[row] &+ UInt32(clamping: cost), Self.costLimit)
  }

  /// Adds what the values of a part cost.
  @inline(__always) final func addCosts(of part: ValueColumn, _ rows: Mask) {
    if let added = part.costs { add(added, rows) }
  }

  @inline(never) private final func add(_ added: UnsafeMutablePointer<UInt32>, _ rows: Mask) {
    let costs = startedCosts()
    rows.forEachRow { costs[$0] = min(costs[$0] &+ added[$0], Self.costLimit) }
  }

  private final func startedCosts() -> UnsafeMutablePointer<UInt32> {
    if let costs { return costs }
    ownCosts.initialize(repeating: 0, count: ConditionTable.blockSize)
    costs = ownCosts
    return ownCosts
  }

  /// Whether the value of a record costs so much that the expression has to be evaluated as a whole.
  final func isExhausted(_ row: Int, _ context: Context) -> Bool {
    costs.map { UInt64($0[row]) > context.budget / ConditionTable.budgetShare } ?? false
  }
}

/// The records of which columns hold values.
struct Block {
  let context: Context
  /// All records of the block.
  let all: Mask
  let count: Int
}

/// The record itself, or the element that a macro is at.
final class VariableColumn: ValueColumn {}

/// What is the same for all records.
final class UniformColumn: ValueColumn {
  private let program: Program

  init(_ program: Program) { self.program = program }

  override func fill(_ rows: Mask, _ block: Block) { super.fill(block.all, block) }

  override func compute(_ rows: Mask, _ block: Block) {
    let context = block.context
    context.restart()
    context.ensureSlots(program.slotEnd)
    let value = program.root(context)
    let cost = context.spent
    for row in 0..<block.count { values[row] = value }
    guard cost != 0 else { return }
    for row in 0..<block.count { add(cost: cost, to: row) }
  }
}

/// What has no faster way: the part's own program, record by record.
final class ProgramColumn: ValueColumn {
  private let program: Program
  private let subject: ValueColumn
  /// The variables of the macros around the part, with their slots.
  private let locals: [(slot: Int, column: ValueColumn)]

  init(_ program: Program, _ subject: ValueColumn, locals: [(slot: Int, column: ValueColumn)]) {
    self.program = program
    self.subject = subject
    self.locals = locals
  }

  override func compute(_ rows: Mask, _ block: Block) {
    let (context, values, subjects) = (block.context, values, subject.values)
    let root = program.root
    context.ensureSlots(program.slotEnd)
    rows.forEachRow { row in
      context.restart()
      context.slots[0] = subjects[row]
      for local in locals { context.slots[local.slot] = local.column.values[row] }
      values[row] = root(context)
      if context.spent != 0 { add(cost: context.spent, to: row) }
    }
  }
}

/// What reads nothing but one field of the records: computed once for all records that have it in
/// common and follow one another.
final class RunColumn: ValueColumn {
  private let part: ValueColumn
  private let runs: FieldRuns
  private let starts = Mask.allocate()

  init(_ part: ValueColumn, _ runs: FieldRuns) {
    self.part = part
    self.runs = runs
  }

  deinit { starts.deallocate() }

  override func fill(_ rows: Mask, _ block: Block) {
    if runs.fill(block) { return super.fill(rows, block) }
    part.fill(rows, block)
    values = part.values
    costs = part.costs
  }

  override func compute(_ rows: Mask, _ block: Block) {
    let (values, firsts) = (values, runs.firsts)
    starts.clear()
    rows.forEachRow { starts.set(Int(firsts[$0])) }
    part.fill(starts, block)
    let common = part.values
    rows.forEachRow { values[$0] = common[Int(firsts[$0])] }
    if let costs = part.costs {
      rows.forEachRow { add(cost: UInt64(costs[Int(firsts[$0])]), to: $0) }
    }
  }
}
