/// Why an input, or a part of it, could not be read.
///
/// Positions are bytes from the start of the input; `LineIndex` turns them into lines and columns.
public struct ReadingProblem: Error, Hashable, Sendable {
  /// The byte that the problem stands at; nil when the input as a whole could not be read.
  public let offset: Int?
  /// What is wrong and what to do about it, as one line of text without the position.
  public let message: String

  /// Makes a problem.
  ///
  /// - Parameters:
  ///   - offset: The byte that the problem stands at, from the start of the input.
  ///   - message: One line of text: what is wrong and what to do about it.
  public init(offset: Int?, message: String) {
    self.offset = offset
    self.message = message
  }
}

/// How much of a resource a reader may spend on one input.
///
/// The message of an exceeded limit names the limit and the command-line option that raises it.
public struct Limits: Hashable, Sendable {
  /// How many arrays, objects or elements may stand in each other (`--max-depth`).
  public var depth = 512
  /// How many bytes of text one XML element or attribute may hold (`--max-text`).
  ///
  /// JSON strings are not copied and need no such limit.
  public var textLength = 64 << 20
  /// How many broken lines of one input are reported before reading stops
  /// (`--max-broken-lines`).
  public var brokenLines = 1_000
  /// How many times as large as itself a gzip file may become (`--max-expansion`), from 64 MiB on.
  ///
  /// Exports shrink to a tenth to a hundredth; deflate's most is 1,032.
  public var expansion = 250
  /// How many bytes a gzip file may hold (`--max-unpacked`).
  public var unpackedLength = 8 << 30

  /// Makes the default limits.
  public init() {}
}
