/// The functions on known lists, and those on lists as sets.
enum Lists {
  static func indexOf(
    _ context: Context, _ arguments: UnsafeBufferPointer<Value>, fromEnd: Bool = false
  ) -> Value {
    let list = arguments[0]
    guard arguments.count == 2 else { return .error(.noSuchOverload) }
    if let undecided = context.undecided(in: list) { return undecided }
    guard context.charge(UInt64(list.small)) else { return .error(.costExceeded) }
    let count = Int(list.small)
    for step in 0..<count {
      let index = fromEnd ? count - 1 - step : step
      let same = context.equals(context.item(index, of: list), arguments[1])
      if same.isTrue { return .int(Int64(index)) }
      if !same.isFalse { return same }
    }
    return .int(-1)
  }

  static func slice(_ context: Context, _ list: Value, _ from: Value, _ to: Value) -> Value {
    guard list.isList, from.tag == .int, to.tag == .int else { return .error(.noSuchOverload) }
    if let causes = list.openBecause { return .unknown(causes) }
    let (start, end) = (from.int64, to.int64)
    guard start >= 0, start <= end, end <= Int64(list.small) else {
      return .error(.indexOutOfRange)
    }
    return part(list, from: Int(start), count: Int(end - start))
  }

  /// Consecutive elements of a closed list, without copying.
  private static func part(_ list: Value, from start: Int, count: Int) -> Value {
    Value(
      list.tag, type: list.typeIndex, small: UInt32(count), bits: UInt64(list.offset + start))
  }

  static func flatten(_ context: Context, _ arguments: UnsafeBufferPointer<Value>) -> Value {
    guard let list = arguments.first, list.isList else { return .error(.noSuchOverload) }
    var levels: Int64 = 1
    if arguments.count == 2 {
      guard arguments[1].tag == .int else { return .error(.noSuchOverload) }
      levels = arguments[1].int64
      if levels < 0 { return context.error("flatten() takes a depth of 0 or more") }
    }
    var result: [Value] = []
    var causes: UInt32 = 0
    if let failure = flatten(context, list, levels, &result, &causes) { return failure }
    return context.list(result).opened(causes)
  }

  private static func flatten(
    _ context: Context, _ list: Value, _ levels: Int64, _ result: inout [Value],
    _ causes: inout UInt32
  ) -> Value? {
    causes = context.causeSets.union(causes, list.openCauses)
    guard context.charge(UInt64(list.small) + 1) else { return .error(.costExceeded) }
    for index in 0..<Int(list.small) {
      let item = context.item(index, of: list)
      if !item.isKnown { return item }
      if item.isList, levels > 0 {
        if let failure = flatten(context, item, levels - 1, &result, &causes) { return failure }
      } else {
        result.append(item)
      }
    }
    return nil
  }

  static func distinct(_ context: Context, _ list: Value) -> Value {
    guard list.isList else { return .error(.noSuchOverload) }
    var result: [Value] = []
    if let undecided = context.undecided(in: list), !list.isOpen { return undecided }
    for index in 0..<Int(list.small) {
      let item = context.item(index, of: list)
      if !item.isKnown { return item }
      guard context.charge(UInt64(result.count) + 1) else { return .error(.costExceeded) }
      var isNew = true
      for known in result {
        let same = context.equals(known, item)
        if same.isUnknown || same.isError { return same }
        if same.isTrue {
          isNew = false
          break
        }
      }
      if isNew { result.append(item) }
    }
    return context.list(result, openBecause: list.openBecause)
  }

  static func reverse(_ context: Context, _ list: Value) -> Value {
    guard context.charge(UInt64(list.small)) else { return .error(.costExceeded) }
    let items = (0..<Int(list.small)).reversed().map { context.item($0, of: list) }
    return context.list(items, openBecause: list.openBecause)
  }

  static func range(_ context: Context, _ count: Value) -> Value {
    guard count.tag == .int else { return .error(.noSuchOverload) }
    let size = max(0, count.int64)
    guard context.charge(UInt64(size)) else { return .error(.costExceeded) }
    let start = context.values.count
    for index in 0..<size { context.values.append(.int(index)) }
    return context.listValue(at: start, count: context.values.count - start)
  }

  static func first(_ context: Context, _ list: Value) -> Value {
    end(context, list, index: 0)
  }

  static func last(_ context: Context, _ list: Value) -> Value {
    end(context, list, index: Int(list.small) - 1)
  }

  private static func end(_ context: Context, _ list: Value, index: Int) -> Value {
    guard list.isList else { return .error(.noSuchOverload) }
    if let causes = list.openBecause { return .unknown(causes) }
    return list.small == 0 ? .none : context.optional(of: context.item(index, of: list))
  }

  static func sort(_ context: Context, _ list: Value) -> Value {
    guard list.isList else { return .error(.noSuchOverload) }
    let items = (0..<Int(list.small)).map { context.item($0, of: list) }
    return sorted(context, list, keys: items)
  }

  /// The elements in the order of their keys; stable.
  static func sorted(_ context: Context, _ list: Value, keys: [Value]) -> Value {
    var undecided: Value? = list.openBecause.map { .unknown($0) }
    for key in keys where !key.isKnown {
      undecided = undecided.map { context.strict($0, key) } ?? key
    }
    if let undecided { return undecided }
    guard context.charge(UInt64(keys.count) &* 8) else { return .error(.costExceeded) }
    if let first = keys.first {
      for key in keys {
        guard key.isString == first.isString, key.isString || key.tag == first.tag,
          context.compare(first, key) != .incomparable
        else { return .error(.noSuchOverload) }
      }
    }
    let order = keys.indices.sorted { first, second in
      let order = context.compare(keys[first], keys[second])
      return order == .less || (order != .greater && first < second)
    }
    return context.list(order.map { context.item($0, of: list) })
  }

  /// Whether every element of the second list is in the first.
  static func includesAll(_ context: Context, _ list: Value, _ part: Value) -> Value {
    guard list.isList, part.isList else { return .error(.noSuchOverload) }
    var result = Value.trueValue
    for index in 0..<Int(part.small) {
      let found = Operators.contains(context, context.item(index, of: part), list)
      if found.isFalse { return found }
      if !found.isTrue { result = result.isTrue ? found : context.strict(result, found) }
    }
    guard let causes = part.openBecause else { return result }
    return result.isTrue ? .unknown(causes) : context.strict(result, .unknown(causes))
  }

  static func equivalent(_ context: Context, _ left: Value, _ right: Value) -> Value {
    let first = includesAll(context, left, right)
    if first.isFalse || first.isError { return first }
    let second = includesAll(context, right, left)
    if second.isFalse || second.isError { return second }
    if first.isTrue { return second }
    return second.isTrue ? first : context.unite(first, second)
  }

  static func intersects(_ context: Context, _ left: Value, _ right: Value) -> Value {
    guard left.isList, right.isList else { return .error(.noSuchOverload) }
    var result = Value.falseValue
    for index in 0..<Int(left.small) {
      let found = Operators.contains(context, context.item(index, of: left), right)
      if found.isTrue { return found }
      if !found.isFalse { result = result.isFalse ? found : context.or(result, found) }
    }
    // An element that is not known of the left list may lie in the right one, unless that is
    // known to be empty.
    if let causes = left.openBecause, right.small > 0 || right.isOpen {
      return context.or(result, .unknown(causes))
    }
    if let causes = right.openBecause, left.small > 0 {
      return context.or(result, .unknown(causes))
    }
    return result
  }
}
