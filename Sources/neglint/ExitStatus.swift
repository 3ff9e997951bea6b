#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What a run says to the shell; the first that applies of 70, 2, 3, 1, 0.
enum ExitStatus: Int32 {
  /// No finding at or above the threshold.
  case clean = 0
  /// A finding at or above the threshold, or an example that fails.
  case findings = 1
  /// Wrong usage or a broken rule file: nothing was linted.
  case usage = 2
  /// Something could not be read or decided; the rest was linted and is reported.
  case incomplete = 3
  /// A bug, or a report that could not be written.
  case failure = 70

  /// Ends the process.
  func endProcess() -> Never { exit(rawValue) }
}

/// Why a run ends before its report.
struct Failure: Error {
  var status: ExitStatus
  /// What to say on standard error, without the program's name.
  var message: String

  /// Wrong usage or a broken rule file.
  static func usage(_ message: String) -> Failure { Failure(status: .usage, message: message) }
}
