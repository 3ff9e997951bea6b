/// The three-valued operators as closures.
enum Logic {
  typealias Evaluation = Program.Evaluation
  typealias Code = Program.Code

  static func and(_ left: @escaping Evaluation, _ right: @escaping Evaluation) -> Evaluation {
    { context in
      let first = left(context)
      if first.isFalse { return first }
      let second = right(context)
      if first.isTrue, second.rawTag == Value.Tag.bool.rawValue { return second }
      return context.and(first, second)
    }
  }

  static func or(_ left: @escaping Evaluation, _ right: @escaping Evaluation) -> Evaluation {
    { context in
      let first = left(context)
      if first.isTrue { return first }
      let second = right(context)
      if first.isFalse, second.rawTag == Value.Tag.bool.rawValue { return second }
      return context.or(first, second)
    }
  }

  /// `&&` of three: what many conditions are made of, in one call less.
  static func and(
    _ left: @escaping Evaluation, _ middle: @escaping Evaluation, _ right: @escaping Evaluation
  ) -> Evaluation {
    { context in
      let first = left(context)
      if first.isFalse { return first }
      let second = middle(context)
      if second.isFalse, first.isTrue { return second }
      let both = first.isTrue && second.isTrue ? second : context.and(first, second)
      if both.isFalse { return both }
      let third = right(context)
      if both.isTrue, third.rawTag == Value.Tag.bool.rawValue { return third }
      return context.and(both, third)
    }
  }

  /// `||` of three.
  static func or(
    _ left: @escaping Evaluation, _ middle: @escaping Evaluation, _ right: @escaping Evaluation
  ) -> Evaluation {
    { context in
      let first = left(context)
      if first.isTrue { return first }
      let second = middle(context)
      if second.isTrue, first.isFalse { return second }
      let either = first.isFalse && second.isFalse ? second : context.or(first, second)
      if either.isTrue { return either }
      let third = right(context)
      if either.isFalse, third.rawTag == Value.Tag.bool.rawValue { return third }
      return context.or(either, third)
    }
  }

  static func conditional(
    _ condition: @escaping Evaluation, _ yes: @escaping Evaluation, _ no: @escaping Evaluation
  ) -> Evaluation {
    { context in
      let chosen = condition(context)
      if chosen.isTrue { return yes(context) }
      if chosen.isFalse { return no(context) }
      return chosen.isKnown ? .error(.notBool) : chosen
    }
  }

  static func not(_ operand: @escaping Evaluation) -> Evaluation {
    { context in
      let value = operand(context)
      if value.rawTag == Value.Tag.bool.rawValue { return Value(.bool, bits: value.bits ^ 1) }
      return value.isKnown ? .error(.notBool) : value
    }
  }
}

extension Context {
  /// `&&` of two results: false decides, then unknown, then error.
  ///
  /// Only an exceeded budget is never absorbed.
  @inline(never) func and(_ left: Value, _ right: Value) -> Value {
    if isCostError(left) { return left }
    if isCostError(right) { return right }
    if left.isFalse { return left }
    if right.isFalse { return right }
    return undecided(left, right)
  }

  /// `||` of two results: true decides, then unknown, then error.
  @inline(never) func or(_ left: Value, _ right: Value) -> Value {
    if isCostError(left) { return left }
    if isCostError(right) { return right }
    if left.isTrue { return left }
    if right.isTrue { return right }
    return undecided(left, right)
  }

  /// Two results that do not decide: the union of the unknowns, else the first error, else the
  /// common bool.
  private func undecided(_ left: Value, _ right: Value) -> Value {
    if left.isUnknown { return right.isUnknown ? unite(left, right) : left }
    if right.isUnknown { return right }
    if left.isError { return left }
    if left.tag != .bool { return .error(.notBool) }
    if right.isError { return right }
    return right.tag == .bool ? right : .error(.notBool)
  }
}
