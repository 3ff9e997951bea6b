import ArgumentParser
import Configuration
import Reporting
import Rules

/// Which configuration file counts.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "Read this configuration rather than the nearest .neglint.yaml here or above.",
      valueName: "file"))
  var path: String?

  @Flag(name: .customLong("no-config"), help: "Read no configuration.")
  var isOff = false

  func validate() throws {
    if isOff, path != nil { throw ValidationError("--config and --no-config exclude each other") }
  }

  /// Reads the configuration; nil where there is none.
  ///
  /// - Throws: A usage failure for a file that cannot be read or has faults.
  func configuration() throws(Failure) -> Configuration? {
    guard !isOff, let path = path ?? ConfigurationFile.find() else { return nil }
    do {
      return try ConfigurationFile.read(path, formats: ReportFormat.allCases.map(\.rawValue))
    } catch {
      throw .configuration(error)
    }
  }
}

extension Failure {
  /// Faults of a configuration, one below the other.
  static func configuration(_ problems: RuleProblems) -> Failure {
    let faults = DisplayText.count(problems.problems.count, "fault")
    return .usage("\(faults) in the configuration; nothing was linted\n\(problems.description)")
  }
}
