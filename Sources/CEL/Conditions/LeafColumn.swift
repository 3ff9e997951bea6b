/// A condition's results for the records of a block, filled in where they are asked for.
final class LeafColumn: BlockColumn {
  let isTrue = Mask.allocate()
  let isFalse = Mask.allocate()
  private let part: ColumnCompiler.Part
  /// The records that have what the condition reads in common, if it is one field.
  private let runs: FieldRuns?
  private let starts = Mask.allocate()

  init(_ part: ColumnCompiler.Part, runs: FieldRuns?) {
    self.part = part
    self.runs = runs
  }

  deinit { for mask in [isTrue, isFalse, starts] { mask.deallocate() } }

  override func forget() {
    isTrue.clear()
    isFalse.clear()
  }

  override func compute(_ rows: Mask, _ block: Block) {
    if let runs, runs.fill(block) { return compute(rows, runs, block) }
    part.column.fill(rows, block)
    rows.forEachRow { row in
      let value = result(row, block.context)
      guard value.rawTag == Value.Tag.bool.rawValue else { return }
      if value.bits == 1 { isTrue.set(row) } else { isFalse.set(row) }
    }
  }

  /// Computes one record of each run.
  private func compute(_ rows: Mask, _ runs: FieldRuns, _ block: Block) {
    starts.clear()
    rows.forEachRow { starts.set(Int(runs.firsts[$0])) }
    part.column.fill(starts, block)
    starts.forEachRow { start in
      let rows = start..<runs.end(ofRunAt: start, block)
      isComputed.set(rows)
      let value = result(start, block.context)
      guard value.rawTag == Value.Tag.bool.rawValue else { return }
      if value.bits == 1 { isTrue.set(rows) } else { isFalse.set(rows) }
    }
  }

  /// What the column gives; an error where the condition takes so much of the budget that the
  /// expression has to be evaluated as a whole.
  @inline(__always) private func result(_ row: Int, _ context: Context) -> Value {
    let column = part.column
    let limit = context.budget / ConditionTable.budgetShare
    if part.cost &+ (column.costs.map { UInt64($0[row]) } ?? 0) > limit {
      column.values[row] = .error(.costExceeded)
    }
    return column.values[row]
  }

  /// What the condition costs for some records.
  func cost(of rows: Mask) -> UInt64 {
    var sum = part.cost &* UInt64(rows.count)
    if let costs = part.column.costs { rows.forEachRow { sum &+= UInt64(costs[place($0)]) } }
    return sum
  }

  /// The result for a record that it was computed for.
  func value(_ row: Int) -> Value {
    if isTrue[row] { return .trueValue }
    if isFalse[row] { return .falseValue }
    return isComputed[row] ? part.column.values[place(row)] : .error(.pending)
  }

  /// The record that was computed for a record.
  private func place(_ row: Int) -> Int {
    guard let runs, runs.isShared else { return row }
    return Int(runs.firsts[row])
  }
}
