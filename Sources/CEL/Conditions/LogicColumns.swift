/// A chain of `&&` or of `||` within a condition.
final class LogicColumn: ValueColumn {
  private let parts: [ValueColumn]
  private let isAnd: Bool
  private let rest = Mask.allocate()

  init(_ parts: [ValueColumn], isAnd: Bool) {
    self.parts = parts
    self.isAnd = isAnd
  }

  deinit { rest.deallocate() }

  override func compute(_ rows: Mask, _ block: Block) {
    let (context, values, rest) = (block.context, values, rest)
    let deciding: UInt64 = isAnd ? 0 : 1
    rest.copy(rows)
    for (place, part) in parts.enumerated() {
      if rest.isEmpty { return }
      part.fill(rest, block)
      addCosts(of: part, rest)
      let given = part.values
      rest.forEachRow { row in
        let value = given[row]
        let isBool = value.rawTag == Value.Tag.bool.rawValue
        if place == 0 || (isBool && values[row].rawTag == Value.Tag.bool.rawValue) {
          values[row] = value
        } else {
          values[row] =
            isAnd ? context.and(values[row], value) : context.or(values[row], value)
        }
        if values[row].rawTag == Value.Tag.bool.rawValue, values[row].bits == deciding {
          rest.unset(row)
        }
      }
    }
  }
}

/// `condition ? yes : no`.
final class ConditionalColumn: ValueColumn {
  private let condition: ValueColumn
  private let yes: ValueColumn
  private let no: ValueColumn
  private let (isTrue, isFalse) = (Mask.allocate(), Mask.allocate())

  init(_ condition: ValueColumn, yes: ValueColumn, no: ValueColumn) {
    self.condition = condition
    self.yes = yes
    self.no = no
  }

  deinit {
    isTrue.deallocate()
    isFalse.deallocate()
  }

  override func compute(_ rows: Mask, _ block: Block) {
    let (values, isTrue, isFalse) = (values, isTrue, isFalse)
    condition.fill(rows, block)
    addCosts(of: condition, rows)
    let conditions = condition.values
    isTrue.clear()
    isFalse.clear()
    rows.forEachRow { row in
      let chosen = conditions[row]
      if chosen.isTrue {
        isTrue.set(row)
      } else if chosen.isFalse {
        isFalse.set(row)
      } else {
        values[row] = chosen.isKnown ? .error(.notBool) : chosen
      }
    }
    take(yes, isTrue, block)
    take(no, isFalse, block)
  }

  private func take(_ part: ValueColumn, _ rows: Mask, _ block: Block) {
    if rows.isEmpty { return }
    part.fill(rows, block)
    let (values, given) = (values, part.values)
    rows.forEachRow { values[$0] = given[$0] }
    addCosts(of: part, rows)
  }
}

/// `range.exists(x, body)` or `range.all(x, body)`: the first elements of all records, then the
/// second ones where the first have not decided, and so on.
final class LoopColumn: ValueColumn {
  private let range: ValueColumn
  private let scope: LoopScope
  private let body: ValueColumn
  private let isAll: Bool
  /// What each element costs.
  private let cost: UInt64
  private let rest = Mask.allocate()

  init(
    over range: ValueColumn, _ scope: LoopScope, _ body: ValueColumn, isAll: Bool, cost: UInt64
  ) {
    self.range = range
    self.scope = scope
    self.body = body
    self.isAll = isAll
    self.cost = cost
  }

  deinit { rest.deallocate() }

  override func compute(_ rows: Mask, _ block: Block) {
    range.fill(rows, block)
    addCosts(of: range, rows)
    let (values, rest, lists) = (values, rest, range.values)
    rest.clear()
    rows.forEachRow { row in
      let list = lists[row]
      guard list.isKnown else { return values[row] = list }
      guard list.isList || list.rawTag == Value.Tag.map.rawValue else {
        return values[row] = .error(.notIterable)
      }
      values[row] = .bool(isAll)
      if list.small > 0 { rest.set(row) } else { end(row, block.context) }
    }
    var index = 0
    while !rest.isEmpty {
      enter(index, block)
      body.fill(rest, block)
      addCosts(of: body, rest)
      leave(index, block)
      index += 1
    }
  }

  /// Sets the variable for the next element of each record.
  private func enter(_ index: Int, _ block: Block) {
    let (context, lists, elements) = (block.context, range.values, scope.element.values)
    scope.clear()
    rest.forEachRow { row in
      let list = lists[row]
      elements[row] =
        list.rawTag == Value.Tag.map.rawValue
        ? context.mapKey(index, of: list) : context.item(index, of: list)
      add(cost: cost, to: row)
    }
    scope.element.isComputed.copy(rest)
  }

  /// Takes what the body gave.
  private func leave(_ index: Int, _ block: Block) {
    let (context, values, rest) = (block.context, values, rest)
    let (lists, given) = (range.values, body.values)
    let deciding: UInt64 = isAll ? 0 : 1
    rest.forEachRow { row in
      let value = given[row]
      let isBool = value.rawTag == Value.Tag.bool.rawValue
      if isBool, value.bits == deciding {
        values[row] = value
        return rest.unset(row)
      }
      if !isBool {
        values[row] = isAll ? context.and(values[row], value) : context.or(values[row], value)
      }
      if isExhausted(row, context) {
        values[row] = .error(.costExceeded)
        rest.unset(row)
      } else if index + 1 >= Int(lists[row].small) {
        rest.unset(row)
        end(row, context)
      }
    }
  }

  /// What elements that nobody has seen could still decide.
  private func end(_ row: Int, _ context: Context) {
    guard let causes = range.values[row].openBecause else { return }
    let unseen = Value.unknown(causes)
    values[row] =
      isAll ? context.and(values[row], unseen) : context.or(values[row], unseen)
  }
}

/// The variable of a macro, and the columns that depend on it.
final class LoopScope {
  let element = VariableColumn()
  /// The columns of the parts of the body, by the numbers of their identities.
  var columns: [Int: ColumnCompiler.Part] = [:]
  private var dependents: [ValueColumn] = []

  func add(_ column: ValueColumn) { dependents.append(column) }

  /// Forgets what depends on the variable.
  func clear() { for column in dependents { column.clear() } }
}
