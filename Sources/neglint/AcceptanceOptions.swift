import ArgumentParser
import Configuration
import Documents
import Linting
import Reporting

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Which findings are accepted as they are.
struct AcceptanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Count findings that a baseline has, and fail for others alone.", valueName: "file"))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write a baseline of all findings; with --baseline, of those of it that are left.",
      valueName: "file"))
  var writeBaseline: String?

  @Option(
    help: ArgumentHelp(
      "The day on which suppressions are looked at (default: SOURCE_DATE_EPOCH, else now in UTC).",
      valueName: "yyyy-mm-dd"))
  var today: CalendarDate?

  /// What is accepted; what is named here counts over a configuration.
  ///
  /// - Throws: A usage failure for a baseline that cannot be read, and a SOURCE_DATE_EPOCH that is
  ///   no time.
  func acceptance(_ configuration: Configuration?) throws(Failure) -> Acceptance {
    // Writing a first baseline to the place that a configuration names reads none.
    let path = baseline ?? (writeBaseline == nil ? configuration?.baseline : nil)
    var acceptance = try AcceptanceOptions.suppressions(of: configuration, today: today)
    if let path { acceptance.baseline = try AcceptanceOptions.read(path) }
    acceptance.newBaseline = writeBaseline
    return acceptance
  }

  /// The suppressions of a configuration, without a baseline.
  ///
  /// - Parameters:
  ///   - configuration: The configuration; nil for none.
  ///   - today: The day on which they are looked at; nil for what the clock says.
  /// - Returns: What is accepted.
  /// - Throws: A usage failure for a SOURCE_DATE_EPOCH that is no time.
  static func suppressions(
    of configuration: Configuration?, today: CalendarDate?
  ) throws(Failure) -> Acceptance {
    let suppressions = configuration?.suppressions.map(\.suppression) ?? []
    var day = today
    if day == nil {
      day = try AcceptanceOptions.day(isNeeded: suppressions.contains { $0.until != nil })
    }
    return Acceptance(suppressions: suppressions, today: day)
  }

  private static func read(_ path: String) throws(Failure) -> [KnownFinding] {
    do {
      return try BaselineFile.read(try Source(path: path))
    } catch {
      throw .usage(
        "the baseline \(path) \(error.message); --write-baseline \(path) writes one of what there is"
      )
    }
  }

  /// The clock is read only where a suppression ends some day: a report depends on nothing else
  /// that it was not given.
  private static func day(isNeeded: Bool) throws(Failure) -> CalendarDate? {
    guard isNeeded else { return nil }
    var seconds = try Console.sourceDateEpoch()
    if seconds == nil { seconds = time(nil) }
    guard let day = seconds.flatMap({ CalendarDate(epochSeconds: $0) }) else {
      throw .usage("the clock tells no date before the year 10000; name the day with --today")
    }
    return day
  }
}

/// Findings that are accepted as they are.
struct Acceptance {
  /// What hides findings.
  var suppressions: [Suppression]
  /// The day on which it is looked at; nil where no suppression ends.
  var today: CalendarDate?
  /// The findings of the baseline; nil without one.
  var baseline: [KnownFinding]?
  /// Where a baseline is to be written.
  var newBaseline: String?

  /// Marks the findings of a result that are accepted.
  ///
  /// - Parameters:
  ///   - result: The result; its not-evaluated entries list all resources where there is a
  ///     baseline.
  ///   - unsuppressible: The ids of the rules that cannot be suppressed.
  func apply(to result: inout LintResult, unsuppressible: Set<String>) {
    if !suppressions.isEmpty {
      result.suppress(by: suppressions, unsuppressible: unsuppressible, today: today)
    }
    if let baseline {
      result.compare(with: baseline)
    } else if newBaseline != nil {
      result.compare(with: result.nextBaseline)
    }
  }
}
