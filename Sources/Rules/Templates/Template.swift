public import CEL

/// A text with `{EXPRESSION}` pieces and `[optional]` pieces, as in messages and commands.
public struct Template: Sendable {
  /// A piece of a template.
  public indirect enum Piece: Sendable {
    /// Text as it is.
    case text(String)
    /// The value of an expression.
    case expression(TemplateExpression)
    /// Pieces that are left out where an expression in them is unset.
    case optional([Piece])
  }

  /// The pieces in order.
  public let pieces: [Piece]

  /// The empty text.
  public static let empty = Template(pieces: [])

  /// The expressions of all pieces.
  public var expressions: [RuleExpression] {
    func all(_ pieces: [Piece]) -> [RuleExpression] {
      pieces.flatMap { piece -> [RuleExpression] in
        switch piece {
        case .text: []
        case .expression(let expression): [expression.value] + expression.presence
        case .optional(let pieces): all(pieces)
        }
      }
    }
    return all(pieces)
  }

  /// Compiles the template for a host's data.
  ///
  /// - Parameters:
  ///   - host: Hands out the readers of fields.
  ///   - lazy: The programs of the rule's variables by name.
  /// - Returns: The template, ready to render.
  public func link(to host: any Host, lazy: [String: Program] = [:]) -> LinkedTemplate {
    LinkedTemplate(pieces: pieces.map { LinkedTemplate.link($0, host, lazy) })
  }
}

/// An expression in a template.
public struct TemplateExpression: Sendable {
  /// The expression.
  public let value: RuleExpression
  /// In an optional piece, the conditions (`has` of each step of the path) that all hold where
  /// the expression is set.
  public let presence: [RuleExpression]
}

/// A template that is linked to a host's data.
public struct LinkedTemplate: Sendable {
  indirect enum Piece: Sendable {
    case text(String)
    case expression(Program, presence: [Program], position: RulePosition)
    case optional([Piece])
  }

  let pieces: [Piece]

  /// How values are written.
  public enum Quoting: Sendable {
    /// As they are: in messages.
    case none
    /// As one word of a POSIX shell each; what cannot be said safely makes the text unusable.
    case shell
  }

  /// What a template gave.
  public enum Rendering: Hashable, Sendable {
    /// The text.
    case text(String)
    /// A value that the text needs is unknown, or (in a command) unset or not safe to paste.
    case unavailable
    /// An expression ended in an error.
    case failure(String, RulePosition)
  }

  static func link(
    _ piece: Template.Piece, _ host: any Host, _ lazy: [String: Program]
  ) -> Piece {
    switch piece {
    case .text(let text): .text(text)
    case .expression(let expression):
      .expression(
        expression.value.link(to: host, lazy: lazy),
        presence: expression.presence.map { $0.link(to: host, lazy: lazy) },
        position: expression.value.position)
    case .optional(let pieces): .optional(pieces.map { link($0, host, lazy) })
    }
  }

  /// Writes the text with the values in the context's slots.
  ///
  /// An unknown shows as the word `unknown` in a message; a command that needs an unknown is
  /// unavailable.
  ///
  /// - Parameters:
  ///   - context: The context, with the slots of the finding's subject.
  ///   - quoting: How values are written.
  /// - Returns: The text, or why there is none.
  public func render(_ context: Context, quoting: Quoting) -> Rendering {
    var writer = TemplateWriter(context: context, quoting: quoting)
    writer.append(pieces)
    if let failure = writer.failure { return .failure(failure.message, failure.position) }
    return writer.isAvailable ? .text(writer.text) : .unavailable
  }
}

/// Writes the pieces of a template.
private struct TemplateWriter {
  let context: Context
  let quoting: LinkedTemplate.Quoting
  var text = ""
  var isAvailable = true
  var failure: (message: String, position: RulePosition)?

  init(context: Context, quoting: LinkedTemplate.Quoting) {
    self.context = context
    self.quoting = quoting
  }

  mutating func append(_ pieces: [LinkedTemplate.Piece]) {
    for piece in pieces {
      switch piece {
      case .text(let plain): text += plain
      case .optional(let inner): if isSet(inner) { append(inner) }
      case .expression(let program, _, let position):
        append(program.evaluate(context), position)
      }
    }
  }

  /// Whether all expressions of an optional piece are set; an unknown is not unset.
  private func isSet(_ pieces: [LinkedTemplate.Piece]) -> Bool {
    for case .expression(_, let presence, _) in pieces {
      for program in presence {
        let value = program.evaluate(context)
        // An error is a path through a reference that is not set.
        if value.isFalse || value.isError { return false }
      }
    }
    return true
  }

  private mutating func append(_ value: Value, _ position: RulePosition) {
    if value.isError {
      if failure == nil { failure = (context.errorMessage(of: value), position) }
      return
    }
    switch quoting {
    case .none: text += value.isUnknown ? "unknown" : context.describe(value)
    case .shell:
      guard value.isKnown, let word = shellWord(context.describe(value), after: text) else {
        isAvailable = false
        return
      }
      text += word
    }
  }
}

/// A value as a part of one word of a POSIX shell; nil where it must not be pasted.
///
/// - Parameters:
///   - value: The value, which may be anything: it comes from a dump.
///   - before: The command so far.
/// - Returns: The value itself if it has only characters that no shell gives a meaning, else the
///   value in single quotes; nil for control characters (a terminal would act on them) and for a
///   `-` at the start of a word (the command would take it for an option).
func shellWord(_ value: String, after before: String) -> String? {
  let isControl = { (scalar: Unicode.Scalar) in
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }
  if value.unicodeScalars.contains(where: isControl) { return nil }
  let startsWord = before.isEmpty || before.utf8.last == UInt8(ascii: " ")
  if startsWord, value.utf8.first == UInt8(ascii: "-") { return nil }
  if !value.isEmpty, value.utf8.allSatisfy(isShellSafe) { return value }
  var word = "'"
  for scalar in value.unicodeScalars {
    if scalar == "'" { word += "'\\''" } else { word.unicodeScalars.append(scalar) }
  }
  return word + "'"
}

private func isShellSafe(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x41...0x5A, 0x61...0x7A, 0x30...0x39: true
  default: "_./:=@%+,-".utf8.contains(byte)
  }
}
