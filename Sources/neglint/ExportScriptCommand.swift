import ArgumentParser
import Importing

/// `neglint export-script`.
struct ExportScriptCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "export-script",
    abstract: "Print a shell script that exports a project with gcloud.",
    discussion: """
      Examples:

        neglint export-script > export.sh
        sh export.sh PROJECT export/ && neglint export/
        sh export.sh --rest PROJECT export/      many groups: endpoints with curl
        sh export.sh --help

      The script reads with gcloud alone, and changes nothing. It leaves out startup
      scripts, keys and headers. Where a part fails it says so, ends with status 1,
      and fetches that part when it is run again. Its manifest.json tells neglint
      what is complete.
      """)

  func run(_ console: Console) throws -> ExitStatus {
    try console.write(ExportScript.text)
    return .clean
  }
}
