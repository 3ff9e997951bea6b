import Documents
import Resources

/// What is known about the surroundings of a value.
struct Surroundings {
  /// How deep the value is wrapped.
  var depth = 0
  /// The dialect that the wrappers have settled; nil where they have not.
  var dialect: String?
  /// The address that a recorded exchange asked for.
  var link: String?

  /// The dialect of a value that is like in REST and in gcloud: an element of an array is of gcloud.
  var name: String { dialect ?? (depth > 0 ? "gcloud" : "REST") }

  /// The surroundings inside one more wrapper.
  func inside(_ dialect: String? = nil, link: String? = nil) -> Surroundings {
    Surroundings(
      depth: depth + 1, dialect: self.dialect ?? dialect, link: link ?? self.link)
  }
}

extension FileImporter {
  private static let deepest = 8

  /// Reads all values of an input.
  ///
  /// - Returns: The first problem if reading stopped before anything was recognised.
  func readValues(_ source: Source) throws(Refusal) -> ReadingProblem? {
    do {
      return try readValues(source, tapeLimit: options.tapeLimit)
    } catch {
      guard error.message == Refusal.needsWhole.message else { throw error }
      return try readValues(source, tapeLimit: .max)
    }
  }

  private func readValues(
    _ source: Source, tapeLimit: Int
  ) throws(Refusal) -> ReadingProblem? {
    var large: LargeValue?
    let found = try reader.readParts(source, tapeLimit: tapeLimit) {
      (part) throws(Refusal) in
      switch part {
      case .value(let node): try takeValue(node, Surroundings())
      case .array: finishGrowingList()
      case .element(let node): try takeElement(node, Surroundings().inside())
      case .object(let offset): large = LargeValue(offset: offset)
      case .member(let name, _, let node): try large?.take(name, node, self)
      case .list(let name, _, let offset): try large?.begin(name, at: offset, self)
      case .listElement(_, let node): try large?.take(node, self)
      case .unread: break
      case .end:
        try large?.finish(self)
        large = nil
      }
    }
    let isUnreadable = recognized == 0 && strange == nil
    for (index, problem) in found.enumerated() {
      let isWhole = isUnreadable && index == 0
      note(
        isWhole ? Self.described(problem, of: source) : problem.message, at: problem.offset)
    }
    return isUnreadable ? found.first : nil
  }

  /// The message about an input of which nothing could be read.
  private static func described(_ problem: ReadingProblem, of source: Source) -> String {
    guard let opening = source.opening, opening.byte != UInt8(ascii: "<") else {
      return problem.message
    }
    let around = (problem.offset ?? 0) - 2..<(problem.offset ?? 0) + 2
    let text = source.withBytes(in: around) { String(decoding: $0, as: UTF8.self) }
    if text.contains("{%") || text.contains("{{") {
      return "this is a template, whose placeholders have to be filled in first: "
        + problem.message
    }
    return "this is not valid JSON: \(problem.message)"
  }

  /// Takes in a whole value: a response, a resource, or an array of either.
  func takeValue(_ node: Node, _ place: Surroundings) throws(Refusal) {
    guard place.depth <= Self.deepest else {
      noteStrange(Refusal(message: "wrappers stand too deep in each other", offset: node.offset))
      return
    }
    switch node.kind {
    case .array: try takeArray(node, place)
    case .object where node.isXML && isArray(node): try takeArray(node, place)
    case .object: try takeElement(node, place)
    case .null where node.isXML && place.depth == 0: takeEmptyArray(node, place)
    default:
      noteStrange(
        Refusal(
          message: "this is a single value, not an object or array of Compute resources",
          offset: node.offset))
    }
  }

  private func takeArray(_ node: Node, _ place: Surroundings) throws(Refusal) {
    if node.count == 0 {
      takeEmptyArray(node, place)
      return
    }
    finishGrowingList()
    var following = node.elements
    _ = following.next()
    for element in node.elements {
      if let next = following.next() { prepare(next) }
      try takeElement(element, place.inside())
    }
    for member in node.members {
      if member.name == Key.networkEndpoint {
        takeEndpoint(member.value, isResponse: true, at: node.offset)
      } else {
        try takeElement(member.value, place.inside())
      }
    }
    finishGrowingList()
  }

  /// An empty list of gcloud: of endpoints or members if the path says so, else of anything.
  private func takeEmptyArray(_ node: Node, _ place: Surroundings) {
    recognize(place.dialect ?? "gcloud")
    for list in [MemberList.endpoints, .members] {
      if let owner = owners.owner(of: list, path: path) {
        attach(list, to: owner, from: builder.rowCount(ofType: list.place.part), at: node.offset)
      }
    }
  }

  /// Takes in an element of an array, or a value of a sequence.
  func takeElement(_ node: Node, _ place: Surroundings) throws(Refusal) {
    if node.kind == .object {
      // Of an endpoint there is little beside it; resources have many members to look through.
      if node.count <= 4, let endpoint = node[Key.networkEndpoint], endpoint.kind == .object {
        takeEndpoint(endpoint, in: node)
        return
      }
      try takeObject(node, place)
    } else if node.kind == .null {
      note(
        "null stands in the place of a record, as --format=json(...) prints it for fields that a "
          + "record lacks; export with plain --format=json", at: node.offset)
    } else {
      try takeValue(node, place)
    }
  }

  /// Whether an element of XML is an array: all its children share a name that is none of a
  /// dialect's object (exports.md, part 0).
  private func isArray(_ node: Node) -> Bool {
    var shared: NameID?
    for member in node.members {
      if let shared, member.name != shared { return false }
      shared = member.name
      if member.value.kind != .object { return false }
    }
    guard let shared else { return false }
    return CollectionName(shared) == nil && !Self.objectNames.contains(shared)
  }

  private static let objectNames: Set<NameID> = [
    Key.items, Key.body, Key.headers, Key.error, Key.project, Key.warning, Key.result, Key.asset,
    Key.completeCollections, Key.assets, Key.results, Key.values, Key.resources, Key.mock,
    Key.firewallPolicys,
  ]
}
