import Documents
import Testing

@testable import cel_conformance

/// Runs the conformance suite of CEL, where it is at hand.
@Suite struct ConformanceTests {
  @Test func passesAllButTheListedTests() throws {
    let folder = SharedFolder.path + "/conformance/cel"
    let files = SharedFolder.names(in: folder, suffix: ".json")
    guard !files.isEmpty else {
      print("skipped: there is no \(folder)")
      return
    }
    let expected = try expectedFailures()
    let conformance = Conformance()
    let (suite, answers) = (DocumentReader(names: NameTable()), DocumentReader(names: NameTable()))
    var failed: Set<String> = []
    var count = 0
    for file in files {
      let document = try suite.readValue(try Source(path: "\(folder)/\(file)"))
      for test in document.root.elements {
        count += 1
        let answer = conformance.answer(to: document.text(of: test))
        let parsed = try answers.readValue(Source(path: "-", bytes: Array(answer.utf8)))
        if Expectation(test: test).accepts(parsed.root) { continue }
        let id = test.member("id")?.text ?? ""
        failed.insert(id)
        if expected[id] == nil {
          Issue.record("\(id): \(test.member("expr")?.text ?? "") gave \(answer)")
        }
      }
    }
    for (id, reason) in expected where !failed.contains(id) {
      Issue.record("\(id) passes, but is listed as failing: \(reason)")
    }
    #expect(count > 1_000)
  }

  /// The reasons by the tests' ids.
  private func expectedFailures() throws -> [String: String] {
    let source = try Source(
      path: SharedFolder.repository + "/Tests/Differential/cel-conformance.txt")
    let text = source.withBytes { String(decoding: $0, as: UTF8.self) }
    var failures: [String: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 1)
      failures[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    return failures
  }
}

extension Document {
  fileprivate func text(of node: Node) -> String {
    source.withBytes(in: node.offset..<node.end) { String(decoding: $0, as: UTF8.self) }
  }
}

/// What a test of the suite expects.
private struct Expectation {
  let test: Node

  func accepts(_ answer: Node) -> Bool {
    guard let expected = test.member("expected") else { return false }
    if expected.member("error") != nil { return answer.member("error") != nil }
    if let sets = expected.member("unknown") {
      guard let ids = answer.member("unknown") else { return false }
      return sets.elements.contains { $0.texts == ids.texts }
    }
    if let type = expected.member("type"), type.unblanked != answer.member("type")?.unblanked {
      return false
    }
    guard let value = expected.member("value") else { return answer.member("value") == nil }
    return answer.member("value").map { isSame(value, $0) } ?? false
  }

  private func isSame(_ left: Node, _ right: Node) -> Bool {
    for tag: StaticString in ["list", "map", "optional", "double", "bool", "null"] {
      guard let first = left.member(tag) else { continue }
      guard let second = right.member(tag) else { return false }
      return isSame(tag, first, second)
    }
    for tag: StaticString in ["int", "uint", "string", "bytes", "type", "timestamp", "duration"] {
      guard let first = left.member(tag) else { continue }
      guard let second = right.member(tag) else { return false }
      return Array(first.text.utf8) == Array(second.text.utf8)
    }
    return false
  }

  private func isSame(_ tag: StaticString, _ left: Node, _ right: Node) -> Bool {
    switch "\(tag)" {
    case "list":
      left.count == right.count && zip(left.elements, right.elements).allSatisfy { isSame($0, $1) }
    case "map":
      left.count == right.count
        && left.elements.allSatisfy { entry in
          right.elements.contains { other in
            zip(entry.elements, other.elements).allSatisfy { isSame($0, $1) }
          }
        }
    case "double": isSameNumber(left.text, right.text)
    case "optional": left.kind == .null ? right.kind == .null : isSame(left, right)
    default: left.bool == right.bool
    }
  }

  private func isSameNumber(_ left: String, _ right: String) -> Bool {
    guard let first = Double(left), let second = Double(right) else { return false }
    return first == second || first.isNaN && second.isNaN
  }
}

extension Node {
  fileprivate var unblanked: String { text.filter { $0 != " " } }
  fileprivate var texts: Set<String> { Set(elements.map(\.text)) }
}
