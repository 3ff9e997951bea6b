import CEL
import Resources

/// Sums not-evaluated outcomes up by rule and by what is missing, as they come.
///
/// A million outcomes make a handful of sums: nothing is kept for each but the resource, and that
/// once for all its parts.
struct NotEvaluatedSums {
  /// A sum.
  struct Sum {
    let rule: Int
    /// The number of what is missing, folded.
    let fold: Int
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

  /// What a rule's last outcome was.
  private struct Last {
    /// Its cause set, or -1.
    var causes: Int32 = -1
    var sum = 0
  }

  private(set) var sums: [Sum] = []
  /// What is missing, folded; sorted, each once.
  private var folds: [[CauseFold]] = []
  private var foldNumbers: [[CauseFold]: Int] = [:]
  /// The last one that was looked up: most are the same again.
  private var lastFold = -1
  private var scratch: [CauseFold] = []
  /// For each rule and each fold the number of its sum, or -1.
  private var sumNumbers: [[Int32]]
  /// For each cause set of the current context the number of its fold, or -1.
  private var foldOfSet: [Int32] = []
  private var last: [Last]
  private let foldsCauses: Bool

  /// Makes an empty collection.
  ///
  /// - Parameters:
  ///   - ruleCount: How many rules there are.
  ///   - foldsCauses: Whether causes of one collection and project are reported as one.
  init(ruleCount: Int, foldsCauses: Bool) {
    self.foldsCauses = foldsCauses
    sumNumbers = Array(repeating: [], count: ruleCount)
    last = Array(repeating: Last(), count: ruleCount)
  }

  /// Forgets the numbers of cause sets; to be called when another context gives them.
  mutating func forgetCauseSets() {
    foldOfSet.removeAll(keepingCapacity: true)
    for rule in last.indices { last[rule].causes = -1 }
  }

  /// Adds an outcome.
  ///
  /// - Parameters:
  ///   - rule: The rule's place in the rule set.
  ///   - resource: The number of the resource concerned.
  ///   - causes: What is missing, a set of the context.
  ///   - context: The context that evaluated the rule.
  ///   - graph: The graph.
  @inline(__always)
  mutating func add(
    rule: Int, resource: UInt32, causes: CauseSetID, context: Context, graph: ResourceGraph
  ) {
    let set = Int32(truncatingIfNeeded: causes.rawValue)
    if last[rule].causes != set {
      let sum = sumNumber(ofRule: rule, fold: foldNumber(of: causes, context, graph))
      last[rule] = Last(causes: set, sum: sum)
      if sums[sum].count == 0 || !sums[sum].isMixed || !foldsCauses {
        note(context.causes(of: causes), in: sum)
      }
    }
    note(resource, in: last[rule].sum)
  }

  /// Adds an outcome with causes that no context numbers.
  mutating func add(
    rule: Int, resource: UInt32, causes: some Collection<Cause>, graph: ResourceGraph
  ) {
    let sum = sumNumber(ofRule: rule, fold: foldNumber(of: causes, graph))
    if sums[sum].count == 0 || !sums[sum].isMixed || !foldsCauses { note(Array(causes), in: sum) }
    note(resource, in: sum)
  }

  private mutating func note(_ causes: [Cause], in sum: Int) {
    if sums[sum].count == 0 {
      sums[sum].causes = causes
    } else if !sums[sum].isMixed, sums[sum].causes != causes {
      sums[sum].isMixed = true
    }
    if !foldsCauses { sums[sum].allCauses.formUnion(causes) }
  }

  @inline(__always)
  private mutating func note(_ resource: UInt32, in sum: Int) {
    sums[sum].count &+= 1
    if sums[sum].resources.last != resource { sums[sum].resources.append(resource) }
  }

  private mutating func sumNumber(ofRule rule: Int, fold: Int) -> Int {
    while sumNumbers[rule].count <= fold { sumNumbers[rule].append(-1) }
    let known = sumNumbers[rule][fold]
    if known >= 0 { return Int(known) }
    sumNumbers[rule][fold] = Int32(truncatingIfNeeded: sums.count)
    sums.append(Sum(rule: rule, fold: fold))
    return sums.count - 1
  }

  private mutating func foldNumber(
    of causes: CauseSetID, _ context: Context, _ graph: ResourceGraph
  ) -> Int {
    let index = Int(causes.rawValue)
    while foldOfSet.count <= index { foldOfSet.append(-1) }
    if foldOfSet[index] >= 0 { return Int(foldOfSet[index]) }
    let number = context.withCauses(of: causes) { foldNumber(of: $0, graph) }
    foldOfSet[index] = Int32(truncatingIfNeeded: number)
    return number
  }

  private mutating func foldNumber(of causes: some Collection<Cause>, _ graph: ResourceGraph)
    -> Int
  {
    scratch.removeAll(keepingCapacity: true)
    for cause in causes {
      let fold = graph.fold(cause)
      if scratch.last != fold { scratch.append(fold) }
    }
    if scratch.count > 1 {
      scratch.sort()
      var count = 1
      for index in 1..<scratch.count where scratch[index] != scratch[count - 1] {
        scratch[count] = scratch[index]
        count += 1
      }
      scratch.removeSubrange(count...)
    }
    if lastFold < 0 || folds[lastFold] != scratch { lastFold = number(of: scratch) }
    return lastFold
  }

  private mutating func number(of fold: [CauseFold]) -> Int {
    if let known = foldNumbers[fold] { return known }
    foldNumbers[fold] = folds.count
    folds.append(fold)
    return folds.count - 1
  }

  /// Drops the sums of a rule.
  mutating func removeAll(ofRule rule: Int) {
    for index in sums.indices where sums[index].rule == rule {
      sums[index] = Sum(rule: rule, fold: sums[index].fold)
    }
  }

  /// Adds the sums of another thread.
  mutating func merge(_ other: NotEvaluatedSums) {
    for sum in other.sums where sum.count > 0 {
      let fold = number(of: other.folds[sum.fold])
      let number = sumNumber(ofRule: sum.rule, fold: fold)
      if sums[number].count == 0 {
        sums[number].causes = sum.causes
      } else if sum.isMixed || sum.causes != sums[number].causes {
        sums[number].isMixed = true
      }
      sums[number].isMixed = sums[number].isMixed || sum.isMixed
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
    let entries = sums.filter { $0.count > 0 }.map { sum in
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
        ruleID: ids[sum.rule],
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
