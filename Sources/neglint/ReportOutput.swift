import Dispatch
import Documents
import Linting
import Reporting
import Synchronization

/// Writes reports to files and to standard output.
struct ReportOutput {
  let options: ReportOptions
  let console: Console
  /// How many threads may work, each on a report of its own.
  var jobs = 1

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
    // Standard output comes last.
    let count = outputs.count + 1
    let jobs = max(1, min(jobs, count))
    let failure = Mutex<Failure?>(nil)
    // Each report goes to a place of its own, and is only read.
    nonisolated(unsafe) let (this, outputs) = (self, outputs)
    let plainOptions = plain
    DispatchQueue.concurrentPerform(iterations: jobs) { thread in
      for number in stride(from: thread, to: count, by: jobs) {
        guard failure.withLock({ $0 == nil }) else { return }
        do throws(Failure) {
          if number < outputs.count {
            let output = outputs[number]
            try output.file.write { (pieces) throws(Failure) in
              try this.write(report, output.format, plainOptions, to: pieces)
            }
          } else {
            try this.console.write { (pieces) throws(Failure) in
              try this.write(report, format, this.options, to: pieces)
            }
          }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
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
