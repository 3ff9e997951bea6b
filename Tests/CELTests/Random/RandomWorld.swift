@testable import CEL

/// Random data for the variables of the random expressions, and the records behind them.
struct RandomData {
  var variables: [Datum]
  /// The fields of each record.
  var nodes: [[Datum]]

  init(_ maker: inout DatumMaker) {
    variables = RandomWorld.variables.map { maker.datum($0.kind) }
    nodes = (0..<DatumMaker.nodeCount).map { _ in maker.fields() }
  }

  /// Data in which nothing is missing and which agrees with this where that is known.
  func completion(_ maker: inout DatumMaker) -> RandomData {
    var result = self
    for index in variables.indices {
      result.variables[index] = maker.completion(of: variables[index])
    }
    for node in nodes.indices {
      result.nodes[node] = nodes[node].map { maker.completion(ofField: $0) }
    }
    return result
  }
}

/// A host with one record type, over data that can be exchanged.
final class RandomWorld: Host {
  static let variables: [(name: String, kind: Kind)] = [
    ("b0", .bool), ("b1", .bool), ("i0", .int), ("i1", .int), ("i2", .int), ("u0", .uint),
    ("d0", .double), ("s0", .string), ("s1", .string), ("li0", .ints), ("li1", .ints),
    ("ls0", .strings), ("m0", .map), ("m1", .map), ("n0", .node), ("n1", .node), ("ns0", .nodes),
    ("ns1", .nodes), ("o0", .optional), ("a0", .ip), ("c0", .cidr), ("x0", .dyn), ("x1", .dyn),
  ]
  static let fields = ["name", "size", "tags", "next", "flag"]
  /// A variable that a program computes.
  static let lazyName = "z0"
  static let lazyText = "li0.exists(x, x == i0) ? size(s0) : i1 + 1"

  static let declarations = Declarations(
    variables: variables.map { VariableDeclaration($0.name, $0.kind.type) }
      + [VariableDeclaration(lazyName, .int)],
    records: [
      RecordDeclaration(
        "Node",
        fields: [
          "name": .string, "size": .int, "tags": .list(.string), "next": .record("Node"),
          "flag": .bool,
        ])
    ])

  private let symbols = SymbolHost()
  var nodes: [[Datum]] = []

  func symbol(for text: String) -> UInt32 { symbols.symbol(for: text) }
  func utf8(of symbol: UInt32) -> UnsafeBufferPointer<UInt8> { symbols.utf8(of: symbol) }

  func reader(of field: String, in recordType: String) -> FieldReader {
    guard let index = RandomWorld.fields.firstIndex(of: field) else {
      return FieldReader(
        get: { context, _ in context.error("no field") },
        has: { context, _ in context.error("no field") })
    }
    return FieldReader(
      get: { [unowned self] context, record in
        switch nodes[Int(record.bits)][index] {
        case .unset where field != "next": context.value(of: RandomWorld.zero(field))
        case let datum: context.value(of: datum)
        }
      },
      has: { [unowned self] context, record in
        switch nodes[Int(record.bits)][index] {
        case .unset: .falseValue
        case .unknown(_, let cause): context.unknown(Cause(rawValue: cause))
        default: .trueValue
        }
      })
  }

  /// What reading a field gives that is not set.
  private static func zero(_ field: String) -> Datum {
    switch field {
    case "name": .string("")
    case "size": .int(0)
    case "tags": .list([], of: .string, openBecause: nil)
    default: .bool(false)
    }
  }

  func recordsEqual(_ left: Value, _ right: Value, _ context: Context) -> Value {
    .bool(left.bits == right.bits)
  }

  func describe(_ record: Value, _ context: Context) -> String { "node \(record.bits)" }

  func nameOfRecordType(_ index: UInt16) -> String { "Node" }

  /// Gives the variables their values.
  func load(_ data: RandomData, into context: Context) {
    nodes = data.nodes
    context.reset()
    for (slot, datum) in data.variables.enumerated() {
      context.setSlot(slot, context.value(of: datum))
    }
  }
}
