import BuiltinRules
import CEL
import Resources
import Rules
import Schema

/// A checked expression that can be evaluated over a graph: what `neglint eval` runs.
struct Query {
  private let expression: CheckedExpression
  private let condition: CheckedExpression?
  private let data: DataSet
  /// The number of the type of `self`; nil for the whole graph.
  private let type: Int?
  /// What the expressions read.
  let fields: FieldSet

  /// Checks an expression.
  ///
  /// - Parameters:
  ///   - text: The expression.
  ///   - condition: What has to hold; nil for all subjects.
  ///   - type: The type of `self`; nil for the whole graph.
  /// - Throws: A usage failure that shows what is wrong with an expression.
  init(_ text: String, condition: String?, type: String?) throws(Failure) {
    do {
      data = try RuleLibrary.builtin.dataSet()
    } catch {
      throw Failure(error)
    }
    self.type = try type.map { name throws(Failure) in
      guard let index = Schema.index(of: name) else {
        throw .usage("there is no type '\(name)'; `neglint schema` lists all")
      }
      return index
    }
    var declarations = RuleDeclarations.declarations(
      functions: HostFunctions.implementations, data: data)
    declarations.variables = [
      VariableDeclaration(type == nil ? "@" : "self", .record(type ?? Schema.anyType)),
      VariableDeclaration("data", .record("Data")),
    ]
    if type == nil {
      declarations.variables += Query.collections.map {
        VariableDeclaration($0.name, .list(.record(Schema.types[$0.type].name)))
      }
    }
    expression = try Query.checked(text, declarations)
    self.condition = try condition.map { text throws(Failure) in
      try Query.checked(text, declarations, expecting: .bool)
    }
    var fields = FieldSet.none
    for name in expression.fieldsRead.union(self.condition?.fieldsRead ?? []) {
      fields.insert(name.field, of: name.record)
    }
    self.fields = fields
  }

  /// The collections that are variables where there is no `self`.
  private static let collections = Schema.types.enumerated().compactMap { index, type in
    type.collection.map { (name: $0, type: index) }
  }

  private static func checked(
    _ text: String, _ declarations: Declarations, expecting: Type? = nil
  ) throws(Failure) -> CheckedExpression {
    do {
      return try CheckedExpression(text, in: declarations, expecting: expecting)
    } catch {
      throw .usage(
        "the expression cannot be evaluated\n"
          + error.diagnostics.map { shown($0, in: text) }.joined(separator: "\n"))
    }
  }

  /// A fault with its line and a caret.
  private static func shown(_ fault: Diagnostic, in text: String) -> String {
    let before = text.utf8.prefix(fault.offset)
    let start = before.lastIndex(of: 0x0A).map { before.index(after: $0) } ?? text.startIndex
    let line = text[start...].prefix { $0 != "\n" }
    let indent = text.unicodeScalars[start..<before.endIndex].map { $0 == "\t" ? "\t" : " " }
    return "error: \(fault)\n  \(line)\n  \(indent.joined())^"
  }
}

extension Query {
  /// Evaluates the expression.
  ///
  /// - Parameter graph: The export.
  /// - Returns: A result for each subject where the condition does not fail, sorted by resource;
  ///   without a type, one.
  func results(over graph: ResourceGraph) -> QueryResults {
    for name in data.recordTypes {
      graph.setReader(ofRecordType: name) { data.reader(of: $0, in: name) }
    }
    let program = expression.link(to: graph)
    let filter = condition?.link(to: graph)
    let context = Context(host: graph)
    data.install(in: context)
    let reader = ValueReader(graph: graph, context: context)
    guard let type else {
      setCollections(of: graph, in: context)
      return QueryResults([reader.result(program.evaluate(context), of: nil)])
    }
    var results: [QueryResult] = []
    for row in 0..<graph.rowCount(ofType: type) {
      guard let subject = graph.subject(type: type, row: row) else { continue }
      context.reset()
      context.setSlot(0, subject)
      if let filter {
        let holds = filter.evaluate(context)
        if holds.isFalse { continue }
        if !holds.isTrue {
          results.append(reader.result(holds, of: subject))
          continue
        }
      }
      results.append(reader.result(program.evaluate(context), of: subject))
    }
    results.sort { ($0.resource ?? "", $0.locator ?? "") < ($1.resource ?? "", $1.locator ?? "") }
    return QueryResults(results)
  }

  private func setCollections(of graph: ResourceGraph, in context: Context) {
    context.reset()
    for (place, collection) in Query.collections.enumerated() {
      let subjects = (0..<graph.rowCount(ofType: collection.type)).compactMap {
        graph.subject(type: collection.type, row: $0)
      }
      let sorted = subjects.map { (graph.path(of: $0), $0) }.sorted { $0.0 < $1.0 }
      context.setSlot(2 + place, context.list(sorted.map(\.1)))
    }
  }
}
