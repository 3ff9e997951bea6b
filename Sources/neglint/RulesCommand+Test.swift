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

        --mutate tests the examples instead: each rule is changed a little, one
        change at a time (a clause dropped, an operator flipped, a condition
        negated), and a change that no example notices is listed. Add an example
        that tells it from the rule or, where none can, an entry with the reason
        under 'equivalentMutants' in the rule file. Exit status 1 means that a
        mutant survived without an excuse.

        Examples:

          neglint rules test                         the built-in rules
          neglint rules test my-rules/               your own
          neglint rules test rules/ --select 'neg-*' a copy of the built-in ones
          neglint rules test --mutate my-rules/      do the examples notice changes?
        """)

    @OptionGroup var folder: RuleFolderOptions

    @Flag(name: .shortAndLong, help: "List every example or mutant.") var verbose = false

    @Flag(help: "Change the rules, and list the changes that no example notices.")
    var mutate = false

    func run(_ console: Console) throws -> ExitStatus {
      let (library, ids) = try folder.library()
      if mutate { return try runMutants(ids, of: library, console) }
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
