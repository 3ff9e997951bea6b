extension Lists {
  /// The elements of a list when all are known and the list is complete; else what keeps it from
  /// that.
  private static func whole(_ context: Context, _ list: Value) -> (items: [Value], failure: Value?)
  {
    guard list.isList else { return ([], .error(.noSuchOverload)) }
    if let undecided = context.undecided(in: list) { return ([], undecided) }
    guard context.charge(UInt64(list.small)) else { return ([], .error(.costExceeded)) }
    return ((0..<Int(list.small)).map { context.item($0, of: list) }, nil)
  }

  /// Whether no element is less than the one before it.
  static func isSorted(_ context: Context, _ list: Value) -> Value {
    let (items, failure) = whole(context, list)
    if let failure { return failure }
    for (before, after) in zip(items, items.dropFirst()) {
      switch context.compare(before, after) {
      case .less, .equal: continue
      case .greater, .unordered: return .falseValue
      case .incomparable: return .error(.noSuchOverload)
      }
    }
    return .trueValue
  }

  /// The sum of the elements; the int 0 for an empty list.
  static func sum(_ context: Context, _ list: Value) -> Value {
    let (items, failure) = whole(context, list)
    if let failure { return failure }
    guard let first = items.first else { return .int(0) }
    guard first.isNumber || first.tag == .duration else { return .error(.noSuchOverload) }
    return items.dropFirst().reduce(first) { sum, item in
      sum.isKnown ? Operators.add(context, sum, item) : sum
    }
  }

  /// The first of the least or of the greatest elements; an error for an empty list.
  static func extremum(_ context: Context, _ list: Value, _ wanted: Order) -> Value {
    let (items, failure) = whole(context, list)
    if let failure { return failure }
    guard var best = items.first else { return context.error("the list is empty") }
    for item in items {
      let order = context.compare(item, best)
      if order == .incomparable { return .error(.noSuchOverload) }
      if order == wanted { best = item }
    }
    return best
  }
}
