import ArgumentParser
import Reporting
import RulePages
import Rules

extension RulesCommand {
  /// `neglint rules docs`.
  struct Docs: Subcommand {
    static let configuration = CommandConfiguration(
      commandName: "docs", abstract: "Write the rules' documentation.",
      discussion: """
        A Markdown page for each rule, an index (README.md), and the table of source
        statements (statements.md). The output folder has to exist; pages of rules
        that are gone are not removed.

        Examples:

          neglint rules docs --output docs/rules
          neglint rules docs my-rules/ --output my-docs/
        """)

    @OptionGroup var folder: RuleFolderOptions

    @Option(
      name: .shortAndLong,
      help: ArgumentHelp("The folder that the pages are written to.", valueName: "dir"))
    var output: String

    func run(_ console: Console) throws -> ExitStatus {
      let (library, ids) = try folder.library()
      let selected = Set(ids)
      let pages: [String: String]
      do {
        let rules = try library.definitions().filter { selected.contains($0.id) }
        pages = try RulePages(of: rules).pages
      } catch {
        throw Failure(error)
      }
      for (name, text) in pages.sorted(by: { $0.key < $1.key }) {
        try FileOutput(path: "\(output)/\(name)").write(Array(text.utf8))
      }
      try console.write("\(DisplayText.count(pages.count, "page")) written to \(output)\n")
      return .clean
    }
  }
}
