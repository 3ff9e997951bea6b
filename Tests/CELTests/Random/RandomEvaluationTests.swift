import Testing

@testable import CEL

/// Evaluates random expressions over random partial data, in two ways and on whole data too.
///
/// `NEGLINT_RANDOM_CASES` raises the number of cases, `NEGLINT_RANDOM_SEED` changes them.
@Suite struct RandomEvaluationTests {
  /// The two evaluators give the same, errors and causes included.
  @Test(arguments: [0, 8]) func programsAgreeWithTheInterpreter(carelessness: Int) throws {
    var trial = Trial(carelessness: carelessness)
    for _ in 0..<randomCases(1_500) / 4 {
      guard let expression = trial.next() else { continue }
      for _ in 0..<4 {
        let data = RandomData(&trial.maker)
        let compiled = trial.evaluate(expression, data) { expression.program.evaluate($0) }
        let interpreted = trial.evaluate(expression, data) { expression.interpreter.evaluate($0) }
        guard compiled == interpreted else {
          Issue.record("\(expression.text): \(compiled) but interpreted \(interpreted) on \(data)")
          return
        }
      }
    }
    trial.printSummary()
  }

  /// What is known from partial data is known from every completion, and is the same.
  @Test(arguments: [0, 8]) func resultsOnPartialDataHoldOnItsCompletions(carelessness: Int) throws {
    var trial = Trial(carelessness: carelessness)
    for _ in 0..<randomCases(1_500) / 6 {
      guard let expression = trial.next() else { continue }
      for _ in 0..<2 {
        trial.maker.missing = 15
        let data = RandomData(&trial.maker)
        let partial = trial.evaluate(expression, data) { expression.program.evaluate($0) }
        trial.count(partial)
        trial.maker.missing = 0
        for _ in 0..<3 {
          let whole = data.completion(&trial.maker)
          let complete = trial.evaluate(expression, whole) { expression.program.evaluate($0) }
          if complete.isError, expression.mayHideErrors { continue }
          guard !complete.isUnknown, partial.holds(for: complete) else {
            Issue.record("\(expression.text): \(partial) but \(complete) on\n\(data)\n\(whole)")
            return
          }
        }
      }
    }
    trial.printSummary()
  }
}

/// A random expression in both evaluators.
private struct RandomExpression {
  let text: String
  let program: Program
  let interpreter: Interpreter

  /// Whether an element that is missing may make the whole expression an error where the known
  /// elements make it a value: these macros do not absorb errors, and look at known elements only.
  var mayHideErrors: Bool {
    ["map(", "filter(", "transform"].contains { text.contains($0) }
  }
}

/// What the random tests need.
private struct Trial {
  var maker: DatumMaker
  private var expressions: ExpressionMaker
  private let world = RandomWorld()
  private let context: Context
  private let lazy: [String: Program]
  private var options = CheckingOptions()
  private var seen = (made: 0, refused: 0, known: 0, unknown: 0, errors: 0)

  init(carelessness: Int) {
    maker = DatumMaker(random: RandomSource(seed: randomSeed()), missing: 15)
    expressions = ExpressionMaker(random: RandomSource(seed: randomSeed() &+ 1))
    expressions.carelessness = carelessness
    options.checksTypes = carelessness == 0
    context = Context(host: world, budget: 100_000_000)
    lazy = Trial.lazyPrograms(world)
  }

  private static func lazyPrograms(_ world: RandomWorld) -> [String: Program] {
    guard
      let expression = try? CheckedExpression(
        RandomWorld.lazyText, in: RandomWorld.declarations)
    else { return [:] }
    return [RandomWorld.lazyName: expression.link(to: world)]
  }

  /// The next expression; nil if the checker refuses it.
  mutating func next() -> RandomExpression? {
    seen.made += 1
    let kind = expressions.random.chance(60) ? Kind.bool : expressions.random.pick(Kind.allCases)
    let depth = 1 + expressions.random.below(4)
    let text = expressions.expression(kind, depth)
    do {
      let checked = try CheckedExpression(
        text, in: RandomWorld.declarations, expecting: nil, options: options)
      return RandomExpression(
        text: text, program: checked.link(to: world, lazy: lazy),
        interpreter: Interpreter(checked, host: world, lazy: lazy))
    } catch {
      seen.refused += 1
      if seen.refused < 4 { print("refused: \(text): \(error)") }
      return nil
    }
  }

  func evaluate(
    _ expression: RandomExpression, _ data: RandomData, _ body: (Context) -> Value
  ) -> Outcome {
    world.load(data, into: context)
    return Outcome(body(context), context)
  }

  mutating func count(_ outcome: Outcome) {
    if outcome.isError {
      seen.errors += 1
    } else if outcome.isUnknown {
      seen.unknown += 1
    } else {
      seen.known += 1
    }
  }

  func printSummary() {
    print("\(seen)")
    // Expressions that are mostly refused would test nothing.
    #expect(seen.refused * 3 < seen.made)
  }
}
