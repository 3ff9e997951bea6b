public import Linting
public import Rules

/// What a run found, with every position resolved: the one model that all formats read.
public struct Report: Sendable {
  /// The program that made the report.
  public struct Tool: Sendable {
    /// The program's name.
    public var name: String
    /// The program's version.
    public var version: String
    /// Which rules it used: `builtin VERSION`, with `+ DIR` for a user's own.
    public var ruleSet: String

    /// Makes a description of the program.
    public init(name: String, version: String, ruleSet: String) {
      self.name = name
      self.version = version
      self.ruleSet = ruleSet
    }
  }

  /// One input file.
  public struct Input: Sendable {
    /// The path as the user knows it; `-` for standard input.
    public var path: String
    /// The dialect that the content was recognised as; nil for a refused file.
    public var dialect: String?
    /// How many resources it gave.
    public var resources: Int
    /// How many problems it has.
    public var problems: Int
    /// Why a file found in a folder was taken for no dump and left out; nil where it is one.
    public var refusal: String?

    /// Makes an input.
    public init(
      path: String, dialect: String?, resources: Int, problems: Int, refusal: String? = nil
    ) {
      self.path = path
      self.dialect = dialect
      self.resources = resources
      self.problems = problems
      self.refusal = refusal
    }
  }

  /// A selected rule, with how often it had each outcome.
  public struct RuleEntry: Sendable {
    /// The rule's id.
    public var id: String
    /// What it checks, in a few words.
    public var title: String
    /// Its level, the gravest if it depends on the case.
    public var level: Level
    /// The schema type whose records it looks at; `Resource` for all types.
    public var resourceType: String
    /// Words that it can be selected by.
    public var tags: [String]
    /// The first of its references.
    public var helpURI: String?
    /// Its outcomes.
    public var counts: OutcomeCounts

    /// Makes an entry.
    public init(
      id: String, title: String, level: Level, resourceType: String, tags: [String],
      helpURI: String?, counts: OutcomeCounts
    ) {
      self.id = id
      self.title = title
      self.level = level
      self.resourceType = resourceType
      self.tags = tags
      self.helpURI = helpURI
      self.counts = counts
    }
  }

  /// A finding with its positions.
  public struct LocatedFinding: Sendable {
    /// The finding.
    public var finding: Finding
    /// Where it stands; nil where its record was not read from a file.
    public var location: Location?
    /// Where each of `finding.related` stands, in its order; nil for what was not loaded.
    public var relatedLocations: [Location?]
    /// The first reference of its rule.
    public var helpURI: String?
  }

  /// Something that degraded the run: a broken file, a record that could not be read, a rule that
  /// ended in an error; or a notice, that something about the input is worth knowing.
  public struct Problem: Sendable {
    /// What happened, one sentence.
    public var message: String
    /// The file; nil where the problem is no file's.
    public var path: String?
    /// Where in the file; nil for the file as a whole.
    public var location: Location?
    /// The rule that ended in an error; nil for problems of the input.
    public var ruleID: String?
    /// Whether all was read nevertheless, so that the run is not incomplete.
    public var isNotice = false
  }

  /// What is known to be wrong with the export itself: what else is said holds for the rest.
  public struct DumpQuality: Sendable, Equatable {
    /// Lists of which a page is missing.
    public var truncatedLists = 0
    /// Lists, or scopes of them, that the API could not give whole.
    public var refusedLists = 0
    /// NEGs of which fewer endpoints are listed than their size says.
    public var shortEndpointLists = 0
    /// Resources that stand in several dumps with different content.
    public var conflicts = 0

    /// Nothing wrong.
    public init() {}

    /// Whether nothing is known to be wrong.
    public var isSound: Bool { self == DumpQuality() }
  }

  /// The program.
  public var tool: Tool
  /// The input files, in path order.
  public var inputs: [Input]
  /// The selected rules, sorted by id.
  public var rules: [RuleEntry]
  /// The findings, sorted by file, position, rule and locator.
  public var findings: [LocatedFinding]
  /// What could not be decided, sorted by rule and what is missing.
  public var notEvaluated: [NotEvaluated]
  /// What rules are satisfied with, sorted by rule; empty unless it was asked for.
  public var satisfied: [SatisfiedSubject]
  /// What became of each suppression, in the configuration's order.
  public var suppressions: [SuppressionUse]
  /// How the findings compare with the baseline; nil without one.
  public var baseline: BaselineComparison?
  /// What degraded the run, and notices.
  public var problems: [Problem]
  /// How many resources were linted.
  public var resources: Int
  /// What is known to be wrong with the export itself.
  public var dumpQuality = DumpQuality()
}

/// A place in an input file.
public struct Location: Sendable, Equatable {
  /// The file as the user knows it.
  public var path: String
  /// The line, from 1.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int
  /// The column in UTF-16 code units, from 1.
  public var utf16Column: Int
  /// The RFC 6901 pointer of the value in the tree as read; nil where no value starts there.
  public var pointer: String?
  /// The line's text around the position.
  public var excerpt: SourceExcerpt?
}
