import CEL
import Resources

/// Sums not-evaluated outcomes up by rule and by what is missing, as they come.
///
/// A million outcomes make a handful of sums: nothing is kept for each but the resource, and that
/// once for all its parts.
struct NotEvaluatedSums {
  /// What the outcomes of a sum have in common.
  struct Key: Hashable {
    let rule: Int
    /// What is missing, folded; in no particular order, each once.
    let missing: Set<CauseFold>
  }

  /// A sum.
  struct Sum {
    var count = 0
    /// The resources concerned; may hold one several times, but not in a row.
    var resources: [UInt32] = []
    /// The causes of the first outcome.
    var causes: [Cause] = []
    /// The causes of all outcomes, where they are wanted.
    var allCauses: Set<Cause> = []
    /// Whether there are outcomes with other causes.
    var isMixed = false
  }

  private(set) var sums: [Sum] = []
  private(set) var keys: [Key] = []
  private var numbers: [Key: Int] = [:]
  /// For each cause set of the current context the number of its class, or -1.
  private var classes: [Int32] = []
  private var classSets: [(missing: Set<CauseFold>, causes: [Cause])] = []
  private var lastSum: [(setClass: Int32, sum: Int)] = []

  private let foldsCauses: Bool

  /// Makes an empty collection.
  ///
  /// - Parameters:
  ///   - ruleCount: How many rules there are.
  ///   - foldsCauses: Whether causes of one collection and project are reported as one.
  init(ruleCount: Int, foldsCauses: Bool) {
    self.foldsCauses = foldsCauses
    lastSum = Array(repeating: (-1, -1), count: ruleCount)
  }

  /// Forgets the numbers of cause sets; to be called when another context gives them.
  mutating func forgetCauseSets() {
    classes.removeAll(keepingCapacity: true)
    classSets.removeAll(keepingCapacity: true)
    for index in lastSum.indices { lastSum[index] = (-1, -1) }
  }

  /// Adds an outcome.
  ///
  /// - Parameters:
  ///   - rule: The rule's place in the rule set.
  ///   - resource: The number of the resource concerned.
  ///   - causes: What is missing, a set of the context.
  ///   - context: The context that evaluated the rule.
  ///   - graph: The graph.
  mutating func add(
    rule: Int, resource: UInt32, causes: CauseSetID, context: Context, graph: ResourceGraph
  ) {
    let number = classNumber(of: causes, context, graph)
    if lastSum[rule].setClass == number {
      note(resource, in: lastSum[rule].sum)
      return
    }
    let set = classSets[Int(number)]
    let sum = add(rule: rule, resource: resource, causes: set.causes, missing: set.missing)
    lastSum[rule] = (number, sum)
  }

  /// Adds an outcome with causes that no context numbers.
  mutating func add(rule: Int, resource: UInt32, causes: [Cause], graph: ResourceGraph) {
    _ = add(
      rule: rule, resource: resource, causes: causes,
      missing: Set(causes.map { graph.fold($0) }))
  }

  private mutating func add(
    rule: Int, resource: UInt32, causes: [Cause], missing: Set<CauseFold>
  ) -> Int {
    let number = sumNumber(of: Key(rule: rule, missing: missing))
    if sums[number].count == 0 {
      sums[number].causes = causes
    } else if !sums[number].isMixed, sums[number].causes != causes {
      sums[number].isMixed = true
    }
    if !foldsCauses { sums[number].allCauses.formUnion(causes) }
    note(resource, in: number)
    return number
  }

  private mutating func note(_ resource: UInt32, in sum: Int) {
    sums[sum].count += 1
    if sums[sum].resources.last != resource { sums[sum].resources.append(resource) }
  }

  private mutating func sumNumber(of key: Key) -> Int {
    if let known = numbers[key] { return known }
    numbers[key] = sums.count
    keys.append(key)
    sums.append(Sum())
    return sums.count - 1
  }

  private mutating func classNumber(
    of causes: CauseSetID, _ context: Context, _ graph: ResourceGraph
  ) -> Int32 {
    let index = Int(causes.rawValue)
    while classes.count <= index { classes.append(-1) }
    if classes[index] >= 0 { return classes[index] }
    let list = context.causes(of: causes)
    classSets.append((Set(list.map { graph.fold($0) }), list))
    classes[index] = Int32(truncatingIfNeeded: classSets.count - 1)
    return classes[index]
  }

  /// Drops the sums of a rule.
  mutating func removeAll(ofRule rule: Int) {
    for index in keys.indices where keys[index].rule == rule { sums[index] = Sum() }
  }

  /// Adds the sums of another thread.
  mutating func merge(_ other: NotEvaluatedSums) {
    for (key, sum) in zip(other.keys, other.sums) where sum.count > 0 {
      let number = sumNumber(of: key)
      if sums[number].count == 0 {
        sums[number] = sum
        continue
      }
      if sum.isMixed || sum.causes != sums[number].causes { sums[number].isMixed = true }
      sums[number].count += sum.count
      sums[number].resources += sum.resources
      sums[number].allCauses.formUnion(sum.allCauses)
    }
  }
}

extension NotEvaluatedSums {
  /// The sums as they are reported, sorted by rule and by what is missing.
  ///
  /// - Parameters:
  ///   - ids: The rules' ids.
  ///   - graph: The graph, for texts.
  ///   - listsAll: Whether all resources are listed rather than the first ten.
  /// - Returns: The entries.
  func entries(ids: [String], graph: ResourceGraph, listsAll: Bool) -> [NotEvaluated] {
    var paths: [UInt32: String] = [:]
    let entries = zip(keys, sums).filter { $1.count > 0 }.map { key, sum in
      let causes = foldsCauses ? sum.causes : Array(sum.allCauses)
      let isFolded = foldsCauses && sum.isMixed
      let things = causes.map { graph.missingThing($0) }
      let commands = things.compactMap { isFolded ? $0.foldedCommand : $0.command }
      let resources = Set(sum.resources).map { number in
        if let known = paths[number] { return known }
        let path = graph.path(ofResource: number)
        paths[number] = path
        return path
      }.sorted()
      return NotEvaluated(
        ruleID: ids[key.rule],
        missing: Set(things.map { isFolded ? $0.foldedPath : $0.path }).sorted(),
        command: commands.isEmpty ? nil : Set(commands).sorted().joined(separator: " && "),
        count: sum.count,
        resources: listsAll ? resources : Array(resources.prefix(NotEvaluated.listed)))
    }
    return entries.sorted { left, right in
      if left.ruleID != right.ruleID { return left.ruleID < right.ruleID }
      return left.missing.lexicographicallyPrecedes(right.missing)
    }
  }
}
