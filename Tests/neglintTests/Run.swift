#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

@testable import neglint

/// The program's exit status; the testing library has one, too.
typealias Status = ExitStatus

/// One run of the program inside the test process.
struct Run {
  var status: Status
  var output: String
  var messages: String

  /// Runs the program with the repository as its working directory.
  init(_ arguments: [String]) {
    _ = Repository.entered
    let console = Console.memory()
    status = Neglint.run(arguments, console)
    output = String(decoding: console.output, as: UTF8.self)
    messages = console.messages
  }
}

/// The repository that the tests are part of.
enum Repository {
  /// Its path.
  static let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

  /// The folder of the built program, where the tests' bundle lies too.
  static let binaries =
    CommandLine.arguments[0].split(separator: "/").dropLast().map { "/" + $0 }.joined()

  /// Makes it the working directory, so that reports show paths in it, once.
  static let entered = chdir(root) == 0
}

/// Files and folders, as tests need them.
enum Files {
  struct Failed: Error { var what: String }

  static func read(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw Failed(what: "cannot open \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return bytes
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    guard let file = fopen(path, "wb") else { throw Failed(what: "cannot write \(path)") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
      throw Failed(what: "cannot write \(path)")
    }
  }

  /// The names in a folder, sorted; empty where there is no folder.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// All files below a folder, by their paths from there.
  static func all(below folder: String) -> [String] {
    names(in: folder).flatMap { name -> [String] in
      let below = all(below: "\(folder)/\(name)")
      return below.isEmpty ? [name] : below.map { "\(name)/\($0)" }
    }
  }

  static func makeFolder(_ path: String) { mkdir(path, 0o777) }

  /// A new folder for a test.
  static func temporaryFolder() throws -> String {
    var template = Array("/tmp/neglint-test-XXXXXX".utf8CString)
    guard let path = mkdtemp(&template) else { throw Failed(what: "cannot make a folder") }
    return String(cString: path)
  }

  /// Removes a folder that a test made.
  static func remove(_ folder: String) {
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0 { remove(path) }
    }
    rmdir(folder)
  }

  /// Copies all files of a folder, each changed on the way, with a suffix to their names.
  static func copy(
    _ source: String, to target: String, suffix: String = "", _ change: ([UInt8]) throws -> [UInt8]
  ) throws {
    for path in all(below: source) {
      var folder = target
      makeFolder(folder)
      for part in path.split(separator: "/").dropLast() {
        folder += "/\(part)"
        makeFolder(folder)
      }
      try write(try change(try read("\(source)/\(path)")), to: "\(target)/\(path)\(suffix)")
    }
  }
}
