/// Makes random expressions over the variables of `RandomWorld`.
struct ExpressionMaker {
  var random: RandomSource
  /// The chance in percent that a part is of another type than is asked for.
  var carelessness = 0
  var locals: [(name: String, kind: Kind)] = []

  init(random: RandomSource) {
    self.random = random
  }

  mutating func expression(_ asked: Kind, _ depth: Int) -> String {
    let kind = random.chance(carelessness) ? random.pick(Kind.allCases) : asked
    if depth <= 0 || random.chance(12) { return leaf(kind) }
    if random.chance(6) { return conditional(kind, depth) }
    if random.chance(4) { return bound(kind, depth) }
    let below = depth - 1
    switch kind {
    case .bool: return bool(below)
    case .int: return int(below)
    case .uint: return "(\(of(.uint, below)) \(random.pick(["+", "*", "-"])) \(of(.uint, below)))"
    case .double:
      return random.chance(50)
        ? "double(\(of(.int, below)))"
        : "(\(of(.double, below)) \(random.pick(["+", "*", "-", "/"])) \(of(.double, below)))"
    case .string: return string(below)
    case .ints: return ints(below)
    case .strings: return strings(below)
    case .map: return map(below)
    case .node: return node(below)
    case .nodes: return nodes(below)
    case .optional: return optional(below)
    case .ip: return random.chance(50) ? "\(of(.cidr, below)).ip()" : leaf(.ip)
    case .cidr: return random.chance(50) ? "\(of(.cidr, below)).masked()" : leaf(.cidr)
    case .dyn: return "dyn(\(of(random.pick(Kind.allCases), below)))"
    }
  }

  func name(_ depth: Int) -> String { "v\(locals.count)" }

  mutating func of(_ kind: Kind, _ depth: Int) -> String { expression(kind, depth) }

  /// A variable or a literal.
  mutating func leaf(_ kind: Kind) -> String {
    let near = locals.filter { $0.kind == kind }.map(\.name)
    if !near.isEmpty, random.chance(60) { return random.pick(near) }
    var names = RandomWorld.variables.filter { $0.kind == kind }.map(\.name)
    if kind == .int { names.append(RandomWorld.lazyName) }
    if random.chance(70) { return random.pick(names) }
    switch kind {
    case .bool: return random.pick(["true", "false"])
    case .int: return random.pick(["0", "1", "2", "-1", "3"])
    case .uint: return random.pick(["0u", "1u", "2u"])
    case .double: return random.pick(["0.0", "1.0", "1.5"])
    case .string: return quoted(random.pick(DatumMaker.texts))
    case .ints: return random.pick(["[]", "[1]", "[0, 1, 2]"])
    case .strings: return random.pick(["['a']", "['a', 'b']", "['', 'ab', 'é']"])
    case .map: return random.pick(["{'a': 1}", "{'b': 0, 'c': 2}"])
    case .optional: return random.pick(["optional.of(1)", "optional.none()"])
    case .ip: return "ip(\(quoted(random.pick(DatumMaker.addresses))))"
    case .cidr: return "cidr(\(quoted(random.pick(DatumMaker.ranges))))"
    case .node, .nodes, .dyn: return random.pick(names)
    }
  }

  private func quoted(_ text: String) -> String { "'\(text)'" }

  private mutating func conditional(_ kind: Kind, _ depth: Int) -> String {
    "(\(of(.bool, depth - 1)) ? \(of(kind, depth - 1)) : \(of(kind, depth - 1)))"
  }

  private mutating func bound(_ kind: Kind, _ depth: Int) -> String {
    let inner = random.pick(Kind.allCases)
    let initial = of(inner, depth - 1)
    let name = name(depth)
    return "cel.bind(\(name), \(initial), \(within([(name, inner)]) { $0.of(kind, depth - 1) }))"
  }

  mutating func within(
    _ names: [(name: String, kind: Kind)], _ body: (inout ExpressionMaker) -> String
  ) -> String {
    locals += names
    defer { locals.removeLast(names.count) }
    return body(&self)
  }
}
