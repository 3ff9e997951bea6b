#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

extension InputFile {
  /// Finds the inputs that arguments name: files, directories, and `-` for standard input.
  ///
  /// A directory is walked without following links; what an export is known to leave behind
  /// (`errors.tsv`, `*.err`, `*.part`, dot files) is passed over. O(files · log files).
  ///
  /// - Parameter arguments: Paths as the user wrote them.
  /// - Returns: The inputs in the order of their shown paths, each once, and what could not be
  ///   made an input, with the path in the message.
  public static func find(
    _ arguments: [String]
  ) -> (files: [InputFile], problems: [ImportProblem]) {
    var walk = DirectoryWalk()
    for argument in Set(arguments).sorted() { walk.add(argument) }
    walk.files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var seen: Set<String> = []
    var files: [InputFile] = []
    // A file that was named and found counts as named.
    for file in walk.files where file.directory == nil { seen.insert(file.path) }
    for file in walk.files where file.directory == nil || seen.insert(file.path).inserted {
      if file.directory == nil, files.last?.path == file.path { continue }
      files.append(file)
    }
    return (files, walk.problems)
  }
}

/// The files found so far.
private struct DirectoryWalk {
  var files: [InputFile] = []
  var problems: [ImportProblem] = []

  mutating func add(_ argument: String) {
    if argument == "-" {
      files.append(InputFile(path: "-"))
      return
    }
    var status = stat()
    guard stat(argument, &status) == 0 else {
      problems.append(
        ImportProblem(
          file: nil,
          message: "\(argument): cannot be opened: \(String(cString: strerror(errno)))"))
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      let isRegular = status.st_mode & S_IFMT == S_IFREG
      files.append(
        InputFile(
          path: Self.normal(argument), origin: isRegular ? .file(argument) : .stream(argument)))
      return
    }
    let before = files.count
    let root = Self.normal(argument)
    walk(root, in: root)
    if files.count == before {
      problems.append(DirectoryCheck.problem(argument, "no file was found in it"))
    }
  }

  private mutating func walk(_ path: String, in root: String) {
    var pending = [path]
    while let directory = pending.popLast() {
      guard let names = entries(of: directory) else { continue }
      for name in names where !name.hasPrefix(".") {
        let child = directory == "." ? name : directory == "/" ? "/\(name)" : "\(directory)/\(name)"
        var status = stat()
        guard lstat(child, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: pending.append(child)
        case S_IFREG: addFound(child, name, size: Int(status.st_size), in: root)
        case S_IFLNK: addLink(child, name, in: root)
        default: continue
        }
      }
    }
  }

  private mutating func addFound(_ path: String, _ name: String, size: Int, in root: String) {
    if name == "errors.tsv" {
      if size > 0 {
        problems.append(
          ImportProblem(
            file: nil, message: "\(path): the export has noted parts that failed; run it again",
            severity: .notice))
      }
      return
    }
    if name.hasSuffix(".err") || name.hasSuffix(".part") { return }
    files.append(InputFile(path: path, origin: .file(path), directory: root))
  }

  /// Links are not followed: what they name is read anyway or lies outside, which is said.
  private mutating func addLink(_ path: String, _ name: String, in root: String) {
    guard let target = realpath(path, nil) else { return }
    defer { free(target) }
    guard let base = realpath(root, nil) else { return }
    defer { free(base) }
    let isInside = "\(String(cString: target))/".hasPrefix("\(String(cString: base))/")
    if isInside { return }
    problems.append(
      ImportProblem(
        file: nil,
        message: "\(path): this link leads out of the directory and is not followed; "
          + "name its target to have it read", severity: .notice))
  }

  private mutating func entries(of directory: String) -> [String]? {
    guard let stream = opendir(directory) else {
      problems.append(
        ImportProblem(
          file: nil,
          message: "\(directory): cannot be opened: \(String(cString: strerror(errno)))"))
      return nil
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }

  /// The path without `./`, doubled and trailing slashes.
  private static func normal(_ path: String) -> String {
    let parts = path.split(separator: "/").filter { $0 != "." }
    let joined = parts.joined(separator: "/")
    if path.hasPrefix("/") { return "/\(joined)" }
    return joined.isEmpty ? "." : joined
  }
}
