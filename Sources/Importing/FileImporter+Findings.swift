import Documents
import Resources
import Schema

extension FileImporter {
  /// Makes a finding on the value of a field, if its rule is active.
  ///
  /// - Parameters:
  ///   - rule: The rule.
  ///   - node: The value.
  ///   - cell: The field of the record that it is the value of.
  ///   - index: The place of the value in a list.
  ///   - expected: What was expected instead, as the end of a sentence.
  ///   - isMinor: Whether it is one level less grave than the rule says.
  func report(
    _ rule: ImporterFinding.Rule, _ node: Node, _ cell: Cell, index: Int? = nil,
    expected: StaticString, isMinor: Bool = false
  ) {
    guard options.rules.contains(rule) else { return }
    let name = Schema.types[cell.type].fields[cell.field.field].name
    let path = [name] + (index.map { [String($0)] } ?? [])
    builder.note(
      ImporterFinding(
        rule, on: .record(type: cell.type, row: cell.row),
        at: Anchor(file: file, offset: node.offset), path: path,
        message: "\(Self.shown(node)) in \(name) is not \(expected)",
        isMinor: isMinor))
  }

  private static func shown(_ node: Node) -> String {
    switch node.kind {
    case .object: "an object"
    case .array: "a list"
    case .null: "null"
    case .bool, .number, .string: "'\(node.text.prefix(80))'"
    }
  }

  /// Makes a finding on a resource's name if it has not the form that the API gives names
  /// (RFC 1035, section 2.3.1, in lower case).
  func checkName(_ name: Node, ofType type: Int, row: Int) {
    guard options.rules.contains(.invalidName), Schema.types[type].scopes != [.none],
      !name.withUTF8(NameText.isName), !name.text.hasPrefix(Unapplied.name(of: ""))
    else { return }
    builder.note(
      ImporterFinding(
        .invalidName, on: .record(type: type, row: row),
        at: Anchor(file: file, offset: name.offset), path: ["name"],
        message: "'\(name.text.prefix(80))' is no name of a resource: 1 to 63 lower-case letters, "
          + "digits and hyphens, a letter first, no hyphen last"))
  }

  /// Notes that a page of a list is missing.
  func notePartial(_ list: String, at offset: Int, _ what: String = "the list") {
    builder.note(
      ImporterFinding(
        .partialDump, on: .truncatedList(list), at: Anchor(file: file, offset: offset),
        message: "\(what) goes on on a further page (nextPageToken); export it whole, without "
          + "--limit and --page-size"))
  }

  /// Notes that the API could not give a part of a list.
  func noteRefusal(_ list: String, at offset: Int, _ message: String) {
    builder.note(
      ImporterFinding(
        .partialDump, on: .refusedList(list), at: Anchor(file: file, offset: offset),
        message: message))
  }
}

/// Names of resources (RFC 1035, section 2.3.1, in lower case).
enum NameText {
  /// Whether a text is a name: 1 to 63 letters, digits and hyphens, a letter first, no hyphen last.
  static func isName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard (1...63).contains(text.count), isLetter(text[0]), text[text.count - 1] != 0x2D else {
      return false
    }
    return text.allSatisfy { isLetter($0) || $0 &- 0x30 < 10 || $0 == 0x2D }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}
