import Reporting
import Resources

/// What an expression gave on all subjects, ready to be shown.
struct QueryResults {
  private let results: [QueryResult]

  init(_ results: [QueryResult]) { self.results = results }

  /// Whether an evaluation ended in an error.
  var hasErrors: Bool {
    results.contains { if case .error = $0.outcome { true } else { false } }
  }

  /// One object with a list of results.
  func json() -> [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.list("results", results) { json, result in
        json.object { QueryResults.write(result, to: &$0) }
      }
    }
    return writer.finish()
  }

  private static func write(_ result: QueryResult, to json: inout JSONWriter) {
    json.member("resource", result.resource)
    json.member("locator", result.locator)
    switch result.outcome {
    case .value(let value): json.member("value", value)
    case .error(let message): json.member("error", message)
    case .unknown(let missing):
      json.list("unknown", missing) { json, thing in
        json.object {
          $0.member("path", thing.path)
          $0.member("reason", thing.reason)
          $0.member("command", thing.command)
        }
      }
    }
  }

  /// A line for each result; maps make a table with a line of names, a list of the whole graph a
  /// line for each element.
  func text() -> String {
    if results.count == 1, results[0].resource == nil,
      case .value(.list(let items)) = results[0].outcome
    {
      return QueryResults(
        items.map { QueryResult(resource: nil, locator: nil, outcome: .value($0)) }
      )
      .text()
    }
    let names = columnNames
    var rows = names.isEmpty ? [] : [(results.first?.resource == nil ? [] : ["resource"]) + names]
    for result in results {
      let subject = [result.resource, result.locator].compactMap(\.self).joined(separator: " ")
      var row = result.resource == nil ? [] : [subject]
      if !names.isEmpty, case .value(.object(let members)) = result.outcome {
        row += names.map { name in
          members.first { $0.name == name }.map { QueryResults.text(of: $0.value) } ?? ""
        }
      } else {
        row.append(QueryResults.text(of: result.outcome))
      }
      rows.append(row.map(DisplayText.escape))
    }
    return QueryResults.aligned(rows)
  }

  /// The names of all maps' members in the order of their appearance; empty where no result is a
  /// map.
  private var columnNames: [String] {
    var names: [String] = []
    var seen: Set<String> = []
    for result in results {
      guard case .value(.object(let members)) = result.outcome else { continue }
      for member in members where seen.insert(member.name).inserted { names.append(member.name) }
    }
    return names
  }

  private static func text(of outcome: QueryResult.Outcome) -> String {
    switch outcome {
    case .value(let value): text(of: value)
    case .error(let message): "error: \(message)"
    case .unknown(let missing):
      "unknown: " + missing.map { "\($0.path) (\($0.reason))" }.joined(separator: ", ")
    }
  }

  /// A value on one line.
  static func text(of value: JSONValue) -> String {
    switch value {
    case .literal(let text), .string(let text): text
    case .list(let items): "[\(items.map(text).joined(separator: ", "))]"
    case .object(let members):
      "{\(members.map { "\($0.name): \(text(of: $0.value))" }.joined(separator: ", "))}"
    }
  }

  private static func aligned(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.dropLast().enumerated() {
        let width = cell.unicodeScalars.count
        if column < widths.count {
          widths[column] = max(widths[column], width)
        } else {
          widths.append(width)
        }
      }
    }
    return rows.map { row in
      row.enumerated().map { column, cell in
        let isLast = column == row.count - 1
        let margin = isLast ? 0 : widths[column] + 2 - cell.unicodeScalars.count
        return cell + String(repeating: " ", count: max(0, margin))
      }.joined() + "\n"
    }.joined()
  }
}
