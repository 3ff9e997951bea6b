/// Conditions of many expressions over records of one kind, evaluated for a block of records at
/// once.
///
/// What several expressions have in common is evaluated once for each record, and only where some
/// expression needs it; `&&`, `||` and `!` work on 64 records at a time. The results are those of
/// the expressions themselves. One thread uses a table.
public final class ConditionTable {
  /// How many records a block may have.
  public static let blockSize = 512
  static let wordCount = blockSize / 64

  /// How much of a budget one condition may take before an expression has to be evaluated as a
  /// whole, so that all its conditions together cannot take more than the budget unseen.
  static let budgetShare = UInt64(ConditionReader.leafLimit)

  private let store: ColumnStore
  private var numbers: [Int: Int] = [:]
  @exclusivity(unchecked) private var leaves: [LeafColumn] = []
  @exclusivity(unchecked) private var scratch = MaskStack()
  private let all = Mask.allocate()
  @exclusivity(unchecked) private var count = 0
  @exclusivity(unchecked) private var pinned: Context.Pins?
  /// What the evaluations cost since somebody took it: for each expression as much as if it were
  /// alone.
  @exclusivity(unchecked) public var cost: UInt64 = 0

  /// Makes a table without conditions.
  ///
  /// - Parameter host: The data of the records.
  public init(host: any Host) { store = ColumnStore(host: host) }

  deinit {
    scratch.deallocate()
    all.deallocate()
  }

  /// Takes an expression apart whose only record is the one in slot 0.
  ///
  /// - Parameters:
  ///   - expression: The expression, a bool.
  ///   - variables: What its lazy variables stand for; they must live as long as the table.
  ///   - lazy: Their programs.
  /// - Returns: The condition; nil where it has too many parts.
  public func condition(
    _ expression: CheckedExpression, variables: [String: CheckedExpression],
    lazy: [String: Program]
  ) -> Condition? {
    var reader = ConditionReader(variables, store.identities) { [self] leaf in
      if let known = numbers[leaf.identity.number] { return known }
      let number = leaves.count
      numbers[leaf.identity.number] = number
      var compiler = ColumnCompiler(store, leaf.tree, variables: variables, lazy: lazy)
      let part =
        leaf.isInverted ? compiler.equality(leaf.node, leaf.identity) : compiler.part(leaf.node)
      leaves.append(LeafColumn(part, runs: runs(of: leaf.identity.extent)))
      return number
    }
    return reader.condition(expression)
  }

  private func runs(of extent: Identity.Extent) -> FieldRuns? {
    guard case .field(let name) = extent else { return nil }
    return store.runs(of: name)
  }

  /// Begins a block.
  ///
  /// - Parameters:
  ///   - subjects: Its records, `blockSize` at most; they must stay where they are until the block
  ///     ends.
  ///   - context: The context that evaluates conditions on them.
  public func begin(_ subjects: UnsafeMutableBufferPointer<Value>, _ context: Context) {
    count = subjects.count
    all.clear()
    all.set(0..<count)
    for leaf in leaves { leaf.clear() }
    store.clear()
    if let start = subjects.baseAddress { store.subject.values = start }
    store.subject.isComputed.copy(all)
    context.reset()
    pinned = context.pins
  }

  /// Ends a block: the context may forget its values.
  public func end(_ context: Context) {
    if let pinned { context.pins = pinned }
    pinned = nil
  }

  /// Evaluates a condition for some records of the block.
  ///
  /// - Parameters:
  ///   - condition: A condition of this table.
  ///   - rows: The records.
  ///   - yes: Gets a bit for each of them where the condition is true.
  ///   - no: Gets a bit for each of them where it is false.
  ///   - context: The context of the block.
  public func evaluate(
    _ condition: Condition, on rows: Mask, isTrue yes: Mask, isFalse no: Mask, _ context: Context
  ) {
    evaluate(condition, rows, yes, no, Block(context: context, all: all, count: count))
    // The values stay until the block ends, whatever else the context evaluates.
    context.pin()
  }

  private func evaluate(
    _ condition: Condition, _ rows: Mask, _ yes: Mask, _ no: Mask, _ block: Block
  ) {
    switch condition {
    case .leaf(let number):
      let leaf = leaves[number]
      leaf.fill(rows, block)
      cost &+= leaf.cost(of: rows)
      yes.set(rows, and: leaf.isTrue)
      no.set(rows, and: leaf.isFalse)
    case .not(let part): evaluate(part, rows, no, yes, block)
    case .all(let parts): evaluate(parts, rows, yes, no, isNegated: false, block)
    // `a || b` is `!(!a && !b)`.
    case .any(let parts): evaluate(parts, rows, no, yes, isNegated: true, block)
    }
  }

  /// Evaluates `&&` of conditions, or of what they are not.
  private func evaluate(
    _ parts: [Condition], _ rows: Mask, _ yes: Mask, _ no: Mask, isNegated: Bool, _ block: Block
  ) {
    let start = scratch.depth
    defer { scratch.depth = start }
    let (rest, more, less) = (scratch.push(), scratch.push(), scratch.push())
    yes.copy(rows)
    no.clear()
    rest.copy(rows)
    for part in parts {
      guard !rest.isEmpty else { return }
      if isNegated {
        evaluate(part, rest, less, more, block)
      } else {
        evaluate(part, rest, more, less, block)
      }
      // Where this is false nothing else is asked for; where it is not true, all is not true.
      yes.keep(more)
      no.add(less)
      rest.remove(less)
    }
  }

  /// What a condition gives for records that it was evaluated for and is neither true nor false on.
  ///
  /// - Parameters:
  ///   - condition: The condition.
  ///   - rows: The records.
  ///   - values: Gets the results, each in its record's place: unknown or an error.
  ///   - context: The context that evaluated it.
  public func undecided(
    _ condition: Condition, on rows: Mask, into values: UnsafeMutablePointer<Value>,
    _ context: Context
  ) {
    if !rows.isEmpty { put(condition, rows, into: values, isNegated: false, context) }
  }

  /// Writes what a condition, or its opposite, gives for records that it was evaluated for.
  private func put(
    _ condition: Condition, _ rows: Mask, into values: UnsafeMutablePointer<Value>,
    isNegated: Bool, _ context: Context
  ) {
    switch condition {
    case .leaf(let number):
      let leaf = leaves[number]
      rows.forEachRow { row in
        let value = leaf.value(row)
        (values + row).initialize(to: value.asBool.map { .bool($0 != isNegated) } ?? value)
      }
    case .not(let part): put(part, rows, into: values, isNegated: !isNegated, context)
    case .all(let parts): put(parts, rows, into: values, isAnd: !isNegated, isNegated, context)
    case .any(let parts): put(parts, rows, into: values, isAnd: isNegated, isNegated, context)
    }
  }

  /// Writes what `&&` or `||` of conditions, or of their opposites, gives.
  private func put(
    _ parts: [Condition], _ rows: Mask, into values: UnsafeMutablePointer<Value>, isAnd: Bool,
    _ isNegated: Bool, _ context: Context
  ) {
    let start = scratch.depth
    defer { scratch.depth = start }
    let (rest, part) = (scratch.push(), scratch.pushValues())
    rest.copy(rows)
    for (place, condition) in parts.enumerated() {
      put(condition, rest, into: place == 0 ? values : part, isNegated: isNegated, context)
      rest.forEachRow { row in
        if place > 0 {
          values[row] =
            isAnd ? context.and(values[row], part[row]) : context.or(values[row], part[row])
        }
        // Behind what decides nothing was evaluated.
        if isAnd ? values[row].isFalse : values[row].isTrue { rest.unset(row) }
      }
    }
  }
}
