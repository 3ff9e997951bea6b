import CEL

extension RuleLibrary {
  /// Checks rules as code is linted: what compiles but is not fit to be kept.
  ///
  /// - Parameter ids: The rules to check.
  /// - Returns: The faults, sorted by position.
  /// - Throws: The faults of rules that do not compile or whose examples cannot be read.
  public func faults(ofRules ids: Set<String>) throws(RuleProblems) -> [RuleProblem] {
    let set = try ruleSet(selecting: ids)
    var faults: [RuleProblem] = []
    for rule in set.rules where ids.contains(rule.id) {
      let check = RuleCheck(rule: rule, wording: try rule.wording())
      faults += check.faults(try rule.definition.details())
    }
    return RuleProblems(faults).problems
  }
}

/// Looks for faults of one compiled rule.
struct RuleCheck {
  let rule: Rule
  let wording: RuleWording

  private var definition: RuleDefinition { rule.definition }

  func faults(_ details: RuleDetails) -> [RuleProblem] {
    documentationFaults(details) + exampleFaults(details) + variableFaults() + remediationFaults()
  }

  private func fault(_ message: String, at mark: RuleMark? = nil) -> RuleProblem {
    definition.source.problem(at: mark ?? definition.position, message)
  }

  private func documentationFaults(_ details: RuleDetails) -> [RuleProblem] {
    var faults: [RuleProblem] = []
    if definition.isBuiltIn, definition.since == nil {
      faults.append(fault("the rule does not say which rule set it came with; add 'since'"))
    }
    if definition.references.isEmpty { faults.append(fault("the rule has no references")) }
    if details.description.isEmpty { faults.append(fault("the rule has no description")) }
    return faults
  }

  private func exampleFaults(_ details: RuleDetails) -> [RuleProblem] {
    var kinds: [Example.Kind] = [.violating, .passing]
    if !definition.isAlwaysEvaluated, !definition.isImporterRule { kinds.append(.notEvaluated) }
    var faults = kinds.compactMap { kind -> RuleProblem? in
      if details.examples.contains(where: { $0.kind == kind }) { return nil }
      let hint = kind == .notEvaluated ? " (or 'notEvaluated: never', if it cannot be unknown)" : ""
      return fault("the rule has no \(kind.rawValue) example\(hint)")
    }
    var names: Set<String> = []
    for example in details.examples {
      if !names.insert(example.name).inserted {
        faults.append(
          RuleProblem(
            position: example.position, message: "another example is named '\(example.name)'"))
      }
      if example.kind == .violating, example.findings.isEmpty {
        faults.append(
          RuleProblem(position: example.position, message: "a violating example without findings"))
      }
    }
    return faults
  }

  /// Variables that no other expression reads.
  private func variableFaults() -> [RuleProblem] {
    var read: Set<String> = []
    for expression in rule.expressions(wording) { read.formUnion(expression.variablesRead) }
    return definition.variables.filter { !read.contains($0.name) }.map {
      fault("the variable '\($0.name)' is not used", at: $0.mark)
    }
  }

  /// Commands that a shell would not take as one plain command, or that name no project.
  private func remediationFaults() -> [RuleProblem] {
    guard let scalar = definition.remediation else { return [] }
    return wording.remediation.flatMap { template -> [RuleProblem] in
      ShellCommand.faults(of: template).map { fault($0, at: scalar.mark) }
    }
  }
}

extension Rule {
  /// All expressions of the rule.
  fileprivate func expressions(_ wording: RuleWording) -> [RuleExpression] {
    let conditions = [when, require, forEach?.list, wording.anchor?.base].compactMap(\.self)
    return variables.map(\.expression) + conditions + wording.levels.compactMap(\.when) + groupBy
      + wording.related + wording.message.expressions
      + wording.remediation.flatMap(\.expressions)
  }
}
