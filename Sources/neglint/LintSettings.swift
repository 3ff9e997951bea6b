import Linting
import Reporting

/// What a run is to do: the command line over the configuration.
struct LintSettings {
  /// Files and folders.
  var paths: [String]
  /// The rules.
  var rules: RuleChoice
  /// The plan that is laid over the inputs; nil without one.
  var overlay: String?
  /// How inputs are read.
  var export: ExportOptions
  /// What makes the run fail.
  var failOn: FailureThreshold
  /// The format on standard output.
  var format: ReportFormat
  /// The reports that go to files.
  var outputs: [OutputArgument]
  /// Which findings are accepted.
  var acceptance: Acceptance
  /// How reports are written.
  var reportOptions: ReportOptions
  /// Whether to say how long each stage took.
  var timings = false
  /// Whether not-evaluated entries list all resources, for a comparison.
  var listsAllResources = false
}
