import Testing

@testable import neglint

/// What `--timings` says.
@Suite struct TimingsTests {
  private func lines(_ arguments: String...) -> [[Substring]] {
    Run(["\(Repository.root)/fixtures/mission/export", "--timings"] + arguments).messages
      .split(separator: "\n").map { $0.split(separator: " ") }
  }

  @Test func everyStageHasItsTimeAndMemory() {
    let stages = lines().filter { $0.first != "rule" && $0.contains("peak") }
    #expect(
      stages.compactMap(\.first)
        == ["rules", "reading", "graph", "compiling", "linting", "reporting", "process"])
    for stage in stages {
      #expect(Double(stage[1]) != nil && stage[2] == "s")
    }
  }

  @Test func theDearestRulesAreNamed() {
    let few = lines().filter { $0.first == "rule" }
    let all = lines("--verbose").filter { $0.first == "rule" }
    #expect(few.count == 10)
    #expect(all.count > few.count)
    for rule in all { #expect(rule.count == 6 && Double(rule[2]) != nil && rule[3] == "s") }
    let limit = all.first { $0[1] == "neg-endpoint-limit-exceeded" }
    #expect(limit?.suffix(2) == ["9", "evaluations"])
  }
}
