import Reporting

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// How much processor time each stage of a run took, all threads together, and how much memory
/// the process had needed at its end; the stages add up.
struct Timings {
  /// A stage that has ended.
  private struct Stage {
    let name: String
    let seconds: Double
    let note: String
    /// The largest resident memory until then, in bytes.
    let peak: Int
  }

  /// What the evaluations of a rule took.
  struct RuleTime {
    let id: String
    let nanoseconds: UInt64
    /// How many records it was evaluated on.
    let evaluations: Int
  }

  private var stages: [Stage] = []
  /// What each rule took.
  var rules: [RuleTime] = []
  private var last = 0.0
  private let start = ContinuousClock.now

  /// Ends a stage that began where the one before ended.
  ///
  /// - Parameters:
  ///   - name: What was done.
  ///   - note: What it was done to; without one, the stage's share of the whole is shown.
  mutating func end(_ name: String, _ note: String = "") {
    let now = Timings.processorSeconds
    stages.append(
      Stage(name: name, seconds: now - last, note: note, peak: Timings.peakMemory))
    last = now
  }

  /// A line for each stage and one for the process, `NAME SECONDS s NOTE`, then the rules.
  ///
  /// - Parameter limit: How many rules are shown.
  /// - Returns: The lines.
  func lines(ruleLimit limit: Int) -> [String] {
    let total = Timings.processorSeconds
    let wall = (ContinuousClock.now - start).components
    let wallSeconds = Double(wall.seconds) + Double(wall.attoseconds) / 1e18
    return stages.map { stage in
      let share = total > 0 ? Int((stage.seconds / total * 100).rounded()) : 0
      return "\(stage.name) \(Timings.text(stage.seconds)) s \(share)%, "
        + (stage.note.isEmpty ? "" : "\(stage.note), ") + "peak \(stage.peak >> 20) MiB"
    } + [
      "process \(Timings.text(total)) s peak \(Timings.peakMemory >> 20) MiB, "
        + "\(Timings.text(wallSeconds)) s elapsed"
    ] + ruleLines(limit)
  }

  /// A line for each rule, the dearest first, and one that tells how many are left out:
  /// `rule ID SECONDS s NUMBER evaluations`.
  private func ruleLines(_ limit: Int) -> [String] {
    let sorted = rules.sorted { ($1.nanoseconds, $0.id) < ($0.nanoseconds, $1.id) }
    let lines = sorted.prefix(limit).map { rule in
      "rule \(rule.id) \(Timings.text(Double(rule.nanoseconds) / 1e9)) s "
        + DisplayText.count(rule.evaluations, "evaluation")
    }
    let rest = sorted.count - lines.count
    return rest > 0
      ? lines + ["\(DisplayText.count(rest, "more rule")) took less; --verbose lists all"] : lines
  }

  /// Seconds with three decimals.
  private static func text(_ seconds: Double) -> String {
    let milliseconds = Int(exactly: (seconds * 1_000).rounded()) ?? 0
    let digits = String(milliseconds % 1_000)
    return "\(milliseconds / 1_000)." + String(repeating: "0", count: 3 - digits.utf8.count)
      + digits
  }

  /// The processor time of the process so far.
  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The largest resident memory of the process so far, in bytes.
  private static var peakMemory: Int {
    var usage = rusage()
    #if canImport(Glibc)
      let own = RUSAGE_SELF.rawValue
    #else
      let own = RUSAGE_SELF
    #endif
    guard getrusage(own, &usage) == 0 else { return 0 }
    #if canImport(Darwin)
      return Int(usage.ru_maxrss)
    #else
      return Int(usage.ru_maxrss) << 10
    #endif
  }
}
