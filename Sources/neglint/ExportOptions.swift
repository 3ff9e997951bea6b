import ArgumentParser
import Documents
import Importing
import Resources
import Schema

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How to read an export.
struct ExportOptions: ParsableArguments {
  @Flag(help: "Take every collection of the export for complete: what it lacks does not exist.")
  var assumeComplete = false

  @Option(
    help: ArgumentHelp(
      "Read a file of endpoints, and say which group they are of (repeatable).",
      valueName: "neg=file"),
    transform: EndpointsArgument.parse)
  var endpoints: [EndpointsArgument] = []

  @Option(
    help: ArgumentHelp("The project of what names none: bare lists, endpoints.", valueName: "id"))
  var project: String?

  @Option(help: ArgumentHelp("How many threads work (default: the processors).", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("How deep values may be nested.", valueName: "n"))
  var maxDepth = Limits().depth

  @Option(
    help: ArgumentHelp("How many bytes of text one XML element may hold.", valueName: "bytes"))
  var maxText = Limits().textLength

  @Option(
    help: ArgumentHelp(
      "How many broken lines of one file are reported before the rest is left.", valueName: "n"))
  var maxBrokenLines = Limits().brokenLines

  @Option(
    help: ArgumentHelp(
      "How many times as large a gzip file may become, from 64 MiB on.", valueName: "n"))
  var maxExpansion = Limits().expansion

  @Option(help: ArgumentHelp("How many bytes a gzip file may hold.", valueName: "bytes"))
  var maxUnpacked = Limits().unpackedLength

  func validate() throws {
    for (name, value) in [
      ("jobs", jobs ?? 1), ("max-depth", maxDepth), ("max-text", maxText),
      ("max-broken-lines", maxBrokenLines), ("max-expansion", maxExpansion),
      ("max-unpacked", maxUnpacked),
    ] where value < 1 {
      throw ValidationError("--\(name) has to be at least 1")
    }
    if let project, project.isEmpty || project.contains("/") {
      throw ValidationError("write --project as the project's id, such as shop-prod")
    }
  }

  /// How much of a resource one input may take.
  var limits: Limits {
    var limits = Limits()
    limits.depth = maxDepth
    limits.textLength = maxText
    limits.brokenLines = maxBrokenLines
    limits.expansion = maxExpansion
    limits.unpackedLength = maxUnpacked
    return limits
  }

  /// How many threads may work.
  var threads: Int { jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Finds the inputs.
  ///
  /// - Parameters:
  ///   - paths: What was named, besides the files of endpoints.
  ///   - overlay: The plan that is laid over them; it is the last input.
  /// - Returns: The inputs, and what is none.
  /// - Throws: A usage failure where a path is empty or standard input cannot be read.
  func inputs(
    _ paths: [String], overlay: String? = nil
  ) throws(Failure) -> (inputs: Inputs, problems: [ImportProblem]) {
    guard !paths.contains(""), overlay != "" else { throw .usage("a path is empty") }
    var (files, problems) = InputFile.find(paths + endpoints.map(\.path))
    if let overlay {
      let (plans, faults) = InputFile.find([overlay])
      // The plan may lie in a folder that was named.
      files.removeAll { file in plans.contains { $0.path == file.path } }
      for var plan in plans {
        plan.isOverlay = true
        files.append(plan)
      }
      problems += faults
    }
    return (try Inputs(files, limits: limits), problems)
  }

  /// How to import, keeping some fields and making the findings of some rules.
  func importOptions(
    _ fields: FieldSet, rules: Set<ImporterFinding.Rule> = []
  ) -> ImportOptions {
    ImportOptions(
      fields: fields, limits: limits,
      endpoints: endpoints.map { ImportOptions.EndpointFile(group: $0.group, path: $0.path) },
      rules: rules, jobs: threads)
  }

  /// Reads all inputs into one graph.
  ///
  /// - Parameters:
  ///   - paths: What was named.
  ///   - fields: The fields to keep.
  ///   - console: Is told what could not be read.
  /// - Returns: The graph, and whether all was read.
  /// - Throws: A usage failure where a path is empty or standard input cannot be read.
  func graph(
    of paths: [String], fields: FieldSet, _ console: Console
  ) throws(Failure) -> (graph: ResourceGraph, isComplete: Bool) {
    let (inputs, found) = try inputs(paths)
    let imported = importFiles(inputs.files, options: importOptions(fields))
    let graph = ResourceGraph(
      merging: imported.builders, fields: fields, assumesCompleteness: assumeComplete,
      project: project)
    let problems = (found + imported.problems).filter { $0.severity == .degrades }
    for problem in problems {
      let path = problem.file.map { inputs.files[Int($0)].path + ": " } ?? ""
      console.say("\(Product.name): \(path)\(problem.message)")
    }
    for problem in graph.problems {
      console.say(
        "\(Product.name): \(inputs.files[Int(problem.anchor.file)].path): \(problem.message)")
    }
    return (graph, problems.isEmpty && graph.problems.isEmpty)
  }
}
