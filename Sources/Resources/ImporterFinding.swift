/// Something that is found while an export is read, and reported under the id of a rule whose file
/// says `by: importer` (constraints 2.3).
public struct ImporterFinding: Sendable {
  /// The rules that are checked while an export is read.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    /// A reference has none of the known forms.
    case malformedReference = "ref-malformed"
    /// An address or range does not parse.
    case malformedAddress = "ip-malformed"
    /// A value is none of an enumeration's.
    case unknownEnumValue = "enum-unknown"
    /// A value has a type that cannot be converted to the field's.
    case unexpectedType = "field-type-unexpected"
    /// A port is none from 1 to 65535.
    case portOutOfRange = "port-out-of-range"
    /// A name is none that the API gives.
    case invalidName = "resource-name-invalid"
    /// A list lacks a page, or a part that the API did not give.
    case partialDump = "dump-partial"
    /// A resource stands in several dumps, with different content.
    case conflictingDefinition = "duplicate-definition-conflict"
  }

  /// What a finding is about.
  public enum Subject: Hashable, Sendable {
    /// A record, by the number of its type in `Schema.types` and its row: in the builder that took
    /// it in or, once that is part of a graph, in the graph.
    case record(type: Int, row: Int)
    /// A list by its path, `projects/P/zones/Z/instances`: a page of it is missing.
    case truncatedList(String)
    /// A list by its path of which the API could not give a part.
    case refusedList(String)
  }

  /// The rule.
  public let rule: Rule
  /// What it is about.
  public internal(set) var subject: Subject
  /// Where it stands.
  public let anchor: Anchor
  /// The field's path below the record: its name and, of a list's element, its index.
  public let path: [String]
  /// What is wrong, in one line.
  public let message: String
  /// Whether it is one level less grave than the rule says.
  public let isMinor: Bool
  /// Further places: the other definitions of the resource.
  public let related: [Anchor]

  /// Makes a finding.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - subject: What it is about.
  ///   - anchor: Where it stands.
  ///   - path: The field's path below the record.
  ///   - message: What is wrong, in one line.
  ///   - isMinor: Whether it is one level less grave than the rule says.
  ///   - related: Further places.
  public init(
    _ rule: Rule, on subject: Subject, at anchor: Anchor, path: [String] = [], message: String,
    isMinor: Bool = false, related: [Anchor] = []
  ) {
    self.rule = rule
    self.subject = subject
    self.anchor = anchor
    self.path = path
    self.message = message
    self.isMinor = isMinor
    self.related = related
  }

  /// The end of a finding's locator: `network`, `healthChecks[1]`; nil for the whole record.
  public var locatorEnd: String? {
    guard let first = path.first else { return nil }
    return path.dropFirst().reduce(first) { $0 + "[\($1)]" }
  }
}
