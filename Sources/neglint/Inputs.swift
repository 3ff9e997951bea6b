import Documents
import Importing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The inputs of a run, each readable twice: to import it, and to find positions in it.
struct Inputs {
  /// The inputs; what can be read only once is in memory, compressed where it came so.
  let files: [InputFile]
  private let limits: Limits

  /// Reads standard input and other streams where they are among the inputs.
  ///
  /// - Parameters:
  ///   - files: What was named or found.
  ///   - limits: How much of a resource one input may take.
  /// - Throws: A usage failure where standard input cannot be read.
  init(_ files: [InputFile], limits: Limits) throws(Failure) {
    var kept: [InputFile] = []
    for file in files {
      switch file.origin {
      case .file, .bytes: kept.append(file)
      case .stream, .standardInput: kept.append(try Inputs.kept(file))
      }
    }
    self.files = kept
    self.limits = limits
  }

  private static func kept(_ file: InputFile) throws(Failure) -> InputFile {
    do {
      let bytes = try file.openAsIs().withBytes { Array($0) }
      var kept = InputFile(path: file.path, bytes: bytes)
      kept.isOverlay = file.isOverlay
      return kept
    } catch {
      let name = file.origin == .standardInput ? "standard input" : file.path
      throw .usage("\(name) \(error.message)")
    }
  }

  /// The path that the system opens a file by; empty for what is in memory.
  func openPath(of number: UInt32) -> String {
    if case .file(let path) = files[Int(number)].origin { path } else { "" }
  }

  /// How many bytes all inputs have.
  var byteCount: Int {
    files.reduce(0) { sum, file in
      switch file.origin {
      case .file(let path):
        var status = stat()
        return sum + (stat(path, &status) == 0 ? Int(status.st_size) : 0)
      case .bytes(let bytes): return sum + bytes.count
      case .stream, .standardInput: return sum
      }
    }
  }

  /// Opens an input once more.
  func open(_ number: Int) throws(ReadingProblem) -> Source {
    try files[number].open(limits: limits)
  }
}
