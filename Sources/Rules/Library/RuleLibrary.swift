import CEL

/// All rules that are at hand, built-in and the user's, decoded and compiled only when needed.
public struct RuleLibrary: Sendable {
  enum Body: Sendable {
    case embedded(EmbeddedRule)
    case decoded(RuleDefinition)
  }

  struct Entry: Sendable {
    let id: String
    let tags: [String]
    let since: RuleSetVersion?
    let supersededBy: [String]
    let body: Body
  }

  private(set) var entries: [String: Entry] = [:]
  private let embeddedData: [EmbeddedData]
  private var dataOverrides: [DataFile] = []

  /// Makes a library of built-in rules; nothing is decoded.
  ///
  /// - Parameters:
  ///   - rules: The built-in rules.
  ///   - data: The built-in data files.
  public init(rules: [EmbeddedRule] = [], data: [EmbeddedData] = []) {
    embeddedData = data
    for rule in rules {
      let id = rule.id.string
      entries[id] = Entry(
        id: id, tags: rule.tags.words, since: RuleSetVersion(rule.since.string),
        supersededBy: rule.supersededBy.words, body: .embedded(rule))
    }
  }

  /// The ids of all rules, sorted.
  public var ids: [String] { entries.keys.sorted() }

  /// Adds a user's rules and data overrides.
  ///
  /// - Parameters:
  ///   - directory: A folder with rule files at any depth and data files in `data/`.
  ///   - name: How it is written in positions; nil for as it is given.
  ///   - isBuiltIn: Whether the rules count as built-in ones (their own tests load them so).
  ///   - jobs: How many threads may work.
  /// - Throws: All faults of all files: of their form, ids that are taken.
  public mutating func addDirectory(
    _ directory: String, shownAs name: String? = nil, isBuiltIn: Bool = false, jobs: Int = 1
  ) throws(RuleProblems) {
    var problems: [RuleProblem] = []
    var shown = name ?? directory
    while shown.count > 1, shown.hasSuffix("/") { shown.removeLast() }
    let files = try RuleDirectory.files(in: directory, shownAs: shown)
    let decoded = concurrentMap(files, jobs: jobs, state: {}) { _, file in
      Self.decoded(file, isBuiltIn: isBuiltIn)
    }
    for result in decoded {
      do throws(RuleProblems) {
        switch try result.get() {
        case .rule(let rule, let node): try add(rule, node)
        case .data(let data): dataOverrides.append(data)
        }
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw RuleProblems(problems) }
  }

  /// Adds one rule file.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - path: Its path as it is shown; its last name gives the id.
  ///   - isBuiltIn: Whether the rule counts as a built-in one.
  /// - Throws: All faults of the file's form, and an id that is taken.
  public mutating func addRule(
    yaml: String, path: String, isBuiltIn: Bool = false
  ) throws(RuleProblems) {
    let (node, source) = try RuleNode.read(yaml: yaml, path: path)
    try add(RuleDecoder.decode(node, source: source, isBuiltIn: isBuiltIn), node)
  }

  /// Adds one data file, which overrides the built-in one of the same name.
  ///
  /// - Parameters:
  ///   - yaml: The file's text.
  ///   - path: Its path as it is shown; its last name gives the name.
  /// - Throws: All faults of the file's form.
  public mutating func addData(yaml: String, path: String) throws(RuleProblems) {
    let (node, source) = try RuleNode.read(yaml: yaml, path: path)
    dataOverrides.append(try DataDecoder.decode(node, source: source))
  }

  /// Adds figures that override those of the built-in data file of a name.
  ///
  /// - Parameters:
  ///   - node: What a data file holds: `asOf`, `source` and `values`.
  ///   - name: The data file's name.
  ///   - source: The file that the figures stand in.
  /// - Throws: All faults of the figures' form.
  public mutating func addData(
    _ node: RuleNode, name: String, source: RuleSource
  ) throws(RuleProblems) {
    dataOverrides.append(try DataDecoder.decode(node, name: name, source: source))
  }

  /// What a file of a folder holds.
  private enum Decoded: Sendable {
    case rule(RuleDefinition, RuleNode)
    case data(DataFile)
  }

  private static func decoded(
    _ file: RuleDirectory.File, isBuiltIn: Bool
  ) -> Result<Decoded, RuleProblems> {
    do throws(RuleProblems) {
      let (node, source) = try file.read()
      if file.isData { return .success(.data(try DataDecoder.decode(node, source: source))) }
      let rule = try RuleDecoder.decode(node, source: source, isBuiltIn: isBuiltIn)
      return .success(.rule(rule, node))
    } catch {
      return .failure(error)
    }
  }

  private mutating func add(_ rule: RuleDefinition, _ node: RuleNode) throws(RuleProblems) {
    if let other = entries[rule.id] {
      let message =
        if case .decoded(let first) = other.body, !first.isBuiltIn {
          "the id '\(rule.id)' is that of \(first.source.path) too"
        } else {
          "the id '\(rule.id)' is that of a built-in rule"
        }
      throw RuleProblems([rule.source.problem(at: node["id"]?.mark ?? .start, message)])
    }
    entries[rule.id] = Entry(
      id: rule.id, tags: rule.tags, since: rule.since, supersededBy: rule.supersededBy,
      body: .decoded(rule))
  }
}

extension RuleLibrary {
  /// A rule as its file says it; nil where there is none of that id.
  ///
  /// - Parameter id: The rule's id.
  /// - Returns: The rule, or nil.
  /// - Throws: The faults of an embedded rule.
  public func definition(_ id: String) throws(RuleProblems) -> RuleDefinition? {
    guard let entry = entries[id] else { return nil }
    return try definition(entry, RuleNodeReader())
  }

  /// All rules as their files say them, sorted by id.
  ///
  /// - Throws: The faults of embedded rules.
  public func definitions() throws(RuleProblems) -> [RuleDefinition] {
    let reader = RuleNodeReader()
    var definitions: [RuleDefinition] = []
    for entry in entries.values.sorted(by: { $0.id < $1.id }) {
      definitions.append(try definition(entry, reader))
    }
    return definitions
  }

  /// The data files, overrides applied.
  ///
  /// - Throws: A problem for each override of another type than the built-in value.
  public func dataSet() throws(RuleProblems) -> DataSet {
    let reader = RuleNodeReader()
    var files: [DataFile] = []
    for file in embeddedData {
      let path = file.path.string
      let node = try reader.read(file.text, path: path)
      files.append(try DataDecoder.decode(node, source: RuleSource(path: path)))
    }
    return try DataSet(files: files).overridden(by: dataOverrides)
  }

  private func definition(
    _ entry: Entry, _ reader: RuleNodeReader
  ) throws(RuleProblems) -> RuleDefinition {
    switch entry.body {
    case .decoded(let definition): return definition
    case .embedded(let rule): return try rule.definition(reader)
    }
  }
}

extension RuleLibrary {
  /// A rule by its id; compiled if it is a user's.
  func plannedRule(
    _ id: String, in declarations: Declarations
  ) -> (rule: RulePlan.PlannedRule?, problems: [RuleProblem]) {
    guard let entry = entries[id] else { return (nil, []) }
    switch entry.body {
    case .embedded(let rule): return (.embedded(rule), [])
    case .decoded(let definition):
      let problems = supersedingProblems(definition)
      do throws(RuleProblems) {
        return (.compiled(try RuleCompiler.compile(definition, in: declarations)), problems)
      } catch {
        return (nil, problems + error.problems)
      }
    }
  }

  /// For each rule those that silence it directly.
  var superseders: [String: [String]] { entries.mapValues(\.supersededBy) }

  /// The ids and all that can silence them.
  func neededIDs(for selected: Set<String>) -> Set<String> {
    var needed = selected
    var open = Array(selected)
    while let id = open.popLast() {
      for other in entries[id]?.supersededBy ?? [] where needed.insert(other).inserted {
        open.append(other)
      }
    }
    return needed
  }

  /// Ids in `supersededBy` that are unknown or lead back to the rule.
  private func supersedingProblems(_ rule: RuleDefinition) -> [RuleProblem] {
    rule.supersededByTexts.compactMap { text in
      let length = text.text.unicodeScalars.count
      if entries[text.text] == nil {
        return rule.source.problem(
          at: text.mark(at: 0), length: length, "there is no rule '\(text.text)'",
          suggestion: closest(to: text.text, in: entries.keys))
      }
      guard let path = path(from: text.text, to: rule.id) else { return nil }
      return rule.source.problem(
        at: text.mark(at: 0), length: length,
        "a rule cannot supersede itself: \(([rule.id] + path).joined(separator: " <- "))")
    }
  }

  /// The ids on a way through `supersededBy` from one rule to another, both included.
  private func path(from start: String, to end: String) -> [String]? {
    var cameFrom: [String: String] = [start: start]
    var open = [start]
    while let id = open.popLast() {
      if id == end {
        var path = [id]
        while let last = path.last, let previous = cameFrom[last], previous != last {
          path.append(previous)
        }
        return path.reversed()
      }
      for next in entries[id]?.supersededBy ?? [] where cameFrom[next] == nil {
        cameFrom[next] = id
        open.append(next)
      }
    }
    return nil
  }
}
