/// Whether every named directory holds a dump.
enum DirectoryCheck {
  /// The problems of directories in which no file is a dump, in the order of the inputs.
  static func problems(_ files: [InputFile], _ summaries: [FileSummary]) -> [ImportProblem] {
    var order: [String] = []
    var counts: [String: (files: Int, dumps: Int)] = [:]
    for (file, summary) in zip(files, summaries) {
      guard let directory = file.directory else { continue }
      if counts[directory] == nil { order.append(directory) }
      counts[directory, default: (0, 0)].files += 1
      if summary.refusal == nil { counts[directory, default: (0, 0)].dumps += 1 }
    }
    return order.compactMap { directory in
      guard let count = counts[directory], count.dumps == 0 else { return nil }
      let looked = count.files == 1 ? "1 file was" : "\(count.files) files were"
      return problem(directory, "\(looked) looked at")
    }
  }

  static func problem(_ directory: String, _ what: String) -> ImportProblem {
    ImportProblem(
      file: nil,
      message: "\(directory): this directory holds no export of Compute resources (\(what)); "
        + "export with gcloud compute ... list --format=json")
  }
}
