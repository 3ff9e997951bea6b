import Resources
public import Rules

/// What the examples of a rule say about one of its mutants.
public struct MutantResult: Sendable {
  /// How a mutant ended.
  public enum Fate: Hashable, Sendable {
    /// An example gives something else than it expects.
    case killed
    /// All examples give what they expect.
    case survived
    /// It survived, and the rule file says why no data could tell it from the rule.
    case excused(reason: String)
  }

  /// The rule's id.
  public let ruleID: String
  /// The mutant.
  public let mutant: Mutant
  /// How it ended.
  public let fate: Fate
}

/// The mutants of rules with their fates, and excuses that excuse nothing.
public struct MutationResult: Sendable {
  /// The mutants, by rule.
  public var mutants: [MutantResult] = []
  /// Rules whose examples fail without any change, so that nothing can be said of their mutants.
  public var failingRules: [String] = []
  /// Entries of `equivalentMutants` that name no surviving mutant, as a line each.
  public var staleExcuses: [String] = []
}

extension RuleTest {
  /// Changes rules a little, one change at a time, and looks whether their examples notice.
  ///
  /// - Parameters:
  ///   - ids: The rules' ids.
  ///   - library: The rules.
  /// - Returns: The mutants that compile, by rule and in the order of the files' keys.
  /// - Throws: The faults of rules that do not compile or whose examples cannot be read.
  /// - Complexity: Mutants times examples, each a lint of a small snapshot.
  public static func mutate(
    _ ids: some Sequence<String>, in library: RuleLibrary
  ) throws(RuleProblems) -> MutationResult {
    var result = MutationResult()
    for id in ids.sorted() {
      let rules = try library.ruleSet(selecting: [id], functions: HostFunctions.implementations)
      guard let rule = rules[id] else { continue }
      let details = try rule.definition.details()
      let examples = details.examples.map { LoadedExample($0, fields: rules.fields) }
      guard examples.allSatisfy({ $0.differences(under: rules).isEmpty }) else {
        result.failingRules.append(id)
        continue
      }
      var excuses = details.equivalentMutants
      for (mutant, mutated) in rules.mutants(
        of: id, functions: HostFunctions.implementations)
      {
        let isKilled = examples.contains { !$0.differences(under: mutated).isEmpty }
        let fate: MutantResult.Fate
        if isKilled {
          fate = .killed
        } else if let index = excuses.firstIndex(where: { $0.mutant == mutant.text }) {
          fate = .excused(reason: excuses.remove(at: index).reason)
        } else {
          fate = .survived
        }
        result.mutants.append(MutantResult(ruleID: id, mutant: mutant, fate: fate))
      }
      result.staleExcuses += excuses.map {
        "\($0.position): \(id): no such mutant survives: \($0.mutant)"
      }
    }
    return result
  }
}
