import Foundation

/// The folder of reference material beside the repository, where it is there.
enum SharedFolder {
  /// The repository's root.
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A folder of the reference material: `NEGLINT_SHARED`, or `../shared` beside the repository.
  ///
  /// - Returns: nil, and says so, when there is none.
  static func folder(_ path: String) -> URL? {
    let root =
      ProcessInfo.processInfo.environment["NEGLINT_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? repository.deletingLastPathComponent().appendingPathComponent("shared")
    let folder = root.appendingPathComponent(path)
    if FileManager.default.fileExists(atPath: folder.path) { return folder }
    print("skipped: there is no \(folder.path); NEGLINT_SHARED names its parent")
    return nil
  }
}
