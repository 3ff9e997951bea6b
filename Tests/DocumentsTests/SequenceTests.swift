import Documents
import Testing

/// Newline-delimited and concatenated values, broken lines, and values in parts.
@Suite struct SequenceTests {
  private struct Outcome: Equatable {
    var values: [String] = []
    var problems: [ReadingProblem] = []
    var offsets: [Int?] { problems.map(\.offset) }
  }

  private func sequence(_ text: String) -> Outcome {
    let reader = DocumentReader(names: NameTable())
    var outcome = Outcome()
    outcome.problems = reader.readSequence(Source(path: "test", bytes: Array(text.utf8))) {
      outcome.values.append(rendered($0, reader.names))
    }
    return outcome
  }

  @Test(arguments: [
    ("1", ["1"]), ("1\n2\n3", ["1", "2", "3"]), ("1\r\n2\r\n", ["1", "2"]),
    ("\u{FEFF}{\"a\":1}\n{\"a\":2}\n", ["{\"a\":1}", "{\"a\":2}"]),
    ("{}{}[]\"a\"1 2", ["{}", "{}", "[]", "\"a\"", "1", "2"]),
    ("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", ["{\"a\":1}", "{\"a\":2}"]),
    ("\n\n1\n\n\n2\n\n", ["1", "2"]),
  ])
  func valuesAreRead(text: String, expected: [String]) {
    let outcome = sequence(text)
    #expect(outcome.values == expected)
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    // A line that is broken in itself.
    ("{\"a\":1}\n{\"a\":}\n{\"a\":3}\n", ["{\"a\":1}", "{\"a\":3}"], [13]),
    // A line that is cut short: the problem stands at its end, not on the next line.
    ("{\"a\":1}\n{\"a\":{\"b\":2\n{\"a\":3}\n", ["{\"a\":1}", "{\"a\":3}"], [19]),
    // Several in a row, the first line among them.
    ("x\n{\"a\":1}\n", ["{\"a\":1}"], [0]),
    ("1\nx\ny\n2\nz", ["1", "2"], [2, 4, 8]),
    // Text behind a value.
    ("{}\n{} x\n{}\n", ["{}", "{}", "{}"], [6]),
    ("{}\r\n{]\r\n{}\r\n", ["{}", "{}"], [5]),
  ])
  func brokenLinesAreLeftOut(text: String, values: [String], offsets: [Int]) {
    let outcome = sequence(text)
    #expect(outcome.values == values)
    #expect(outcome.offsets == offsets)
  }

  @Test func aBrokenValueAmongValuesOfManyLinesEndsTheReading() {
    let outcome = sequence("{\n\"a\": 1\n}\n{\n\"a\": x\n}\n{}\n")
    #expect(outcome.values == ["{\"a\":1}"])
    #expect(outcome.offsets == [18])
    #expect(outcome.problems.allSatisfy { $0.message.contains("1 value was read before it") })
  }

  @Test func aBrokenDocumentIsOneProblem() {
    let outcome = sequence("[\n  {\n    \"a\": 1,\n    \"b\": x\n  }\n]\n")
    #expect(outcome.values.isEmpty)
    #expect(outcome.offsets == [27])
  }

  @Test(arguments: ["", " ", "\u{FEFF}\n"]) func emptyInputIsAProblem(text: String) {
    #expect(sequence(text).problems.count == 1)
  }

  @Test func XMLIsOneValue() {
    #expect(sequence("<a><b>1</b></a>").values == ["{\"b\":\"1\"}"])
    #expect(sequence("<a/><b/>").problems.count == 1)
  }

  @Test func aThrowingClosureEndsTheReading() {
    struct Enough: Error {}
    let reader = DocumentReader(names: NameTable())
    let source = Source(path: "test", bytes: Array("1\n2\n3\n".utf8))
    var seen = 0
    #expect(throws: Enough.self) {
      _ = try reader.readSequence(source) { (_) throws(Enough) in
        seen += 1
        if seen == 2 { throw Enough() }
      }
    }
    #expect(seen == 2)
  }

  // MARK: - Parts

  private func parts(_ text: String, tapeLimit: Int = 512) -> Outcome {
    let reader = DocumentReader(names: NameTable())
    let names = reader.names
    var outcome = Outcome()
    let source = Source(path: "test", bytes: Array(text.utf8))
    outcome.problems = reader.readParts(source, tapeLimit: tapeLimit) {
      outcome.values.append(described($0, names))
    }
    return outcome
  }

  private func described(_ part: Part, _ names: NameTable) -> String {
    switch part {
    case .value(let node): rendered(node, names)
    case .array(let offset): "array@\(offset)"
    case .object(let offset): "object@\(offset)"
    case .element(let node): "- " + rendered(node, names)
    case .member(let name, let offset, let node):
      "\(names.name(of: name))@\(offset) " + rendered(node, names)
    case .list(let name, let nameOffset, let offset):
      "\(names.name(of: name))@\(nameOffset) list@\(offset)"
    case .listElement(let name, let node): "\(names.name(of: name))- " + rendered(node, names)
    case .unread: "unread"
    case .end(let offset): "end@\(offset)"
    }
  }

  @Test func aLargeArrayComesElementByElement() {
    let numbers = (0..<100).map { "\"\($0)\"" }
    let text = "[ " + numbers.joined(separator: " ,\n") + " ]"
    let outcome = parts(text)
    #expect(outcome.problems.isEmpty)
    #expect(outcome.values == ["array@0"] + numbers.map { "- \($0)" } + ["end@\(text.utf8.count)"])
    #expect(parts(text, tapeLimit: 1 << 20).values == [text.filter { !" \n".contains($0) }])
  }

  @Test(arguments: [64, 65, 80, 100, 300, 400]) func aLargeArrayIsReadOnce(tapeLimit: Int) {
    let elements = (0..<60).map {
      $0 % 3 == 0 ? "{\"a\":[[\($0)],{\"b\":{}}],\"a\":2}" : $0 % 3 == 1 ? "[[]]" : "\($0)"
    }
    let source = Source(path: "test", bytes: Array("[\(elements.joined(separator: ", "))]".utf8))
    let reader = DocumentReader(names: NameTable())
    let names = reader.names
    var read: [String] = []
    let problems = reader.readParts(source, tapeLimit: tapeLimit * 8) {
      if case .element(let node) = $0 { read.append(rendered(node, names)) }
    }
    #expect(problems.isEmpty)
    #expect(read == elements)
    #expect(reader.duplicateNameCount == 20)
    #expect(Set(reader.duplicateNames.map(\.offset)).count == 20)
  }

  @Test func aLargeObjectComesMemberByMember() {
    let numbers = (100..<200).map { "\($0)" }
    let text = "{\"kind\":{\"x\":[]},\"items\":[\(numbers.joined(separator: ","))],\"n\":1} 7"
    let outcome = parts(text)
    #expect(outcome.problems.isEmpty)
    #expect(
      outcome.values == ["object@0", "kind@1 {\"x\":[]}", "items@17 list@25"]
        + numbers.map { "items- \($0)" } + ["n@427 1", "end@433", "7"])
  }

  @Test(arguments: [
    ("[", "]"), (#"{"a b":"x","items":["#, #"],"kind":[1]}"#),
  ])
  func unwantedElementsAreUnread(opening: String, closing: String) {
    let elements = (0..<40).map { #"{"n": \#($0), "s": "}\"]\\", "a": [{"b":"\u00e9{"}, []]}"# }
    let text = opening + elements.joined(separator: ", ") + closing
    let bytes = Array(text.utf8)
    let reader = DocumentReader(names: NameTable())
    let names = reader.names
    var read: [String] = []
    var unread = 0
    let problems = reader.readParts(
      Source(path: "test", bytes: bytes), tapeLimit: 512,
      wants: { bytes[$0].starts(with: "{\"n\": 3".utf8) }
    ) {
      switch $0 {
      case .element(let node), .listElement(_, let node):
        if node.kind == .object { read.append(rendered(node[names.intern("n")] ?? node, names)) }
      case .unread: unread += 1
      default: break
      }
    }
    #expect(problems.isEmpty)
    #expect(read.filter { $0.hasPrefix("3") } == ["3"] + (30..<40).map { "\($0)" })
    #expect(read.count + unread == 40)
    #expect(unread > 20)
  }

  @Test func aBreakInALargeValueKeepsWhatWasRead() {
    let numbers = Array(repeating: "1", count: 100).joined(separator: ",")
    let outcome = parts("[\(numbers),x,3]")
    #expect(outcome.values.count == 101)
    #expect(outcome.offsets == [201])
    #expect(parts("{\"a\":[\(numbers)").offsets == [205])
    #expect(parts("{\"a\":[\(numbers)],}").offsets == [207])
    #expect(parts("[\(numbers),]").offsets == [201])
    #expect(parts("[\(numbers)}").offsets == [200])
  }
}
