/// How two lists of findings differ, by fingerprint.
///
/// One fingerprint may stand several times on either side; then as many of the two sides' findings
/// are the same as the shorter side has.
public struct FindingComparison: Sendable, Equatable {
  /// The places in the new list of what the old one lacks, ascending.
  public let introduced: [Int]
  /// The places in the new list of what the old one has too, ascending.
  public let unchanged: [Int]
  /// The places in the old list of what the new one lacks, ascending.
  public let gone: [Int]

  /// Compares two lists.
  ///
  /// O(n).
  ///
  /// - Parameters:
  ///   - old: The fingerprints of the earlier findings.
  ///   - new: The fingerprints of the later findings.
  public init(old: [String], new: [String]) {
    var left: [String: Int] = [:]
    for fingerprint in old { left[fingerprint, default: 0] += 1 }
    var introduced: [Int] = []
    var unchanged: [Int] = []
    for (place, fingerprint) in new.enumerated() {
      if let count = left[fingerprint], count > 0 {
        left[fingerprint] = count - 1
        unchanged.append(place)
      } else {
        introduced.append(place)
      }
    }
    // Of equal ones the last are left: what stands before them was matched.
    var gone: [Int] = []
    for (place, fingerprint) in old.enumerated().reversed() {
      if let count = left[fingerprint], count > 0 {
        left[fingerprint] = count - 1
        gone.append(place)
      }
    }
    self.introduced = introduced
    self.unchanged = unchanged
    self.gone = gone.reversed()
  }
}

/// What a run could not decide, so that a finding that it lacks is not proved mended.
public struct UndecidedChecks: Sendable {
  private var resources: [String: Set<String>] = [:]
  private var openRules: Set<String> = []
  private let rules: Set<String>

  /// Takes in what was not evaluated.
  ///
  /// O(resources listed).
  ///
  /// - Parameters:
  ///   - notEvaluated: The outcomes that could not be decided.
  ///   - failedRules: The ids of the rules that ended in an error somewhere.
  ///   - rules: The ids of the rules that ran.
  public init(notEvaluated: [NotEvaluated], failedRules: Set<String>, rules: Set<String>) {
    self.rules = rules
    openRules = failedRules
    for entry in notEvaluated {
      resources[entry.ruleID, default: []].formUnion(entry.resources)
      // A list that was cut may go on with any resource.
      if entry.resources.count == NotEvaluated.listed, entry.count > NotEvaluated.listed {
        openRules.insert(entry.ruleID)
      }
    }
  }

  /// Whether the rule was not decided on a resource, or may not have been.
  public func contains(rule: String, resource: String) -> Bool {
    !rules.contains(rule) || openRules.contains(rule)
      || resources[rule]?.contains(resource) == true
  }
}
