extension ExpressionMaker {
  mutating func bool(_ depth: Int) -> String {
    switch random.below(16) {
    case 0, 1: return chain("&&", depth)
    case 2, 3: return chain("||", depth)
    case 4: return "!\(of(.bool, depth))"
    case 5:
      let compared = random.pick([Kind.int, .string, .uint, .double])
      return compare(compared, ["<", "<=", ">", ">="], depth)
    case 6: return "(dyn(\(of(.int, depth))) < \(of(.double, depth)))"
    case 7, 8: return compare(random.pick(Kind.allCases), ["==", "!="], depth)
    case 9: return membership(depth)
    case 10, 11, 12: return quantifier(depth)
    case 13: return presence(depth)
    case 14:
      return random.chance(50)
        ? "\(of(.cidr, depth)).containsIP(\(of(.ip, depth)))" : "\(of(.node, depth)).flag"
    default:
      let test = random.pick([
        "startsWith('a')", "contains('b')", "matches('^a?b')", "endsWith(s1)",
      ])
      return random.chance(70)
        ? "\(of(.string, depth)).\(test)"
        : "sets.\(random.pick(["contains", "intersects", "equivalent"]))"
          + "(\(of(.ints, depth)), \(of(.ints, depth)))"
    }
  }

  private mutating func chain(_ operation: String, _ depth: Int) -> String {
    let parts = (0..<2 + random.below(3)).map { _ in of(.bool, depth) }
    return "(\(parts.joined(separator: " \(operation) ")))"
  }

  private mutating func compare(_ kind: Kind, _ operations: [String], _ depth: Int) -> String {
    "(\(of(kind, depth)) \(random.pick(operations)) \(of(kind, depth)))"
  }

  private mutating func membership(_ depth: Int) -> String {
    switch random.below(4) {
    case 0: "(\(of(.int, depth)) in \(of(.ints, depth)))"
    case 1: "(\(of(.string, depth)) in \(of(.strings, depth)))"
    case 2: "(\(of(.string, depth)) in \(of(.map, depth)))"
    default: "(\(of(.node, depth)) in \(of(.nodes, depth)))"
    }
  }

  private mutating func presence(_ depth: Int) -> String {
    switch random.below(3) {
    case 0: "has(\(of(.node, depth)).\(random.pick(RandomWorld.fields)))"
    case 1: "has(\(of(.map, depth)).\(random.pick(DatumMaker.keys)))"
    default: "\(of(.optional, depth)).hasValue()"
    }
  }

  private mutating func quantifier(_ depth: Int) -> String {
    let (range, element) = random.pick([
      (Kind.ints, Kind.int), (.strings, .string), (.nodes, .node), (.map, .string),
    ])
    let name = name(depth)
    let list = of(range, depth)
    if random.chance(30) {
      let second = "w\(locals.count)"
      let kinds = range == .map ? (Kind.string, Kind.int) : (.int, element)
      let macro = random.pick(["all", "exists", "existsOne"])
      let body = within([(name, kinds.0), (second, kinds.1)]) { $0.of(.bool, depth) }
      return "\(list).\(macro)(\(name), \(second), \(body))"
    }
    let macro = random.pick(["all", "exists", "exists_one"])
    return "\(list).\(macro)(\(name), \(within([(name, element)]) { $0.of(.bool, depth) }))"
  }

  mutating func int(_ depth: Int) -> String {
    switch random.below(9) {
    case 0, 1:
      "(\(of(.int, depth)) \(random.pick(["+", "-", "*", "/", "%"])) \(of(.int, depth)))"
    case 2: "size(\(of(random.pick([.ints, .strings, .map, .string, .nodes]), depth)))"
    case 3: "\(of(.map, depth))[\(of(.string, depth))]"
    case 4: "\(of(.map, depth)).\(random.pick(DatumMaker.keys))"
    case 5: "\(of(.ints, depth))[\(of(.int, depth))]"
    case 6: "\(of(.node, depth)).size"
    case 7: "\(of(.optional, depth)).orValue(\(of(.int, depth)))"
    default: "int(\(of(random.pick([.uint, .double, .string]), depth)))"
    }
  }

  mutating func string(_ depth: Int) -> String {
    switch random.below(5) {
    case 0: "(\(of(.string, depth)) + \(of(.string, depth)))"
    case 1, 2: "\(of(.node, depth)).name"
    case 3: "\(of(.strings, depth))[\(of(.int, depth))]"
    default: "string(\(of(random.pick([.int, .uint, .string, .ip]), depth)))"
    }
  }

  mutating func ints(_ depth: Int) -> String {
    switch random.below(8) {
    case 0: return "[\(of(.int, depth)), ?\(of(.optional, depth))]"
    case 1: return "(\(of(.ints, depth)) + \(of(.ints, depth)))"
    case 2: return mapped(.ints, .int, .int, depth)
    case 3: return mapped(.nodes, .node, .int, depth)
    case 4: return filtered(.ints, .int, depth)
    case 5:
      return
        "\(of(.ints, depth)).\(random.pick(["reverse()", "distinct()", "sort()", "slice(0, 1)"]))"
    case 6:
      let names = (name(depth), "w\(locals.count)")
      let list = of(.ints, depth)
      let body = within([(names.0, .int), (names.1, .int)]) { $0.of(.int, depth) }
      return "\(list).transformList(\(names.0), \(names.1), \(body))"
    default: return filtered(.ints, .int, depth)
    }
  }

  private mutating func mapped(_ range: Kind, _ element: Kind, _ result: Kind, _ depth: Int)
    -> String
  {
    let list = of(range, depth)
    let name = name(depth)
    let condition =
      random.chance(30) ? within([(name, element)]) { $0.of(.bool, depth) } + ", " : ""
    let body = within([(name, element)]) { $0.of(result, depth) }
    return "\(list).map(\(name), \(condition)\(body))"
  }

  private mutating func filtered(_ range: Kind, _ element: Kind, _ depth: Int) -> String {
    let list = of(range, depth)
    let name = name(depth)
    return "\(list).filter(\(name), \(within([(name, element)]) { $0.of(.bool, depth) }))"
  }

  mutating func strings(_ depth: Int) -> String {
    switch random.below(5) {
    case 0: return "[\(of(.string, depth)), \(of(.string, depth))]"
    case 1: return mapped(.nodes, .node, .string, depth)
    case 2: return mapped(.map, .string, .string, depth)
    case 3: return "\(of(.node, depth)).tags"
    default: return filtered(.strings, .string, depth)
    }
  }

  mutating func map(_ depth: Int) -> String {
    let names = (name(depth), "w\(locals.count)")
    switch random.below(3) {
    case 0:
      return "{'a': \(of(.int, depth)), ?\(of(.string, depth)): \(of(.optional, depth))}"
    case 1:
      let body = within([(names.0, .string), (names.1, .int)]) { $0.of(.int, depth) }
      return "\(of(.map, depth)).transformMap(\(names.0), \(names.1), \(body))"
    default:
      let list = of(.strings, depth)
      let body = within([(names.0, .int), (names.1, .string)]) { $0.of(.int, depth) }
      return "\(list).transformMapEntry(\(names.0), \(names.1), {\(names.1): \(body)})"
    }
  }

  mutating func node(_ depth: Int) -> String {
    random.chance(50) ? "\(of(.node, depth)).next" : "\(of(.nodes, depth))[\(of(.int, depth))]"
  }

  mutating func nodes(_ depth: Int) -> String {
    switch random.below(3) {
    case 0: return "[\(of(.node, depth)), \(of(.node, depth))]"
    case 1:
      let list = of(.nodes, depth)
      let name = name(depth)
      return "\(list).sortBy(\(name), \(within([(name, .node)]) { $0.of(.int, depth) }))"
    default: return filtered(.nodes, .node, depth)
    }
  }

  mutating func optional(_ depth: Int) -> String {
    switch random.below(7) {
    case 0: return "optional.of(\(of(.int, depth)))"
    case 1: return "optional.ofNonZeroValue(\(of(.int, depth)))"
    case 2: return "\(of(.map, depth))[?\(of(.string, depth))]"
    case 3: return "\(of(.map, depth)).?\(random.pick(DatumMaker.keys))"
    case 4: return "\(of(.ints, depth))[?\(of(.int, depth))]"
    case 5: return "\(of(.optional, depth)).or(\(of(.optional, depth)))"
    default:
      let target = of(.optional, depth)
      let name = name(depth)
      return "\(target).optMap(\(name), \(within([(name, .int)]) { $0.of(.int, depth) }))"
    }
  }
}
