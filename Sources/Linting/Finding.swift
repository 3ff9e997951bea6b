public import Resources
public import Rules

/// A violated rule on one subject: what the user came for.
public struct Finding: Sendable {
  /// The rule's id.
  public var ruleID: String
  /// How bad it is.
  public var level: Level
  /// What is wrong, in one line.
  public var message: String
  /// The canonical key of the resource: `projects/P/zones/Z/networkEndpointGroups/N`.
  public var resource: String
  /// The schema type of the resource.
  public var resourceType: String
  /// The part of the resource by its identity fields, ending in a field's path; nil for the whole.
  public var locator: String?
  /// Where it stands; nil where the record was not read from a file.
  public var anchor: Anchor?
  /// Further places that belong to it.
  public var related: [RelatedRecord]
  /// Commands that mend it, each naming its project, values quoted for the shell.
  public var remediation: [String]
  /// The address of the resource, or of what made the part, in Terraform; nil for what did not
  /// come from a plan or state.
  public var terraformAddress: String?
  /// SHA-256 in hexadecimal of rule id NUL resource NUL locator.
  public var fingerprint: String
  /// The subject of the rule; the findings of one subject make one outcome.
  public var subject: RecordKey?
  /// What hides the finding; nil where it counts.
  public var suppression: Suppression? {
    get { accepted?.suppression }
    set { accepted = Accepted(newValue, expiredSuppression) }
  }
  /// What hid the finding until its date; nil where nothing did, or something else still does.
  public var expiredSuppression: Suppression? {
    get { accepted?.expired }
    set { accepted = Accepted(suppression, newValue) }
  }
  /// Whether the baseline has the finding; nil without a baseline.
  public var baselineState: BaselineState?
  /// What is to be known of the resource whatever the rule: `gke-managed`.
  public var tags: [String] = []

  /// What hides or hid the finding; of few findings, so that the others have no room for it.
  private var accepted: Accepted?

  private final class Accepted: Sendable {
    let suppression: Suppression?
    let expired: Suppression?

    /// Nil where there is nothing to keep.
    init?(_ suppression: Suppression?, _ expired: Suppression?) {
      if suppression == nil, expired == nil { return nil }
      self.suppression = suppression
      self.expired = expired
    }
  }

  /// The tag of findings on resources that a GKE controller made (constraints 4.9): it undoes
  /// edits by hand.
  public static let gkeManaged = "gke-managed"

  /// Makes a finding that nothing hides.
  ///
  /// - Parameters:
  ///   - ruleID: The rule's id.
  ///   - level: How bad it is.
  ///   - message: What is wrong.
  ///   - resource: The canonical key of the resource.
  ///   - resourceType: The schema type of the resource.
  ///   - locator: The part of the resource; nil for the whole.
  ///   - anchor: Where it stands in this run's input.
  ///   - related: Further places that belong to it.
  ///   - remediation: Commands that mend it.
  ///   - terraformAddress: What made it in Terraform.
  ///   - fingerprint: What identifies it.
  ///   - subject: The subject of the rule in this run.
  public init(
    ruleID: String, level: Level, message: String, resource: String, resourceType: String,
    locator: String?, anchor: Anchor?, related: [RelatedRecord], remediation: [String],
    terraformAddress: String? = nil, fingerprint: String, subject: RecordKey? = nil
  ) {
    self.ruleID = ruleID
    self.level = level
    self.message = message
    self.resource = resource
    self.resourceType = resourceType
    self.locator = locator
    self.anchor = anchor
    self.related = related
    self.remediation = remediation
    self.terraformAddress = terraformAddress
    self.fingerprint = fingerprint
    self.subject = subject
  }

  /// Whether the finding is one to act on: nothing hides it, and the baseline does not have it.
  public var counts: Bool { suppression == nil && baselineState != .unchanged }
}

/// Whether a baseline has a finding, in SARIF's words.
public enum BaselineState: String, Sendable {
  /// The baseline lacks it.
  case new
  /// The baseline has it.
  case unchanged
}

/// A further record that a finding speaks of.
public struct RelatedRecord: Sendable {
  /// The canonical key of the resource.
  public var resource: String
  /// The part of the resource; nil for the whole.
  public var locator: String?
  /// Where it stands; nil where it was not loaded.
  public var anchor: Anchor?

  /// Makes a record.
  public init(resource: String, locator: String?, anchor: Anchor?) {
    self.resource = resource
    self.locator = locator
    self.anchor = anchor
  }
}

/// Outcomes of one rule that could not be decided, for one reason.
public struct NotEvaluated: Sendable {
  /// The rule's id.
  public var ruleID: String
  /// What is missing: resources, lists or fields by their path; a whole collection where several
  /// of one collection and project are.
  public var missing: [String]
  /// The command that fetches it; nil where no export can give it.
  public var command: String?
  /// How many outcomes.
  public var count: Int
  /// The resources concerned, sorted: the first ten, or all on request.
  public var resources: [String]

  /// How many resources are listed unless all are asked for.
  public static let listed = 10

  /// Makes an entry.
  public init(
    ruleID: String, missing: [String], command: String?, count: Int, resources: [String]
  ) {
    self.ruleID = ruleID
    self.missing = missing
    self.command = command
    self.count = count
    self.resources = resources
  }
}

/// A subject that a rule looked at and is satisfied with.
public struct SatisfiedSubject: Sendable {
  /// The rule's id.
  public var ruleID: String
  /// The canonical key of the resource.
  public var resource: String
  /// The part of the resource; nil for the whole.
  public var locator: String?

  /// Makes a subject.
  public init(ruleID: String, resource: String, locator: String?) {
    self.ruleID = ruleID
    self.resource = resource
    self.locator = locator
  }
}

/// A rule that ended in an error on some record, or data that could not be used.
public struct LintProblem: Sendable {
  /// The rule's id, or nil where the problem is not one rule's.
  public var ruleID: String?
  /// The canonical key of the resource, if there is one.
  public var resource: String?
  /// What happened.
  public var message: String
  /// Where in the rule file: `rules/x.yaml:9:14`; nil where the problem is not a rule's.
  public var rulePosition: String?
  /// Where in the input; nil where nowhere in particular.
  public var anchor: Anchor?
}

/// How often a rule had each outcome.
public struct OutcomeCounts: Sendable, Equatable {
  /// `require` was true.
  public var satisfied = 0
  /// `require` was false.
  public var violated = 0
  /// `require` was false, and all findings of it are suppressed.
  public var suppressed = 0
  /// `when` or `require` was unknown.
  public var notEvaluated = 0
  /// `when` was false.
  public var notApplicable = 0

  /// No outcome at all.
  public init() {}

  /// How many outcomes there are.
  public var total: Int { satisfied + violated + notEvaluated + notApplicable }

  /// Adds two counts.
  public static func + (left: OutcomeCounts, right: OutcomeCounts) -> OutcomeCounts {
    var sum = left
    sum.satisfied += right.satisfied
    sum.violated += right.violated
    sum.suppressed += right.suppressed
    sum.notEvaluated += right.notEvaluated
    sum.notApplicable += right.notApplicable
    return sum
  }
}

/// Everything that evaluating rules over a graph gave.
public struct LintResult: Sendable {
  /// The findings, sorted by file, position, rule and locator.
  public var findings: [Finding]
  /// What could not be decided, sorted by rule and what is missing.
  public var notEvaluated: [NotEvaluated]
  /// Rules that ended in errors.
  public var problems: [LintProblem]
  /// The outcomes of each selected rule, by id.
  public var counts: [String: OutcomeCounts]
  /// What rules are satisfied with, sorted by rule, resource and locator; empty unless asked for.
  public var satisfied: [SatisfiedSubject] = []
  /// The processor time that each rule took, by id; empty unless asked for.
  ///
  /// What rules share is charged to the first of them.
  public var nanoseconds: [String: UInt64] = [:]
  /// What became of each suppression, in the configuration's order.
  public var suppressions: [SuppressionUse] = []
  /// How the findings compare with the baseline; nil without one.
  public var baseline: BaselineComparison?
}
