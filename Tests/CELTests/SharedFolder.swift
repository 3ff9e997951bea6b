import Glibc

/// The folder of reference data beside the repository, which may be absent.
enum SharedFolder {
  /// The root of the repository.
  static let repository: String = {
    let file = realpath(#filePath, nil)
    defer { free(file) }
    let path = file.map { String(cString: $0) } ?? #filePath
    return path.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 }
  }()

  /// Named by `NEGLINT_SHARED`; else `../shared`.
  static let path =
    getenv("NEGLINT_SHARED").map { String(cString: $0) } ?? repository + "/../shared"

  /// The sorted names of the files in a folder that end so; none when there is no folder.
  static func names(in folder: String, suffix: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(suffix) { names.append(name) }
    }
    return names.sorted()
  }
}
