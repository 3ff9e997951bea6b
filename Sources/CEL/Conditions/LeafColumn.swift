/// A condition's results for the records of a block, filled in where they are asked for.
final class LeafColumn {
  let isComputed = Mask.allocate()
  let isTrue = Mask.allocate()
  let isFalse = Mask.allocate()
  /// The number of the one field that the condition reads, if it is one.
  let field: Int?
  private let program: Program
  /// Whether the program gives the opposite.
  private let isInverted: Bool
  private let isConstant: Bool
  /// Results that are neither true nor false; where there are any.
  private var values: UnsafeMutablePointer<Value>?
  /// Costs that differ from the program's own; where there are any.
  private var costs: UnsafeMutablePointer<UInt32>?
  private var isUsed = false

  /// How much of a budget one condition may take before an expression has to be evaluated as a
  /// whole, so that all its conditions together cannot take more than the budget unseen.
  private static let budgetShare = UInt64(ConditionReader.leafLimit)

  init(_ program: Program, isInverted: Bool, extent: Identity.Extent, field: Int?) {
    self.program = program
    self.isInverted = isInverted
    self.field = field
    isConstant = extent == .none
  }

  deinit {
    isComputed.deallocate()
    isTrue.deallocate()
    isFalse.deallocate()
    values?.deallocate()
    costs?.deallocate()
  }

  /// Forgets the results.
  func clear() {
    guard isUsed else { return }
    isUsed = false
    isComputed.clear()
    isTrue.clear()
    isFalse.clear()
    costs?.deallocate()
    costs = nil
  }

  /// Fills in the results for some records.
  func compute(
    _ rows: Mask, _ subjects: UnsafeBufferPointer<Value>, _ field: FieldRuns?, _ context: Context
  ) {
    isUsed = true
    if let field, field.fill(subjects, context) {
      var run = 0
      rows.forEachRow { row in
        if isComputed[row] { return }
        while run + 1 < field.starts.count, field.starts[run + 1] <= row { run += 1 }
        let end = run + 1 < field.starts.count ? field.starts[run + 1] : subjects.count
        evaluate(subjects[row], field.starts[run]..<end, context)
      }
    } else if isConstant {
      guard let subject = subjects.first else { return }
      evaluate(subject, 0..<subjects.count, context)
    } else {
      rows.forEachRow { row in
        if !isComputed[row] { evaluate(subjects[row], row..<(row + 1), context) }
      }
    }
  }

  /// Evaluates the condition on a record, for records that have what it reads in common.
  @inline(__always)
  private func evaluate(_ subject: Value, _ rows: Range<Int>, _ context: Context) {
    context.reset()
    context.slots[0] = subject
    var value = program.evaluate(context)
    if context.spent != program.staticCost { note(cost: context.spent, rows, &value, context) }
    isComputed.set(rows)
    if value.rawTag == Value.Tag.bool.rawValue {
      if (value.bits == 1) != isInverted { isTrue.set(rows) } else { isFalse.set(rows) }
    } else {
      note(value, rows)
    }
  }

  @inline(never) private func note(_ value: Value, _ rows: Range<Int>) {
    let values = values ?? .allocate(capacity: ConditionTable.blockSize)
    self.values = values
    for row in rows { (values + row).initialize(to: value) }
  }

  @inline(never) private func note(
    cost: UInt64, _ rows: Range<Int>, _ value: inout Value, _ context: Context
  ) {
    if cost > context.budget / Self.budgetShare { value = .error(.costExceeded) }
    let costs = costs ?? .allocate(capacity: ConditionTable.blockSize)
    if self.costs == nil {
      costs.initialize(
        repeating: UInt32(clamping: program.staticCost), count: ConditionTable.blockSize)
      self.costs = costs
    }
    for row in rows { costs[row] = UInt32(clamping: cost) }
  }

  /// What the condition costs for some records.
  func cost(of rows: Mask) -> UInt64 {
    guard let costs else { return program.staticCost &* UInt64(rows.count) }
    var sum: UInt64 = 0
    rows.forEachRow { sum &+= UInt64(costs[$0]) }
    return sum
  }

  /// The result for a record that it was computed for.
  func value(_ row: Int) -> Value {
    if isTrue[row] { return .trueValue }
    if isFalse[row] { return .falseValue }
    guard isComputed[row], let values else { return .error(.pending) }
    return values[row]
  }
}

/// The values of a field of a block's records: where a record has another one than that before it.
///
/// What reads nothing but the field is evaluated once for all records of a run.
final class FieldRuns {
  private(set) var starts: [Int] = []
  private let reader: FieldReader
  /// Whether records have the field in common often enough.
  private var isShared = true

  init(_ reader: FieldReader) { self.reader = reader }

  func clear() { starts.removeAll(keepingCapacity: true) }

  /// Finds the runs; false where there are too many to gain anything by them.
  func fill(_ subjects: UnsafeBufferPointer<Value>, _ context: Context) -> Bool {
    guard isShared, starts.isEmpty else { return isShared }
    var last = Value.null
    for (row, subject) in subjects.enumerated() {
      context.reset()
      let value = reader.get(context, subject)
      // Only a record is sure to be the same wherever it is read.
      let isSame =
        value.rawTag == Value.Tag.record.rawValue && value.header == last.header
        && value.bits == last.bits
      if !isSame { starts.append(row) }
      last = value
    }
    isShared = starts.count * 2 <= subjects.count || subjects.count < 2
    return isShared
  }
}
