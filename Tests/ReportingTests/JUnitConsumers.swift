import Documents

/// A test case as a consumer shows it.
struct SeenCase: Equatable {
  enum Status: String { case passed, failed, error, skipped }

  var group: String
  var name: String
  var status: Status
  /// All that is shown of it.
  var text: String
  var file: String?
  var line: Int?
}

/// What readers of JUnit do with a document, written after their code.
enum JUnitConsumer: CaseIterable {
  /// jenkinsci/junit-plugin: `SuiteResult.java`, `CaseResult.java`.
  case jenkins
  /// gitlabhq: `lib/gitlab/ci/parsers/test/junit.rb`.
  case gitlab
  /// mikepenz/action-junit-report: `src/testParser.ts`.
  case mikepenz
  /// dorny/test-reporter: `java-junit-parser.ts`.
  case dorny

  struct Rejected: Error { var why: String }

  /// The cases that the consumer shows.
  func cases(of document: [UInt8]) throws -> [SeenCase] {
    let reader = DocumentReader(names: NameTable())
    let root = try reader.readValue(Source(path: "junit.xml", bytes: document)).root
    let reading = JUnitReading(reader: reader)
    let suites = reading.children("testsuite", of: root)
    switch self {
    case .jenkins: return suites.flatMap { jenkins($0, reading) }
    case .gitlab: return unique(suites.flatMap { gitlab($0, reading) }) { [$0.group, $0.name] }
    case .mikepenz:
      return unique(suites.flatMap { mikepenz($0, reading) }) {
        [$0.name, $0.group, $0.file ?? ""]
      }
    case .dorny: return try suites.flatMap { try dorny($0, reading) }
    }
  }

  /// The first error, else the first failure; a suite without cases is dropped.
  private func jenkins(_ suite: Node, _ reading: JUnitReading) -> [SeenCase] {
    let package = reading.attribute("package", of: suite).map { "\($0)." } ?? ""
    let suiteName = package + (reading.attribute("name", of: suite) ?? "")
    return reading.children("testcase", of: suite).map { testCase in
      let error =
        reading.children("error", of: testCase).first
        ?? reading.children("failure", of: testCase).first
      let skipped = reading.children("skipped", of: testCase).first
      return SeenCase(
        group: reading.attribute("classname", of: testCase) ?? suiteName,
        name: reading.attribute("name", of: testCase) ?? "",
        status: skipped != nil ? .skipped : error != nil ? .failed : .passed,
        text: [error, skipped].compactMap(\.self).map { node in
          [reading.attribute("message", of: node) ?? "", reading.content(of: node)]
            .joined(separator: "\n")
        }.joined(), file: nil, line: nil)
    }
  }

  /// The content of failure, error or skipped; never the message.
  private func gitlab(_ suite: Node, _ reading: JUnitReading) -> [SeenCase] {
    reading.children("testcase", of: suite).map { testCase in
      var seen = SeenCase(
        group: reading.attribute("classname", of: testCase) ?? "",
        name: reading.attribute("name", of: testCase) ?? "", status: .passed, text: "",
        file: reading.attribute("file", of: testCase), line: nil)
      for (name, status) in [
        ("failure", SeenCase.Status.failed), ("error", .error), ("skipped", .skipped),
      ] where seen.status == .passed {
        guard let node = reading.children(name, of: testCase).first else { continue }
        seen.status = status
        seen.text = reading.content(of: node)
      }
      return seen
    }
  }

  /// File and line of the case, of its failure or of its suite; skipped wins over failure.
  private func mikepenz(_ suite: Node, _ reading: JUnitReading) -> [SeenCase] {
    reading.children("testcase", of: suite).map { testCase in
      let failures =
        reading.children("failure", of: testCase) + reading.children("error", of: testCase)
      let places = [testCase] + failures.prefix(1) + [suite]
      let className = reading.attribute("classname", of: testCase) ?? ""
      let isSkipped = !reading.children("skipped", of: testCase).isEmpty
      return SeenCase(
        group: className, name: reading.attribute("name", of: testCase) ?? "",
        status: isSkipped ? .skipped : failures.isEmpty ? .passed : .failed,
        text: failures.map { node in
          (reading.attribute("message", of: node) ?? "") + "\n" + reading.content(of: node)
        }.joined(separator: "\n"),
        file: places.lazy.compactMap { reading.attribute("file", of: $0) }.first
          ?? className.split(separator: ".").last.map(String.init),
        line: places.lazy.compactMap { reading.attribute("line", of: $0) }.first.flatMap(Int.init))
    }
  }

  /// Names have to be there; groups are class names; the first failure or error is shown.
  private func dorny(_ suite: Node, _ reading: JUnitReading) throws -> [SeenCase] {
    guard reading.attribute("name", of: suite) != nil else { throw Rejected(why: "no suite name") }
    return try reading.children("testcase", of: suite).map { testCase in
      guard let name = reading.attribute("name", of: testCase) else {
        throw Rejected(why: "no case name")
      }
      let failure =
        reading.children("failure", of: testCase).first
        ?? reading.children("error", of: testCase).first
      let isSkipped = !reading.children("skipped", of: testCase).isEmpty
      return SeenCase(
        group: reading.attribute("classname", of: testCase) ?? "", name: name,
        status: isSkipped ? .skipped : failure == nil ? .passed : .failed,
        text: failure.map { reading.content(of: $0) } ?? "", file: nil, line: nil)
    }
  }

  /// Of equal ones the first counts.
  private func unique(_ cases: [SeenCase], by key: (SeenCase) -> [String]) -> [SeenCase] {
    var seen: Set<[String]> = []
    return cases.filter { seen.insert(key($0)).inserted }
  }
}

/// Elements and attributes of an XML tree.
private struct JUnitReading {
  let reader: DocumentReader

  func children(_ name: String, of node: Node) -> [Node] {
    node.members.filter { reader.names.name(of: $0.name) == name }.map(\.value)
  }

  func attribute(_ name: String, of node: Node) -> String? { children(name, of: node).first?.text }

  func content(of node: Node) -> String {
    node.kind == .string ? node.text : node.member("#text")?.text ?? ""
  }
}
