import ArgumentParser
import Reporting
import Rules

extension RulesCommand {
  /// `neglint rules check`.
  struct Check: Subcommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Lint rules themselves.",
      discussion: """
        Rules have to compile, say where their statements come from, have the
        examples that they need, use all their variables, and give commands that
        a shell can parse. Exit status 1 means that one does not.

        Examples:

          neglint rules check
          neglint rules check my-rules/
        """)

    @OptionGroup var folder: RuleFolderOptions

    func run(_ console: Console) throws -> ExitStatus {
      let (library, ids) = try folder.library()
      let problems: [RuleProblem]
      do {
        problems = try library.faults(ofRules: Set(ids))
      } catch {
        throw Failure(error)
      }
      for problem in problems { try console.write("\(problem)\n") }
      let rules = DisplayText.count(ids.count, "rule")
      try console.write(
        problems.isEmpty
          ? "\(rules) in order\n" : "\(DisplayText.count(problems.count, "fault")) in \(rules)\n")
      return problems.isEmpty ? .clean : .findings
    }
  }
}
