/// One input: what it is called and where its bytes come from.
///
/// Inputs are numbered by their place in the list that `importFiles` gets; that number is what
/// anchors, problems and summaries call the file.
public struct InputFile: Sendable {
  /// Where the bytes of an input come from.
  public enum Origin: Hashable, Sendable {
    /// The file at a path that the system can open.
    case file(String)
    /// A pipe or device at a path, which can be read once.
    case stream(String)
    /// Standard input.
    case standardInput
    /// Bytes that are in memory already.
    case bytes([UInt8])
  }

  /// The path as reports show it; `-` for standard input.
  public let path: String
  /// Where the bytes come from.
  public let origin: Origin
  /// The directory argument under which the file was found; nil where the file itself was named.
  ///
  /// A named file must be a dump; a directory is walked for dumps.
  public let directory: String?
  /// Whether the input is a plan that is laid over the others: they show what is, it says what will
  /// be.
  public var isOverlay = false

  /// Makes an input.
  ///
  /// - Parameters:
  ///   - path: The path as reports show it.
  ///   - origin: Where the bytes come from; nil means the file at `path`.
  ///   - directory: The directory argument under which the file was found.
  public init(path: String, origin: Origin? = nil, directory: String? = nil) {
    self.path = path
    self.origin = origin ?? (path == "-" ? .standardInput : .file(path))
    self.directory = directory
  }

  /// A file's name without its extension, `.gz` behind it included: `web` of `web.json.gz`.
  static func stem(of name: Substring) -> Substring {
    let name = name.hasSuffix(".gz") ? name.dropLast(3) : name
    return name.lastIndex(of: ".").map { name[..<$0] } ?? name
  }

  /// Makes an input of bytes in memory.
  ///
  /// - Parameters:
  ///   - path: The path as reports show it; it also attributes endpoint lists.
  ///   - bytes: The input.
  public init(path: String, bytes: [UInt8]) {
    self.init(path: path, origin: .bytes(bytes))
  }
}
