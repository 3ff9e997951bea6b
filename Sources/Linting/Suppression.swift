import Rules

/// What hides findings that someone has accepted, with the reason.
public struct Suppression: Hashable, Sendable {
  /// The rules: an id, or a glob with `*` and `?`.
  public var rule: String
  /// The findings: a glob over the resource's canonical key, or over key, blank and locator.
  public var resource: String
  /// Why it is accepted.
  public var reason: String
  /// The last day on which it hides; nil for no end.
  public var until: CalendarDate?
  /// Who accepted it.
  public var owner: String?
  /// Where it is written, `.neglint.yaml:12:5`.
  public var position: String?

  /// Makes a suppression.
  ///
  /// - Parameters:
  ///   - rule: The rules, an id or a glob.
  ///   - resource: A glob over the resource's canonical key, or over key, blank and locator.
  ///   - reason: Why it is accepted.
  ///   - until: The last day on which it hides.
  ///   - owner: Who accepted it.
  ///   - position: Where it is written.
  public init(
    rule: String, resource: String, reason: String, until: CalendarDate? = nil,
    owner: String? = nil, position: String? = nil
  ) {
    self.rule = rule
    self.resource = resource
    self.reason = reason
    self.until = until
    self.owner = owner
    self.position = position
  }

  /// The first day on which it hides no more; nil where it has no end.
  public var expiry: CalendarDate? { until?.next }
}

/// What became of a suppression in a run.
public struct SuppressionUse: Sendable {
  /// How a suppression fared.
  public enum State: String, Sendable, CaseIterable {
    /// It hides findings.
    case active
    /// Its last day is over: it hides nothing.
    case expired
    /// Its rules ran and found nothing that it would hide.
    case unmatched
    /// None of its rules ran.
    case notRun
  }

  /// The suppression.
  public var suppression: Suppression
  /// How it fared.
  public var state: State
  /// How many findings it hides, or would hide if it had not expired.
  public var count: Int

  /// Makes a use.
  public init(suppression: Suppression, state: State, count: Int) {
    self.suppression = suppression
    self.state = state
    self.count = count
  }
}

extension LintResult {
  /// Hides the findings that suppressions match, and notes what became of each suppression.
  ///
  /// Of several that match a finding the first in force hides it. A rule that is not suppressible
  /// is matched by none. O(findings x suppressions of the rule).
  ///
  /// - Parameters:
  ///   - suppressions: The suppressions, in the configuration's order.
  ///   - unsuppressible: The ids of the rules that cannot be suppressed.
  ///   - today: The day on which the suppressions are looked at; without one all are in force.
  public mutating func suppress(
    by suppressions: [Suppression], unsuppressible: Set<String>, today: CalendarDate?
  ) {
    let search = SuppressionSearch(
      suppressions, rules: Set(counts.keys).subtracting(unsuppressible), today: today)
    var matches = [Int](repeating: 0, count: suppressions.count)
    for index in findings.indices {
      for number in search.matches(findings[index]) {
        matches[number] += 1
        if search.isExpired[number] {
          findings[index].expiredSuppression =
            findings[index].expiredSuppression ?? suppressions[number]
        } else {
          findings[index].suppression = findings[index].suppression ?? suppressions[number]
        }
      }
      if findings[index].suppression != nil { findings[index].expiredSuppression = nil }
    }
    self.suppressions = suppressions.indices.map { number in
      let state: SuppressionUse.State =
        if search.isExpired[number] {
          .expired
        } else if matches[number] > 0 {
          .active
        } else {
          search.hasRun[number] ? .unmatched : .notRun
        }
      return SuppressionUse(
        suppression: suppressions[number], state: state, count: matches[number])
    }
    countSuppressedSubjects()
  }

  /// Moves subjects all of whose findings are hidden from the violated to the suppressed ones.
  private mutating func countSuppressedSubjects() {
    struct Subject: Hashable {
      var rule: String
      var record: RecordKey?
      /// Of a finding on a list, which is no record and an outcome of its own.
      var fingerprint: String?
    }
    var isHidden: [Subject: Bool] = [:]
    for finding in findings {
      let subject = Subject(
        rule: finding.ruleID, record: finding.subject,
        fingerprint: finding.subject == nil ? finding.fingerprint : nil)
      isHidden[subject] = (isHidden[subject] ?? true) && finding.suppression != nil
    }
    for (subject, isHidden) in isHidden where isHidden {
      counts[subject.rule]?.violated -= 1
      counts[subject.rule]?.suppressed += 1
    }
  }
}

/// Suppressions, prepared for looking at many findings.
private struct SuppressionSearch {
  /// For each suppression whether its last day is over.
  let isExpired: [Bool]
  /// For each suppression whether one of its rules ran.
  let hasRun: [Bool]
  /// For each rule the suppressions that name it, in order, with their globs over resources.
  private let ofRule: [String: [(number: Int, glob: [UInt8])]]

  init(_ suppressions: [Suppression], rules: Set<String>, today: CalendarDate?) {
    isExpired = suppressions.map { suppression in
      guard let until = suppression.until, let today else { return false }
      return until < today
    }
    var hasRun = [Bool](repeating: false, count: suppressions.count)
    var ofRule: [String: [(number: Int, glob: [UInt8])]] = [:]
    for (number, suppression) in suppressions.enumerated() {
      let glob = Array(suppression.rule.utf8)
      for rule in rules where matchesGlob(Array(rule.utf8), glob) {
        hasRun[number] = true
        ofRule[rule, default: []].append((number, Array(suppression.resource.utf8)))
      }
    }
    self.hasRun = hasRun
    self.ofRule = ofRule
  }

  /// The numbers of the suppressions that match a finding.
  func matches(_ finding: Finding) -> [Int] {
    guard let candidates = ofRule[finding.ruleID] else { return [] }
    let resource = Array(finding.resource.utf8)
    let whole = finding.locator.map { resource + [UInt8(ascii: " ")] + $0.utf8 }
    return candidates.filter { candidate in
      matchesGlob(resource, candidate.glob) || whole.map { matchesGlob($0, candidate.glob) } == true
    }.map(\.number)
  }
}
