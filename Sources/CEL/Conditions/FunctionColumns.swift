/// A field of a record, or whether it is set.
final class FieldColumn: ValueColumn {
  private let operand: ValueColumn
  private let read: (Context, Value) -> Value
  /// What is read of values that are no records.
  private let readOther: (Context, Value) -> Value

  private init(
    _ operand: ValueColumn, _ read: @escaping (Context, Value) -> Value,
    otherwise readOther: @escaping (Context, Value) -> Value
  ) {
    self.operand = operand
    self.read = read
    self.readOther = readOther
  }

  /// The values of a field.
  static func value(of name: FieldName, in operand: ValueColumn, _ host: any Host) -> FieldColumn {
    let key = Value.symbol(host.symbol(for: name.field))
    return FieldColumn(operand, host.reader(of: name.field, in: name.record).get) {
      $0.select(key, name.field, of: $1)
    }
  }

  /// Whether a field is set.
  static func presence(of name: FieldName, in operand: ValueColumn, _ host: any Host)
    -> FieldColumn
  {
    let key = Value.symbol(host.symbol(for: name.field))
    return FieldColumn(operand, host.reader(of: name.field, in: name.record).has) {
      $0.has(key, name.field, in: $1)
    }
  }

  override func compute(_ rows: Mask, _ block: Block) {
    operand.fill(rows, block)
    let (context, values, records, read) = (block.context, values, operand.values, read)
    rows.forEachRow { row in
      let record = records[row]
      if record.rawTag == Value.Tag.record.rawValue {
        values[row] = read(context, record)
      } else {
        values[row] = record.isKnown ? readOther(context, record) : record
      }
    }
    addCosts(of: operand, rows)
  }
}

/// `==` or `!=`.
final class EqualityColumn: ValueColumn {
  private let left: ValueColumn
  private let right: ValueColumn
  private let whenEqual: UInt64

  init(_ left: ValueColumn, _ right: ValueColumn, whenEqual: UInt64) {
    self.left = left
    self.right = right
    self.whenEqual = whenEqual
  }

  override func compute(_ rows: Mask, _ block: Block) {
    left.fill(rows, block)
    right.fill(rows, block)
    let (context, values, whenEqual) = (block.context, values, whenEqual)
    let (firsts, seconds) = (left.values, right.values)
    rows.forEachRow { row in
      let (first, second) = (firsts[row], seconds[row])
      if first.header == second.header, first.isPlain {
        values[row] = Value(
          .bool, bits: first.bits == second.bits ? whenEqual : whenEqual ^ 1)
      } else {
        context.spent = 0
        values[row] = Fast.slowEquality(context, first, second, whenEqual)
        if context.spent != 0 { add(cost: context.spent, to: row) }
      }
    }
    addCosts(of: left, rows)
    addCosts(of: right, rows)
  }
}

/// `element in ['a', 'b']`: constants of one kind.
final class MembershipColumn: ValueColumn {
  private let element: ValueColumn
  private let list: ValueColumn
  private let header: UInt64
  private let sorted: [UInt64]
  private let cost: UInt64
  private let rest = Mask.allocate()

  /// Makes a column.
  ///
  /// - Parameters:
  ///   - element: What is looked for.
  ///   - list: The constants as a list.
  ///   - constants: Plain values with equal headers, one at least.
  init(_ element: ValueColumn, in list: ValueColumn, _ constants: [Value]) {
    self.element = element
    self.list = list
    header = constants[0].header
    sorted = Set(constants.map(\.bits)).sorted()
    cost = UInt64(constants.count)
  }

  deinit { rest.deallocate() }

  override func compute(_ rows: Mask, _ block: Block) {
    element.fill(rows, block)
    let (values, elements, header) = (values, element.values, header)
    rest.clear()
    sorted.withUnsafeBufferPointer { sorted in
      rows.forEachRow { row in
        let value = elements[row]
        if value.header == header {
          values[row] = .bool(sorted.contains(value.bits))
          add(cost: cost, to: row)
        } else {
          rest.set(row)
        }
      }
    }
    addCosts(of: element, rows)
    if !rest.isEmpty { computeRest(block) }
  }

  private func computeRest(_ block: Block) {
    list.fill(rest, block)
    let (context, values, elements, lists) = (block.context, values, element.values, list.values)
    rest.forEachRow { row in
      let (value, list) = (elements[row], lists[row])
      guard value.isKnown, list.isKnown else { return values[row] = context.strict(value, list) }
      context.spent = 0
      values[row] = Operators.contains(context, value, list)
      if context.spent != 0 { add(cost: context.spent, to: row) }
    }
    addCosts(of: list, rest)
  }
}

/// A function of the standard library or of the host, called for one record after another.
final class FunctionColumn: ValueColumn {
  typealias Body = (Context, UnsafeBufferPointer<Value>) -> Value

  private let arguments: [ValueColumn]
  private let body: StandardFunction.Body
  private let isStrict: Bool

  /// Makes a column.
  ///
  /// - Parameters:
  ///   - body: What to call.
  ///   - arguments: As many as it takes.
  ///   - isStrict: Whether errors and unknowns among the arguments are the result without a call.
  init(_ body: StandardFunction.Body, _ arguments: [ValueColumn], isStrict: Bool) {
    self.arguments = arguments
    self.body = body
    self.isStrict = isStrict
  }

  override func compute(_ rows: Mask, _ block: Block) {
    for argument in arguments { argument.fill(rows, block) }
    switch body {
    case .unary(let body):
      let operands = arguments[0].values
      call(rows, block.context) { context, row in
        operands[row].isKnown ? body(context, operands[row]) : operands[row]
      }
    case .binary(let body):
      let (firsts, seconds) = (arguments[0].values, arguments[1].values)
      call(rows, block.context) { context, row in
        let (first, second) = (firsts[row], seconds[row])
        if first.isKnown, second.isKnown { return body(context, first, second) }
        return context.strict(first, second)
      }
    case .ternary(let body):
      callWithBuffer(rows, block.context) { body($0, $1[0], $1[1], $1[2]) }
    case .variadic(let body): callWithBuffer(rows, block.context, body)
    }
    for argument in arguments { addCosts(of: argument, rows) }
  }

  @inline(__always) private func call(
    _ rows: Mask, _ context: Context, _ body: (Context, Int) -> Value
  ) {
    let values = values
    rows.forEachRow { row in
      context.spent = 0
      values[row] = body(context, row)
      if context.spent != 0 { add(cost: context.spent, to: row) }
    }
  }

  private func callWithBuffer(_ rows: Mask, _ context: Context, _ body: Body) {
    let isStrict = isStrict
    let sources = arguments.map(\.values)
    withUnsafeTemporaryAllocation(of: Value.self, capacity: max(1, sources.count)) { buffer in
      let given = UnsafeBufferPointer(rebasing: buffer[..<sources.count])
      sources.withUnsafeBufferPointer { sources in
        call(rows, context) { context, row in
          var isKnown = true
          for index in sources.indices {
            let value = sources[index][row]
            buffer.initializeElement(at: index, to: value)
            isKnown = isKnown && value.isKnown
          }
          return isKnown || !isStrict ? body(context, given) : context.strict(given)
        }
      }
    }
  }
}
