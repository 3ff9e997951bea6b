/// Shorter ways for what rules do most, with the results of the plain ones.
extension Compiler {
  mutating func compileFast(_ function: StandardFunction, _ nodes: [Expression]) -> Code? {
    switch (function.name, nodes.count) {
    case ("!", 1): return Code(Logic.not(compile(nodes[0])))
    case ("==", 2): return Code(compileEquality(nodes[0], nodes[1], whenEqual: 1))
    case ("!=", 2): return Code(compileEquality(nodes[0], nodes[1], whenEqual: 0))
    case ("<", 2): return Code(Fast.order(compile(nodes[0]), compile(nodes[1]), <, Operators.less))
    case ("<=", 2):
      return Code(Fast.order(compile(nodes[0]), compile(nodes[1]), <=, Operators.lessOrEqual))
    case (">", 2):
      return Code(Fast.order(compile(nodes[0]), compile(nodes[1]), >, Operators.greater))
    case (">=", 2):
      return Code(Fast.order(compile(nodes[0]), compile(nodes[1]), >=, Operators.greaterOrEqual))
    case ("+", 2): return compileConcatenation(nodes[0], nodes[1])
    case ("in", 2): return compileMembership(nodes[0], nodes[1])
    case ("matches", 2): return compileMatch(nodes[0], nodes[1])
    case ("ip", 1), ("cidr", 1), ("duration", 1), ("timestamp", 1):
      return compileConversion(function.name, nodes[0])
    default: return nil
    }
  }

  private mutating func compileEquality(
    _ left: Expression, _ right: Expression, whenEqual: UInt64
  ) -> Evaluation {
    if let constant = constantValue(right), constant.isPlain {
      return Fast.equality(compile(left), constant, whenEqual: whenEqual)
    }
    if let constant = constantValue(left), constant.isPlain {
      return Fast.equality(compile(right), constant, whenEqual: whenEqual)
    }
    return Fast.equality(compile(left), compile(right), whenEqual: whenEqual)
  }

  /// `a + b + c` on strings, made at once: nil for other sums.
  private mutating func compileConcatenation(_ left: Expression, _ right: Expression) -> Code? {
    guard tree.isChecked, case .call("+", _, nil, let operands) = left.kind, operands.count == 2,
      (operands + [right]).allSatisfy({ tree.type($0) == .string })
    else { return nil }
    let (first, second, third) = (compile(operands[0]), compile(operands[1]), compile(right))
    return Code { context in
      let (one, two, three) = (first(context), second(context), third(context))
      if one.isString, two.isString, three.isString {
        return Operators.concatenate(context, one, two, three)
      }
      let both =
        one.isKnown && two.isKnown ? Operators.add(context, one, two) : context.strict(one, two)
      return both.isKnown && three.isKnown
        ? Operators.add(context, both, three) : context.strict(both, three)
    }
  }

  /// `element in ['a', 'b']`: nil unless all elements are plain constants of one type.
  private mutating func compileMembership(_ element: Expression, _ container: Expression)
    -> Code?
  {
    guard let constants = constants(container) else { return nil }
    return Code(
      Fast.membership(
        compile(element), of: constants[0].header, in: Set(constants.map(\.bits)).sorted(),
        otherwise: compile(container), cost: UInt64(constants.count)))
  }

  /// The elements of a list of plain constants of one type; nil for anything else.
  func constants(_ container: Expression) -> [Value]? {
    guard case .list(let parts) = container.kind, !parts.isEmpty else { return nil }
    let constants = parts.compactMap { $0.isOptional ? nil : constantValue($0.value) }
    guard constants.count == parts.count, let header = constants.first?.header,
      constants.allSatisfy({ $0.isPlain && $0.header == header })
    else { return nil }
    return constants
  }

  /// `text.matches('constant')`: the pattern is compiled once.
  private mutating func compileMatch(_ text: Expression, _ pattern: Expression) -> Code? {
    guard case .constant(.string(let source)) = pattern.kind else { return nil }
    let compiled = Pattern(source)
    let length = source.utf8.count
    return Code(
      Strict.unary(compile(text)) { context, value in
        Strings.matches(context, value, compiled, patternLength: length)
      })
  }

  /// `cidr('10.0.0.0/8')` and the like: read once.
  private func compileConversion(_ name: String, _ argument: Expression) -> Code? {
    guard case .constant(.string(var text)) = argument.kind else { return nil }
    switch name {
    case "ip": return IPAddress(text).map { address in Code { $0.ip(address) } }
    case "cidr": return IPRange(text).map { range in Code { $0.cidr(range) } }
    case "duration":
      guard let span = text.withUTF8({ DurationText.parse($0) }) else { return nil }
      return Code { _ in .duration(nanoseconds: span) }
    default:
      guard let time = text.withUTF8({ Timestamp(rfc3339: $0) }) else { return nil }
      return Code { $0.value(of: time) }
    }
  }
}

extension Value {
  /// Whether two values of this kind and with equal headers are equal when their bits are.
  @inline(__always) var isPlain: Bool {
    let plain: UInt64 =
      1 << UInt64(Tag.bool.rawValue) | 1 << UInt64(Tag.int.rawValue)
      | 1 << UInt64(Tag.uint.rawValue) | 1 << UInt64(Tag.symbol.rawValue)
      | 1 << UInt64(Tag.duration.rawValue) | 1 << UInt64(Tag.ipv4.rawValue)
    return plain &>> UInt64(rawTag) & 1 == 1
  }
}

/// Closures with a short way for the common types; everything else goes to the operators.
enum Fast {
  typealias Evaluation = Program.Evaluation

  static func equality(
    _ operand: @escaping Evaluation, _ constant: Value, whenEqual: UInt64
  ) -> Evaluation {
    let (header, bits) = (constant.header, constant.bits)
    return { context in
      let value = operand(context)
      if value.header == header {
        return Value(.bool, bits: value.bits == bits ? whenEqual : whenEqual ^ 1)
      }
      return slowEquality(context, value, Value(header: header, bits: bits), whenEqual)
    }
  }

  static func equality(
    _ left: @escaping Evaluation, _ right: @escaping Evaluation, whenEqual: UInt64
  ) -> Evaluation {
    { context in
      let first = left(context)
      let second = right(context)
      if first.header == second.header, first.isPlain {
        return Value(.bool, bits: first.bits == second.bits ? whenEqual : whenEqual ^ 1)
      }
      return slowEquality(context, first, second, whenEqual)
    }
  }

  @inline(never) static func slowEquality(
    _ context: Context, _ left: Value, _ right: Value, _ whenEqual: UInt64
  ) -> Value {
    let result = context.equals(left, right)
    guard whenEqual == 0, result.tag == .bool else { return result }
    return Value(.bool, bits: result.bits ^ 1)
  }

  @inline(__always) static func order(
    _ left: @escaping Evaluation, _ right: @escaping Evaluation,
    _ compare: @escaping (Int64, Int64) -> Bool,
    _ otherwise: @escaping (Context, Value, Value) -> Value
  ) -> Evaluation {
    { context in
      let first = left(context)
      let second = right(context)
      if first.rawTag == Value.Tag.int.rawValue, second.rawTag == Value.Tag.int.rawValue {
        return .bool(compare(first.int64, second.int64))
      }
      if first.isKnown, second.isKnown { return otherwise(context, first, second) }
      return context.strict(first, second)
    }
  }

  static func membership(
    _ operand: @escaping Evaluation, of header: UInt64, in sorted: [UInt64],
    otherwise: @escaping Evaluation, cost: UInt64
  ) -> Evaluation {
    { context in
      let value = operand(context)
      guard value.header == header else {
        let list = otherwise(context)
        if value.isKnown, list.isKnown { return Operators.contains(context, value, list) }
        return context.strict(value, list)
      }
      guard context.charge(cost) else { return .error(.costExceeded) }
      return .bool(includes(value.bits, sorted))
    }
  }

  private static func includes(_ bits: UInt64, _ sorted: [UInt64]) -> Bool {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low &+ high) &>> 1
      if sorted[middle] < bits { low = middle &+ 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low] == bits
  }
}
