public import Documents
public import Resources
public import Schema

/// How to import.
public struct ImportOptions: Sendable {
  /// A file of endpoints and the network endpoint group that it belongs to
  /// (`--endpoints NEG_SELFLINK=FILE`).
  public struct EndpointFile: Hashable, Sendable {
    /// The group's selfLink or path: `projects/P/zones/Z/networkEndpointGroups/NAME`.
    public var group: String
    /// The file's path, as it is among the inputs.
    public var path: String

    /// Makes the pair.
    ///
    /// - Parameters:
    ///   - group: The group's selfLink or path.
    ///   - path: The file's path.
    public init(group: String, path: String) {
      self.group = group
      self.path = path
    }
  }

  /// The fields that the active rules read.
  public var fields: FieldSet
  /// How much of a resource one input may take.
  public var limits: Limits
  /// Whose endpoints certain files hold.
  public var endpoints: [EndpointFile]
  /// The importer's rules whose findings are wanted; with any, all modelled fields are looked at.
  public var rules: Set<ImporterFinding.Rule>
  /// How many threads may work; at least one does.
  public var jobs: Int
  /// The bytes of tape that one value may take before it is read in parts.
  var tapeLimit = 32 << 20
  /// Whether records are kept for a snapshot.
  var keepsRecords = false

  /// Makes options.
  ///
  /// - Parameters:
  ///   - fields: The fields that the active rules read.
  ///   - limits: How much of a resource one input may take.
  ///   - endpoints: Whose endpoints certain files hold.
  ///   - rules: The importer's rules whose findings are wanted.
  ///   - jobs: How many threads may work.
  public init(
    fields: FieldSet, limits: Limits = Limits(), endpoints: [EndpointFile] = [],
    rules: Set<ImporterFinding.Rule> = [], jobs: Int = 1
  ) {
    self.fields = fields
    self.limits = limits
    self.endpoints = endpoints
    self.rules = rules
    self.jobs = jobs
  }
}
