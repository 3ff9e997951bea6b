@testable import CEL

/// The types of the random data.
enum Kind: CaseIterable {
  case bool, int, uint, double, string, ints, strings, map, node, nodes, optional, ip, cidr, dyn

  var type: Type {
    switch self {
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .ints: .list(.int)
    case .strings: .list(.string)
    case .map: .map(.string, .int)
    case .node: .record("Node")
    case .nodes: .list(.record("Node"))
    case .optional: .optional(.int)
    case .ip: .ip
    case .cidr: .cidr
    case .dyn: .dyn
    }
  }
}

/// Random data, parts of which may be missing.
indirect enum Datum {
  case unknown(Kind, cause: UInt64)
  /// A field of a record that is not set.
  case unset
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case ip(String)
  case cidr(String)
  case node(Int)
  case optional(Datum?)
  case list([Datum], of: Kind, openBecause: UInt64?)
  case map([(String, Datum)], openBecause: UInt64?)
}

/// Makes random data and its completions.
struct DatumMaker {
  var random: RandomSource
  /// The chance in percent that a part is missing.
  var missing = 0
  /// How many records there are.
  static let nodeCount = 6
  static let texts = ["", "a", "b", "ab", "é"]
  static let addresses = ["10.0.0.1", "10.1.2.3", "192.168.0.1", "2001:db8::1", "::1"]
  static let ranges = ["10.0.0.0/8", "10.0.0.0/24", "2001:db8::/32", "0.0.0.0/0", "::/0"]
  static let keys = ["a", "b", "c"]

  mutating func cause() -> UInt64 { UInt64(1 + random.below(5)) }

  mutating func datum(_ kind: Kind, depth: Int = 0) -> Datum {
    if random.chance(missing) { return .unknown(kind, cause: cause()) }
    switch kind {
    case .bool: return .bool(random.chance(50))
    case .int: return .int(random.chance(4) ? .max : Int64(random.below(5) - 1))
    case .uint: return .uint(UInt64(random.below(4)))
    case .double: return .double(random.pick([0, 1, 1.5, -2, .infinity, .nan]))
    case .string: return .string(random.pick(DatumMaker.texts))
    case .ip: return .ip(random.pick(DatumMaker.addresses))
    case .cidr: return .cidr(random.pick(DatumMaker.ranges))
    case .ints: return list(.int)
    case .strings: return list(.string)
    case .nodes: return list(.node)
    case .map:
      let keys = DatumMaker.keys.filter { _ in random.chance(50) }.shuffled(using: &random)
      return .map(
        keys.map { ($0, datum(.int)) }, openBecause: random.chance(missing) ? cause() : nil)
    case .node: return .node(random.below(DatumMaker.nodeCount))
    case .optional: return .optional(random.chance(30) ? nil : datum(.int))
    case .dyn:
      if depth > 2 || random.chance(10) { return .null }
      return datum(random.pick(Kind.allCases), depth: depth + 1)
    }
  }

  private mutating func list(_ element: Kind) -> Datum {
    .list(
      (0..<random.below(4)).map { _ in datum(element) }, of: element,
      openBecause: random.chance(missing) ? cause() : nil)
  }

  /// The fields of a record: name, size, tags, next, flag.
  mutating func fields() -> [Datum] {
    [Kind.string, .int, .strings, .node, .bool].map { random.chance(20) ? .unset : datum($0) }
  }

  /// The same data with all that is missing filled in at random.
  mutating func completion(of datum: Datum) -> Datum {
    switch datum {
    case .unknown(let kind, _): return self.datum(kind)
    case .optional(let content): return .optional(content.map { completion(of: $0) })
    case .list(let elements, let kind, let causes):
      var all = elements.map { completion(of: $0) }
      if causes != nil {
        for _ in 0..<random.below(3) {
          all.insert(self.datum(kind), at: random.below(all.count + 1))
        }
      }
      return .list(all, of: kind, openBecause: nil)
    case .map(let entries, let causes):
      var all = entries.map { ($0.0, completion(of: $0.1)) }
      if causes != nil {
        for key in DatumMaker.keys where !all.contains(where: { $0.0 == key }) {
          if random.chance(50) {
            all.insert((key, self.datum(.int)), at: random.below(all.count + 1))
          }
        }
      }
      return .map(all, openBecause: nil)
    default: return datum
    }
  }

  /// A field of a record: one that is missing may turn out not to be set.
  mutating func completion(ofField datum: Datum) -> Datum {
    if case .unknown = datum, random.chance(20) { return .unset }
    return completion(of: datum)
  }
}

extension Context {
  /// The value of random data.
  func value(of datum: Datum) -> Value {
    func opening(_ cause: UInt64?) -> CauseSetID? { cause.map { causeSet(Cause(rawValue: $0)) } }
    switch datum {
    case .unknown(_, let cause): return unknown(Cause(rawValue: cause))
    case .unset: return error("not set")
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .uint(let value): return .uint(value)
    case .double(let value): return .double(value)
    case .string(let text): return .symbol(host.symbol(for: text))
    case .ip(let text): return IPAddress(text).map { ip($0) } ?? .null
    case .cidr(let text): return IPRange(text).map { cidr($0) } ?? .null
    case .node(let number): return .record(type: 0, id: UInt64(number))
    case .optional(let content): return content.map { optional(of: value(of: $0)) } ?? .none
    case .list(let elements, _, let cause):
      return list(elements.map { value(of: $0) }, openBecause: opening(cause))
    case .map(let entries, let cause):
      return map(
        entries.map { (string($0.0), value(of: $0.1)) }, openBecause: opening(cause))
    }
  }
}
