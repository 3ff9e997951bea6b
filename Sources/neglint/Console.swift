#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where a run's words go: the document to standard output, all else to standard error.
final class Console {
  /// The process's own streams, or memory (tests).
  private let isSystem: Bool
  /// What was written to standard output, if that is memory.
  private(set) var output: [UInt8] = []
  /// What was written to standard error, if that is memory.
  private(set) var messages = ""

  private init(isSystem: Bool) { self.isSystem = isSystem }

  /// The process's streams.
  ///
  /// A reader that goes away shows as an error of the write from now on, not as a signal.
  /// A stream that is closed stays unusable: no file that is opened later takes its number.
  static func system() -> Console {
    signal(SIGPIPE, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest free number is this one.
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
    return Console(isSystem: true)
  }
  /// Streams that only keep what is written.
  static func memory() -> Console { Console(isSystem: false) }

  /// Whether standard output shows colours: a terminal that is not dumb, and NO_COLOR is not set
  /// (https://no-color.org).
  var showsColors: Bool {
    isSystem && isatty(STDOUT_FILENO) == 1 && Console.environment("NO_COLOR")?.isEmpty != false
      && Console.environment("TERM") != "dumb"
  }

  /// Whether standard error is a terminal, so that progress may be shown.
  var showsProgress: Bool { isSystem && isatty(STDERR_FILENO) == 1 }

  /// A variable of the environment; nil if it is not set.
  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The time that reports are to bear, in seconds since 1970; nil where none is set
  /// (https://reproducible-builds.org/specs/source-date-epoch).
  ///
  /// - Throws: A usage failure for a SOURCE_DATE_EPOCH that is no number.
  static func sourceDateEpoch() throws(Failure) -> Int? {
    guard let epoch = environment("SOURCE_DATE_EPOCH"), !epoch.isEmpty else { return nil }
    guard let seconds = Int(epoch), seconds >= 0 else {
      throw .usage("SOURCE_DATE_EPOCH is '\(epoch)', not a number of seconds since 1970")
    }
    return seconds
  }

  /// Writes to standard output.
  ///
  /// A reader that has gone away (`neglint ... | head`) is no failure.
  func write(_ bytes: [UInt8]) throws(Failure) {
    guard isSystem else {
      output += bytes
      return
    }
    guard let reason = FileOutput.write(bytes, to: STDOUT_FILENO) else { return }
    if reason != EPIPE {
      throw Failure(
        status: .failure, message: "standard output cannot be written: \(FileOutput.text(reason))")
    }
  }

  /// Writes to standard output piece by piece.
  ///
  /// - Parameter body: Gives the pieces to a closure.
  /// - Throws: A failure where they cannot be written, and what the body throws.
  func write(_ body: (@escaping ([UInt8]) -> Void) throws(Failure) -> Void) throws(Failure) {
    var failure: Failure?
    try body { bytes in
      guard failure == nil else { return }
      do throws(Failure) {
        try self.write(bytes)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// Writes a text to standard output.
  func write(_ text: String) throws(Failure) { try write(Array(text.utf8)) }

  /// Leaves it to the system to free what a process holds that is about to end: giving back
  /// millions of records one by one takes time that nobody gains from.
  func keepToTheEnd<Held>(_ held: Held) {
    guard isSystem else { return }
    _ = Unmanaged.passRetained(Box(held))
  }

  private final class Box<Held> {
    let held: Held
    init(_ held: Held) { self.held = held }
  }

  /// Says something on standard error.
  func say(_ text: String) {
    guard isSystem else {
      messages += text + "\n"
      return
    }
    // There is nowhere left to say that standard error cannot be written.
    _ = FileOutput.write(Array((text + "\n").utf8), to: STDERR_FILENO)
  }
}
