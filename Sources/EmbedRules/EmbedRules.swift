#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif
import Rules

/// Writes the built-in rules into a Swift source file: `EmbedRules RULES-FOLDER OUTPUT-FILE`.
@main
struct EmbedRules {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      stop("usage: EmbedRules RULES-FOLDER OUTPUT-FILE")
    }
    do {
      try write(RuleEmbedding.source(ofDirectory: arguments[1]), to: arguments[2])
    } catch {
      stop("\(error)")
    }
  }

  private static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "wb") else { stop("\(path): \(String(cString: strerror(errno)))") }
    let bytes = Array(text.utf8)
    let written = fwrite(bytes, 1, bytes.count, file)
    // Buffered bytes can still be refused when the file is closed.
    let isClosed = fclose(file) == 0
    if written != bytes.count || !isClosed {
      stop("\(path): \(String(cString: strerror(errno)))")
    }
  }

  private static func stop(_ message: String) -> Never {
    // The global `stderr` is a mutable variable, which Swift 6 lets nobody read.
    if let errors = fdopen(STDERR_FILENO, "w") {
      fputs(message + "\n", errors)
      fflush(errors)
    }
    exit(1)
  }
}
