import CEL
import Resources
import Rules

/// Makes findings of violations: evaluates each subject once more and writes the texts.
struct FindingWriter {
  let graph: ResourceGraph
  let rules: RuleSet
  private let evaluator: Evaluator
  private var texts: [Int: RuleTexts] = [:]
  private(set) var failures = RuleFailures()

  /// Makes a writer; not to be done by several threads at once.
  ///
  /// - Parameters:
  ///   - graph: The records.
  ///   - rules: The rules.
  ///   - options: How to lint.
  ///   - linked: The places of rules that are linked at once rather than when they are needed.
  init(
    _ graph: ResourceGraph, _ rules: RuleSet, _ options: LintOptions, for linked: [Int] = []
  ) {
    self.graph = graph
    self.rules = rules
    evaluator = Evaluator(context: LintWorker.context(graph, rules, options))
    for rule in linked { _ = texts(ofRule: rule) }
  }

  private var context: Context { evaluator.context }

  /// Writes the findings of violations.
  ///
  /// - Parameters:
  ///   - violations: The violated units that are reported.
  ///   - findings: Where the findings go.
  mutating func write(_ violations: ArraySlice<Violation>, to findings: inout [Finding]) {
    var rest = violations
    while let first = rest.first {
      // A subject's units stand together.
      let units = rest.prefix { $0.isOfSubject(of: first) }
      write(units, of: first.rule, on: first.subject, to: &findings)
      rest = rest[units.endIndex...]
    }
  }

  /// Cuts violations into parts of at least some length, between subjects.
  static func parts(of violations: [Violation], atLeast length: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = 0
    while start < violations.count {
      var end = min(start + length, violations.count)
      while end < violations.count, violations[end].isOfSubject(of: violations[end - 1]) {
        end += 1
      }
      parts.append(start..<end)
      start = end
    }
    return parts
  }

  /// What the rule's findings are written with; nil, with a failure noted, where it has faults.
  mutating func texts(ofRule rule: Int) -> RuleTexts? {
    if let known = texts[rule] { return known }
    do {
      let made = try RuleTexts(rules.rules[rule], index: rule, graph: graph)
      texts[rule] = made
      return made
    } catch {
      failures.add(RuleFailures.Key(rule: rule, position: nil, message: error.description))
      return nil
    }
  }

  /// The commands that a rule's file has for a record.
  mutating func commands(_ texts: RuleTexts, on record: Value) -> [String] {
    context.reset()
    context.setSlot(0, record)
    let unit = Unit(graph: graph, context: context, texts: texts, subject: record, place: record)
    return unit.remediation(&failures)
  }

  private mutating func write(
    _ units: ArraySlice<Violation>, of rule: Int, on subject: Value, to findings: inout [Finding]
  ) {
    guard let texts = texts(ofRule: rule), let linked = texts.rule else { return }
    var made: [Finding] = []
    var failures = failures
    let (graph, context) = (graph, context)
    func write(at place: Value) {
      let unit = Unit(graph: graph, context: context, texts: texts, subject: subject, place: place)
      made.append(unit.finding(&failures))
    }
    if let iteration = linked.iteration {
      // What no record stands for, and what groups hold, evaluating the rule once more tells.
      if iteration.keys.isEmpty, units.allSatisfy({ $0.place.recordID != nil }) {
        context.reset()
        context.setSlot(0, subject)
        for unit in units {
          context.restart()
          context.setSlot(iteration.itemSlot, unit.place)
          write(at: unit.place)
        }
      } else {
        var ordinal = 0
        var wanted = units
        _ = evaluator.evaluate(linked, on: subject) { place in
          if wanted.first?.ordinal == ordinal {
            wanted.removeFirst()
            write(at: place)
          }
          ordinal += 1
        }
      }
    } else {
      context.reset()
      context.setSlot(0, subject)
      write(at: subject)
    }
    self.failures = failures
    findings += made
  }
}

/// A violated unit while the context holds it.
private struct Unit {
  let graph: ResourceGraph
  let context: Context
  let texts: RuleTexts
  let subject: Value
  let place: Value

  private func fail(
    _ message: String, _ position: RulePosition?, _ failures: inout RuleFailures
  ) {
    failures.add(
      RuleFailures.Key(rule: texts.index, position: position, message: message), on: subject,
      graph: graph)
  }

  func finding(_ failures: inout RuleFailures) -> Finding {
    let record = place.recordID == nil ? subject : place
    let resource = graph.path(of: subject)
    let (anchor, locator) = position(of: record, resource: resource, &failures)
    var finding = Finding(
      ruleID: texts.id, level: level(&failures), message: message(&failures),
      resource: resource, resourceType: graph.resourceType(of: subject), locator: locator,
      anchor: anchor, related: related(besides: record, &failures),
      remediation: remediation(&failures), terraformAddress: graph.terraformAddress(of: record),
      fingerprint: Finding.fingerprint(texts.id, resource, locator),
      subject: RecordKey(subject))
    finding.tag(subject, of: graph)
    return finding
  }

  private func level(_ failures: inout RuleFailures) -> Level {
    for level in texts.levels {
      guard let when = level.when else { return level.level }
      let value = when.evaluate(context)
      if value.isTrue { return level.level }
      if value.isError { fail(context.errorMessage(of: value), level.position, &failures) }
    }
    return texts.levels.last?.level ?? .warning
  }

  private func message(_ failures: inout RuleFailures) -> String {
    switch texts.message.render(context, quoting: .none) {
    case .text(let text): return text
    case .unavailable: return texts.title
    case .failure(let message, let position):
      fail(message, position, &failures)
      return texts.title
    }
  }

  /// All commands or none: half of a change is worse than no change.
  func remediation(_ failures: inout RuleFailures) -> [String] {
    var commands: [String] = []
    for template in texts.remediation {
      switch template.render(context, quoting: .shell) {
      case .text(let text): commands.append(text)
      case .unavailable: return []
      case .failure(let message, let position):
        fail(message, position, &failures)
        return []
      }
    }
    return commands
  }

  /// Where the finding points at, and the part of the resource that it is about.
  private func position(
    of record: Value, resource: String, _ failures: inout RuleFailures
  ) -> (Anchor?, String?) {
    var base = record
    var path: [String] = []
    if let anchor = texts.anchor {
      let value = anchor.base.evaluate(context)
      if value.isError { fail(context.errorMessage(of: value), anchor.position, &failures) }
      if value.recordID != nil {
        base = value
        path = anchor.fieldPath
      }
    }
    var anchor = graph.anchor(of: base)
    anchor?.path += path
    // The finding is about its subject, wherever it points at.
    guard graph.path(of: base) == resource else { return (anchor, graph.locator(of: record)) }
    let pieces = [graph.locator(of: base)].compactMap(\.self) + path
    return (anchor, pieces.isEmpty ? nil : pieces.joined(separator: "."))
  }

  /// The other items of the group, then what the rule names.
  private func related(
    besides record: Value, _ failures: inout RuleFailures
  ) -> [RelatedRecord] {
    var values: [Value] = []
    if let slot = texts.groupSlot {
      values += context.elements(of: context.slot(slot)) ?? []
    }
    for (program, position) in texts.related {
      let value = program.evaluate(context)
      if value.isError { fail(context.errorMessage(of: value), position, &failures) }
      values += context.elements(of: value) ?? [value]
    }
    var seen: Set<RecordKey> = []
    if let key = RecordKey(record) { seen.insert(key) }
    return values.compactMap { value in
      guard let key = RecordKey(value), seen.insert(key).inserted else { return nil }
      let path = graph.path(of: value)
      if path.isEmpty { return nil }
      return RelatedRecord(
        resource: path, locator: graph.locator(of: value), anchor: graph.anchor(of: value))
    }
  }
}

extension Finding {
  /// Tags the finding with what holds for its resource whatever the rule.
  ///
  /// The commands of one that GKE manages would be undone: its controller's take their place.
  mutating func tag(_ subject: Value, of graph: ResourceGraph) {
    guard let resource = graph.resourceNumber(of: subject),
      graph.isGKEManaged(resource: resource)
    else { return }
    tags.append(Finding.gkeManaged)
    remediation = [
      "# managed by GKE: change the Kubernetes Service or Ingress behind it; its controller undoes "
        + "other edits"
    ]
  }
}
