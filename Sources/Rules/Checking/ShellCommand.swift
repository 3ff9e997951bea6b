/// A command line as a POSIX shell splits it (POSIX.1-2017, Shell Command Language, 2.2 and 2.3).
struct ShellCommand {
  /// The words, quotes taken off; nil where the text is more than one plain command.
  let words: [String]?

  /// Splits a command line.
  init(_ text: String) {
    var words: [String] = []
    var word: String?
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case " ", "\t":
        if let finished = word { words.append(finished) }
        word = nil
      case "'", "\"":
        guard let end = rest.firstIndex(of: scalar) else {
          self.words = nil
          return
        }
        let quoted = rest[..<end]
        if scalar == "\"", quoted.contains(where: { "$`\\".unicodeScalars.contains($0) }) {
          self.words = nil
          return
        }
        word = (word ?? "") + quoted.map(String.init).joined()
        rest = rest[(end + 1)...]
      case "\\":
        guard let escaped = rest.popFirst() else {
          self.words = nil
          return
        }
        word = (word ?? "") + String(escaped)
      case "#" where word == nil:
        rest = []
      case _ where "|&;<>()$`*?[]{}~!\n\r".unicodeScalars.contains(scalar):
        self.words = nil
        return
      default:
        word = (word ?? "") + String(scalar)
      }
    }
    if let finished = word { words.append(finished) }
    self.words = words
  }

  /// What is wrong with a template of commands, whatever values it is given.
  static func faults(of template: Template) -> [String] {
    let hostile = "a'; rm -rf \"$HOME\" #"
    for withOptional in [true, false] {
      let plain = ShellCommand(text(of: template.pieces, "name", withOptional)).words
      let quoted = text(of: template.pieces, shellWord(hostile, after: "x") ?? "", withOptional)
      guard let plain, let words = ShellCommand(quoted).words else {
        return ["the remediation is not one plain shell command a line"]
      }
      if words.count != plain.count {
        return ["a value of the remediation stands in quotes: values are quoted already"]
      }
      if plain.first == "gcloud", !plain.contains(where: { $0.hasPrefix("--project=") }) {
        return ["the remediation's command names no project: '--project=' is missing"]
      }
    }
    return []
  }

  private static func text(
    of pieces: [Template.Piece], _ value: String, _ withOptional: Bool
  ) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .expression: value
      case .optional(let inner): withOptional ? text(of: inner, value, true) : ""
      }
    }.joined()
  }
}
