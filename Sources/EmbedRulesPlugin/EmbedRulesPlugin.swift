import Foundation
import PackagePlugin

/// Runs EmbedRules over the target's folder `rules` before the target is compiled.
@main
struct EmbedRulesPlugin: BuildToolPlugin {
  func createBuildCommands(
    context: PluginContext, target: any Target
  ) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "rules").resolvingSymlinksInPath()
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltinTexts+Rules.swift")
    return [
      .buildCommand(
        displayName: "Embedding the rules of \(folder.lastPathComponent)/",
        executable: try context.tool(named: "EmbedRules").url,
        arguments: [folder.path(percentEncoded: false), output.path(percentEncoded: false)],
        inputFiles: files(in: folder), outputFiles: [output])
    ]
  }

  /// All files below a folder: each is an input, so that an edit runs the tool again.
  private func files(in folder: URL) -> [URL] {
    let paths = FileManager.default.subpaths(atPath: folder.path(percentEncoded: false)) ?? []
    return paths.filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
      .map { folder.appending(path: $0) }
  }
}
