#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Finds and reads the files of a rules directory.
struct RuleDirectory {
  /// A rule or data file.
  struct File {
    let path: String
    let shownPath: String
    let isData: Bool

    /// Reads the file's tree.
    func read() throws(RuleProblems) -> (node: RuleNode, source: RuleSource) {
      try RuleNode.read(file: path, shownAs: shownPath)
    }
  }

  private var files: [File] = []
  private var problems: [RuleProblem] = []

  /// All rule and data files of a directory, sorted by path.
  ///
  /// Hidden files and Markdown are left alone; any other file that is not YAML is a problem, since
  /// it would be a rule that silently does nothing.
  ///
  /// - Parameters:
  ///   - directory: The directory.
  ///   - shown: How it is written in positions.
  /// - Returns: The files.
  /// - Throws: Folders that cannot be read, and files that are no YAML.
  static func files(
    in directory: String, shownAs shown: String
  ) throws(RuleProblems) -> [File] {
    var reading = RuleDirectory()
    reading.add(directory, shown, below: "", depth: 0)
    guard reading.problems.isEmpty else { throw RuleProblems(reading.problems) }
    return reading.files
  }

  private mutating func add(_ path: String, _ shown: String, below: String, depth: Int) {
    guard depth < 32 else { return fail(shown, "is nested too deeply") }
    guard let names = Self.names(in: path) else {
      return fail(shown, "cannot be read: \(Self.systemError)")
    }
    for name in names where !name.hasPrefix(".") {
      let child = path + "/" + name
      let shownChild = shown + "/" + name
      if Self.isDirectory(child) {
        add(child, shownChild, below: below + name + "/", depth: depth + 1)
      } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        files.append(File(path: child, shownPath: shownChild, isData: below == "data/"))
      } else if !name.hasSuffix(".md") {
        fail(shownChild, "is not a rule file (.yaml)")
      }
    }
  }

  private mutating func fail(_ shown: String, _ message: String) {
    problems.append(RuleSource(path: shown).problem(at: .start, message))
  }

  static var systemError: String { String(cString: strerror(errno)) }

  private static func names(in path: String) -> [String]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  fileprivate static func bytes(ofFile path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8 << 10)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return ferror(file) == 0 ? bytes : nil
  }
}

extension RuleNode {
  /// Reads a file of YAML.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - shown: Its path as it is shown in positions.
  /// - Returns: The positioned tree, and the source with the lines for carets.
  /// - Throws: One problem where the file cannot be read or is not one YAML document.
  public static func read(
    file path: String, shownAs shown: String
  ) throws(RuleProblems) -> (node: RuleNode, source: RuleSource) {
    func problem(_ message: String) -> RuleProblems {
      RuleProblems([RuleSource(path: shown).problem(at: .start, message)])
    }
    guard let bytes = RuleDirectory.bytes(ofFile: path) else {
      throw problem("cannot be read: \(RuleDirectory.systemError)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("is not UTF-8") }
    return try read(yaml: text, path: shown)
  }
}
