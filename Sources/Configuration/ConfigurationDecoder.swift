import Linting
import Rules

/// Decodes a configuration file's tree.
struct ConfigurationDecoder {
  static let keys = [
    "ruleSet", "select", "ignore", "levels", "failOn", "rules", "data", "inputs", "outputs",
    "baseline", "suppressions",
  ]
  static let suppressionKeys = ["rule", "resource", "reason", "until", "owner"]

  private var decoder: NodeDecoder
  private var configuration: Configuration
  private let formats: [String]
  /// What relative paths of the file start with, from the working directory.
  private let folder: String

  /// Decodes a configuration.
  ///
  /// - Parameters:
  ///   - node: The file's tree.
  ///   - source: The file.
  ///   - formats: The formats of reports that there are.
  /// - Returns: The configuration.
  /// - Throws: All faults of the file's form.
  static func decode(
    _ node: RuleNode, source: RuleSource, formats: [String]
  ) throws(RuleProblems) -> Configuration {
    var decoder = ConfigurationDecoder(source: source, formats: formats)
    decoder.decode(node)
    guard decoder.decoder.problems.isEmpty else { throw RuleProblems(decoder.decoder.problems) }
    return decoder.configuration
  }

  private init(source: RuleSource, formats: [String]) {
    decoder = NodeDecoder(source: source)
    configuration = Configuration(source: source)
    self.formats = formats
    folder = source.path.lastIndex(of: "/").map { String(source.path[...$0]) } ?? ""
  }

  private mutating func decode(_ node: RuleNode) {
    for entry in decoder.mapping(node, "a configuration", keys: Self.keys) {
      let value = entry.value
      switch entry.key {
      case "ruleSet": ruleSet(value)
      case "select": configuration.select = decoder.texts(value, "select")
      case "ignore": configuration.ignore = decoder.texts(value, "ignore")
      case "levels": configuration.levels = levels(value)
      case "failOn": configuration.failOn = word(value, "failOn", FailureThreshold.self)
      case "rules": configuration.rules = paths(value, "rules")
      case "data":
        configuration.data = decoder.mapping(value, "data", keys: nil).map {
          Configuration.DataOverride(name: $0.key, node: $0.value)
        }
      case "inputs": configuration.inputs = paths(value, "inputs")
      case "outputs": configuration.outputs = outputs(value)
      case "baseline":
        configuration.baseline = decoder.text(value, "baseline").map { path($0.text) }
      case "suppressions":
        configuration.suppressions = decoder.list(value, "suppressions").compactMap {
          suppression($0)
        }
      default: break
      }
    }
  }

  private mutating func ruleSet(_ node: RuleNode) {
    guard let text = decoder.text(node, "ruleSet") else { return }
    configuration.ruleSetText = text
    configuration.ruleSet = RuleSetVersion(text.text)
    if configuration.ruleSet == nil {
      fail(text, "'\(text.text)' is no rule set; write the year and a number, as in '2026.1'")
    }
  }

  private mutating func levels(_ node: RuleNode) -> [Configuration.LevelChange] {
    decoder.mapping(node, "levels", keys: nil).compactMap { entry in
      word(entry.value, "level", Level.self).map {
        Configuration.LevelChange(
          rule: RuleScalar(entry.key, mark: entry.mark), level: $0)
      }
    }
  }

  private mutating func outputs(_ node: RuleNode) -> [Configuration.Output] {
    decoder.mapping(node, "outputs", keys: formats).compactMap { entry in
      decoder.text(entry.value, entry.key).map {
        Configuration.Output(format: entry.key, path: path($0.text))
      }
    }
  }

  private mutating func suppression(_ node: RuleNode) -> Configuration.SuppressionEntry? {
    var texts: [String: RuleScalar] = [:]
    for entry in decoder.mapping(node, "a suppression", keys: Self.suppressionKeys) {
      texts[entry.key] = decoder.text(entry.value, entry.key)
    }
    let needs = [
      ("rule", "which rules, an id or a glob"),
      ("resource", "which resources, a glob such as projects/P/zones/*/networkEndpointGroups/web*"),
      ("reason", "why the finding is accepted"),
    ]
    for (key, meaning) in needs where node[key] == nil {
      decoder.fail(node.mark, "a suppression needs the key '\(key)': \(meaning)")
    }
    guard let rule = texts["rule"], let resource = texts["resource"], let reason = texts["reason"]
    else { return nil }
    var until: CalendarDate?
    if let text = texts["until"] {
      until = CalendarDate(text.text)
      if until == nil {
        fail(text, "'\(text.text)' is no date; write the last day as in 2027-01-31")
      }
    }
    return Configuration.SuppressionEntry(
      suppression: Suppression(
        rule: rule.text, resource: resource.text, reason: reason.text, until: until,
        owner: texts["owner"]?.text, position: decoder.source.position(node.mark).description),
      rule: rule)
  }

  /// A text that is one of an enumeration's; anything else is a fault.
  private mutating func word<Words: RawRepresentable & CaseIterable>(
    _ node: RuleNode, _ what: String, _: Words.Type
  ) -> Words? where Words.RawValue == String {
    guard let text = decoder.text(node, what) else { return nil }
    if let word = Words(rawValue: text.text) { return word }
    let names = Words.allCases.map(\.rawValue)
    fail(
      text, "\(what) cannot be '\(text.text)'; it is one of \(names.joined(separator: ", "))",
      suggestion: closest(to: text.text, in: names))
    return nil
  }

  private mutating func fail(_ text: RuleScalar, _ message: String, suggestion: String? = nil) {
    decoder.fail(
      text.mark(at: 0), length: text.text.unicodeScalars.count, message, suggestion: suggestion)
  }

  private mutating func paths(_ node: RuleNode, _ what: String) -> [String] {
    decoder.texts(node, what).map { path($0.text) }
  }

  /// A path of the file as one from the working directory.
  private func path(_ text: String) -> String {
    text.hasPrefix("/") || text == "-" ? text : folder + text
  }
}
