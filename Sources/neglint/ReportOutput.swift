import Documents
import Linting
import Reporting

/// Writes reports to files and to standard output.
struct ReportOutput {
  let options: ReportOptions
  let console: Console

  /// Writes a report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - format: The format on standard output.
  ///   - outputs: The files.
  /// - Throws: A failure where a report cannot be written.
  func write(
    _ report: Report, _ format: ReportFormat,
    to outputs: [(format: ReportFormat, file: FileOutput)]
  ) throws(Failure) {
    var plain = options
    plain.colors = false
    for output in outputs {
      try output.file.write { (pieces) throws(Failure) in
        try write(report, output.format, plain, to: pieces)
      }
    }
    try console.write { (pieces) throws(Failure) in
      try write(report, format, options, to: pieces)
    }
  }

  private func write(
    _ report: Report, _ format: ReportFormat, _ options: ReportOptions,
    to output: @escaping ([UInt8]) -> Void
  ) throws(Failure) {
    do {
      try format.write(report, options: options, to: output)
    } catch {
      throw Failure(status: .failure, message: "the report cannot be written: \(error.message)")
    }
  }
}

extension Report {
  /// What a run with this report says to the shell.
  func status(failOn: FailureThreshold) -> ExitStatus {
    if isIncomplete { return .incomplete }
    return fails(at: failOn) ? .findings : .clean
  }
}
