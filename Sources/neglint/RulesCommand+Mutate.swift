import Reporting
import RuleTesting
import Rules

extension RulesCommand.Test {
  /// `neglint rules test --mutate`.
  func runMutants(
    _ ids: [String], of library: RuleLibrary, _ console: Console
  ) throws -> ExitStatus {
    let result: MutationResult
    do {
      result = try RuleTest.mutate(ids, in: library)
    } catch {
      throw Failure(error)
    }
    for mutant in result.mutants {
      switch mutant.fate {
      case .survived: try console.write("\(line(of: mutant)): SURVIVED\n")
      case .excused(let reason) where verbose:
        try console.write("\(line(of: mutant)): equivalent: \(reason)\n")
      case .killed where verbose: try console.write("\(line(of: mutant)): killed\n")
      case .excused, .killed: break
      }
    }
    for id in result.failingRules {
      try console.write("\(id): its examples fail; `neglint rules test --select \(id)` says how\n")
    }
    for excuse in result.staleExcuses { try console.write("\(excuse)\n") }
    let survived = result.mutants.count { $0.fate == .survived }
    let excused = result.mutants.count { if case .excused = $0.fate { true } else { false } }
    let killed = result.mutants.count - survived - excused
    try console.write(
      "\(DisplayText.count(result.mutants.count, "mutant")) of "
        + "\(DisplayText.count(ids.count, "rule")): \(killed) killed, \(excused) equivalent, "
        + "\(survived) survived\n")
    let isClean =
      survived == 0 && result.failingRules.isEmpty && result.staleExcuses.isEmpty
    return isClean ? .clean : .findings
  }

  private func line(of result: MutantResult) -> String {
    "\(result.mutant.position): \(result.ruleID): \(result.mutant.text)"
  }
}
