import CEL
import Documents

/// Answers tests of the CEL conformance suite, each a JSON object with the fields of the suite.
final class Conformance {
  private let reader = DocumentReader(names: NameTable())

  /// Evaluates one test.
  ///
  /// - Parameter line: The test as JSON.
  /// - Returns: The answer as a line of JSON without a line end.
  func answer(to line: String) -> String {
    let source = Source(path: "-", bytes: Array(line.utf8))
    let document: Document
    do {
      document = try reader.readValue(source)
    } catch {
      return JSONText.object([("id", "null"), ("error", JSONText.string(error.message))])
    }
    let test = document.root
    let id = test.member("id").map { id in
      source.withBytes(in: id.offset..<id.end) { String(decoding: $0, as: UTF8.self) }
    }
    return JSONText.object(
      [("id", id ?? "null")] + fields(of: Evaluation(of: test, names: reader.names).outcome()))
  }

  private func fields(of outcome: Outcome) -> [(String, String)] {
    switch outcome {
    case .value(let value, let type):
      [("value", value)] + (type.map { [("type", JSONText.string($0.description))] } ?? [])
    case .type(let type): [("type", JSONText.string(type.description))]
    case .error(let message): [("error", JSONText.string(message))]
    case .unknown(let ids):
      [("unknown", "[\(ids.map(JSONText.string).joined(separator: ", "))]")]
    }
  }
}

/// What a test gave.
enum Outcome {
  /// A value as JSON, and the checker's type if there was one.
  case value(String, Type?)
  /// The checker's type alone.
  case type(Type)
  case error(String)
  case unknown([String])
}
