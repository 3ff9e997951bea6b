/// A built-in rule as it lies in the program: texts that are decoded only when they are needed.
public struct EmbeddedRule: Sendable {
  /// The rule's name.
  public let id: StaticString
  /// The file's path in the repository, `rules/<area>/<id>.yaml`.
  public let path: StaticString
  /// What is wrong where the rule is violated, in a few words.
  public let title: StaticString
  /// The gravest level that the rule can give.
  public let level: StaticString
  /// The name of the type whose records the rule looks at; `Resource` is every type.
  public let resource: StaticString
  /// The first reference's address; empty where there is none.
  public let url: StaticString
  /// The fields that have to be kept of records, `TYPE.FIELD`, with blanks between.
  public let fields: StaticString
  /// The tags, with blanks between.
  public let tags: StaticString
  /// The rule set that the rule came with, such as `2026.1`; empty where the file does not say.
  public let since: StaticString
  /// The ids in `supersededBy`, with blanks between.
  public let supersededBy: StaticString
  /// The file's values with their positions, without its details; JSON.
  public let front: StaticString
  /// What `RuleDetails` holds; JSON.
  public let details: StaticString

  /// Makes a rule of the texts that EmbedRules wrote.
  public init(
    id: StaticString, path: StaticString, title: StaticString, level: StaticString,
    resource: StaticString, url: StaticString, fields: StaticString, tags: StaticString,
    since: StaticString,
    supersededBy: StaticString, front: StaticString, details: StaticString
  ) {
    self.id = id
    self.path = path
    self.title = title
    self.level = level
    self.resource = resource
    self.url = url
    self.fields = fields
    self.tags = tags
    self.since = since
    self.supersededBy = supersededBy
    self.front = front
    self.details = details
  }
}

/// A built-in data file as it lies in the program.
public struct EmbeddedData: Sendable {
  /// The file's path in the repository, `rules/data/NAME.yaml`.
  public let path: StaticString
  /// The file's values with their positions; JSON.
  public let text: StaticString

  /// Makes a data file of the text that EmbedRules wrote.
  public init(path: StaticString, text: StaticString) {
    self.path = path
    self.text = text
  }
}

extension StaticString {
  /// The text as a string.
  var string: String { withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }

  /// The words between blanks.
  var words: [String] {
    var words: [String] = []
    forEachWord { words.append(String(decoding: $0, as: UTF8.self)) }
    return words
  }

  /// Gives the fields `TYPE.FIELD` between blanks to a closure.
  func forEachField(_ body: (_ type: String, _ field: String) -> Void) {
    // Fields of a type follow one another.
    var (type, typeBytes) = ("", UnsafeBufferPointer<UInt8>(start: nil, count: 0))
    forEachWord { word in
      guard let dot = word.firstIndex(of: UInt8(ascii: ".")) else { return }
      let bytes = UnsafeBufferPointer(rebasing: word[..<dot])
      if !bytes.elementsEqual(typeBytes) {
        (type, typeBytes) = (String(decoding: bytes, as: UTF8.self), bytes)
      }
      body(type, String(decoding: word[(dot + 1)...], as: UTF8.self))
    }
  }

  private func forEachWord(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    withUTF8Buffer { text in
      var start = 0
      for end in 0...text.count where end == text.count || text[end] == UInt8(ascii: " ") {
        if end > start { body(UnsafeBufferPointer(rebasing: text[start..<end])) }
        start = end + 1
      }
    }
  }
}
