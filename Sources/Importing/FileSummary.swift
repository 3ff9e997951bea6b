public import Documents

/// What became of one input: nothing that was read or left out passes in silence.
public struct FileSummary: Hashable, Sendable {
  /// The number of the input.
  public let file: UInt32
  /// The path as reports show it.
  public let path: String
  /// The dialects that the content was recognised as, joined by commas; nil for a non-dump.
  public internal(set) var dialect: String?
  /// How many resources were taken in.
  public internal(set) var resources = 0
  /// How many records of each type, endpoints and members of list responses too, by type name.
  public internal(set) var recordsByType: [String: Int] = [:]
  /// How many records were recognised and left out, by kind or collection: neglint has no rules
  /// about them.
  public internal(set) var skippedByKind: [String: Int] = [:]
  /// How many problems the input gave, notices included.
  public internal(set) var problems = 0
  /// Why the file was taken for no dump; nil where it is one.
  ///
  /// For files found in a directory this is all that is said of them, unless they are broken.
  public internal(set) var refusal: String?

  /// By what places in the input are found again.
  public internal(set) var landmarks = Landmarks()

  init(file: UInt32, path: String) {
    self.file = file
    self.path = path
  }
}
