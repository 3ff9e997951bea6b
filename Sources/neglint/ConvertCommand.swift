import ArgumentParser
import Importing
import Reporting
import Resources
import Schema

/// `neglint convert --to json|xml PATH...`.
struct ConvertCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write inputs as one snapshot, in JSON or XML.",
    discussion: """
      Any input becomes one document in a fixed order: what rules read of each
      resource, endpoints with their groups, and which collections are complete.
      Linting it gives what linting the inputs gives. Everything else is left out,
      and so are scripts, keys, headers and other secrets. docs/schemas/snapshot.xsd
      describes the form in XML.

      Examples:

        neglint convert --to json export/ > snapshot.json
        neglint convert --to xml assets.json endpoints/ > snapshot.xml
      """)

  /// The forms of a snapshot.
  enum Form: String, ExpressibleByArgument, CaseIterable { case json, xml }

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "path"))
  var paths: [String]

  @Option(help: "The form.")
  var to: Form

  @OptionGroup(title: "Input")
  var export: ExportOptions

  func run(_ console: Console) throws -> ExitStatus {
    let (inputs, found) = try export.inputs(paths)
    let snapshot = Snapshot(
      of: inputs.files, options: export.importOptions(.none),
      assumesCompleteness: export.assumeComplete, project: export.project)
    var isComplete = true
    for problem in found + snapshot.problems {
      let path = problem.file.map { inputs.files[Int($0)].path + ": " } ?? ""
      console.say("\(Product.name): \(path)\(problem.message)")
      if problem.severity == .degrades { isComplete = false }
    }
    if !snapshot.leftOut.isEmpty {
      let kinds = snapshot.leftOut.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
      console.say("\(Product.name): no rule reads \(kinds.joined(separator: ", ")): left out")
    }
    switch to {
    case .json:
      var writer = JSONWriter()
      writer.element(ConvertCommand.json(snapshot.value))
      try console.write(writer.finish())
    case .xml:
      do {
        try console.write(try snapshot.xml())
      } catch let failure as Failure {
        throw failure
      } catch {
        throw Failure(status: .failure, message: "the snapshot cannot be written: \(error)")
      }
    }
    return isComplete ? .clean : .incomplete
  }

  private static func json(_ value: SnapshotValue) -> JSONValue {
    switch value {
    case .text(let text): .string(text)
    case .number(let text): .literal(text)
    case .bool(let value): .literal(value ? "true" : "false")
    case .list(let items): .list(items.map(json))
    case .object(let members): .object(members.map { ($0.name, json($0.value)) })
    }
  }
}
