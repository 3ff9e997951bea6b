public import Documents
public import Linting

/// A baseline as a file: the fingerprints of the findings that were accepted as they are.
///
/// A saved JSON report is one too, since it has the same members and more.
public enum BaselineFile {
  /// Reads a baseline.
  ///
  /// - Parameter source: The file.
  /// - Returns: The findings.
  /// - Throws: A problem for what is no JSON or no baseline.
  public static func read(_ source: Source) throws(ReadingProblem) -> [KnownFinding] {
    let reader = DocumentReader(names: NameTable())
    let document = try reader.readValue(source)
    let root = try JSONRecord(saved: document)
    guard root.node.member("findings") != nil else { throw root.problem("lacks 'findings'") }
    return try root.list("findings") { (record) throws(ReadingProblem) in
      try record.knownFinding()
    }
  }

  /// The text of a baseline.
  ///
  /// - Parameter findings: The findings, sorted.
  /// - Returns: The document in UTF-8.
  public static func document(of findings: [KnownFinding]) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.member("schemaVersion", JSONReport.schemaVersion)
      json.list("findings", findings) { JSONReport.write($1, to: &$0) }
    }
    return writer.finish()
  }
}
