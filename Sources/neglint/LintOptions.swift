public import ArgumentParser
import Documents
import Importing
public import Linting
public import Reporting

extension FailureThreshold: ExpressibleByArgument {}
extension ReportFormat: ExpressibleByArgument {}
extension ReportOptions.JUnitProfile: ExpressibleByArgument {}
extension ReportOptions.JUnitCases: ExpressibleByArgument {}

extension DiffFormat: ExpressibleByArgument {}

extension CalendarDate: ExpressibleByArgument {
  /// Reads a date that was given as an argument.
  public init?(argument: String) { self.init(argument) }
}

/// A report that goes to a file: `FORMAT=FILE`.
struct OutputArgument: Equatable {
  var format: ReportFormat
  var path: String

  static func parse(_ text: String) throws -> OutputArgument {
    let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    guard let (name, path) = split(text) else {
      throw ValidationError("write --output as FORMAT=FILE, such as junit=TEST-neglint.xml")
    }
    guard let format = ReportFormat(rawValue: name) else {
      throw ValidationError("there is no format '\(name)'; there are \(formats)")
    }
    guard path != "-" else {
      throw ValidationError("write --format \(name) for a report on standard output")
    }
    return OutputArgument(format: format, path: path)
  }
}

/// Whose endpoints a file holds: `NEG_SELFLINK=FILE`.
struct EndpointsArgument: Equatable {
  var group: String
  var path: String

  static func parse(_ text: String) throws -> EndpointsArgument {
    guard let (group, path) = split(text), group.contains("networkEndpointGroups/") else {
      throw ValidationError(
        "write --endpoints as NEG=FILE, "
          + "such as projects/p/zones/us-central1-a/networkEndpointGroups/web=web.json")
    }
    return EndpointsArgument(group: group, path: path)
  }
}

/// The texts before and after the first equals sign; nil where one is missing.
private func split(_ text: String) -> (String, String)? {
  guard let sign = text.firstIndex(of: "=") else { return nil }
  let (left, right) = (String(text[..<sign]), String(text[text.index(after: sign)...]))
  return left.isEmpty || right.isEmpty ? nil : (left, right)
}
