/// The records of a block that follow one another and have the value of a field in common.
///
/// What reads nothing but the field is evaluated once for all records of a run.
final class FieldRuns {
  /// For each record the first one of its run.
  let firsts = UnsafeMutablePointer<UInt16>.allocate(capacity: ConditionTable.blockSize)
  /// The first records of all runs.
  let starts = Mask.allocate()
  private let field: ValueColumn
  @exclusivity(unchecked) private var isFilled = false
  /// Whether records have the field in common often enough.
  @exclusivity(unchecked) private(set) var isShared = true

  init(_ field: ValueColumn) { self.field = field }

  deinit {
    firsts.deallocate()
    starts.deallocate()
  }

  func clear() { isFilled = false }

  /// Where the run ends that begins with a record.
  func end(ofRunAt start: Int, _ block: Block) -> Int {
    starts.next(after: start) ?? block.count
  }

  /// Finds the runs; false where there are too many to gain anything by them.
  func fill(_ block: Block) -> Bool {
    guard isShared, !isFilled else { return isShared }
    isFilled = true
    field.fill(block.all, block)
    starts.clear()
    let values = field.values
    var first = 0
    var count = 0
    for row in 0..<block.count {
      // Only a record is sure to be the same wherever it is read.
      let isSame =
        row > 0 && values[row].rawTag == Value.Tag.record.rawValue
        && values[row].header == values[row &- 1].header
        && values[row].bits == values[row &- 1].bits
      if !isSame {
        first = row
        count &+= 1
        starts.set(row)
      }
      firsts[row] = UInt16(truncatingIfNeeded: first)
    }
    isShared = count * 2 <= block.count || block.count < 2
    return isShared
  }
}
