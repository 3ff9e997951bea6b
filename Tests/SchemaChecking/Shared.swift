#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The folder of reference files beside the repository, if it is there.
public enum Shared {
  /// The path of a file or folder in it; nil, said aloud, where there is none.
  public static func file(_ name: String) -> String? {
    let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
    let folder = getenv("NEGLINT_SHARED").map { String(cString: $0) } ?? root + "/../shared"
    let path = "\(folder)/\(name)"
    if access(path, R_OK) == 0 { return path }
    print("skipped: \(path) is not there (set NEGLINT_SHARED)")
    return nil
  }
}
