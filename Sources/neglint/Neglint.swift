import ArgumentParser

/// The program: reads the arguments, runs the command that they name, and turns all that happened
/// into an exit status.
@main
struct Neglint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Product.name,
    abstract: "Finds mistakes in exported Google Cloud network configuration.",
    discussion: """
      Reads what gcloud, the Compute API or your own snapshot says of network
      endpoint groups, backend services and what they use, in JSON or XML.
      Calls nothing, changes nothing.

      Start with a folder of exports, or with what a command prints:

        neglint export/
        gcloud compute network-endpoint-groups list --format=json | neglint -

      Reports for continuous integration, two at once:

        neglint export/ --output junit=TEST-neglint.xml --output json=neglint.json

      What a rule means, and why it found what it found:

        neglint explain neg-gce-vm-ip-alias-address

      Rules of your own:

        neglint rules test my-rules/ && neglint export/ --rules my-rules/

      Exit status: 0 no finding at or above --fail-on, 1 there is one, 2 wrong
      usage or a broken rule file, 3 something could not be read (the rest was
      linted), 70 a bug.
      """,
    version: Product.version,
    subcommands: [
      LintCommand.self, DiffCommand.self, RenderCommand.self, ConfigCommand.self, RulesCommand.self,
      ExplainCommand.self, EvalCommand.self, SchemaCommand.self, ExportScriptCommand.self,
      DoctorCommand.self, ConvertCommand.self,
    ],
    defaultSubcommand: LintCommand.self)

  static func main() {
    let status = run(Array(CommandLine.arguments.dropFirst()), Console.system())
    status.endProcess()
  }

  /// Runs the program.
  ///
  /// - Parameters:
  ///   - arguments: The arguments, without the program's name.
  ///   - console: Where its words go.
  /// - Returns: What to say to the shell.
  static func run(_ arguments: [String], _ console: Console) -> ExitStatus {
    do {
      if let lint = LintCommand.parsed(from: arguments) { return try lint.run(console) }
      var command = try parseAsRoot(arguments)
      if let subcommand = command as? any Subcommand { return try subcommand.run(console) }
      try command.run()
      return .clean
    } catch let failure as Failure {
      console.say("\(Product.name): \(failure.message)")
      return failure.status
    } catch {
      return report(error, console)
    }
  }

  /// Says what the argument parser has to say: help on standard output, mistakes on standard error.
  private static func report(_ error: any Error, _ console: Console) -> ExitStatus {
    let text = fullMessage(for: error)
    guard exitCode(for: error) == .success else {
      console.say(text)
      return .usage
    }
    do {
      try console.write(text + "\n")
      return .clean
    } catch {
      console.say("\(Product.name): \(error.message)")
      return error.status
    }
  }
}

/// A command that writes to a console and ends with a status.
protocol Subcommand: ParsableCommand {
  func run(_ console: Console) throws -> ExitStatus
}
