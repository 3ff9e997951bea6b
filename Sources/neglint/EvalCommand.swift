import ArgumentParser
import BuiltinRules
import CEL
import Reporting
import Resources
import Rules
import Schema

/// `neglint eval EXPR [--type TYPE] PATH...`.
struct EvalCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluate a CEL expression over an export.",
    discussion: """
      With --type, `self` is each resource (or part) of the type; without it,
      each collection is a list: instances, networkEndpointGroups, ... `data`
      holds the figures of rules. A map makes a table.

      Examples:

        neglint eval 'instances.size()' export/
        neglint eval self.networkEndpointType --type NetworkEndpointGroup export/
        neglint eval "{'vm': self.name, 'ip': self.networkInterfaces[0].networkIP}" \\
          --type Instance --where "self.zone.name == 'us-central1-a'" export/
        neglint eval self.instance --type NetworkEndpoint --format json export/

      `neglint schema` lists types and fields.
      """)

  /// How results are written.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: ArgumentHelp("A CEL expression.", valueName: "expr"))
  var expression: String

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("The type of `self`.", valueName: "type"))
  var type: String?

  @Option(
    name: .customLong("where"),
    help: ArgumentHelp("Only where this holds (with --type).", valueName: "expr"))
  var condition: String?

  @Option(help: "The format.")
  var format = Format.text

  @OptionGroup(title: "Input")
  var export: ExportOptions

  func validate() throws {
    if condition != nil && type == nil { throw ValidationError("--where needs --type") }
  }

  func run(_ console: Console) throws -> ExitStatus {
    let query = try Query(expression, condition: condition, type: type)
    let (graph, isComplete) = try export.graph(of: paths, fields: query.fields, console)
    let results = query.results(over: graph)
    switch format {
    case .text: try console.write(results.text())
    case .json: try console.write(results.json())
    }
    return isComplete && !results.hasErrors ? .clean : .incomplete
  }
}
