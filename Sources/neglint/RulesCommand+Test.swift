import ArgumentParser
import RuleTesting
import Reporting
import Rules

extension RulesCommand {
  /// `neglint rules test`.
  struct Test: Subcommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Run the examples of rules.",
      discussion: """
        Every example is linted with its rule. A violating one has to give exactly
        the findings that it lists, a passing one none, and one that is not
        evaluated has to lack exactly what it says. Exit status 1 means that an
        example does not.

        Examples:

          neglint rules test                         the built-in rules
          neglint rules test my-rules/               your own
          neglint rules test rules/ --select 'neg-*' a copy of the built-in ones
        """)

    @OptionGroup var folder: RuleFolderOptions

    @Flag(name: .shortAndLong, help: "List every example.") var verbose = false

    func run(_ console: Console) throws -> ExitStatus {
      let (library, ids) = try folder.library()
      let results: [ExampleResult]
      do {
        results = try RuleTest.run(ids, in: library)
      } catch {
        throw Failure(error)
      }
      var failed = 0
      for result in results {
        if result.passed {
          if verbose { try console.write("\(Test.line(of: result)): passed\n") }
        } else {
          failed += 1
          try console.write("\(Test.line(of: result)): FAILED\n")
          for difference in result.differences {
            try console.write(
              difference.split(separator: "\n", omittingEmptySubsequences: false)
                .map { "    \($0)\n" }.joined())
          }
        }
      }
      let examples =
        "\(DisplayText.count(results.count, "example")) of \(DisplayText.count(ids.count, "rule"))"
      try console.write(failed == 0 ? "\(examples): all pass\n" : "\(examples): \(failed) failed\n")
      return failed == 0 ? .clean : .findings
    }

    private static func line(of result: ExampleResult) -> String {
      "\(result.position): \(result.ruleID): \(result.kind.rawValue) '\(result.name)'"
    }
  }
}
