extension Checker {
  private static let patternFunctions: Set<String> = [
    "matches", "find", "findAll", "regex.extract", "regex.extractAll", "regex.replace",
  ]

  /// Checks what literal arguments mean: patterns, addresses, times, format strings.
  mutating func checkLiterals(_ name: String, _ arguments: [Expression]) {
    if Checker.patternFunctions.contains(name), arguments.count > 1,
      let text = text(arguments[1]), case .malformed(let message) = Pattern(text)
    {
      report(arguments[1].span, message)
    }
    guard let first = arguments.first, var text = text(first) else { return }
    switch (name, arguments.count) {
    case ("ip", 1) where IPAddress(text) == nil: report(first.span, "not an IP address")
    case ("cidr", 1) where IPRange(text) == nil: report(first.span, "not an IP range")
    case ("duration", 1) where text.withUTF8({ DurationText.parse($0) }) == nil:
      report(first.span, "not a duration")
    case ("timestamp", 1) where text.withUTF8({ Timestamp(rfc3339: $0) }) == nil:
      report(first.span, "not a timestamp of RFC 3339")
    case ("format", 2):
      guard case .list(let elements) = arguments[1].kind,
        let fault = Formatting.fault(in: Array(text.utf8), arguments: elements.count)
      else { return }
      report(first.span, fault)
    default: return
    }
  }

  private func text(_ node: Expression) -> String? {
    if case .constant(.string(let text)) = node.kind { text } else { nil }
  }
}
