import Testing

@testable import CEL

/// A table of conditions gives for each record of a block what the expressions give.
@Suite struct RandomConditionTests {
  private static let variables = [
    "next": "self.next", "isNamed": "self.name != ''", "isOdd": "next.size % 2 == 1 || isNamed",
    "isPlain": "!(isOdd && has(self.next)) || next.flag",
  ]
  private static let order = ["next", "isNamed", "isOdd", "isPlain"]
  private static let leaves = [
    "self.flag", "self.size > i0", "self.name == s0", "self.name != s0", "has(self.next)",
    "self.next.flag", "next.flag", "next.size == i1", "self.next.size != i1", "next.next.flag",
    "has(next.next)", "self.tags.exists(t, t == s0)", "self.tags.exists(x, x == s0)", "b0",
    "isNamed", "isOdd", "isPlain", "self.size / self.size == 1", "li0.exists(i, isOdd && i > 1)",
    "li0.exists(i, li1.exists(j, i == j))", "size(ns0) > 1", "true", "self.next == n0",
    "cel.bind(k, self.size, k == i2)", "(self.flag ? b1 : has(self.next))",
    "self.tags.exists(t, t != s0)", "self.tags.all(t, t == s0 || t == self.name)",
    "self.tags.exists(t, t != self.name && t.startsWith(s0))", "self.size in [1, 2, 3]",
    "self.tags.all(t, li0.exists(i, i == self.size || size(t) > i))", "self.size + i0 < i1",
    "self.next.next.tags.exists(t, cel.bind(k, t + self.name, k == s0))", "self.name.contains(s0)",
    "li0.all(i, self.next.size >= i || isOdd)",
    "self.tags.map(t, t + s0).exists(t, t == self.name)",
  ]

  private static func condition(_ random: inout RandomSource, _ depth: Int) -> String {
    if depth == 0 || random.chance(30) { return random.pick(leaves) }
    let sign = random.chance(30) ? "!" : ""
    let operation = random.pick([" && ", " || "])
    let parts = (0..<2 + random.below(3)).map { _ in condition(&random, depth - 1) }
    return "\(sign)(\(parts.joined(separator: operation)))"
  }

  /// The declarations of the random world behind `self` and the variables.
  private static let declarations: Declarations = {
    var declarations = RandomWorld.declarations
    declarations.variables =
      [VariableDeclaration("self", .record("Node"))]
      + order.map { VariableDeclaration($0, $0 == "next" ? .record("Node") : .bool) }
      + RandomWorld.variables.map { VariableDeclaration($0.name, $0.kind.type) }
    return declarations
  }()

  @Test func blocksGiveWhatExpressionsGive() throws {
    var random = RandomSource(seed: randomSeed())
    var maker = DatumMaker(random: RandomSource(seed: randomSeed() &+ 1), missing: 15)
    var seen: [String: Int] = [:]
    for _ in 0..<randomCases(1_500) / 75 {
      let world = RandomWorld()
      let context = Context(host: world)
      var lazy: [String: Program] = [:]
      var variables: [String: CheckedExpression] = [:]
      for name in Self.order {
        let text = try #require(Self.variables[name])
        let checked = try CheckedExpression(text, in: Self.declarations)
        variables[name] = checked
        lazy[name] = checked.link(to: world, lazy: lazy)
      }
      let table = ConditionTable(host: world)
      var rules: [CheckedExpression] = []
      var conditions: [Condition] = []
      for _ in 0..<12 {
        let text = Self.condition(&random, 2)
        let rule = try CheckedExpression(text, in: Self.declarations, expecting: .bool)
        guard let condition = table.condition(rule, variables: variables, lazy: lazy) else {
          continue
        }
        rules.append(rule)
        conditions.append(condition)
      }
      let programs = rules.map { $0.link(to: world, lazy: lazy) }
      let data = RandomData(&maker)
      world.nodes = data.nodes
      context.reset()
      for (index, datum) in data.variables.enumerated() {
        context.setSlot(1 + Self.order.count + index, context.value(of: datum))
      }
      context.pin()
      var subjects = (0..<100).map { _ in
        Value.record(type: 0, id: UInt64(random.below(DatumMaker.nodeCount)))
      }
      try subjects.withUnsafeMutableBufferPointer { subjects in
        table.begin(subjects, context)
        defer { table.end(context) }
        for (rule, condition) in conditions.enumerated() {
          let (rows, yes, no) = (Mask.allocate(), Mask.allocate(), Mask.allocate())
          defer { for mask in [rows, yes, no] { mask.deallocate() } }
          for row in subjects.indices where random.chance(70) { rows.set(row) }
          table.evaluate(condition, on: rows, isTrue: yes, isFalse: no, context)
          let values = UnsafeMutablePointer<Value>.allocate(capacity: ConditionTable.blockSize)
          defer { values.deallocate() }
          let open = Mask.allocate()
          defer { open.deallocate() }
          open.copy(rows)
          open.remove(yes)
          open.remove(no)
          table.undecided(condition, on: open, into: values, context)
          for row in subjects.indices where rows[row] {
            let found = open[row] ? values[row] : Value.bool(yes[row])
            context.reset()
            context.setSlot(0, subjects[row])
            let expected = programs[rule].evaluate(context)
            seen["\(expected.tag)", default: 0] += 1
            try #require(
              yes[row] == expected.isTrue && no[row] == expected.isFalse
                && found.tag == expected.tag
                && found.causes.map(context.causes) == expected.causes.map(context.causes),
              "\(rules[rule].text): \(found) not \(expected)")
          }
          for row in subjects.indices where !rows[row] { #expect(!yes[row] && !no[row]) }
        }
      }
    }
    print("\(seen)")
    for tag in ["bool", "unknown", "error"] { #expect(seen[tag, default: 0] > 20, "\(tag)") }
  }
}
