public import Rules

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Finds and reads configuration files.
public enum ConfigurationFile {
  /// The name that is looked for.
  public static let name = ".neglint.yaml"

  /// The configuration file of the working directory or of the nearest folder above that has one.
  ///
  /// O(depth of the working directory); reads nothing.
  ///
  /// - Returns: The file's path from the working directory: `../.neglint.yaml`; nil for none.
  public static func find() -> String? {
    var path = name
    for _ in 0...depthOfWorkingDirectory {
      if access(path, F_OK) == 0 { return path }
      path = "../" + path
    }
    return nil
  }

  private static var depthOfWorkingDirectory: Int {
    guard let path = getcwd(nil, 0) else { return 0 }
    defer { free(path) }
    return String(cString: path).split(separator: "/").count
  }

  /// Reads a configuration file; which rules it names is not looked at yet.
  ///
  /// - Parameters:
  ///   - path: The file, from the working directory.
  ///   - formats: The formats of reports that there are.
  /// - Returns: The configuration.
  /// - Throws: All faults of the file's form.
  public static func read(
    _ path: String, formats: [String]
  ) throws(RuleProblems) -> Configuration {
    let (node, source) = try RuleNode.read(file: path, shownAs: path)
    return try ConfigurationDecoder.decode(node, source: source, formats: formats)
  }
}
