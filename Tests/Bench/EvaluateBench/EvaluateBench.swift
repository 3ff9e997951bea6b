import CEL
import Documents

/// Evaluates each expression of a file many times over its data; prints nanoseconds by name.
@main enum EvaluateBench {
  static let rounds = 200_000

  static func main() throws {
    let path = CommandLine.arguments.last ?? ""
    let names = NameTable(seed: [])
    let reader = DocumentReader(names: names)
    let root = try reader.readValue(Source(path: path)).root
    guard let data = root.member("data"), let expressions = root.member("expressions") else {
      throw Failure.wrongFile
    }
    let host = SymbolHost()
    let context = Context(host: host)
    var declarations = Declarations()
    for member in data.members {
      let slot = declarations.variables.count
      declarations.variables.append(
        VariableDeclaration(names.name(of: member.name), .map(.string, .dyn)))
      context.setSlot(slot, value(of: member.value, context, names))
    }
    context.pin()
    var lines: [String] = []
    for member in expressions.members {
      let checked = try CheckedExpression(member.value.text, in: declarations)
      let program = checked.link(to: host)
      guard program.evaluate(context).isTrue else { throw Failure.wrongResult }
      let spent = ContinuousClock().measure {
        for _ in 0..<rounds {
          context.reset()
          _ = program.evaluate(context)
        }
      }
      let nanoseconds = spent / Duration.nanoseconds(1) / Double(rounds)
      lines.append("\"\(names.name(of: member.name))\": \(nanoseconds)")
    }
    print("{\(lines.joined(separator: ", "))}")
  }

  enum Failure: Error {
    case wrongFile, wrongResult
  }

  static func value(of node: Node, _ context: Context, _ names: NameTable) -> Value {
    switch node.kind {
    case .object:
      context.map(
        node.members.map { member in
          (
            context.string(names.name(of: member.name)),
            value(of: member.value, context, names)
          )
        })
    case .array: context.list(node.elements.map { value(of: $0, context, names) })
    case .string: context.string(node.text)
    default: .int(node.int ?? 0)
    }
  }
}
