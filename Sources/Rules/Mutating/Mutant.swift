import CEL

/// A rule with one small change in one of its expressions; its examples should notice.
public struct Mutant: Sendable {
  /// The key of the expression: `require`, `when`, `variables.vm`, `groupBy[0]`, `level[0]`, ...
  public let key: String
  /// What the expression has.
  public let original: String
  /// What the mutant has instead.
  public let replacement: String
  /// Where the change is.
  public let position: RulePosition

  let definition: RuleDefinition

  /// The mutant on one line: `require: 'a == b' -> 'a != b'`.
  public var text: String {
    "\(key): '\(Mutant.oneLine(original))' -> '\(Mutant.oneLine(replacement))'"
  }

  private static func oneLine(_ text: String) -> String {
    text.split { $0 == " " || $0.isNewline }.joined(separator: " ")
  }
}

extension RuleSet {
  /// The mutants of a rule that compile, each in a set with the rules that can silence it.
  ///
  /// What is changed are the expressions that decide: `when`, `require`, `variables`, `forEach`,
  /// `groupBy` and the cases of `level`.
  ///
  /// - Parameters:
  ///   - id: The rule's id.
  ///   - functions: What the host of the data does for the functions that rules can call.
  /// - Returns: The mutants in the order of the file's keys, each with its set.
  public func mutants(
    of id: String, functions: FunctionImplementations = [:]
  ) -> [(mutant: Mutant, rules: RuleSet)] {
    guard let rule = self[id] else { return [] }
    let declarations = RuleDeclarations.declarations(functions: functions, data: data)
    return rule.definition.mutants().compactMap { mutant in
      do {
        let changed = try RuleCompiler.compile(mutant.definition, in: declarations)
        return (mutant, replacing(changed))
      } catch {
        // A change that the type checker refuses is no mutant.
        return nil
      }
    }
  }
}

extension RuleDefinition {
  /// An expression with its key and the way to put another text in its place.
  private struct Place {
    let key: String
    let scalar: RuleScalar
    let change: (inout RuleDefinition, RuleScalar) -> Void
  }

  /// All mutants, also those that do not compile.
  fileprivate func mutants() -> [Mutant] {
    places.flatMap { place -> [Mutant] in
      let mutations: [Mutation]
      do {
        mutations = try Mutation.all(of: place.scalar.text)
      } catch {
        // The rule would not have compiled.
        return []
      }
      return mutations.map { mutant(at: place, $0) }
    }
  }

  private func mutant(at place: Place, _ mutation: Mutation) -> Mutant {
    let old = place.scalar
    var changed = self
    place.change(
      &changed,
      RuleScalar(
        mutation.applied(to: old.text), style: old.style, mark: old.mark,
        indentation: old.indentation, runs: old.runs))
    let bytes = Array(old.text.utf8)
    let end = mutation.span.offset + mutation.span.length
    return Mutant(
      key: place.key, original: String(decoding: bytes[mutation.span.offset..<end], as: UTF8.self),
      replacement: mutation.replacement,
      position: source.position(old.mark(at: mutation.span.offset)), definition: changed)
  }

  private var places: [Place] {
    var places: [Place] = []
    for (index, level) in levels.enumerated() {
      guard let when = level.when else { continue }
      places.append(Place(key: "level[\(index)]", scalar: when) { $0.levels[index].when = $1 })
    }
    for (index, variable) in variables.enumerated() {
      places.append(
        Place(key: "variables.\(variable.name)", scalar: variable.text) {
          $0.variables[index].text = $1
        })
    }
    if let forEach {
      places.append(Place(key: "forEach", scalar: forEach.text) { $0.forEach?.text = $1 })
    }
    for (index, key) in groupBy.enumerated() {
      places.append(Place(key: "groupBy[\(index)]", scalar: key) { $0.groupBy[index] = $1 })
    }
    if let when { places.append(Place(key: "when", scalar: when) { $0.when = $1 }) }
    if let require { places.append(Place(key: "require", scalar: require) { $0.require = $1 }) }
    return places
  }
}
